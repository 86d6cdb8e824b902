##! Tells what the name of a type stands for.
##!
##! Zeek prints a named type as its name, and there is no way to ask whether
##! that is a record's or an alias of a table. Asking record_fields() for the
##! fields of what is no record makes Zeek report an error.

@load ./sample-tables

module my_stats;

# Names known to be record types, with no doubt.
global record_types: set[string] = { "connection" };

# Names that were taken for those of record types, and are not.
global not_records: set[string];

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

# The type of a value other than a record, function or opaque one; empty if it
# is one of these, a container with unusual keys, or one without an entry to
# tell what its values are.
function type_without_alias(value: any): string
	{
	switch ( value )
		{
		case type bool:
			return "bool";
		case type int:
			return "int";
		case type count:
			return "count";
		case type double:
			return "double";
		case type time:
			return "time";
		case type interval:
			return "interval";
		case type port:
			return "port";
		case type addr:
			return "addr";
		case type subnet:
			return "subnet";
		case type string:
			return "string";
		case type pattern:
			return "pattern";
		# All enums are one type here.
		case type transport_proto:
			return "enum";
		case type set[string]:
			return "set[string]";
		case type set[addr]:
			return "set[addr]";
		case type set[subnet]:
			return "set[subnet]";
		case type set[port]:
			return "set[port]";
		case type set[count]:
			return "set[count]";
		case type set[int]:
			return "set[int]";
		case type set[conn_id]:
			return "set[conn_id]";
		case type set[addr,port]:
			return "set[addr,port]";
		case type set[addr,string]:
			return "set[addr,string]";
		case type set[string,addr]:
			return "set[string,addr]";
		case type set[addr,subnet]:
			return "set[addr,subnet]";

		default:
			break;
		}

@if ( Version::at_least("3.2.0") )
	if ( value is set[addr,addr] )
		return "set[addr,addr]";
	if ( value is set[string,string] )
		return "set[string,string]";

@endif
	# Sets come before vectors, since a set can be cast to a vector.
	if ( value is vector of any )
		{
		local elements = value as vector of any;
		return |elements| > 0 ? fmt("vector of %s", type_text_of(elements[0])) : "";
		}

	local sample = Sample($limit=1);

	return sample_known_table(sample, value) && sample$entries > 0 ?
	    fmt("%s of %s", sample$table_text, type_text_of(sample$values[0])) : "";
	}
