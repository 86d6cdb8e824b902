##! Fills variables with a given number of entries, and measures from inside
##! what a measurement does to the process: a heartbeat every 0.2 ms tells how
##! long nothing else could run, in CPU time of the thread, so that it does not
##! count when other processes have the core. Needs getpid.c.

module Bench;

export {
	const entries = 10000 &redef;
	# "plain" calls global_container_footprints(), "ours" waits for my_stats.
	const way = "none" &redef;
	const runs = 3 &redef;
	const seconds_between_runs = 3.0 &redef;

	type State: record {
		first: time;
		names: set[string];
		ports: vector of port;
		seen: table[addr] of time;
	};

	global hosts: table[addr] of count;
	global names: set[string];
	global states: table[count] of State;

	# What the collector did since the last heartbeat.
	global work = "nothing of my_stats";
}

# At a heartbeat: CPU time of the thread in microseconds, pages it touched for the
# first time, and how often it lost the core.
type Beat: record {
	cpu: count;
	faults: count;
	switches: count;
};

global last_beat = Beat($cpu=0, $faults=0, $switches=0);
# The longest stretch between two: how much of each.
global worst = Beat($cpu=0, $faults=0, $switches=0);
# What the collector did during the worst.
global worst_work = "";
global is_beating = F;
global plain_runs = 0;

global beat: event();
global report: event(what: string, pause: interval);
global plain: event();
global start: event();
global stop: event();

# What getpid() answers depends on this variable, see getpid.c.
function ask(what: string): count
	{
	setenv("GETPID_ANSWERS", what);
	return getpid();
	}

event beat()
	{
	local now = Beat($cpu=ask("cpu"), $faults=ask("faults"), $switches=ask("switches"));

	# The counter starts again now and then.
	if ( is_beating && now$cpu > last_beat$cpu && now$cpu - last_beat$cpu > worst$cpu )
		{
		worst = Beat($cpu=now$cpu - last_beat$cpu, $faults=now$faults - last_beat$faults,
		    $switches=now$switches - last_beat$switches);
		worst_work = work;
		}

	last_beat = now;
	is_beating = T;
	work = "nothing of my_stats";

	if ( ! zeek_is_terminating() )
		schedule 200usec { Bench::beat() };
	}

event stop()
	{
	exit(0);
	}

event report(what: string, pause: interval)
	{
	print fmt("%s %d %.3f %.3f %d %d %d %s", what, entries, interval_to_double(pause) * 1000,
	    worst$cpu / 1000.0, ask("heap"), worst$faults, worst$switches, worst_work);
	worst = Beat($cpu=0, $faults=0, $switches=0);
	}

event plain()
	{
	local before = current_time();
	local sizes = global_container_footprints();
	local took = current_time() - before;

	if ( ++plain_runs > runs )
		{
		# Not terminate(): that sends a signal to what getpid() answers.
		exit(0);
		return;
		}

	schedule seconds_between_runs * 1sec { Bench::plain() };
	# After the next beat, which was held up.
	schedule 50msec { Bench::report("plain", took) };
	}

@ifdef ( my_stats::node_measured )
redef my_stats::run_interval = 3sec;
redef my_stats::remeasure_interval = 4sec;

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger != "interval" )
		return;

	schedule 50msec { Bench::report("ours", info$longest_pause) };

	if ( info$run > runs )
		schedule 200msec { Bench::stop() };
	}
@endif

event zeek_init()
	{
	# A third in each: fixed-size values, strings, and records whose container
	# fields Zeek creates when somebody looks.
	local third = entries / 3;
	local i = 0;

	while ( i < third )
		{
		hosts[count_to_v4_addr(167772160 + i)] = i;
		add names[fmt("host-%d.example.net/a/path/that/is/longer/than/one/object", i)];
		states[i] = State($first=current_time());
		++i;
		}

	print fmt("filled %d 0 0 %d", entries, ask("heap"));
	}

event start()
	{
	event Bench::beat();

	if ( way == "plain" )
		event Bench::plain();
	}

event zeek_init() &priority=-2000
	{
	schedule 1sec { Bench::start() };

	if ( way == "none" )
		{
		schedule 5sec { Bench::report("none", 0sec) };
		schedule 6sec { Bench::stop() };
		}
	}

@ifdef ( my_stats::node_measured )
module my_stats;

# Where a slice began: which variable, which step after the variables.
global slice_began = "";

event slice(number: count) &priority=100
	{
	slice_began = fmt("variable %d step %d", next_variable, next_step);
	}

event slice(number: count) &priority=-100
	{
	Bench::work = fmt("%s to variable %d (%s) step %d", slice_began, next_variable,
	    next_variable > 0 ? variables[next_variable - 1]$name : "-", next_step);
	}
@endif
