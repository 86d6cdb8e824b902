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

const function_words: set[string] = { "func", "function", "event", "hook" };

# Most of the thousands of identifiers are functions, events or hooks, with long
# types: it pays to tell that from the first few characters.
function is_function(text: string): bool
	{
	return text[0:9] == "function(" || text[0:6] == "event(" || text[0:5] == "hook(" ||
	    text in function_words;
	}

function is_enum(name: string): bool
	{
@ifdef ( enum_names )
	return |enum_names(name)| > 0;
@else
	return F;
@endif
	}

# What a type stands for, as far as that is known.
function resolve(type_text: string): string
	{
	local text = type_text in aliases ? aliases[type_text] : type_text;

	if ( text[0:7] == "record " && text[7:8] != "{" )
		{
		text = text[7:];
		add record_types[text];
		}

	return text;
	}

# The kind of a resolved type. It takes no more than a look at its text, however
# much is inside it.
function kind_of(text: string): Kind
	{
	if ( text in scalar_types || text[0:5] == "enum " )
		return KIND_SCALAR;
	if ( text == "string" )
		return KIND_STRING;
	if ( text == "pattern" )
		return KIND_PATTERN;
	if ( text in record_types )
		return KIND_RECORD;
	if ( text[0:6] == "table[" )
		return KIND_TABLE;
	if ( text[0:4] == "set[" )
		return KIND_SET;
	if ( text[0:10] == "vector of " )
		return KIND_VECTOR;
	if ( text in shapes )
		return shapes[text]$kind;
	if ( is_function(text) )
		return KIND_FUNCTION;
	if ( text == "opaque" || text[0:7] == "opaque " || text == "file" || text[0:5] == "file " )
		return KIND_OPAQUE;
	if ( text[0:7] == "record " )
		return KIND_RECORD;

	return is_enum(text) ? KIND_SCALAR : KIND_OTHER;
	}

function shape_of_record(name: string): Shape
	{
	local shape = Shape($kind=KIND_RECORD, $type_text=name, $exact=F);

	if ( name !in record_types )
		{
		# Written out in full, by Zeek before 6.0, or of an unknown name.
		shape$flat = shape$lazy = F;

		if ( name[0:7] == "record " )
			{
			shape$flat = ! contains(name, "table[") && ! contains(name, "set[") &&
			    ! contains(name, "vector of") && ! contains(name, "any") &&
			    ! contains(name[strstr(name, "{"):], "{");
			shape$objects = shape$visits = |split_at(name, ";")|;
			}

		shape$lazy = records_are_lazy && ! shape$flat;
		return shape;
		}

	local fields = record_fields(name);
	shape$objects = |fields|;
	shape$visits = |fields| + 1;

	for ( field_name, field in fields )
		{
		switch ( kind_of(resolve(field$type_name)) )
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
			# What comes between is " of ".
			shape$element = strip(text[end_of_keys + 5:]);
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

function shape_of(type_text: string): Shape
	{
	if ( type_text in shapes )
		return shapes[type_text];

	local text = resolve(type_text);

	if ( text in shapes )
		return shapes[text];

	local shape: Shape;
	local kind = kind_of(text);

	switch ( kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			shape = shape_of_container(text);
			break;

		case KIND_RECORD:
			shape = shape_of_record(text);
			break;

		case KIND_STRING:
			shape = Shape($kind=kind, $type_text=text, $exact=! strings_count_length);
			break;

		case KIND_OTHER:
			shape = Shape($kind=kind, $type_text=text, $exact=F, $flat=F,
			    $lazy=records_are_lazy);
			break;

		case KIND_FUNCTION:
			# There are thousands of function types, each looked at once.
			return Shape($kind=kind, $type_text=text);

		default:
			shape = Shape($kind=kind, $type_text=text);
			break;
		}

	shapes[text] = shape;
	return shape;
	}
