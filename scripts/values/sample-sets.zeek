##! Looks at some of the entries of a set of which only the value is known, in
##! the way that sample-tables.zeek does for tables.

@load ./sample

module my_stats;

# Sets matter only for the length of the strings in them. These are those with
# keys of several parts of one type, and that of the Intel framework.
function sample_other_sets(sample: Sample, value: any)
	{
@if ( Version::at_least("3.2.0") )
	switch ( value )
		{
		case type set[string,string] as set_7:
			for ( [text_key, text_key2] in set_7 )
				if ( ! take(sample, 0, |text_key|, |text_key2|) )
					break;
			break;

		case type set[string,string,string] as set_8:
			for ( [text_key, text_key2, text_key3] in set_8 )
				if ( ! take(sample, 0, |text_key|, |text_key2|, |text_key3|) )
					break;
			break;

		default:
			break;
		}

@endif
@ifdef ( Intel::Type )
	if ( value is set[string,Intel::Type] )
		for ( [text_key, type_key] in (value as set[string,Intel::Type]) )
			if ( ! take(sample, 0, |text_key|) )
				break;
@endif
	}

function sample_set(value: any, limit: count): Sample
	{
	local sample = Sample($limit=limit);

	if ( is_ambiguous(value) )
		return sample;

	switch ( value )
		{
		case type set[string] as set_1:
			for ( text_key in set_1 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		case type set[addr,string] as set_2:
			for ( [addr_key, text_key] in set_2 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		case type set[string,addr] as set_3:
			for ( [text_key, addr_key] in set_3 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		case type set[string,count] as set_4:
			for ( [text_key, count_key] in set_4 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		case type set[string,port] as set_5:
			for ( [text_key, port_key] in set_5 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		case type set[addr,port,string] as set_6:
			for ( [addr_key, port_key, text_key] in set_6 )
				if ( ! take(sample, 0, |text_key|) )
					break;
			break;

		default:
			sample_other_sets(sample, value);
			break;
		}

	return sample;
	}
