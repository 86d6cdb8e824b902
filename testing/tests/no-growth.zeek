# @TEST-DOC: Measuring a table of records does not create the fields that Zeek had not created yet.
# @TEST-REQUIRES: $AT_LEAST 6.0
# @TEST-REQUIRES: which cc
# @TEST-EXEC: cc -shared -fPIC -O2 -o getpid.so $GETPID_C
# @TEST-EXEC: LD_PRELOAD=$PWD/getpid.so zeek $PACKAGE %INPUT >out
# @TEST-EXEC: btest-diff out

redef exit_only_after_terminate = T;

type State: record {
	first: time;
	names: set[string];
	ports: vector of port;
	seen: table[addr] of time;
};

global states: table[count] of State;
global before = 0;

event start()
	{
	before = getpid();
	my_stats::start_run("request");
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 1 )
		{
		local grown = getpid() - before;
		print grown < 1024 ? "ours: less than a megabyte" : fmt("ours: %d KiB", grown);

		before = getpid();
		print global_container_footprints()["states"] > 0;
		grown = getpid() - before;
		print grown > 20480 ? "plain: more than 20 megabytes" : fmt("plain: %d KiB", grown);
		# Not terminate(): that sends a signal to what getpid() answers.
		exit(0);
		}
	}

event zeek_init()
	{
	local i = 0;

	while ( ++i <= 50000 )
		states[i] = State($first=current_time());
	}

event zeek_init() &priority=-2000
	{
	event start();
	}
