# @TEST-DOC: Resident, anonymous and swapped memory and the limit that holds are logged in a process that captures packets or waits.
# @TEST-REQUIRES: test -r /proc/self/status
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: ! grep -v "received termination signal" errors
# @TEST-EXEC: ! grep -vE "^#|received termination signal" reporter.log
# @TEST-EXEC: btest-diff out

redef exit_only_after_terminate = T;

event start() { my_stats::start_run("request"); }
event zeek_init() &priority=-2000 { event start(); }

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 3 )
		{
		terminate();
		return;
		}

	if ( info$trigger == "exit" )
		return;

	# Files can be mapped by other processes, too; what nobody maps is anonymous.
	print info?$resident_memory && info$resident_memory > 10000000,
	    info?$anonymous_memory && info$anonymous_memory < info$resident_memory,
	    info?$swapped_memory,
	    info$resident_memory <= info$peak_memory * 1.01,
	    info?$memory_limit && info$memory_limit > info$resident_memory;
	my_stats::start_run("request");
	}
