# @TEST-DOC: Bare mode works as well, and logs the same columns.
#
# @TEST-EXEC: zeek -b $PACKAGE %INPUT
# @TEST-EXEC: test $(zeek-cut variable <my_stats.log | wc -l) -gt 0
# @TEST-EXEC: test ! -e reporter.log || ! grep -i error reporter.log

redef my_stats::first_run_delay = 0.1sec;
redef my_stats::min_var_size_to_log = 0;
redef exit_only_after_terminate = T;

event my_stats::log_my_stats(rec: my_stats::Info)
	{
	terminate();
	}
