# @TEST-DOC: Of the machine's memory and the limits of all control groups that the process is in, of both versions, the least holds.
# @TEST-EXEC: mkdir -p groups/a/b groups/memory/c
# @TEST-EXEC: printf 'Name:\tzeek\nVmRSS:\t  100 kB\nRssAnon:\t 60 kB\nVmSwap:\t 7 kB\nThreads:\t1\n' >status
# @TEST-EXEC: printf 'MemTotal:  64000 kB\nMemFree:  1 kB\n' >meminfo
# @TEST-EXEC: printf '12:pids:/c\n5:cpu,memory:/c\n0::/a/b\n' >cgroup
# @TEST-EXEC: echo max >groups/a/memory.max
# @TEST-EXEC: echo 9223372036854771712 >groups/memory/memory.limit_in_bytes
# @TEST-EXEC: echo machine >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: echo 32000000 >groups/a/memory.max
# @TEST-EXEC: echo group in which the group is >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: echo 16000000 >groups/memory/c/memory.limit_in_bytes
# @TEST-EXEC: echo group of version 1 >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: echo 8000000 >groups/a/b/memory.max
# @TEST-EXEC: echo group of version 2 >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: rm -r groups && echo no groups to be seen >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: rm meminfo cgroup status && echo nothing to be seen >>out && zeek $PACKAGE %INPUT >>out 2>>errors
# @TEST-EXEC: ! grep -v "received termination signal" errors
# @TEST-EXEC: ! grep -vE "^#|received termination signal" reporter.log
# @TEST-EXEC: btest-diff out

redef exit_only_after_terminate = T;
# Not exported: nobody needs another place but tests.
module my_stats;
redef status_file = "status";
redef machine_file = "meminfo";
redef groups_file = "cgroup";
redef groups_root = "groups/";
module GLOBAL;

event start() { my_stats::start_run("request"); }
# Limits are read when Zeek starts, one file after the other.
event zeek_init() { schedule 500msec { start() }; }

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger == "exit" )
		return;

	print info?$resident_memory ? cat(info$resident_memory, " ", info$anonymous_memory, " ", info$swapped_memory) : "unset",
	    info?$memory_limit ? cat(info$memory_limit) : "unset";
	terminate();
	}
