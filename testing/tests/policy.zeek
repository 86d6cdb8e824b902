# @TEST-DOC: A site can choose the rows it writes.
#
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut module_name <my_stats.log | sort -u >modules
# @TEST-EXEC: btest-diff modules

redef my_stats::first_run_delay = 0.1sec;
redef exit_only_after_terminate = T;

hook my_stats::log_policy(rec: my_stats::Info, id: Log::ID, filter: Log::Filter)
	{
	if ( rec$module_name != "SSL" )
		break;
	}

event my_stats::log_my_stats(rec: my_stats::Info)
	{
	terminate();
	}
