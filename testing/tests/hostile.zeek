# @TEST-DOC: Values that are deep, circular, huge or oddly named do no harm.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: cat errors && test ! -s errors
# @TEST-EXEC: zeek-cut variable size unit entries method measured_entries < my_stats.log | grep Hostile > rows
# The bytes of Zeek 3 differ from run to run by what hash tables happen to keep free.
# @TEST-EXEC: $AT_LEAST 4.0 || { sed -E 's/[0-9]+	bytes/some	bytes/' rows >without && mv without rows; }
# @TEST-EXEC: $DIFF_VERSION rows

redef my_stats::min_var_size_to_log = 0;
# Budgets depend on the clock; what is tested here does not.
redef my_stats::max_pause = 1sec;

module Hostile;

export {
@if ( Version::at_least("5.0.0") )
	type Node: record { all: table[count] of any; };
@else
	# Fields that hold something have to be given there, or have a default.
	type Node: record { all: table[count] of any &default=table(); };
@endif
	type Tree: record { number: count &optional; };
}

# This is how a type can contain itself. Before 5.0, Zeek crashes when it is asked
# for the name of such a type.
@if ( Version::at_least("5.0.0") )
redef record Node += { next_one: Node &optional; };
redef record Tree += { leaves: table[count] of Tree &optional; };
@endif

export {
	global circle: table[string] of any;
	global chain: Node;
	global tree: Tree;
@if ( Version::at_least("5.0.0") )
	# Before, Zeek does not take such keys.
	global patterns: table[pattern] of count;
	global pattern_set: set[pattern];
	global set_keys: table[set[count]] of string;
@endif
	global million: string;
	global lines: vector of string;
	global functions: table[string] of function(a: count): count;
	global a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on: set[count];
	global record_keys: table[conn_id] of Node;
	global filter: opaque of bloomfilter;
	global filters: table[string] of opaque of cardinality;
	global anything: any;
	global holes: vector of string;
}

event zeek_init()
	{
	circle["self"] = circle;
	circle["text"] = "text";
	circle["function"] = Hostile::circle;

	local i = 0;

@if ( Version::at_least("5.0.0") )
	chain$all[1] = chain;
	local n = chain;

	while ( ++i < 5000 )
		{
		local m = Node();
		n$next_one = m;
		n = m;
		}

	local t = tree;
	i = 0;

	while ( ++i < 2000 )
		{
		local below = Tree();
		local leaves: table[count] of Tree;
		leaves[i] = below;
		t$leaves = leaves;
		t = below;
		}

	i = 0;

	while ( ++i < 200 )
		{
		patterns[string_to_pattern(fmt("foo%d[a-z]+", i), F)] = i;
		add pattern_set[string_to_pattern(fmt("bar%d[a-z]+", i), F)];
		}

	set_keys[set(1, 2)] = "x";
@endif

	million = "x";

	while ( |million| < 1000000 )
		million = million + million;

	lines = vector(million, million);
	filter = bloomfilter_basic_init(0.01, 1000);
	filters["a"] = hll_cardinality_init(0.01, 0.95);
	anything = set("a", "b");
	holes[100000] = "far";
	record_keys[conn_id($orig_h=1.2.3.4, $orig_p=1/tcp, $resp_h=1.2.3.4, $resp_p=1/tcp)] = Node();
	}
