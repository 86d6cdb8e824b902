# @TEST-DOC: Options out of range are refused with a message, by redef and at run time.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>&1
# @TEST-EXEC: sed -E "s/^warning in .*, lines? [0-9-]+: //" out | sort > messages
# @TEST-EXEC: btest-diff messages

redef exit_only_after_terminate = T;
redef my_stats::run_interval = 0sec;
redef my_stats::max_pause = 3min;
redef my_stats::max_connections_sampled = 1000000;

event zeek_init()
	{
	print "kept", my_stats::run_interval, my_stats::max_pause, my_stats::max_connections_sampled;
	Config::set_value("my_stats::run_interval", 2sec);
	Config::set_value("my_stats::run_interval", -1sec);
	Config::set_value("my_stats::metrics_top", 1001);
	Config::set_value("my_stats::min_var_size_to_log", 7);
	print "set", my_stats::run_interval, my_stats::metrics_top, my_stats::min_var_size_to_log;
	terminate();
	}
