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
		if ( ! take(sample, values[i]) )
			break;
@endif
	}

# Goes on with tables whose keys are of several parts of one type, and those of
# Zeek's frameworks that not every Zeek loads: results of SumStats, and the stores
# of the Intel framework, which can be most of a manager.
function sample_special_table(sample: Sample, value: any): bool
	{
@if ( Version::at_least("3.2.0") )
	switch ( value )
		{
		case type table[addr,addr] of any as table_18:
			sample$table_text = "table[addr,addr]";
			for ( [addr_key, addr_key2], entry_value in table_18 )
				if ( ! take(sample, entry_value) )
					break;
			return T;

		case type table[string,string] of any as table_19:
			sample$table_text = "table[string,string]";
			for ( [text_key, text_key2], entry_value in table_19 )
				if ( ! take(sample, entry_value, |text_key|, |text_key2|) )
					break;
			return T;

		case type table[count,count] of any as table_20:
			sample$table_text = "table[count,count]";
			for ( [count_key, count_key2], entry_value in table_20 )
				if ( ! take(sample, entry_value) )
					break;
			return T;

		case type table[string,string,string] of any as table_21:
			sample$table_text = "table[string,string,string]";
			for ( [text_key, text_key2, text_key3], entry_value in table_21 )
				if ( ! take(sample, entry_value, |text_key|, |text_key2|, |text_key3|) )
					break;
			return T;

		default:
			break;
		}

@endif
@ifdef ( SumStats::Key )
	if ( value is table[SumStats::Key] of any )
		{
		sample$table_text = "table[SumStats::Key]";
		sample$keys_seen = F;

		for ( sum_key, entry_value in (value as table[SumStats::Key] of any) )
			if ( ! take(sample, entry_value) )
				break;

		return T;
		}

@endif
@ifdef ( Intel::Type )
	if ( value is table[string,Intel::Type] of any )
		{
		sample$table_text = "table[string,Intel::Type]";

		for ( [text_key, type_key], entry_value in (value as table[string,Intel::Type] of any) )
			if ( ! take(sample, entry_value, |text_key|) )
				break;

		return T;
		}

@endif
	return F;
	}

# Returns F for a table with other keys, and for what is no table.
function sample_known_table(sample: Sample, value: any): bool
	{
	if ( is_ambiguous(value) )
		return T;

	switch ( value )
		{
		case type table[string] of any as table_1:
			sample$table_text = "table[string]";
			for ( text_key, entry_value in table_1 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		case type table[addr] of any as table_2:
			sample$table_text = "table[addr]";
			for ( addr_key, entry_value in table_2 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[subnet] of any as table_3:
			sample$table_text = "table[subnet]";
			for ( subnet_key, entry_value in table_3 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[count] of any as table_4:
			sample$table_text = "table[count]";
			for ( count_key, entry_value in table_4 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[int] of any as table_5:
			sample$table_text = "table[int]";
			for ( int_key, entry_value in table_5 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[port] of any as table_6:
			sample$table_text = "table[port]";
			for ( port_key, entry_value in table_6 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[time] of any as table_7:
			sample$table_text = "table[time]";
			for ( time_key, entry_value in table_7 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[transport_proto] of any as table_8:
			sample$table_text = "table[transport_proto]";
			for ( enum_key, entry_value in table_8 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[conn_id] of any as table_9:
			sample$table_text = "table[conn_id]";
			sample$keys_seen = F;
			for ( id_key, entry_value in table_9 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[addr,port] of any as table_10:
			sample$table_text = "table[addr,port]";
			for ( [addr_key, port_key], entry_value in table_10 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[addr,string] of any as table_11:
			sample$table_text = "table[addr,string]";
			for ( [addr_key, text_key], entry_value in table_11 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		case type table[string,addr] of any as table_12:
			sample$table_text = "table[string,addr]";
			for ( [text_key, addr_key], entry_value in table_12 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		case type table[string,count] of any as table_13:
			sample$table_text = "table[string,count]";
			for ( [text_key, count_key], entry_value in table_13 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		case type table[string,port] of any as table_14:
			sample$table_text = "table[string,port]";
			for ( [text_key, port_key], entry_value in table_14 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		case type table[addr,count] of any as table_15:
			sample$table_text = "table[addr,count]";
			for ( [addr_key, count_key], entry_value in table_15 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[addr,addr,port] of any as table_16:
			sample$table_text = "table[addr,addr,port]";
			for ( [addr_key, addr_key2, port_key], entry_value in table_16 )
				if ( ! take(sample, entry_value) )
					break;
			break;

		case type table[addr,port,string] of any as table_17:
			sample$table_text = "table[addr,port,string]";
			for ( [addr_key, port_key, text_key], entry_value in table_17 )
				if ( ! take(sample, entry_value, |text_key|) )
					break;
			break;

		default:
			return sample_special_table(sample, value);
		}

	return T;
	}

function sample_table(value: any, limit: count): Sample
	{
	local sample = Sample($limit=limit);

	if ( ! sample_known_table(sample, value) )
		sample_copy(sample, value);

	return sample;
	}
