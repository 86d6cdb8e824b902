# @TEST-DOC: What a type's name stands for is learned from the first entry, and then logged.
# @TEST-EXEC: zeek $PACKAGE %INPUT 2>errors
# @TEST-EXEC: cat errors; test $(grep -vc "received termination signal" errors) = 0
# Entries that are looked into describe a variable again, in the same words.
# @TEST-EXEC: zeek-cut variable var_type record_fields < my_stats_variable.log | grep Named | $SORT_FIELDS | awk '!seen[$0]++' > rows
# @TEST-EXEC: $DIFF_VERSION rows

redef exit_only_after_terminate = T;

module Named;

global start: event();

export {
	type Names: set[string];
	type Table: table[addr, port] of Names;
	type Inner: record { ports: vector of port &optional; };
@if ( Version::at_least("5.0.0") )
	type State: record { first: time; inner: Inner; peers: table[addr, port] of count; };
@else
	# Fields that hold something have to be given there, or have a default.
	type State: record { first: time; inner: Inner; peers: table[addr, port] of count &default=table(); };
@endif
	type States: vector of State;
	type Callback: function(a: count): count;
	type Shade: enum { DARK, LIGHT };

	global direct: Names;
	global table_of_names: table[string] of Names;
	global tables: table[count] of Table;
	global states: table[string] of State;
	global more_states: States;
	global state: State;
	global callbacks: table[string] of Callback;
	global shades: table[string] of Shade;
}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 1 )
		{
		table_of_names["a"] = set("b");
		tables[1] = table([1.2.3.4, 80/tcp] = set("x"));
		states["x"] = State($first=network_time(), $inner=Inner());
		more_states += State($first=network_time(), $inner=Inner());
		callbacks["x"] = function(a: count): count { return a; };
		shades["x"] = DARK;
		my_stats::start_run("request");
		}

	if ( info$run == 2 )
		terminate();
	}

event start()
	{
	my_stats::start_run("request");
	}

event zeek_init() &priority=-2000
	{
	event Named::start();
	}
