##! Works out, from the name of a type, what is safe and what is cheap to do
##! with a value of that type.
##!
##! Zeek counts the "objects" of a value by visiting all of it
##! (:zeek:see:`val_footprint`). How many values that visits, and whether it
##! changes what it visits, depends on the type alone in all cases but one: a
##! container inside another can be of any size.

@load base/misc/version

@load ./aliases
@load ./sample
@load ./type-text

module my_stats;

# What a type is, as far as measuring is concerned.
type Kind: enum {
	KIND_SCALAR,
	KIND_STRING,
	KIND_PATTERN,
	KIND_OPAQUE,
	KIND_FUNCTION,
	KIND_TABLE,
	KIND_SET,
	KIND_VECTOR,
	KIND_RECORD,
	# "any", and names that could not be resolved: an alias of some type.
	KIND_OTHER,
};

# For containers, *objects*, *exact* and *visits* are those of one entry.
type Shape: record {
	kind: Kind;
	# The name of the type, with aliases resolved where that was possible.
	type_text: string;
	# Zeek's object count, at least.
	objects: count &default=1;
	# Whether *objects* holds for every value of the type, so that nothing has
	# to be visited to count them.
	exact: bool &default=T;
	# How many values are visited to count the objects, at most. Only true if
	# the type is *flat*.
	visits: count &default=1;
	# Whether no container is inside, so that *visits* is known.
	flat: bool &default=T;
	# Whether visiting creates fields: since Zeek 6.0 records create their
	# container fields when somebody first looks, and keep them.
	lazy: bool &default=F;
	# The part of *objects* that a table entry spends on its key, and whether
	# that is the same for every entry.
	key_objects: count &default=0;
	key_exact: bool &default=T;
	# Whether looking at a key compiles a pattern, which takes milliseconds.
	pattern_keys: bool &default=F;
	# The type of the values of a table or vector.
	element: string &default="";
};

# Shapes by the name of the type. There are a few hundred at most, since types
# are made when scripts are parsed.
global shapes: table[string] of Shape;

const scalar_types: set[string] = {
	"bool", "int", "count", "double", "time", "interval", "port", "addr",
	"subnet", "timer", "enum",
};

# Whether records create fields when somebody looks.
const records_are_lazy = Version::at_least("6.0.0");

global shape_of: function(type_text: string): Shape;

function shape_of_record(name: string): Shape
	{
	local shape = Shape($kind=KIND_RECORD, $type_text=name, $exact=F);

	if ( name !in record_types )
		{
		# Written out in full, by Zeek before 6.0, or of an unknown name.
		shape$flat = shape$lazy = F;

		if ( /^record *\{/ in name )
			{
			shape$flat = /table\[|set\[|vector of|\{.*\{|any/ !in name;
			shape$objects = shape$visits = |split_string(name, /;/)|;
			}

		shape$lazy = records_are_lazy && ! shape$flat;
		return shape;
		}

	# A record can contain itself, by way of an optional field or a table.
	shapes[name] = Shape($kind=KIND_RECORD, $type_text=name, $exact=F, $flat=F,
	    $lazy=records_are_lazy);

	local fields = record_fields(name);
	shape$objects = |fields|;
	shape$visits = |fields| + 1;

	for ( field_name, field in fields )
		{
		local inner = shape_of(field$type_name);

		switch ( inner$kind )
			{
			case KIND_TABLE, KIND_SET, KIND_VECTOR, KIND_RECORD, KIND_OTHER:
				shape$flat = F;
				shape$lazy = records_are_lazy;
				break;

			default:
				break;
			}
		}

	return shape;
	}

function shape_of_container(text: string): Shape
	{
	local shape = Shape($kind=KIND_TABLE, $type_text=text, $objects=1, $visits=1);

	if ( text[0:10] == "vector of " )
		{
		shape$kind = KIND_VECTOR;
		shape$element = text[10:];
		}
	else
		{
		local end_of_keys = closing_bracket(text);
		local start_of_keys = text[0:4] == "set[" ? 4 : 6;
		local keys = split_types(text[start_of_keys:end_of_keys]);

		if ( text[0:4] == "set[" )
			shape$kind = KIND_SET;

		shape$objects += |keys|;

		for ( i in keys )
			{
			local key_shape = shape_of(keys[i]);
			shape$objects += key_shape$objects;
			shape$visits += key_shape$visits;
			shape$key_exact = shape$key_exact && key_shape$exact;

			if ( key_shape$kind == KIND_PATTERN )
				shape$pattern_keys = T;

			# A container or record as a key: nobody walks that.
			if ( ! key_shape$flat || key_shape$kind == KIND_TABLE ||
			     key_shape$kind == KIND_SET || key_shape$kind == KIND_VECTOR )
				shape$flat = shape$key_exact = F;
			}

		shape$exact = shape$key_exact;

		if ( shape$kind == KIND_TABLE )
			shape$element = strip(sub(text[end_of_keys + 1:], /^ *of /, ""));
		}

	shape$key_objects = shape$objects;

	if ( shape$kind != KIND_SET )
		{
		local element = shape_of(shape$element);

		switch ( element$kind )
			{
			case KIND_TABLE, KIND_SET, KIND_VECTOR, KIND_OTHER:
				# The entry itself counts nothing if the inner container is empty.
				shape$flat = shape$exact = F;
				break;

			default:
				shape$objects += element$objects;
				shape$visits += element$visits;
				shape$flat = shape$flat && element$flat;
				shape$exact = shape$exact && element$exact;
				break;
			}

		shape$lazy = element$lazy || element$kind == KIND_OTHER;
		}

	return shape;
	}

function is_enum(name: string): bool
	{
@ifdef ( enum_names )
	return |enum_names(name)| > 0;
@else
	return F;
@endif
	}

function shape_of(type_text: string): Shape
	{
	local text = type_text;

	if ( text in aliases )
		text = aliases[text];

	if ( text in shapes )
		return shapes[text];

	# How record_fields() writes them.
	if ( /^record [^{]/ in text )
		{
		text = text[7:];
		add record_types[text];

		if ( text in shapes && shapes[text]$kind == KIND_RECORD )
			return shapes[text];
		}

	local shape: Shape;

	if ( text in scalar_types || text[0:5] == "enum " )
		shape = Shape($kind=KIND_SCALAR, $type_text=text);
	else if ( text == "string" )
		shape = Shape($kind=KIND_STRING, $type_text=text, $exact=! strings_count_length);
	else if ( text == "pattern" )
		shape = Shape($kind=KIND_PATTERN, $type_text=text);
	else if ( /^(func|function|event|hook)($|[( ])/ in text )
		shape = Shape($kind=KIND_FUNCTION, $type_text=text);
	else if ( /^(opaque|file)($| )/ in text )
		shape = Shape($kind=KIND_OPAQUE, $type_text=text);
	else if ( /^(table\[|set\[|vector of )/ in text )
		shape = shape_of_container(text);
	else if ( text in record_types || /^record *\{/ in text )
		shape = shape_of_record(text);
	else if ( is_enum(text) )
		shape = Shape($kind=KIND_SCALAR, $type_text=text);
	else
		shape = Shape($kind=KIND_OTHER, $type_text=text, $exact=F, $flat=F,
		    $lazy=records_are_lazy);

	# There are thousands of function types, each looked at once.
	if ( shape$kind != KIND_FUNCTION )
		shapes[text] = shape;

	return shape;
	}
