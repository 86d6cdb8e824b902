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

# The work of a run that comes after the variables.
type Step: record {
	# Goes on with the work until the deadline. Returns F when there is no more.
	work: function(run: Run, deadline: time): bool;
	# Whether it is one call that cannot be cut, so that it gets a whole slice.
	is_single_call: bool &default=F;
};

global later_steps: vector of Step;
global next_step = 0;

# Whether all of the run's work is done, but for its last row.
global is_complete = F;

# Remembers that a variable is too small to be logged, if that can only change
# with its length.
function remember_small(v: Variable, info: Info)
	{
	local shape = shape_of(v$type_text);

	switch ( shape$kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			if ( ! shape$flat && info?$entries && info$entries > 0 )
				return;

			v$has_length = T;
			v$small_length = info?$entries ? info$entries : 0;
			break;

		case KIND_STRING:
			v$has_length = T;
			v$small_length = info?$size ? info$size : 0;
			break;

		case KIND_RECORD:
			if ( ! shape$flat )
				return;
			break;

		case KIND_PATTERN, KIND_OPAQUE:
			break;

		default:
			return;
		}

	v$has_size = info?$size;
	v$small_below = min_var_size_to_log;
	v$small_until = info$ts + remeasure_interval;
	}

# Whether a variable is as it was when it was too small to be logged. Most are:
# this is what a run costs.
function is_still_small(v: Variable, ts: time): bool
	{
	return ts < v$small_until && v$small_below == min_var_size_to_log && metrics_top == 0 &&
	    (! v$has_length || v$small_length == |lookup_ID(v$name)| as count);
	}

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
	else
		remember_small(v, info);

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

		if ( is_still_small(v, run$ts) )
			{
			++next_variable;

			if ( ! v$has_size )
				++run$variables_not_measured;

			if ( current_time() >= deadline )
				return T;

			next;
			}

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

		if ( step$is_single_call && ! is_fresh )
			return T;

		is_fresh = F;
		++next_step;

		if ( step$work(run, deadline) )
			--next_step;

		if ( step$is_single_call || current_time() >= deadline )
			return T;
		}

	return F;
	}

# Writes the row that ends a run. It comes in a slice of its own, of which it
# cannot tell how long that took.
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

	if ( is_complete )
		{
		finish_run(current_run);
		return;
		}

	# First, so that it happens even if Zeek aborts what follows with an error.
	schedule pause_distance { my_stats::slice(number) };

	local start = current_time();
	# Half of the pause is for the step during which the deadline passes.
	is_complete = ! go_on(current_run, start + max_pause / 2.0);
	end_pause(current_run, start);
	}

# Hooks that are called at the end of a run can start the next one. Where runs
# are made at once, that must not go on for ever.
const max_nested_runs = 2;
global nested_runs = 0;

# Does all that is left of the run at once.
function run_to_end()
	{
	++nested_runs;
	local start = current_time();

	while ( go_on(current_run, current_time() + max_pause) )
		;

	end_pause(current_run, start);
	finish_run(current_run);
	--nested_runs;
	}

function start_run(trigger: string)
	{
	if ( is_running || nested_runs >= max_nested_runs )
		return;

	is_running = T;
	is_complete = F;
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
	# In case that Zeek aborted a hook with an error.
	nested_runs = 0;
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
	nested_runs = 0;

	if ( is_running )
		run_to_end();

	start_run("exit");
	}
