# @TEST-DOC: Every row of the contract: columns in their order, modules, units, entries, the counter of runs; the duration in cluster.log.
#
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: grep '^#fields' my_stats.log >columns
# @TEST-EXEC: zeek-cut run node module_name variable size unit entries <my_stats.log | grep -E 'Mine|mine' | sort >rows
# @TEST-EXEC: zeek-cut message <cluster.log | sed -E 's/[0-9]+\.[0-9]+/X/g' >durations
# @TEST-EXEC: btest-diff columns
# @TEST-EXEC: btest-diff rows
# @TEST-EXEC: btest-diff durations

redef my_stats::first_run_delay = 0.1sec;
redef my_stats::run_interval = 0.1sec;
redef my_stats::min_var_size_to_log = 0;
redef exit_only_after_terminate = T;

global mine_without_module: set[count] = { 1, 2, 3 };

module Mine::Inner;

export {
	global nested: table[count] of string = { [1] = "a", [2] = "b" };
}

module Mine;

export {
	global names: vector of string = { "a", "b", "c", "d" };
	global empty: table[addr] of count;
	global text = /some|thing/;
	global plain: record { a: count; b: string; } = [$a=1, $b="x"];
}

event my_stats::log_my_stats(rec: my_stats::Info)
	{
	if ( rec$run == 2 )
		terminate();
	}
