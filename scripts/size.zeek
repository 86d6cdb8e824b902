##! Decides how the size of a variable is obtained in a run: from a visit of
##! all of it, from some of its entries, or from what an earlier run found.

@load ./values/measure
@load ./variables

module my_stats;

# Looking again at a variable whose number of entries is the same is worth this
# much, if its entries can grow.
const cheap = 50usec;

# Whether what was found earlier is too old, or was never found.
function is_due(v: Variable, ts: time): bool
	{
	return ! v?$measured_at ||
	    (! v$constant && ts - v$measured_at >= remeasure_interval);
	}

function remember(v: Variable, ts: time, entries: count, m: Measurement, cost: interval)
	{
	v$measured_at = ts;
	v$entries = entries;
	v$looked_at = m$looked_at;
	v$size = double_to_count(m$size);
	v$cost = cost;
	}

function set_size(info: Info, size: count, method: string, measured_entries: count)
	{
	info$size = size;
	info$method = method;
	info$measured_entries = measured_entries;
	}

# What looking at a variable will probably take, at most *budget*.
function expected_cost(v: Variable, shape: Shape, ts: time, budget: interval): interval
	{
	switch ( shape$kind )
		{
		case KIND_STRING, KIND_OPAQUE:
			return 0sec;

		case KIND_PATTERN, KIND_RECORD:
			return is_due(v, ts) ? budget : v$cost;

		default:
			break;
		}

	local entries = |lookup_ID(v$name)| as count;

	if ( shape$exact || entries < 8 || (entries == v$entries && ! is_due(v, ts)) )
		return 0sec;

	if ( shape$flat && ! shape$lazy && entries * shape$visits * visit_cost < budget )
		return entries * shape$visits * visit_cost;

	return budget;
	}

function measure_container(v: Variable, value: any, arg_shape: Shape, info: Info, deadline: time)
	{
	local shape = arg_shape;
	local entries = |value| as count;
	info$entries = entries;

	if ( entries > v$most_entries )
		v$most_entries = entries;

	if ( entries == 0 )
		{
		# To be quite empty, it was most likely cleared or assigned, which gives back
		# the slots, as deleting does not.
		v$most_entries = 0;
@ifdef ( val_footprint )
		set_size(info, 0, "exact", 0);
@else
		set_size(info, footprint(value), "exact", 0);
@endif
		return;
		}

	if ( learn_element(value, shape) )
		shape = shapes[v$type_text];

@ifdef ( val_footprint )
	if ( shape$exact )
		{
		info$size = entries * shape$objects;
		info$method = "computed";
		return;
		}
@endif

	local grown_inside = ! shape$flat && v$cost <= cheap;

	if ( ! is_due(v, info$ts) && ! grown_inside )
		{
		if ( entries == v$entries )
			{
			set_size(info, v$size, "kept", v$looked_at);
			return;
			}

		# Between two looks at a large variable, its entries are taken to be
		# like those last seen, unless too many are new.
		if ( v$looked_at > 0 && entries < 2 * v$entries && 2 * entries > v$entries &&
		     ! can_visit_all(shape, entries, deadline - current_time()) )
			{
			set_size(info, double_to_count(v$size * 1.0 / v$entries * entries),
			    "scaled", v$looked_at);
			return;
			}
		}

	local start = current_time();
	local m = measure_value(value, shape, deadline, 0);

	if ( m$looked_at > 0 )
		{
		remember(v, info$ts, entries, m, current_time() - start);
		set_size(info, v$size, m$complete ? "exact" : "sampled", m$looked_at);

		if ( m$complete && shape$flat )
			learn_visit_cost(entries * shape$visits, v$cost);
		}

	else if ( v$looked_at > 0 )
		set_size(info, double_to_count(v$size * 1.0 / v$entries * entries),
		    "scaled", v$looked_at);
	}

# Fills in what can be found out about a variable without going past the
# deadline by more than one step. Returns F if the variable has no value.
function measure_variable(v: Variable, arg_shape: Shape, info: Info, deadline: time): bool
	{
	local value = lookup_ID(v$name);
	local shape = arg_shape;

	# A string instead of a value says that there is none.
	if ( value is string )
		{
		local text_value = value as string;

		if ( shape$kind != KIND_STRING || text_value == "<no ID value>" )
			return F;
		}

	if ( shape$kind == KIND_OTHER )
		{
		local text = type_text_of(value);
		learn_type(text, value);
		shape = shapes[text];
		}

	switch ( shape$kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			measure_container(v, value, shape, info, deadline);
			break;

		case KIND_STRING:
			info$unit = "characters";
			info$size = |value| as count;
			info$method = "length";
			break;

		case KIND_PATTERN:
			# Making the text takes time, and few patterns ever change.
			info$unit = "characters";
			info$method = "length";

			if ( is_due(v, info$ts) )
				{
				local length = |cat(value)|;

				if ( v?$measured_at && v$size != length )
					changed_variables += v;

				remember(v, info$ts, 0, Measurement($size=length + 0.0), 0sec);
				}

			info$size = v$size;
			break;

		case KIND_RECORD:
			if ( is_due(v, info$ts) || v$cost <= cheap )
				{
				local start = current_time();
				local m = measure_value(value, shape, deadline, 0);
				remember(v, info$ts, 1, m, current_time() - start);
				info$method = m$complete ? "exact" : "sampled";
				}
			else
				info$method = "kept";

			info$size = v$size;
			break;

		case KIND_OTHER:
			# Nothing tells what it is, but nothing else than a container has so much.
			if ( (|value| as count) > max_fields )
				info$entries = |value| as count;
			break;

		case KIND_OPAQUE:
			# It does not tell how large it is, but it is there: the one object that
			# val_footprint() counts. Where sizes are bytes, there is nothing to say.
@ifdef ( val_footprint )
			set_size(info, 1, "exact", 0);
@endif
			break;

		default:
			break;
		}

	return T;
	}
