##! Prints what each slice of a run took in processor time of the thread, and what
##! was in it. Needs getpid.c, with GETPID_ANSWERS=cpu.

module my_stats;

global slice_began_cpu = 0;
global slice_began_at = double_to_time(0.0);
global slice_began_with = "";

function work_now(): string
	{
	return fmt("variable %d step %d", next_variable, next_step);
	}

event slice(number: count) &priority=100
	{
	slice_began_with = work_now();
	slice_began_at = current_time();
	slice_began_cpu = getpid();
	}

event slice(number: count) &priority=-100
	{
	local cpu = getpid();
	local clock = current_time() - slice_began_at;

	# The counter starts again now and then.
	if ( cpu >= slice_began_cpu )
		print fmt("slice %s %d %d %.0f %s to variable %d (%s) step %d", this_node, number, cpu - slice_began_cpu,
		    interval_to_double(clock) * 1000000, slice_began_with, next_variable,
		    next_variable > 0 ? variables[next_variable - 1]$name : "-", next_step);
	}

event zeek_init() &priority=-1000002
	{
	# Written at once, since a process can be killed.
	set_buf(open("/dev/stdout"), F);
	}
