##! Learns from values what the names of their types stand for.

@load ./aliases
@load ./sample-tables
@load ./shapes

module my_stats;

# Forgets what was concluded about types that mention *name*.
function forget_shapes(name: string)
	{
	local stale: string_vec = vector();

	for ( text in doubtful )
		if ( strstr(text, name) > 0 )
			stale[|stale|] = text;

	for ( i in stale )
		{
		delete shapes[stale[i]];
		delete doubtful[stale[i]];
		}
	}

# Whether packets are processed. An error before that ends Zeek.
global has_started = F;

global zeek_started: event();

event zeek_started()
	{
	has_started = T;
	}

event zeek_init()
	{
	# Timers expire when all handlers of zeek_init() are through.
	schedule 0sec { my_stats::zeek_started() };
	}

# More fields than records have.
const max_fields = 100;

# What goes by a name that may be a record's: the length of each value so far, and
# how many values there were.
type Suspect: record {
	length: count;
	looks: count &default=0;
};

global suspects: table[string] of Suspect;

# All values of a record's type have as many fields. More looks would tell more, but
# a short process has two: when it starts and in its only run.
const looks_to_tell = 2;

# What so many looks did not tell, more will not: each visits all of a value, and
# would leave no time to measure what holds such values.
const most_looks = 8;

# Whether a value that is no container with one of the usual keys is a record: F
# also for one whose only field is unset, about which nothing needs to be known.
function counts_as_record(name: string, value: any): bool
	{
@ifdef ( val_footprint )
	local length = |value| as count;

	if ( length > max_fields || (name in suspects && suspects[name]$looks >= most_looks) )
		return F;

	local objects = val_footprint(value);

	# A table or set with unusual keys counts three for each of its entries at
	# least, a record one for each of its fields and what is in that.
	if ( objects < 3 * length )
		return objects > 1;

	if ( name !in suspects )
		suspects[name] = Suspect($length=length);

	local suspect = suspects[name];
	++suspect$looks;

	if ( suspect$length != length )
		{
		add not_records[name];
		return F;
		}

	# What is left is hardly ever no record, unless its entries may be alike: to
	# ask for the fields of what is none is an error, which Zeek logs.
	return has_started && suspect$looks >= looks_to_tell && objects % length != 0;
@else
	return type_name(value)[0:7] == "record ";
@endif
	}

# Drops what was only needed to find the variables.
function forget_scalars()
	{
	local unneeded: string_vec = vector();

	for ( text, shape in shapes )
		if ( shape$kind == KIND_SCALAR || shape$kind == KIND_FUNCTION ||
		     shape$kind == KIND_OTHER )
			unneeded[|unneeded|] = text;

	for ( i in unneeded )
		delete shapes[unneeded[i]];
	}

# Learns what *name* stands for from *value*, whose type goes by it, if that is
# not known yet.
function learn_type(name: string, value: any)
	{
	if ( shapes[name]$kind != KIND_OTHER || name == "any" )
		return;

	local text = type_without_alias(value);

	if ( text != "" )
		aliases[name] = text;

	# What is left are records, functions and opaque values. The length of a
	# record is its number of fields, that of a function its number of
	# parameters; but a function counts as one object only.
	else if ( (|value| as count) > 0 && name !in not_records && counts_as_record(name, value) )
		add record_types[name];

	else
		return;

	forget_shapes(name);
	}

# Values to learn from: of a few, one will do.
const values_to_try = 4;

# The first values of a table or vector, as many as there are.
function first_values(value: any, shape: Shape): any_vec
	{
	local first: any_vec = vector();

	if ( shape$kind == KIND_TABLE )
		first = sample_table(value, values_to_try)$values;
	else if ( value is vector of any )
		{
		local elements = value as vector of any;

		for ( i in elements )
			{
			first[|first|] = elements[i];

			if ( |first| == values_to_try )
				break;
			}
		}

	return first;
	}

# Learns what the name of the type of a container's elements stands for from
# the first of them that tell. Returns whether there was anything to learn.
function learn_element(value: any, shape: Shape): bool
	{
	if ( shape$element == "" || shapes[shape$element]$kind != KIND_OTHER )
		return F;

	local first = first_values(value, shape);

	for ( i in first )
		learn_type(type_text_of(first[i]), first[i]);

	return |first| > 0;
	}
