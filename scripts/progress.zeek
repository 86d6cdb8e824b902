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
		## The number of such pauses.
		slices: count &default=0;
		## Rows written to my_stats.log.
		variables_logged: count &default=0;
		## Variables of which no size could be obtained.
		variables_not_measured: count &default=0;
	};
}

# Counts a pause that began at *start* and ends now.
function end_pause(run: Run, start: time)
	{
	local pause = current_time() - start;
	run$duration += pause;
	++run$slices;

	if ( pause > run$longest_pause )
		run$longest_pause = pause;
	}
