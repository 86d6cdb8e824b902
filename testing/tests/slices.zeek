# @TEST-DOC: A run is cut into slices, between which other events are handled.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out
# @TEST-EXEC: btest-diff out

redef exit_only_after_terminate = T;
redef my_stats::min_var_size_to_log = 0;
redef my_stats::max_pause = 100usec;
redef my_stats::pause_distance = 1msec;

global beats = 0;

event beat()
	{
	++beats;

	if ( ! zeek_is_terminating() )
		schedule 1msec { beat() };
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger != "request" )
		return;

	print info$slices > 3 ? "several slices" : cat(info$slices);
	print beats > 3 ? "others had their turn" : cat(beats);
	print info$longest_pause < info$duration ? "no pause is the whole" : "one pause is the whole";
	terminate();
	}

event start()
	{
	my_stats::start_run("request");
	event beat();
	}

event zeek_init() &priority=-2000
	{
	event start();
	}
