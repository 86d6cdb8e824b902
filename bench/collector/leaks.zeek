##! Does each thing that the collector does with values many times, and prints by
##! how many KiB the heap has grown after it: what Zeek never gives back. Needs
##! getpid.c; run by leaks.sh.

@load base/frameworks/input
@load base/misc/version

module Bench;

export {
	const times = 100000 &redef;
}

option choice = 0;

type Item: record {
	name: string;
	tags: set[string] &default=set();
	value: any &optional;
	n: count &default=0;
};

type Work: record {
	work: function(n: count): bool;
};

global items: table[string] of Item;
global texts: vector of string;
global anything: vector of any;
global by_key: table[string, count] of string;
global tables: table[string] of table[addr] of count;
global alias_default: table[string] of Item &default=function(name: string): Item { return Item($name=name); };

@if ( Version::at_least("8.0.0") )
const nobody = conn_id($orig_h=127.0.0.1, $orig_p=1/tcp, $resp_h=127.0.0.1, $resp_p=2/tcp, $proto=6);
@else
const nobody = conn_id($orig_h=127.0.0.1, $orig_p=1/tcp, $resp_h=127.0.0.1, $resp_p=2/tcp);
@endif

function heap(): count
	{
	setenv("GETPID_ANSWERS", "heap");
	return getpid();
	}

function to_repeat(n: count): bool
	{
	return n % 2 == 0;
	}

type Case: record {
	name: string;
	body: function(n: count);
	# A call that takes long is made less often.
	every: count &default=1;
};

global cases: vector of Case;

function fill(size: count)
	{
	texts = vector();
	anything = vector();

	while ( |texts| < size )
		{
		texts[|texts|] = fmt("text %d", |texts|);
		anything[|anything|] = Item($name=fmt("item %d", |anything|));
		}
	}

event zeek_init() &priority=10
	{
	fill(8);
	items["a"] = Item($name="a", $tags=set("x", "y"));
	by_key["a", 1] = "one";
	tables["a"] = table([127.0.0.1] = 1);

	cases += Case($name="vector: resize() to less", $every=20, $body=function(n: count)
		{ fill(8); resize(anything, 0); resize(texts, 0); });
	cases += Case($name="vector: v = v[:n]", $every=20, $body=function(n: count)
		{ fill(8); anything = anything[:2]; texts = texts[:2]; });
	cases += Case($name="vector: v = v[1:]", $every=20, $body=function(n: count)
		{ fill(8); anything = anything[1:]; texts = texts[1:]; });
	cases += Case($name="vector: v = vector()", $every=20, $body=function(n: count)
		{ fill(8); anything = vector(); texts = vector(); });
	cases += Case($name="vector: v += x, v[|v|] = x", $body=function(n: count)
		{ local v: vector of string = vector(); v += "a"; v[|v|] = fmt("%d", n); });
	cases += Case($name="vector: copy(), sort(), order()", $body=function(n: count)
		{ local v: vector of count = vector(3, 1, 2); local w = copy(v); sort(w); local o = order(v); });
	cases += Case($name="vector: sort(v, strcmp)", $body=function(n: count)
		{ local v: string_vec = vector("b", "c", "a"); sort(v, strcmp); });
	cases += Case($name="vector: for ( i in v )", $body=function(n: count)
		{ local m = 0; for ( i in texts ) m += |texts[i]|; });
	cases += Case($name="vector: as vector of any", $body=function(n: count)
		{ local a: any = texts; local v = a as vector of any; local x = |v| > 0 ? type_name(v[0]) : ""; });
	cases += Case($name="table: assign and delete", $body=function(n: count)
		{ items[fmt("%d", n)] = Item($name="b"); delete items[fmt("%d", n)]; });
	cases += Case($name="table: t = table()", $body=function(n: count)
		{ local t: table[string] of Item; t["a"] = Item($name="c"); t = table(); });
	cases += Case($name="table: of tables", $body=function(n: count)
		{ local t: vector of table[string] of count = vector(); local u: table[string] of count; u["a"] = n; t += u; t = vector(); });
	cases += Case($name="table: &default=function", $body=function(n: count)
		{ local i = alias_default[fmt("%d", n)]; });
	cases += Case($name="table: for ( k, v in t )", $body=function(n: count)
		{ for ( k, v in items ) { local x = v$name; break; } });
	cases += Case($name="table: for ( [k, l], v in t )", $body=function(n: count)
		{ for ( [k, l], v in by_key ) { local x = k; break; } });
	cases += Case($name="set: add, delete, set()", $body=function(n: count)
		{ local s: set[string]; add s["a"]; add s[fmt("%d", n)]; delete s["a"]; s = set(); });
	cases += Case($name="set: copy()", $body=function(n: count)
		{ local s = copy(items["a"]$tags); });
	cases += Case($name="any: is, as", $body=function(n: count)
		{ local a = lookup_ID("Bench::items"); if ( a is string ) { local t = a as string; } });
	cases += Case($name="any: switch type", $body=function(n: count)
		{
		local a = lookup_ID("Bench::items");
		switch ( a )
			{
			case type table[addr] of any as t1: for ( k1, v1 in t1 ) break; break;
			case type table[string] of any as t2: for ( k2, v2 in t2 ) { local x: any_vec = vector(); x[0] = v2; break; } break;
			default: break;
			}
		});
	cases += Case($name="any: |v| as count", $body=function(n: count)
		{ local c = |lookup_ID("Bench::items")| as count; });
	cases += Case($name="any: in a record", $body=function(n: count)
		{ local i = Item($name="d", $value=items); i$value = texts; });
	cases += Case($name="record: fields, ?$, copies", $body=function(n: count)
		{ local i = Item($name="e"); i$n = n; if ( i?$value ) i$n = 0; i$tags = set("z"); });
	cases += Case($name="function: in a record, called", $body=function(n: count)
		{ local w = Work($work=to_repeat); local r = w$work(n); });
	cases += Case($name="strings: fmt, strstr, slices, strip", $body=function(n: count)
		{ local s = fmt("%s of %d", "text", n); local at = strstr(s, "of"); s = strip(s[at:]); s = s[0:1] + s; });
	cases += Case($name="strings: for ( c in s )", $body=function(n: count)
		{ local m = 0; for ( c in "some text" ) m = m + 1; });
	cases += Case($name="strings: cat(v)[0:1]", $body=function(n: count)
		{ local s = cat(items["a"])[0:1]; });
	cases += Case($name="type_name()", $body=function(n: count)
		{ local s = type_name(items); });
	cases += Case($name="record_fields(value)", $every=10, $body=function(n: count)
		{ for ( name, f in record_fields(items["a"]) ) if ( f?$value ) { local v: any = f$value; } });
	cases += Case($name="record_fields(name)", $every=10, $body=function(n: count)
		{ if ( Version::at_least("3.1.0") ) { local f = record_fields("Bench::Item"); } });
@ifdef ( val_footprint )
	cases += Case($name="val_footprint()", $body=function(n: count)
		{ local f = val_footprint(items); });
@else
	cases += Case($name="val_size()", $body=function(n: count)
		{ local f = val_size(items); });
@endif
@ifdef ( table_values )
	cases += Case($name="table_values()", $body=function(n: count)
		{ local v = table_values(items); });
@endif
@ifdef ( enum_names )
	cases += Case($name="enum_names()", $body=function(n: count)
		{ local e = |enum_names("transport_proto")|; });
@endif
@ifdef ( get_identifier_declaring_script )
	cases += Case($name="get_identifier_declaring_script()", $body=function(n: count)
		{ local s = get_identifier_declaring_script("Bench::items"); });
@endif
	cases += Case($name="global_ids()", $every=2000, $body=function(n: count)
		{ local m = 0; for ( name, id in global_ids() ) m = m + 1; });
	cases += Case($name="get_*_stats()", $every=10, $body=function(n: count)
		{
		local a = get_conn_stats(); local b = get_event_stats(); local c = get_reassembler_stats();
		local d = get_dns_stats(); local e = get_proc_stats(); local f = get_timer_stats();
		local g = get_file_analysis_stats(); local h = get_thread_stats(); local i = get_matcher_stats();
		});
@ifdef ( Broker::peering_stats )
	cases += Case($name="Broker::peering_stats()", $every=10, $body=function(n: count)
		{ local p = Broker::peering_stats(); });
@endif
@ifdef ( Telemetry::__collect_metrics )
@if ( Version::at_least("7.2.0") )
	cases += Case($name="Telemetry::__collect_metrics()", $every=100, $body=function(n: count)
		{ local m = Telemetry::__collect_metrics("process", "resident_memory"); });
@endif
@endif
	cases += Case($name="Option::set()", $every=10, $body=function(n: count)
		{ Option::set("Bench::choice", n % 2); });
	cases += Case($name="file_size()", $every=10, $body=function(n: count)
		{ local s = file_size("/proc/self/status"); });
	cases += Case($name="lookup_connection() of none", $body=function(n: count)
		{ local e = connection_exists(nobody); });
	}

event zeek_init() &priority=-10
	{
	for ( i in cases )
		{
		local c = cases[i];
		local n = 0;

		# Warm, so that what is kept once does not count.
		while ( ++n <= 20 )
			c$body(n);

		local before = heap();
		n = 0;

		while ( ++n <= times / c$every )
			c$body(n);

		local after = heap();
		print fmt("%s; %d; %d", c$name, n - 1, after > before ? after - before : 0);
		}

	# Not terminate(): that sends a signal to what getpid() answers.
	exit(0);
	}
