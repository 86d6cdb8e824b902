##! Prints how much heap the process uses at points of its life, for what the
##! collector itself adds. Needs getpid.c.

module Bench;

global last: event();

function say(what: string)
	{
	setenv("GETPID_ANSWERS", "heap");
	print fmt("%s %d", what, getpid());
	}

event zeek_init() &priority=1000000
	{
	say("parsed");
	}

event zeek_init() &priority=-1000000
	{
	say("started");
@ifndef ( my_stats::node_measured )
	schedule 1sec { Bench::last() };
@endif
	}

event last()
	{
	say("none");
	# Not terminate(): that sends a signal to what getpid() answers.
	exit(0);
	}

@ifdef ( my_stats::node_measured )
# More runs than it takes until memory no longer changes.
hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 1 || info$run == 20 )
		say(fmt("run-%d", info$run));

	if ( info$run < 20 )
		my_stats::start_run("request");
	else
		schedule 10msec { Bench::last() };
	}

redef my_stats::pause_distance = 0sec;

event zeek_init() &priority=-1000001
	{
	my_stats::start_run("request");
	}
@endif
