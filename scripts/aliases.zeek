##! Tells what the name of a type stands for.
##!
##! Zeek prints a named type as its name, and there is no way to ask whether
##! that is a record's or an alias of a table. Asking record_fields() for the
##! fields of what is no record makes Zeek report an error.

@load ./sample-tables

module my_stats;

# Names known to be record types, with no doubt.
global record_types: set[string] = { "connection" };

# What aliases stand for: at first those which Zeek's own scripts define.
global aliases: table[string] of string = {
	["string_array"] = "table[count] of string",
	["string_any_table"] = "table[string] of any",
	["string_set"] = "set[string]",
	["subnet_set"] = "set[subnet]",
	["addr_set"] = "set[addr]",
	["count_set"] = "set[count]",
	["index_vec"] = "vector of count",
	["subnet_vec"] = "vector of subnet",
	["string_vec"] = "vector of string",
	["string_mapper"] = "function",
	["Log::PolicyHook"] = "hook",
	["Log::StreamPolicyHook"] = "hook",
	["Conn::RemovalHook"] = "hook",
	["addr_vec"] = "vector of addr",
	["any_vec"] = "vector of any",
	["int_vec"] = "vector of int",
	["table_string_of_string"] = "table[string] of string",
	["table_string_of_count"] = "table[string] of count",
	["var_sizes"] = "table[string] of count",
};


function table_keys_type(value: any): string
	{
	if ( value is table[string] of any )
		return "table[string]";
	if ( value is table[addr] of any )
		return "table[addr]";
	if ( value is table[subnet] of any )
		return "table[subnet]";
	if ( value is table[count] of any )
		return "table[count]";
	if ( value is table[int] of any )
		return "table[int]";
	if ( value is table[port] of any )
		return "table[port]";
	if ( value is table[time] of any )
		return "table[time]";
	if ( value is table[transport_proto] of any )
		return "table[transport_proto]";
	if ( value is table[conn_id] of any )
		return "table[conn_id]";
	if ( value is table[addr,port] of any )
		return "table[addr,port]";
	if ( value is table[addr,addr] of any )
		return "table[addr,addr]";
	if ( value is table[addr,string] of any )
		return "table[addr,string]";
	if ( value is table[string,string] of any )
		return "table[string,string]";
	if ( value is table[string,addr] of any )
		return "table[string,addr]";
	if ( value is table[string,count] of any )
		return "table[string,count]";
	if ( value is table[string,port] of any )
		return "table[string,port]";
	if ( value is table[addr,count] of any )
		return "table[addr,count]";
	if ( value is table[count,count] of any )
		return "table[count,count]";
	if ( value is table[addr,addr,port] of any )
		return "table[addr,addr,port]";
	if ( value is table[addr,port,string] of any )
		return "table[addr,port,string]";
	if ( value is table[string,string,string] of any )
		return "table[string,string,string]";

	return "";
	}

# The type of a value other than a record, function or opaque one; empty if it
# is one of these, a container with unusual keys, or one without an entry to
# tell what its values are.
function type_without_alias(value: any): string
	{
	if ( value is bool )
		return "bool";
	if ( value is int )
		return "int";
	if ( value is count )
		return "count";
	if ( value is double )
		return "double";
	if ( value is time )
		return "time";
	if ( value is interval )
		return "interval";
	if ( value is port )
		return "port";
	if ( value is addr )
		return "addr";
	if ( value is subnet )
		return "subnet";
	if ( value is string )
		return "string";
	if ( value is pattern )
		return "pattern";
	# All enums are one type to this operator.
	if ( value is transport_proto )
		return "enum";

	# Sets come before vectors, since a set can be cast to a vector.
	if ( value is set[string] )
		return "set[string]";
	if ( value is set[addr] )
		return "set[addr]";
	if ( value is set[subnet] )
		return "set[subnet]";
	if ( value is set[port] )
		return "set[port]";
	if ( value is set[count] )
		return "set[count]";
	if ( value is set[int] )
		return "set[int]";
	if ( value is set[conn_id] )
		return "set[conn_id]";
	if ( value is set[addr,port] )
		return "set[addr,port]";
	if ( value is set[addr,addr] )
		return "set[addr,addr]";
	if ( value is set[addr,string] )
		return "set[addr,string]";
	if ( value is set[string,string] )
		return "set[string,string]";
	if ( value is set[string,addr] )
		return "set[string,addr]";
	if ( value is set[addr,subnet] )
		return "set[addr,subnet]";

	if ( value is vector of any )
		{
		local elements = value as vector of any;
		return |elements| > 0 ? fmt("vector of %s", type_text_of(elements[0])) : "";
		}

	local keys = table_keys_type(value);

	if ( keys == "" )
		return "";

	local sample = sample_table(value, 1);
	return sample$entries > 0 ? fmt("%s of %s", keys, type_text_of(sample$values[0])) : "";
	}
