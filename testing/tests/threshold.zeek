# @TEST-DOC: Small variables are left out, as many as the option says; the first run comes 10 s after the start.
#
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut variable <my_stats.log | grep Mine | sort -u >rows
# @TEST-EXEC: btest-diff rows
# @TEST-EXEC: btest-diff .stdout

redef my_stats::min_var_size_to_log = 100;
redef exit_only_after_terminate = T;

module Mine;

export {
	global small: set[count] = { 1, 2, 3 };
	global large: set[count];
}

global started: time;

event zeek_init()
	{
	local i = 0;
	while ( i < 500 )
		{
		add large[i];
		++i;
		}
	started = current_time();
	}

event my_stats::log_my_stats(rec: my_stats::Info)
	{
	if ( rec$variable == "Mine::large" )
		{
		local waited = current_time() - started;
		print waited > 9.5sec && waited < 13sec, my_stats::run_interval;
		terminate();
		}
	}
