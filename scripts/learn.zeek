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

# Whether a value, known to be no container, is a record: F also for one whose
# only field is unset, about which nothing needs to be known.
function counts_as_record(value: any): bool
	{
@ifdef ( val_footprint )
	return val_footprint(value) > 1;
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
	else if ( (|value| as count) > 0 && counts_as_record(value) )
		add record_types[name];

	else
		return;

	forget_shapes(name);
	}

# The first value of a table or vector, if there is one.
function first_value(value: any, shape: Shape): any_vec
	{
	local first: any_vec = vector();

	if ( shape$kind == KIND_TABLE )
		first = sample_table(value, 1)$values;
	else if ( value is vector of any )
		{
		local elements = value as vector of any;

		if ( |elements| > 0 && 0 in elements )
			first[0] = elements[0];
		}

	return first;
	}

# Learns what the name of the type of a container's elements stands for from
# the first of them. Returns whether there was anything to learn.
function learn_element(value: any, shape: Shape): bool
	{
	if ( shape$element == "" || shapes[shape$element]$kind != KIND_OTHER )
		return F;

	local first = first_value(value, shape);

	if ( |first| == 0 )
		return F;

	learn_type(type_text_of(first[0]), first[0]);
	return T;
	}
