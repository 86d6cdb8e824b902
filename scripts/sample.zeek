##! What is found out by looking at some of the entries of a container.

module my_stats;

type Sample: record {
	# How many entries to look at.
	limit: count;
	# How many were looked at, and their values; for a set, nothing useful.
	entries: count &default=0;
	values: any_vec &default=vector();
	# The objects that the text of strings in the keys of these entries counts
	# for, if the keys were looked at.
	key_text: count &default=0;
	keys_seen: bool &default=T;
};

# Whether this Zeek counts more objects for a longer string (it does from 7.0).
@ifdef ( val_footprint )
const strings_count_length =
    val_footprint("a string of a good deal more than sixty-four characters, for this") > 1;
@else
const strings_count_length = F;
@endif

# The objects that Zeek counts for the text of a string, besides the string.
function text_objects(length: count): count
	{
	return strings_count_length ? length / 32 : 0;
	}

function take(sample: Sample, value: any, key_text: count): bool
	{
	sample$values[|sample$values|] = value;
	sample$key_text += key_text;
	++sample$entries;
	return sample$entries < sample$limit;
	}
