##! Passes over variables that were too small to be logged, while nothing about
##! them changes.

@load ./my_stats
@load ./shapes
@load ./variables

module my_stats;

# Remembers that a variable is too small to be logged, if that can only change
# with its length.
function remember_small(v: Variable, info: Info)
	{
	local shape = shape_of(v$type_text);

	switch ( shape$kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			if ( ! shape$flat && info?$entries && info$entries > 0 )
				return;

			v$has_length = T;
			v$small_length = info?$entries ? info$entries : 0;
			break;

		case KIND_STRING:
			v$has_length = T;
			v$small_length = info?$size ? info$size : 0;
			break;

		case KIND_RECORD:
			if ( ! shape$flat )
				return;
			break;

		case KIND_PATTERN, KIND_OPAQUE:
			break;

		default:
			return;
		}

	v$has_size = info?$size;
	v$small_below = min_var_size_to_log;
	v$small_until = info$ts + remeasure_interval;
	}

# Whether a variable is as it was when it was too small to be logged. Most are:
# this is what a run costs.
function is_still_small(v: Variable, ts: time): bool
	{
	return ts < v$small_until && v$small_below == min_var_size_to_log && metrics_top == 0 &&
	    (! v$has_length || v$small_length == |lookup_ID(v$name)| as count);
	}
