##! Looks at some of the entries of a set of which only the value is known, in
##! the way that sample-tables.zeek does for tables.

@load ./sample

module my_stats;

function sample_intel_set(sample: Sample, value: any)
	{
@ifdef ( Intel::Type )
	if ( value is set[string,Intel::Type] )
		{
		for ( [a31, b31] in (value as set[string,Intel::Type]) )
			if ( ! take(sample, 0, text_objects(|a31|)) )
				break;
		}
@endif
	}

# Sets matter only for the length of the strings in them.
function sample_set(value: any, limit: count): Sample
	{
	local sample = Sample($limit=limit);

	if ( is_ambiguous(value) )
		return sample;

	if ( value is set[string] )
		{
		for ( a22 in (value as set[string]) )
			if ( ! take(sample, 0, text_objects(|a22|)) )
				break;
		}

	else if ( value is set[addr,string] )
		{
		for ( [a23, b23] in (value as set[addr,string]) )
			if ( ! take(sample, 0, text_objects(|b23|)) )
				break;
		}

	else if ( value is set[string,string] )
		{
		for ( [a24, b24] in (value as set[string,string]) )
			if ( ! take(sample, 0, text_objects(|a24|) + text_objects(|b24|)) )
				break;
		}

	else if ( value is set[string,addr] )
		{
		for ( [a25, b25] in (value as set[string,addr]) )
			if ( ! take(sample, 0, text_objects(|a25|)) )
				break;
		}

	else if ( value is set[string,count] )
		{
		for ( [a26, b26] in (value as set[string,count]) )
			if ( ! take(sample, 0, text_objects(|a26|)) )
				break;
		}

	else if ( value is set[string,port] )
		{
		for ( [a27, b27] in (value as set[string,port]) )
			if ( ! take(sample, 0, text_objects(|a27|)) )
				break;
		}

	else if ( value is set[addr,port,string] )
		{
		for ( [a28, b28, c28] in (value as set[addr,port,string]) )
			if ( ! take(sample, 0, text_objects(|c28|)) )
				break;
		}

	else if ( value is set[string,string,string] )
		{
		for ( [a29, b29, c29] in (value as set[string,string,string]) )
			if ( ! take(sample, 0, text_objects(|a29|) + text_objects(|b29|) + text_objects(|c29|)) )
				break;
		}

	else
		sample_intel_set(sample, value);

	return sample;
	}
