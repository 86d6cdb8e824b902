##! Passes over variables that were too small to be logged, while nothing about
##! them changes. Most are: this is what a run costs.

@load ./my_stats
@load ./progress
@load ./values/shapes
@load ./variables

module my_stats;

# No time of a run is later.
const never = double_to_time(1000000000000.0);

# The threshold that variables were last judged by.
global small_below = 0;

# Remembers that a variable is too small to be logged, if that can only change
# with its length, or not soon.
function remember_small(v: Variable, shape: Shape, info: Info)
	{
	# What has no length either stays as it is, or is looked at after a while.
	local length = 0;
	local is_length_all = F;

	switch ( shape$kind )
		{
		case KIND_TABLE, KIND_SET, KIND_VECTOR:
			length = info?$entries ? info$entries : 0;

			if ( ! shape$flat && length > 0 )
				return;

			v$has_length = T;
			is_length_all = shape$exact || length == 0;
			break;

		case KIND_STRING:
			length = info?$size ? info$size : 0;
			v$has_length = T;
			is_length_all = T;
			break;

		case KIND_RECORD:
			if ( ! shape$flat )
				return;
			break;

		case KIND_PATTERN:
			break;

		case KIND_OPAQUE:
			# Never measured.
			is_length_all = T;
			break;

		default:
			return;
		}

	v$small_length = length;
	v$has_size = info?$size;
	v$small_until = is_length_all || v$constant ? never : info$ts + remeasure_interval;
	}

# Whether small variables can be passed over in the run that begins: not if they
# were judged by another threshold, or all are asked for.
function can_pass_over_small(): bool
	{
	local is_same = small_below == min_var_size_to_log && metrics_top == 0;
	small_below = min_var_size_to_log;
	return is_same;
	}

# Returns which variable, from *first* on, is the next to look at: the first one
# that is not as it was when it was too small, or the one at which the deadline
# passes.
function pass_over_small(first: count, run: Run, deadline: time): count
	{
	local ts = run$ts;
	local at = first;
	local end = |variables|;

	while ( at < end )
		{
		local v = variables[at];

		if ( ts >= v$small_until ||
		     (v$has_length && v$small_length != |lookup_ID(v$name)| as count) )
			return at;

		if ( ! v$has_size )
			++run$variables_not_measured;

		# One is much shorter than a look at the clock.
		if ( ++at % 16 == 0 && current_time() >= deadline )
			return at;
		}

	return at;
	}
