##! What is found out by looking at some of the entries of a container.

@load base/misc/version

@load ./footprint
@load ./type-text

module my_stats;

type Sample: record {
	# How many entries to look at.
	limit: count;
	# How many were looked at, and their values; for a set, nothing useful.
	entries: count &default=0;
	values: any_vec &default=vector();
	# The objects (or bytes) that the text of strings in the keys of these entries
	# counts for, if the keys were looked at.
	key_text: count &default=0;
	# The characters of these strings, and their squares by entry.
	key_characters: count &default=0;
	key_squares: count &default=0;
	keys_seen: bool &default=T;
	# For a table with one of the keys that sample_table() knows, its type up to
	# the values, as in "table[string]".
	table_text: string &default="";
};

# Whether this Zeek counts more objects for a longer string (it does from 7.0).
@ifdef ( val_footprint )
const strings_count_length =
    val_footprint("a string of a good deal more than sixty-four characters, for this") > 1;
@else
const strings_count_length = F;
@endif

# The objects (or bytes) that Zeek counts for the text of a string, besides the
# string.
function text_objects(length: count): count
	{
@ifdef ( val_footprint )
	return strings_count_length ? length / 32 : 0;
@else
	return length;
@endif
	}

# Adds an entry to a sample. *first* and so on are the lengths of the strings in
# its key. Returns F when there are enough.
function take(sample: Sample, value: any, first: count &default=0, second: count &default=0,
              third: count &default=0): bool
	{
	sample$values[|sample$values|] = value;
	local characters = first + second + third;
	sample$key_text += text_objects(first) + text_objects(second) + text_objects(third);
	sample$key_characters += characters;
	sample$key_squares += characters * characters;
	++sample$entries;
	return sample$entries < sample$limit;
	}

# Before 3.2, Zeek takes several keys of one type for one key of that type, and
# crashes in a "for" loop over a table that was cast so. From then on there is
# no such table.
function is_ambiguous(value: any): bool
	{
@if ( ! Version::at_least("3.2.0") )
	local text = type_text_of(value);
	local at = strstr(text, "[");

	if ( at == 0 )
		return F;

	local keys = split_types(text[at:closing_bracket(text)]);

	for ( i in keys )
		if ( keys[i] != keys[0] )
			return F;

	return |keys| > 1;
@else
	return F;
@endif
	}

# Some of the elements of a vector, evenly, since old and new ones often differ.
function some_elements(value: any, limit: count): any_vec
	{
	local some: any_vec = vector();
	local elements = value as vector of any;
	local step = |elements| > limit ? |elements| / limit : 1;
	local at = 0;

	while ( at < |elements| && |some| < limit )
		{
		if ( at in elements )
			some[|some|] = elements[at];

		at += step;
		}

	return some;
	}
