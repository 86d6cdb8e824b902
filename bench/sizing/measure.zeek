##! Fills structures and prints what Zeek and the allocator say of each: the
##! frame of a truth set. Run by record.sh, with heap.so preloaded.

@load base/misc/version

@load ./look

module Truth;

const filler = string_fill(1500, "abcdefghijklmnopqrstuvwxyz");

export {
	## How many entries, elements or characters to make.
	const sizes: vector of count = vector(30, 300, 3000, 30000, 120000) &redef;

	## Makes a structure of so many entries.
	type Maker: function(n: count): any;

	## All structures, by their names.
@if ( Version::at_least("6.0.0") )
	global makers: table[string] of Maker = table() &ordered &redef;
@else
	global makers: table[string] of Maker = table() &redef;
@endif

	## Structures that are filled with fewer entries, since each is large.
	global divisors: table[string] of count = table() &default=1 &redef;

	## The most entries the structure just made ever had, if more than now.
	global peak: count = 0;
}

# Words of so many characters, all different, in as much memory as they need.
function word(i: count, length: count): string
	{
	local digits = fmt("%d", i);
	local text = |digits| >= length ? digits : fmt("%s%s", digits, sub_bytes(filler, 1, length - |digits|));
	# What fmt() makes keeps its buffer, a piece of it does not.
	return sub_bytes(text, 1, |text|);
	}

function describe_record(name: string): string
	{
	local text = "";

	for ( field_name, field in record_fields(name) )
		{
		local attributes = "";
@if ( Version::at_least("6.0.0") )
		if ( field$optional )
			attributes = " &optional";
@endif
		text = fmt("%s%s%s: %s%s", text, text == "" ? "" : "; ", field_name,
		    sub(field$type_name, /^record /, ""), attributes);
		}

	return fmt("%s{%s}", name, text);
	}

# The records that a type of this file mentions, by the prefix of their names.
function records_in(type_text: string): set[string]
	{
	local seen: set[string] = set();
	local left: vector of string = vector(type_text);
	local at = 0;

	while ( at < |left| )
		{
		for ( name in find_all(left[at], /Truth::R_[A-Za-z0-9_]+/) )
			if ( name !in seen )
				{
				add seen[name];
				left[|left|] = describe_record(name);
				}

		++at;
		}

	return seen;
	}

function describe_records(names: set[string]): string
	{
	local texts = "";

	for ( name in names )
		texts = fmt("%s%s%s", texts, texts == "" ? "" : "|", describe_record(name));

	return texts;
	}

function report(name: string, n: count, v: any, used: count)
	{
	local type_text = type_name(v);
	local unit = "objects";
	local size = 0;
	local entries = "-";

	if ( type_text == "pattern" || type_text == "string" )
		{
		unit = "characters";
		size = |cat(v)|;
		}
	else
		{
@ifdef ( val_footprint )
		size = val_footprint(v);
@else
		unit = "bytes";
		size = val_size(v);
@endif

		if ( /^(table|set|vector)/ in type_text )
			entries = fmt("%d", |v| as count);
		}

	# What global_sizes() says of a variable with this value, where there is one.
	local told = "-";
@ifdef ( val_size )
	told = fmt("%d", val_size(v));
@endif

	local records = records_in(type_text);

	print fmt("%s\t%d\t%s\t%s\t%s\t%s\t%d\t%s\t%d\t%s\t%s", name, n, type_text, describe_records(records),
	    entries, peak == 0 ? "-" : fmt("%d", peak), size, unit, used, told, my_stats::contents_of(v, records));
	}

function measure(name: string, n: count)
	{
	peak = 0;
	local before = getpid();
	local v = makers[name](n);
	local used = getpid();
	used = used >= before ? used - before : used + 2147483648 - before;

	report(name, n, v, used);
	}

event zeek_init() &priority=-1000
	{
	for ( name, maker in makers )
		{
		# Whatever is made once and kept is made here.
		maker(7);

		for ( i in sizes )
			measure(name, sizes[i] / divisors[name] > 0 ? sizes[i] / divisors[name] : 1);
		}
	}
