# @TEST-DOC: What is logged of variables of all kinds, in a run at exit.
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut run node module_name variable size unit entries method measured_entries < my_stats.log | grep -E "Truth|	loose" > rows
# The bytes of Zeek 3 differ from run to run by what hash tables happen to keep free.
# @TEST-EXEC: $AT_LEAST 4.0 || { sed -E 's/[0-9]+	bytes/some	bytes/' rows >without && mv without rows; }
# @TEST-EXEC: $DIFF_VERSION rows

redef my_stats::min_var_size_to_log = 0;
# Budgets depend on the clock; what is tested here does not.
redef my_stats::max_pause = 1sec;

global loose: set[count] = { 1, 2, 3 };

module Truth;

export {
	type Plain: record { a: count; b: string &optional; };
@if ( Version::at_least("5.0.0") )
	type Holder: record { first: time; names: set[string]; };
@else
	# Fields that hold something have to be given there, or are unset.
	type Holder: record { first: time; names: set[string] &optional; };
@endif
	type Alias: table[addr] of string;

	# Fixed by the type: 2 entries of 1 + 1 + 1 + 1.
	global fixed: table[addr] of count = { [1.2.3.4] = 1, [1.2.3.5] = 2 };
	# 2 entries of 1 + 2 + 2.
	global pairs: set[addr, port] = { [1.2.3.4, 80/tcp], [1.2.3.5, 80/tcp] };
	global numbers: vector of count = { 1, 2, 3 };
	global short_text: set[string] = { "a", "b" };
	global nested: table[count] of set[string] = { [1] = set("a", "b"), [2] = set("c") };
	global plain: table[count] of Plain = { [1] = Plain($a=1), [2] = Plain($a=2, $b="x") };
	global holders: table[count] of Holder;
	global aliased: Alias = { [1.2.3.4] = "x" };
	global words: pattern = /foo|barbaz/;
	global note: string = "0123456789";
	global empty: table[string] of count;
	global one: Plain = Plain($a=1, $b="x");
	global deep: Holder;
	# Cannot hold memory worth measuring.
	global number: count = 4;
	global flag: bool = T;
	const constant: set[port] = { 80/tcp } &redef;
	option choice: set[subnet] = { 10.0.0.0/8 };
	global hidden: function(): count;
	global never_set: string;
}

function hidden(): count { return 1; }

event zeek_init()
	{
	local i = 0;

	while ( ++i <= 20 )
		holders[i] = Holder($first=network_time());

	deep = Holder($first=network_time());
@if ( ! Version::at_least("5.0.0") )
	deep$names = set();
@endif
	add deep$names["x"];
	}
