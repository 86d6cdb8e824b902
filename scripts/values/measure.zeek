##! Measures one value, in a bounded time and without changing it.

@load ./footprint
@load ./learn
@load ./sample-sets
@load ./sample-tables
@load ./shapes
@load ../variables

module my_stats;

# What was found out about a value. *complete* if all of it was looked at.
type Measurement: record {
	size: double &default=0.0;
	looked_at: count &default=0;
	complete: bool &default=T;
};

# What visiting one value costs footprint(), learned as it is used.
global visit_cost = 0.25usec;

# The number of entries to look at of a container that is too large to look at
# all of it, or that may only be looked at entry by entry.
const sample_size = 64;

# The same for entries that change when they are looked at: a few records per
# table get their lazy fields created, once.
const lazy_sample_size = 8;

# How deep to look into containers inside containers.
const max_depth = 4;

function can_visit_all(shape: Shape, entries: count, budget: interval): bool
	{
@ifndef ( val_footprint )
	# What is in a vector is not in its bytes.
	if ( shape$kind == KIND_VECTOR )
		return F;
@endif
	return shape$flat && ! shape$lazy && ! shape$pattern_keys &&
	    entries * shape$visits * visit_cost <= budget;
	}

function learn_visit_cost(visits: count, cost: interval)
	{
	# Short measurements are mostly the cost of the call and of the clock, and a slow
	# one may just have been interrupted: follow within reason. A slower machine, or
	# one with colder caches, must be learned before it takes many long pauses.
	if ( visits < 1000 )
		return;

	local seen = cost / visits;
	local weight = seen > visit_cost ? 0.5 : 0.1;
	visit_cost = (1.0 - weight) * visit_cost + weight * (seen < 1usec ? seen : 1usec);
	}

global measure_value: function(value: any, shape: Shape, deadline: time, depth: count): Measurement;

# The sum over the values given.
function measure_elements(values: any_vec, shape: Shape, deadline: time, depth: count): Measurement
	{
	local m = Measurement();

	local declared = shapes[shape$element];

	for ( i in values )
		{
		local element = declared;

		# What a value is told by itself, if the type does not.
		if ( element$kind == KIND_OTHER )
			{
			local name = type_text_of(values[i]);
			learn_type(name, values[i]);
			element = shapes[name];
			}

		local inner = measure_value(values[i], element, deadline, depth + 1);

		if ( inner$looked_at == 0 )
			{
			m$complete = F;
			break;
			}

		m$size += inner$size;
		++m$looked_at;
		m$complete = m$complete && inner$complete;

		if ( current_time() > deadline )
			break;
		}

	return m;
	}

# Looks at some entries and takes the others to be like them.
function measure_sample(value: any, shape: Shape, entries: count, deadline: time, depth: count): Measurement
	{
	local limit = shape$lazy ? lazy_sample_size : sample_size;
	local m = Measurement($complete=F);
	local keys = shape$key_objects + 0.0;
	local keys_known = T;
	local values: any_vec = vector();
	local keys_are_alike = F;
	local base = 0;
@ifndef ( val_footprint )
	base = shape$kind == KIND_VECTOR ? vector_bytes : table_bytes;
	# Where no text is in them.
	keys_are_alike = shape$kind == KIND_SET && ! contains(shape$type_text, "string");
@endif

	if ( shape$kind == KIND_VECTOR )
		values = some_elements(value, limit);
	else
		{
		local sample = shape$kind == KIND_SET ?
		    sample_set(value, limit) : sample_table(value, limit);

		if ( sample$entries == 0 )
			{
			# A table of its own is then logged by its entries alone. As a part
			# of something it counts for what its entries have at least.
			if ( depth > 0 || keys_are_alike )
				{
				m$looked_at = 1;
				m$size = base + entries * shape$objects + 0.0;
				}

			return m;
			}

		keys += sample$key_text * 1.0 / sample$entries;
		keys_known = shape$key_exact || sample$keys_seen;
		m$looked_at = sample$entries;
		values = sample$values;
		}

	if ( shape$kind == KIND_SET )
		{
		m$size = base + entries * keys;
		m$complete = m$looked_at == entries && keys_known;
		return m;
		}

	local inner = measure_elements(values, shape, deadline, depth);

	if ( inner$looked_at == 0 )
		{
		# Nothing was: it must not pass for a size of nothing.
		m$looked_at = 0;
		return m;
		}

	m$looked_at = inner$looked_at;
	m$size = base + entries * (keys + inner$size / inner$looked_at);
	m$complete = inner$complete && keys_known && inner$looked_at == entries;
	return m;
	}

function measure_record(value: any, shape: Shape, deadline: time, depth: count): Measurement
	{
	local m = Measurement($looked_at=1);
	local fields = record_fields(value);
	m$size = |fields| + 0.0;
@ifndef ( val_footprint )
	m$size = record_bytes + |fields| * cell_bytes + 0.0;
@endif

	for ( name, field in fields )
		{
		if ( ! field?$value )
			next;

		local inner = measure_value(field$value, shapes[type_text_of_field(field)], deadline, depth + 1);
		m$size += inner$size;
		m$complete = m$complete && inner$complete;
		}

	return m;
	}

function measure_value(value: any, shape: Shape, deadline: time, depth: count): Measurement
	{
	local m = Measurement($looked_at=1);

	switch ( shape$kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			local entries = |value| as count;

			if ( entries == 0 )
				{
@ifndef ( val_footprint )
				m$size = footprint(value) + 0.0;
@endif
				return m;
				}

			if ( shape$exact )
				{
				m$size = entries * shape$objects + 0.0;
				return m;
				}

			if ( can_visit_all(shape, entries, deadline - current_time()) )
				{
				m$size = footprint(value) + 0.0;
				m$looked_at = entries;
				return m;
				}

			# The process may have lost its core since the look began: that is
			# no look, and must not be remembered as a size of nothing.
			if ( current_time() > deadline )
				return Measurement($complete=F);

			if ( depth >= max_depth )
				{
				m$complete = F;
				return m;
				}

			return measure_sample(value, shape, entries, deadline, depth);

		case KIND_RECORD:
			if ( shape$flat )
				{
				m$size = footprint(value) + 0.0;
				return m;
				}

			if ( depth >= max_depth || current_time() > deadline )
				{
				m$size = shape$objects + 0.0;
				m$complete = F;
				return m;
				}

			return measure_record(value, shape, deadline, depth);

		case KIND_STRING:
@ifdef ( val_footprint )
			m$size = 1.0 + text_objects(|value| as count);
@else
			m$size = footprint(value) + 0.0;
@endif
			return m;

		case KIND_OTHER:
			# Nothing tells what it is; to visit a large one takes too long.
			m$complete = (|value| as count) <= max_fields;
			m$size = m$complete ? footprint(value) + 0.0 : 3.0 * (|value| as count);
			return m;

		default:
@ifdef ( val_footprint )
			m$size = 1.0;
@else
			m$size = footprint(value) + 0.0;
@endif
			return m;
		}
	}
