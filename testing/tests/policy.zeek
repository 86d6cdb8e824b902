# @TEST-DOC: The hooks can veto what is logged.
# @TEST-REQUIRES: zeek -b -e 'global f: Log::PolicyHook;'
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut module_name < my_stats.log | sort -u > modules
# @TEST-EXEC: btest-diff modules

redef my_stats::min_var_size_to_log = 0;

hook my_stats::log_policy(rec: my_stats::Info, id: Log::ID, filter: Log::Filter)
	{
	if ( rec$module_name != "Site" )
		break;
	}
