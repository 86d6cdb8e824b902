##! Looks at some of the entries of a table of which only the value is known.
##!
##! There is no way in Zeek to iterate a value of type "any". But
##! "table[string] of any" is the same type as "table[string] of X", whatever X
##! is, so a value can be cast if the types of its keys are among those below,
##! and a "for" loop that ends early costs the same however large the table is.

@load ./sample

module my_stats;

# Small tables can be copied into a vector of their values whatever their keys
# are; beyond this size, making the vector would take too long.
const copy_limit = 2000;

# For tables with other keys.
function sample_copy(sample: Sample, value: any)
	{
@ifdef ( table_values )
	if ( (|value| as count) > copy_limit )
		return;

	sample$keys_seen = F;
	local values = table_values(value);

	for ( i in values )
		if ( ! take(sample, values[i], 0) )
			break;
@endif
	}

# Not known to every Zeek: the stores of the Intel framework, which can be most
# of a manager.
function sample_rest(sample: Sample, value: any)
	{
@ifdef ( Intel::Type )
	if ( value is table[string,Intel::Type] of any )
		{
		for ( [a30, b30], v30 in (value as table[string,Intel::Type] of any) )
			if ( ! take(sample, v30, text_objects(|a30|)) )
				break;

		return;
		}
@endif

	sample_copy(sample, value);
	}

function sample_table(value: any, limit: count): Sample
	{
	local sample = Sample($limit=limit);

	if ( is_ambiguous(value) )
		return sample;

	if ( value is table[string] of any )
		{
		for ( a1, v1 in (value as table[string] of any) )
			if ( ! take(sample, v1, text_objects(|a1|)) )
				break;
		}

	else if ( value is table[addr] of any )
		{
		for ( a2, v2 in (value as table[addr] of any) )
			if ( ! take(sample, v2, 0) )
				break;
		}

	else if ( value is table[subnet] of any )
		{
		for ( a3, v3 in (value as table[subnet] of any) )
			if ( ! take(sample, v3, 0) )
				break;
		}

	else if ( value is table[count] of any )
		{
		for ( a4, v4 in (value as table[count] of any) )
			if ( ! take(sample, v4, 0) )
				break;
		}

	else if ( value is table[int] of any )
		{
		for ( a5, v5 in (value as table[int] of any) )
			if ( ! take(sample, v5, 0) )
				break;
		}

	else if ( value is table[port] of any )
		{
		for ( a6, v6 in (value as table[port] of any) )
			if ( ! take(sample, v6, 0) )
				break;
		}

	else if ( value is table[time] of any )
		{
		for ( a7, v7 in (value as table[time] of any) )
			if ( ! take(sample, v7, 0) )
				break;
		}

	else if ( value is table[transport_proto] of any )
		{
		for ( a8, v8 in (value as table[transport_proto] of any) )
			if ( ! take(sample, v8, 0) )
				break;
		}

	else if ( value is table[conn_id] of any )
		{
		for ( a9, v9 in (value as table[conn_id] of any) )
			if ( ! take(sample, v9, 0) )
				break;
		}

	else if ( value is table[addr,port] of any )
		{
		for ( [a10, b10], v10 in (value as table[addr,port] of any) )
			if ( ! take(sample, v10, 0) )
				break;
		}

	else if ( value is table[addr,addr] of any )
		{
		for ( [a11, b11], v11 in (value as table[addr,addr] of any) )
			if ( ! take(sample, v11, 0) )
				break;
		}

	else if ( value is table[addr,string] of any )
		{
		for ( [a12, b12], v12 in (value as table[addr,string] of any) )
			if ( ! take(sample, v12, text_objects(|b12|)) )
				break;
		}

	else if ( value is table[string,string] of any )
		{
		for ( [a13, b13], v13 in (value as table[string,string] of any) )
			if ( ! take(sample, v13, text_objects(|a13|) + text_objects(|b13|)) )
				break;
		}

	else if ( value is table[string,addr] of any )
		{
		for ( [a14, b14], v14 in (value as table[string,addr] of any) )
			if ( ! take(sample, v14, text_objects(|a14|)) )
				break;
		}

	else if ( value is table[string,count] of any )
		{
		for ( [a15, b15], v15 in (value as table[string,count] of any) )
			if ( ! take(sample, v15, text_objects(|a15|)) )
				break;
		}

	else if ( value is table[string,port] of any )
		{
		for ( [a16, b16], v16 in (value as table[string,port] of any) )
			if ( ! take(sample, v16, text_objects(|a16|)) )
				break;
		}

	else if ( value is table[addr,count] of any )
		{
		for ( [a17, b17], v17 in (value as table[addr,count] of any) )
			if ( ! take(sample, v17, 0) )
				break;
		}

	else if ( value is table[count,count] of any )
		{
		for ( [a18, b18], v18 in (value as table[count,count] of any) )
			if ( ! take(sample, v18, 0) )
				break;
		}

	else if ( value is table[addr,addr,port] of any )
		{
		for ( [a19, b19, c19], v19 in (value as table[addr,addr,port] of any) )
			if ( ! take(sample, v19, 0) )
				break;
		}

	else if ( value is table[addr,port,string] of any )
		{
		for ( [a20, b20, c20], v20 in (value as table[addr,port,string] of any) )
			if ( ! take(sample, v20, text_objects(|c20|)) )
				break;
		}

	else if ( value is table[string,string,string] of any )
		{
		for ( [a21, b21, c21], v21 in (value as table[string,string,string] of any) )
			if ( ! take(sample, v21, text_objects(|a21|) + text_objects(|b21|) + text_objects(|c21|)) )
				break;
		}

	else
		sample_rest(sample, value);

	return sample;
	}
