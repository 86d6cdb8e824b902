##! Looks into some of the entries of a container: how long the texts in it are,
##! which fields are set, how large the containers inside, and what is one value
##! in many entries. Bytes follow from that, and not from a count of objects.

@load base/misc/version

@load ./kinds
@load ./learn
@load ./measure
@load ./sample-sets
@load ./sample-tables
@load ./shapes

module my_stats;

# What was seen of one part of the entries: of a field, of the elements of a
# container inside, of keys.
type Part: record {
	# How many values of it were looked at.
	seen: count &default=0;
	# Those among them that are values of their own: not one that was seen in an
	# entry before, and no number that Zeek has only once.
	own: count &default=0;
	# What it is a sum of, if it is one of anything; "inside" for a number that is
	# no object of its own.
	unit: string &default="";
	# Of texts, the bytes that malloc takes for them, of keys the characters of the
	# texts in them, of containers their entries; and the squares of these.
	sum: count &default=0;
	squares: count &default=0;
	# Of containers: the slots or cells that so many entries take, and how many
	# are empty.
	room: count &default=0;
	empty: count &default=0;
};

# Values that the next one may be the same as, the newest last, by the last part
# of the name: what an event hands over is often in several fields that are called
# alike. What is there a few times only is a constant of a script.
global latest_values: table[string] of any_vec;
const most_latest_values = 8;

# How many entries to look into; of containers inside, how many of each.
const entries_to_look_into = 48;
const inner_entries_to_look_into = 6;

# Of entries that change when they are looked at, since fields are created that
# they then keep: one in so many, so that it adds next to nothing to them.
const lazy_entries_for_each_look = 128;

# How deep to look into containers and records inside.
const max_look_depth = 5;

# Whether numbers in records are objects of their own.
const numbers_are_boxed = ! Version::at_least("4.1.0");

# No more parts than this, and of each value no more than so many others inside.
const most_parts = 80;
const most_values_of_entry = 150;

# What is looked into, by the names of its parts, in the order they were found.
global seen_parts: table[string] of Part;
global part_names: vector of string;
global entries_to_look_at: any_vec;
global next_entry = 0;
global element_shape: Shape;
global values_of_entry = 0;

# Where numbers lie that Zeek has once only: from and below.
const shared_counts = 4096;
const shared_ints_from = -255;
const shared_ints_below = 257;

function part_of(name: string, unit: string): Part
	{
	if ( name in seen_parts )
		return seen_parts[name];

	local part = Part($unit=unit);

	if ( |part_names| < most_parts )
		{
		seen_parts[name] = part;
		part_names += name;
		}

	return part;
	}

function add_sum(part: Part, amount: count)
	{
	part$sum += amount;
	part$squares += amount * amount;
	}

# Where the last part of a name begins: the name of a field, or "[]".
function last_part_of(name: string): count
	{
	local at = |name| - 1;

	while ( at > 0 && name[at] != "." && name[at] != "[" )
		--at;

	return at;
	}

# Counts a value, and as one of its own if it is none of those before.
function is_own(part: Part, name: string, value: any): bool
	{
	local key = name[last_part_of(name):];
	local latest: any_vec = vector();

	if ( key in latest_values )
		latest = latest_values[key];

	for ( i in latest )
		if ( same_object(latest[i], value) )
			return F;

	if ( |latest| >= most_latest_values )
		latest = latest[1:];

	# By an index, Zeek's optimizer would lose count of who refers to the value.
	latest += value;
	latest_values[key] = latest;
	++part$own;
	return T;
	}

# What malloc takes for a text and the NUL that ends it (glibc, 64 bits).
function bytes_of_text(length: count): count
	{
	return length < 24 ? 32 : (length + 24) / 16 * 16;
	}

# The slots of a table that was filled with so many entries (src/Dict.h), and the
# cells of such a vector.
function room_of(kind: Kind, entries: count): count
	{
	local power = 1;

	if ( kind == KIND_VECTOR )
		{
		while ( power < entries )
			power += power;

		return entries == 0 ? 0 : power;
		}

	local step = 0;

	while ( entries > (step <= 3 ? power + step : (power + step) * 3 / 4) )
		{
		power += power;
		++step;
		}

	return entries == 0 ? 0 : power + step;
	}

function add_keys(name: string, sample: Sample)
	{
	if ( ! sample$keys_seen || sample$key_characters == 0 )
		return;

	local part = part_of(name + "[key]", "characters");
	part$seen += sample$entries;
	part$sum += sample$key_characters;
	part$squares += sample$key_squares;
	}

# Whether Zeek keeps this number once for all.
function is_shared_number(value: any): bool
	{
	if ( value is count )
		return (value as count) < shared_counts;

	if ( value is int )
		return (value as int) >= shared_ints_from && (value as int) < shared_ints_below;

	return F;
	}

global look_at: function(value: any, declared: Shape, name: string, depth: count, boxed: bool);

function look_at_elements(name: string, values: any_vec, shape: Shape, depth: count)
	{
	if ( depth >= max_look_depth )
		return;

	local declared = shapes[shape$element];

	for ( i in values )
		look_at(values[i], declared, name + "[]", depth + 1, shape$kind == KIND_TABLE);
	}

function entries_of(value: any, shape: Shape, name: string, limit: count): any_vec
	{
	if ( shape$kind == KIND_VECTOR )
		return some_elements(value, limit);

	local sample = shape$kind == KIND_SET ? sample_set(value, limit) : sample_table(value, limit);
	add_keys(name, sample);
	return shape$kind == KIND_TABLE ? sample$values : vector();
	}

function look_at_record(value: any, name: string, depth: count)
	{
	for ( field_name, field in record_fields(value) )
		{
		if ( ! field?$value )
			next;

		look_at(field$value, shapes[type_text_of_field(field)], fmt("%s.%s", name, field_name), depth + 1,
		    numbers_are_boxed);
		}
	}

# A value, and what is inside it. *boxed* where a number is an object of its own.
function look_at(value: any, declared: Shape, name: string, depth: count, boxed: bool)
	{
	if ( ++values_of_entry > most_values_of_entry )
		return;

	local shape = declared;
	local part: Part;

	# What a value is told by itself, if the type does not.
	if ( shape$kind == KIND_OTHER )
		{
		local type_text = type_text_of(value);
		learn_type(type_text, value);
		shape = shapes[type_text];
		}

	switch ( shape$kind )
		{
		case KIND_STRING:
			part = part_of(name, "bytes");
			++part$seen;

			if ( is_own(part, name, value) )
				add_sum(part, bytes_of_text(|value| as count));
			break;

		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			part = part_of(name, "entries");
			++part$seen;

			if ( ! is_own(part, name, value) )
				break;

			local entries = |value| as count;
			add_sum(part, entries);
			part$room += room_of(shape$kind, entries);

			if ( entries == 0 )
				++part$empty;
			else if ( ! shape$pattern_keys )
				look_at_elements(name, entries_of(value, shape, name, inner_entries_to_look_into),
				    shape, depth);
			break;

		case KIND_RECORD:
			part = part_of(name, "");
			++part$seen;

			if ( is_own(part, name, value) && depth < max_look_depth )
				look_at_record(value, name, depth);
			break;

		case KIND_OTHER:
			# Nothing tells what it is.
			break;

		default:
			part = part_of(name, "");
			++part$seen;

			if ( shape$type_text != "addr" && shape$type_text != "subnet" && ! boxed )
				part$unit = "inside";

			else if ( ! is_shared_number(value) )
				is_own(part, name, value);
			break;
		}
	}

# Whether anything in the entries of such a container can be more or less.
function has_contents(shape: Shape): bool
	{
	return (shape$kind == KIND_TABLE || shape$kind == KIND_VECTOR || shape$kind == KIND_SET) &&
	    ! shape$pattern_keys && ! (shape$kind == KIND_SET && shape$exact);
	}

# Starts to look into a container.
function open_contents(value: any, shape: Shape)
	{
	seen_parts = table();
	latest_values = table();
	part_names = vector();
	local limit = entries_to_look_into;

	if ( shape$lazy )
		{
		limit = (|value| as count) / lazy_entries_for_each_look;

		if ( limit < lazy_sample_size )
			limit = lazy_sample_size;
		else if ( limit > entries_to_look_into )
			limit = entries_to_look_into;
		}

	entries_to_look_at = entries_of(value, shape, "", limit);
	next_entry = 0;

	if ( shape$kind != KIND_SET )
		element_shape = shapes[shape$element];
	}

# Looks into entries until the deadline. Returns F when there are no more.
function look_into_contents(shape: Shape, deadline: time): bool
	{
	while ( next_entry < |entries_to_look_at| )
		{
		values_of_entry = 0;
		look_at(entries_to_look_at[next_entry], element_shape, "[]", 0, shape$kind == KIND_TABLE);
		++next_entry;

		if ( current_time() >= deadline )
			return T;
		}

	entries_to_look_at = vector();
	return F;
	}

function text_of_part(name: string): string
	{
	local part = seen_parts[name];
	local text = fmt("%s seen=%d", name, part$seen);

	switch ( part$unit )
		{
		case "inside":
			return text;
		case "characters":
			return fmt("%s characters=%d squares=%d", text, part$sum, part$squares);
		default:
			break;
		}

	if ( part$own != part$seen )
		text = fmt("%s own=%d", text, part$own);

	if ( part$unit != "" )
		text = fmt("%s %s=%d squares=%d", text, part$unit, part$sum, part$squares);

	return part$unit == "entries" ?
	    fmt("%s room=%d empty=%d", text, part$room, part$empty) : text;
	}

# Whether it says anything: not of a number that is in every record.
function is_telling(name: string): bool
	{
	local around = name[0:last_part_of(name)];
	return seen_parts[name]$unit != "inside" || around !in seen_parts ||
	    seen_parts[around]$own != seen_parts[name]$seen;
	}

# What was seen, one text for each part.
function close_contents(): vector of string
	{
	local texts: vector of string = vector();

	for ( i in part_names )
		if ( is_telling(part_names[i]) )
			texts += text_of_part(part_names[i]);

	seen_parts = table();
	latest_values = table();
	part_names = vector();
	return texts;
	}
