# @TEST-DOC: When nobody reads the process's status any more, memory is unset and the runs go on.
# @TEST-EXEC: printf 'Name:\tzeek\nVmRSS:\t  100 kB\nRssAnon:\t 60 kB\nVmSwap:\t 7 kB\n' >status
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: btest-diff out
# Zeek says once that the file is gone, and once that its reader is.
# @TEST-EXEC: test $(grep -c "not found" errors) = 1

redef exit_only_after_terminate = T;
# Not exported: nobody needs another place but tests.
module my_stats;
redef status_file = "status";
module GLOBAL;

event start() { my_stats::start_run("request"); }
event zeek_init() { schedule 500msec { start() }; }

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger == "exit" )
		return;

	print info?$resident_memory ? cat(info$resident_memory) : "unset", info$variables_logged > 0;

	switch ( info$run )
		{
		case 1:
			unlink("status");
			schedule 50msec { start() };
			break;

		case 2:
			# As a script of the site might do.
			Input::remove("my_stats status");
			schedule 50msec { start() };
			break;

		default:
			terminate();
			break;
		}
	}
