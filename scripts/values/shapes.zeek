##! Works out, from the name of a type, what is safe and what is cheap to do
##! with a value of that type.
##!
##! Zeek counts the "objects" of a value by visiting all of it
##! (:zeek:see:`val_footprint`). How many values that visits, and whether it
##! changes what it visits, depends on the type alone in all cases but one: a
##! container inside another can be of any size.

@load base/misc/version

@load ./footprint
@load ./kinds
@load ./sample
@load ./type-text

module my_stats;

# For containers, *objects*, *exact* and *visits* are those of one entry. Where
# Zeek tells bytes, these stand for *objects*, as few as they can be, and are
# never *exact*.
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

global shape_of: function(type_text: string): Shape;

# Shapes by the name of the type; one that is not known yet is found out when it is
# asked for. There are a few hundred at most, since types are made when scripts
# are parsed.
global shapes: table[string] of Shape
    &default=function(type_text: string): Shape { return shape_of(type_text); };

# Of these, the ones with a name in them of which nothing is known yet, so that
# not all have to be gone through when something is learned.
global doubtful: set[string];

# Whether records create fields when somebody looks.
const records_are_lazy = Version::at_least("6.0.0");

# Whether record_fields() knows records by their names, and not only values.
const records_have_names = Version::at_least("3.1.0");

function shape_of_record(name: string): Shape
	{
	local shape = Shape($kind=KIND_RECORD, $type_text=name, $exact=F);

	if ( name !in record_types || ! records_have_names )
		{
		# Written out in full, by Zeek before 5.0, or of an unknown name.
		shape$flat = shape$lazy = F;

		if ( name > "record " && name < "record!" )
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

	if ( |fields| == 0 )
		{
		# It is none, or one about which nothing needs to be known: not asked again.
		delete record_types[name];
		add not_records[name];
		return Shape($kind=KIND_OTHER, $type_text=name, $exact=F, $flat=F, $lazy=records_are_lazy);
		}

	shape$objects = |fields|;
	shape$visits = |fields| + 1;

	for ( field_name, field in fields )
		{
		if ( field$type_name in scalar_types )
			next;

		# Also tells which names are those of records.
		local text = resolve(field$type_name);

		if ( ! shape$flat )
			next;

		switch ( text in shapes ? shapes[text]$kind : kind_of(text) )
			{
			case KIND_OTHER:
				add doubtful[name];
				fallthrough;

			case KIND_TABLE, KIND_SET, KIND_VECTOR, KIND_RECORD:
				shape$flat = F;
				shape$lazy = records_are_lazy;
				break;

			default:
				break;
			}
		}

	return shape;
	}

@ifndef ( val_footprint )
# What the keys of an entry take if they do not fit into eight bytes, without the
# text of strings.
function bytes_of_keys(keys: string_vec): count
	{
	local bytes = 0;

	for ( i in keys )
		bytes += keys[i] == "addr" || keys[i] == "subnet" ? 16 : 8;

	return bytes > 8 ? bytes : 0;
	}
@endif

function shape_of_container(text: string): Shape
	{
	local shape = Shape($kind=KIND_TABLE, $type_text=text, $objects=1, $visits=1);
	local keys: string_vec = vector();

	if ( text > "vector of " && text < "vector of!" )
		{
		shape$kind = KIND_VECTOR;
		shape$element = text[10:];
		}
	else
		{
		local end_of_keys = closing_bracket(text);
		local start_of_keys = text[0:4] == "set[" ? 4 : 6;
		keys = split_types(text[start_of_keys:end_of_keys]);

		if ( text[0:4] == "set[" )
			shape$kind = KIND_SET;

		shape$objects += |keys|;

		for ( i in keys )
			{
			local key_shape = shape_of(keys[i]);
			shape$objects += key_shape$objects;
			shape$visits += key_shape$visits;
			shape$key_exact = shape$key_exact && key_shape$exact;

			if ( key_shape$type_text in doubtful )
				add doubtful[text];

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

@ifndef ( val_footprint )
	if ( shape$kind == KIND_VECTOR )
		shape$objects = cell_bytes;
	else
		{
		shape$objects = entry_bytes + bytes_of_keys(keys);
		shape$key_exact = F;
		}
@endif

	shape$key_objects = shape$objects;

	if ( shape$kind != KIND_SET )
		{
		local element = shape_of(shape$element);

		if ( element$type_text in doubtful )
			add doubtful[text];

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

@ifndef ( val_footprint )
	shape$exact = F;
@endif
	return shape;
	}

# To be called by name where it calls itself, which Zeek's optimizer has to know.
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
			add doubtful[text];
			shape = Shape($kind=kind, $type_text=text, $exact=F, $flat=F,
			    $lazy=records_are_lazy);
			break;

		default:
			shape = Shape($kind=kind, $type_text=text);
			break;
		}

	shapes[text] = shape;
	return shape;
	}
