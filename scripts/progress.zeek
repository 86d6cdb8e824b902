##! What is known about a run while it is under way.

@load base/misc/version

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
		## The processor time of the process in these pauses, in all and at most in
		## one of them; 0 where it is not asked for. Other threads can have a part in it.
		cpu_time: interval &default=0sec;
		longest_cpu_time: interval &default=0sec;
		## The number of such pauses.
		slices: count &default=0;
		## Rows written to my_stats.log.
		variables_logged: count &default=0;
		## Variables of which no size could be obtained.
		variables_not_measured: count &default=0;
	};
}

# When a pause began, by the clock and in processor time of the process.
type Moment: record {
	clock: time;
	cpu: interval;
};

# Before 7.0, get_proc_stats() makes the allocator of Linux count all that is free,
# for a figure that it then throws away: 1 to 2 seconds for a heap of 100 MB in pieces.
const proc_stats_are_cheap = Version::at_least("7.0.0") || file_size("/proc/self/status") < 0.0;

function cpu_time(): interval
	{
	if ( ! proc_stats_are_cheap )
		return 0sec;

	local stats = get_proc_stats();
	return stats$user_time + stats$system_time;
	}

function begin_pause(): Moment
	{
	return Moment($clock=current_time(), $cpu=cpu_time());
	}

# Counts a pause that ends now. What it took of the process's own processor time
# cannot be more than it lasted: the rest is that of other threads.
function end_pause(run: Run, start: Moment)
	{
	local pause = current_time() - start$clock;
	local cpu = cpu_time() - start$cpu;

	if ( cpu > pause )
		cpu = pause;

	run$duration += pause;
	run$cpu_time += cpu;
	++run$slices;

	if ( pause > run$longest_pause )
		run$longest_pause = pause;

	if ( cpu > run$longest_cpu_time )
		run$longest_cpu_time = cpu;
	}
