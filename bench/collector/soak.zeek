##! Makes a run every few seconds of a trace, as many ways of making one as there
##! are, and prints the heap at each. Needs getpid.c.

module Bench;

export {
	const seconds_between_runs = 1.8 &redef;
	# "varied" asks for runs, sets gauges, and changes options as it goes.
	const way = "none" &redef;
}

global n = 0;
global run: event();

function print_heap()
	{
	setenv("GETPID_ANSWERS", "heap");
	print fmt("%d %d", n, getpid());
	}

@ifdef ( my_stats::start_run )
redef my_stats::run_interval = 7day;
redef my_stats::min_request_interval = 0sec;
redef my_stats::min_connection_entries_to_log = 1;

function make_run()
	{
	if ( way != "varied" )
		{
		my_stats::start_run("interval");
		return;
		}

	switch ( n % 5 )
		{
		case 0:
			Option::set("my_stats::max_connections_sampled", n % 10 == 0 ? 16 : 64);
			my_stats::start_run("interval");
			break;

		case 1:
			Option::set("my_stats::min_var_size_to_log", n % 10 == 1 ? 0 : 1024);
			Option::set("my_stats::metrics_top", n % 10 == 1 ? 20 : 0);
			my_stats::start_run("interval");
			break;

		case 2:
			Option::set("my_stats::remeasure_interval", n % 10 == 2 ? 0sec : 10min);
			my_stats::start_run("interval");
			break;

		default:
			event my_stats::request(fmt("%d", n), "");
			event my_stats::request(fmt("%d again", n), "");
			break;
		}
	}
@else
function make_run()
	{
	}
@endif

event run()
	{
	++n;
	print_heap();
	make_run();

	if ( ! zeek_is_terminating() )
		schedule seconds_between_runs * 1sec { Bench::run() };
	}

event zeek_init()
	{
	schedule 1sec { Bench::run() };
	}
