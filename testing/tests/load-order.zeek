# @TEST-DOC: The package loads before and after others, twice, and by way of another one that redefs its options; names like its own in other modules are others.
# Budgets depend on the clock; what is tested here does not.
# @TEST-EXEC: zeek $PACKAGE ./other.zeek ./local.zeek my_stats::max_pause=1sec 2>>errors; sh ./keep.sh first
# @TEST-EXEC: zeek ./other.zeek ./local.zeek $PACKAGE my_stats::max_pause=1sec 2>>errors; sh ./keep.sh last
# @TEST-EXEC: zeek ./local.zeek $PACKAGE ./other.zeek $PACKAGE/__load__.zeek my_stats::max_pause=1sec 2>>errors; sh ./keep.sh twice
# @TEST-EXEC: ZEEKPATH=$(zeek-config --zeekpath):$PACKAGE/.. zeek ./redefs.zeek ./other.zeek ./local.zeek 2>>errors; sh ./keep.sh redefs
# @TEST-EXEC: zeek -b $PACKAGE ./other.zeek 2>>errors && zeek -b ./other.zeek $PACKAGE 2>>errors
# @TEST-EXEC: cat errors; test ! -s errors
# @TEST-EXEC: cmp first last && cmp first twice
# @TEST-EXEC: $DIFF_VERSION first
# @TEST-EXEC: $DIFF_VERSION redefs

# @TEST-START-FILE keep.sh
# Bytes, before Zeek 5.0, differ from run to run by what hash tables happen to keep free.
zeek-cut module_name variable size entries unit <my_stats.log | grep -E '^(my_stats_too|Site|GLOBAL	(row|slice|shapes|Run))' |
	awk -F '\t' -v OFS='\t' '$5 == "bytes" { if ($1 == "Site") next; $3 = "bytes" } { print $1, $2, $3, $4 }' >$1
rm -f *.log
# @TEST-END-FILE

# @TEST-START-FILE other.zeek
# Another package, whose names are those of this one.
module my_stats_too;

export {
	redef enum Log::ID += { LOG };
	option run_interval = 5min &redef;
	type Run: record { number: count; };
	global slice: event(number: count);
	global shapes: table[string] of Run;
	global variables: vector of Run;
	global start_run: function(trigger: string);
}

event slice(number: count)
	{
	}

function start_run(trigger: string)
	{
	local i = 0;

	while ( ++i <= 2000 )
		{
		shapes[fmt("%04d", i)] = Run($number=i);
		variables += Run($number=i);
		}
	}

event zeek_init()
	{
	start_run("x");
	}
# @TEST-END-FILE

# @TEST-START-FILE local.zeek
global row: table[count] of string;
global shapes: set[string];
global slice: vector of count;

event zeek_init() &priority=-10
	{
	local i = 0;

	while ( ++i <= 1500 )
		{
		row[i] = "x";
		add shapes[fmt("%04d", i)];
		slice += i;
		}
	}
# @TEST-END-FILE

# @TEST-START-FILE redefs.zeek
@load scripts
redef my_stats::min_var_size_to_log = 8000;
redef my_stats::max_connections_sampled = 0;
# @TEST-END-FILE
