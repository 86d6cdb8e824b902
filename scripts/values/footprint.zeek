##! What this Zeek tells of the size of a value: objects, or bytes before 5.0.

@load base/misc/version

module my_stats;

@ifdef ( val_footprint )

const size_unit = "objects";

function footprint(value: any): count
	{
	return val_footprint(value);
	}

@else

const size_unit = "bytes";

# What global_sizes() adds up. A vector counts for nothing but itself in it: only
# to be asked of what has no vector with elements inside.
function footprint(value: any): count
	{
	return val_size(value);
	}

# What containers and records take besides what is in them, by the same account.
const table_bytes = val_size(set());
const vector_bytes = val_size(vector());
const cell_bytes = Version::at_least("4.1.0") ? 16 : 8;

type OneField: record { field: count &optional; };

const record_bytes = val_size(OneField()) - cell_bytes;

function bytes_of_entry(): count
	{
	local numbers: set[count] = set();

	while ( |numbers| < 96 )
		add numbers[|numbers|];

	return (val_size(numbers) - table_bytes) / |numbers|;
	}

# With a key of eight bytes, which most are not: what addresses and strings
# take is added, not exactly.
const entry_bytes = bytes_of_entry();

@endif
