# @TEST-DOC: Aliases of tables and sets with keys of all kinds: Zeek starts, and says nothing of them. What is learned is true.
# @TEST-EXEC: zeek $PACKAGE %INPUT 2>errors
# @TEST-EXEC: cat errors; test $(grep -vc "received termination signal" errors) = 0
# @TEST-EXEC: test ! -e reporter.log || test $(grep -v "^#" reporter.log | grep -vc "received termination signal") = 0
# @TEST-EXEC: zeek-cut run variable entries < my_stats.log | grep "^3" | grep -E "Keys::(by_enum|holders|inside|many)" > rows
# @TEST-EXEC: $DIFF_VERSION rows

redef exit_only_after_terminate = T;
redef my_stats::min_var_size_to_log = 0;

module Keys;

export {
	type Shade: enum { DARK, LIGHT };
	type Pair: record { a: string; b: count; };
	type ByTwo: set[string, count];
	type ByEnum: table[Shade] of string;
	type ByDouble: table[double] of set[addr];
	type ByRecord: set[Pair];
	type ByThree: table[string, count, addr] of Pair;
	type Holder: record { names: set[string]; n: count; };

	global many: ByTwo;
	global few: ByTwo;
	global one: ByTwo;
	global by_enum: ByEnum;
	global by_double: ByDouble;
	global by_record: ByRecord;
	global by_three: ByThree;
	global inside: table[string] of ByTwo;
	global holders: table[string] of Holder;
	global holder: Holder;
}

event zeek_init()
	{
	for ( n in vector(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) )
		for ( m in vector(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) )
			add many[fmt("a string that is longer than most %d", n), m];

	for ( k in vector(1, 2, 3, 4, 5) )
		{
		add few[fmt("k%d", k), k];
		by_double[k + 0.5] = set(1.2.3.4, 5.6.7.8);
		add by_record[Pair($a=fmt("k%d", k), $b=k)];
		by_three[fmt("k%d", k), k, 1.2.3.4] = Pair($a="x", $b=k);
		holders[fmt("k%d", k)] = Holder($names=set("a", "b", "c"), $n=k);
		}

	add one["k", 1];
	by_enum[DARK] = "dark";
	by_enum[LIGHT] = "light";
	inside["k"] = set(["a", 1], ["b", 2]);
	holder = Holder($names=set("a", "b", "c"), $n=1);
	}

global run_again: event();

event run_again()
	{
	my_stats::start_run("request");
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 3 )
		terminate();
	else
		schedule 50msec { Keys::run_again() };
	}

event zeek_init() &priority=-2000
	{
	schedule 50msec { Keys::run_again() };
	}
