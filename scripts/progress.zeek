##! What is known about a run while it is under way.

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
		## one of them. Other threads can have a part in it.
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

function cpu_time(): interval
	{
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
