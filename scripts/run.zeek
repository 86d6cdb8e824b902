##! Makes the runs: cuts each into slices short enough not to hold up the
##! processing of packets, and writes my_stats.log.

@load ./my_stats
@load ./progress
@load ./size
@load ./small
@load ./values/contents
@load ./variables

module my_stats;

export {
	## Called when all of a run's rows are in my_stats.log.
	global run_measured: hook(run: Run);

	## Starts a run now, unless one is under way.
	global start_run: function(trigger: string);
}

global run_number = 0;
global current_run = Run($number=0, $ts=double_to_time(0.0), $trigger="");
global is_running = F;

# Goes on with a run.
global slice: event(number: count);

# The variable to look at next, and whether those that were small are passed
# over.
global next_variable = 0;
global passes_over_small = F;

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

# How many variables are looked into again in one run, at most, and after which
# time, in intervals of measurements, although they have not doubled.
const looks_per_run = 2;
const measurements_per_look = 6;

# Whether the last row says of the slots that a container keeps what is no longer so.
function has_other_room(v: Variable, entries: count): bool
	{
	return (v$most_entries >= 2 * entries && 10 * v$most_entries > 11 * v$told_entries) ||
	    v$told_entries > 2 * v$most_entries;
	}

# Has a variable described and looked into again when its entries are no longer
# those that they were.
function look_again_later(v: Variable, info: Info)
	{
	# Before, it is about to be.
	if ( ! v$described || ! info?$entries || |changed_variables| >= looks_per_run )
		return;

	if ( has_other_room(v, info$entries) )
		changed_variables += v;

	else if ( ! v?$contents_at )
		{
		if ( has_contents(shapes[v$type_text]) )
			changed_variables += v;
		}

	# Of what was empty then, twice as much may be nothing still.
	else if ( info$entries > 2 * v$contents_entries ||
	     info$ts - v$contents_at >= measurements_per_look * remeasure_interval )
		changed_variables += v;
	}

function log_variable(v: Variable, shape: Shape, run: Run, deadline: time)
	{
	local info = Info($ts=run$ts, $run=run$number, $node=this_node,
	    $module_name=v$module_name, $variable=v$name, $unit=size_unit);

	if ( ! measure_variable(v, shape, info, deadline) )
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

	# What an opaque value takes may be anything; files come before "opaque".
	local is_logged = judged_by >= min_var_size_to_log ||
	    (shape$kind == KIND_OPAQUE && shape$type_text >= "opaque");
	v$is_logged = is_logged;

	if ( is_logged )
		{
		Log::write(LOG, info);
		++run$variables_logged;
		v$small_until = double_to_time(0.0);
		look_again_later(v, info);
		}
	else
		remember_small(v, shape, info);

	hook variable_measured(info, is_logged);
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
		if ( passes_over_small )
			{
			local first = next_variable;
			next_variable = pass_over_small(first, run, deadline);

			# However slow this machine is, each slice gets on by one.
			if ( current_time() >= deadline && next_variable > first )
				return T;

			if ( next_variable == |variables| )
				break;
			}

		local v = variables[next_variable];
		local shape = shapes[v$type_text];

		# What does not fit into the rest of a slice gets a whole one.
		if ( ! is_fresh && expected_cost(v, shape, run$ts, budget) > deadline - current_time() )
			return T;

		is_fresh = F;
		++next_variable;
		log_variable(v, shape, run, deadline);

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

	local start = begin_pause();
	# Half of the pause is for the step during which the deadline passes. What it took
	# to tell when the pause began is no reason to measure less.
	is_complete = ! go_on(current_run, current_time() + max_pause / 2.0);
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
	local start = begin_pause();

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
	passes_over_small = can_pass_over_small();
	next_step = 0;
	++run_number;

	# A trace's time is that of its packets. The nodes of a cluster share one time,
	# whatever some of them read.
	local ts = current_time();

	if ( reading_traces() && Cluster::node == "" && network_time() > double_to_time(0.0) )
		ts = network_time();

	current_run = Run($number=run_number, $ts=ts, $trigger=trigger);

	# Reading a trace, nothing waits, and slices would have to wait for packets;
	# at the end there is no later.
	if ( reading_traces() || zeek_is_terminating() )
		run_to_end();
	else
		event my_stats::slice(run_number);
	}
