##! Starts the runs: one after the other, and the last one.

@load ./run

module my_stats;

# A trace is often read much faster than it was recorded, and can span weeks:
# after this many runs, the time between runs doubles, and so on.
const trace_runs_per_interval = 100;

# The first run waits until the cluster had time to connect.
const first_run_delay = 10sec;

# When Zeek was ready to start, by the system's clock.
global ready_at = current_time();

# Starts a run.
global tick: event(generation: count);

# Tells ticks that are still scheduled from those of an interval that changed.
global tick_generation = 0;

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

	# The time of a process that captures packets jumps from 0 to now with the
	# first of them.
	local waited = current_time() - ready_at;

	if ( run_number == 0 && waited < first_run_delay && ! reading_traces() )
		{
		schedule first_run_delay - waited { my_stats::tick(generation) };
		return;
		}

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
	ready_at = current_time();
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
