# @TEST-DOC: The most entries that a table had are told again once half of them are gone, and forgotten when it was empty.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: ! grep -v "received termination signal" errors
# The last row of a variable holds.
# @TEST-EXEC: zeek-cut variable most_entries < my_stats_variable.log | grep Held | tac | sort -s -u -k1,1 >rows
# @TEST-EXEC: btest-diff rows

redef exit_only_after_terminate = T;
redef my_stats::min_var_size_to_log = 1;

module Held;

export {
	global drained: table[count] of string;
	global cleared: set[count];
	global next_step: event();
}

global steps = 0;

function fill(n: count)
	{
	local i = 0;

	while ( ++i <= n )
		{
		drained[i] = "";
		add cleared[i];
		}
	}

event next_step()
	{
	switch ( ++steps )
		{
		case 1:
			fill(1000);
			break;
		case 2:
			fill(3000);
			break;
		case 3:
			while ( |drained| > 500 )
				delete drained[|drained|];
			clear_table(cleared);
			break;
		case 4:
			fill(100);
			break;
		case 6:
			terminate();
			return;
		default:
			break;
		}

	my_stats::start_run("request");
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger != "exit" )
		schedule 20msec { Held::next_step() };
	}

event zeek_init() &priority=-2000
	{
	schedule 20msec { Held::next_step() };
	}
