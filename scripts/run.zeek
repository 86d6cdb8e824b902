##! Makes the runs: cuts each into slices short enough not to hold up the
##! processing of packets, and writes my_stats.log.

@load ./my_stats
@load ./size
@load ./variables

module my_stats;

export {
	## What is known about a run while it is under way.
	type Run: record {
		## The run's number, from 1.
		number: count;
		## The time that all of the run's rows carry.
		ts: time;
		## Why there is a run: "interval", "request" or "exit".
		trigger: string;
		## How long it held up the process, in all and at most at a time.
		duration: interval &default=0sec;
		longest_pause: interval &default=0sec;
		## The number of such pauses.
		slices: count &default=0;
		## Rows written to my_stats.log.
		variables_logged: count &default=0;
		## Variables of which no size could be obtained.
		variables_not_measured: count &default=0;
	};

	## Called when all of a run's rows are in my_stats.log.
	global run_measured: hook(run: Run);

	## Starts a run now, unless one is under way.
	global start_run: function(trigger: string);
}

# A trace is often read much faster than it was recorded, and can span weeks:
# after this many runs, the time between runs doubles, and so on.
const trace_runs_per_interval = 100;

# The first run waits until the cluster had time to connect.
const first_run_delay = 10sec;

global run_number = 0;
global current_run = Run($number=0, $ts=double_to_time(0.0), $trigger="");
global is_running = F;

# Goes on with a run, and starts one.
global slice: event(number: count);
global tick: event(generation: count);

# The variable to look at next.
global next_variable = 0;

# Tells ticks that are still scheduled from those of an interval that changed.
global tick_generation = 0;

# The work of a run that comes after the variables, in steps; a step returns
# F when it has no more to do.
type Step: function(run: Run, deadline: time): bool;
global later_steps: vector of Step;
global next_step = 0;

function log_variable(v: Variable, run: Run, deadline: time)
	{
	local info = Info($ts=run$ts, $run=run$number, $node=node_name(),
	    $module_name=v$module_name, $variable=v$name, $unit=size_unit);

	if ( ! measure_variable(v, info, deadline) )
		return;

	local judged_by = 0;

	if ( info?$size )
		judged_by = info$size;
	else
		{
		++run$variables_not_measured;

		if ( info?$entries )
			judged_by = info$entries;
		}

	local is_logged = judged_by >= min_var_size_to_log;

	if ( is_logged )
		{
		Log::write(LOG, info);
		++run$variables_logged;
		}

	hook variable_measured(info, is_logged);
	}

function end_pause(run: Run, start: time)
	{
	local pause = current_time() - start;
	run$duration += pause;
	++run$slices;

	if ( pause > run$longest_pause )
		run$longest_pause = pause;
	}

# Goes on with the run until the deadline. Returns whether more is to be done.
# What is next is advanced first: should Zeek abort a measurement with an
# error, it is left out, and the run goes on after it.
function go_on(run: Run, deadline: time): bool
	{
	local budget = deadline - current_time();
	local is_fresh = T;

	while ( next_variable < |variables| )
		{
		local v = variables[next_variable];

		# What does not fit into the rest of a slice gets a whole one.
		if ( ! is_fresh && expected_cost(v, run$ts, budget) > deadline - current_time() )
			return T;

		is_fresh = F;
		++next_variable;
		log_variable(v, run, deadline);

		if ( current_time() >= deadline )
			return T;
		}

	while ( next_step < |later_steps| )
		{
		local step = later_steps[next_step];

		if ( ! step(run, deadline) )
			++next_step;

		if ( current_time() >= deadline )
			return T;
		}

	return F;
	}

function finish_run(run: Run)
	{
	is_running = F;
	Cluster::log(fmt("my_stats took %s to run.", run$duration));
	hook run_measured(run);
	}

event slice(number: count)
	{
	if ( ! is_running || number != current_run$number || zeek_is_terminating() )
		return;

	# First, so that it happens even if Zeek aborts what follows with an error.
	schedule pause_distance { my_stats::slice(number) };

	local start = current_time();
	# Half of the pause is for the step during which the deadline passes.
	local more = go_on(current_run, start + max_pause / 2.0);
	end_pause(current_run, start);

	if ( ! more )
		finish_run(current_run);
	}

# Does all that is left of the run at once.
function run_to_end()
	{
	local start = current_time();

	while ( go_on(current_run, current_time() + max_pause) )
		;

	end_pause(current_run, start);
	finish_run(current_run);
	}

function start_run(trigger: string)
	{
	if ( is_running )
		return;

	is_running = T;
	next_variable = 0;
	next_step = 0;
	++run_number;

	# A trace's time is that of its packets.
	local ts = current_time();

	if ( reading_traces() && network_time() > double_to_time(0.0) )
		ts = network_time();

	current_run = Run($number=run_number, $ts=ts, $trigger=trigger);

	# Reading a trace, nothing waits, and slices would have to wait for packets;
	# at the end there is no later.
	if ( reading_traces() || zeek_is_terminating() )
		run_to_end();
	else
		event my_stats::slice(run_number);
	}

function interval_to_next_run(): interval
	{
	local i = run_interval;

	if ( reading_traces() )
		{
		local doublings = run_number / trace_runs_per_interval;

		while ( doublings > 0 )
			{
			i = i * 2.0;
			--doublings;
			}
		}

	return i;
	}

event tick(generation: count)
	{
	if ( generation != tick_generation || zeek_is_terminating() )
		return;

	schedule interval_to_next_run() { my_stats::tick(generation) };
	start_run("interval");
	}

function run_interval_changed(id: string, value: interval): interval
	{
	++tick_generation;
	schedule value { my_stats::tick(tick_generation) };
	return value;
	}

event zeek_init() &priority=-1001
	{
	Option::set_change_handler("my_stats::run_interval", run_interval_changed, -100);
	schedule first_run_delay { my_stats::tick(tick_generation) };
	}

# The last run, so that there is one however short the life of the process.
event zeek_done() &priority=5
	{
	if ( is_running )
		run_to_end();

	start_run("exit");
	}
