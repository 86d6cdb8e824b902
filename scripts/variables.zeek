##! Finds the variables that can hold memory, and describes each in
##! my_stats_variable.log.

@load base/misc/version

@load ./my_stats
@load ./shapes

module my_stats;

export {
	redef enum Log::ID += { VARIABLE_LOG };

@ifdef ( Log::PolicyHook )
	## A hook to veto or change what is written to my_stats_variable.log.
	global log_policy_variable: Log::PolicyHook;
@endif

	## The columns of my_stats_variable.log. A variable has one row per life of
	## a process, or a second one, to be preferred, once its first entry told
	## more about its type.
	type VariableInfo: record {
		## When the row was written.
		ts: time &log;
		## The name of the node in the cluster, or "zeek" when standalone.
		node: string &log;
		## When the process started to measure.
		boot: time &log;
		## The module of the variable.
		module_name: string &log;
		## The full name of the variable.
		variable: string &log;
		## The type of the variable; an alias is resolved where possible.
		var_type: string &log;
		## The script that declares it, relative to ZEEKPATH (from Zeek 6.0).
		script: string &log &optional;
		## The attributes that let entries expire or write them elsewhere, as
		## declared (from Zeek 9.0; earlier ones do not tell).
		expiry: string &log &optional;
		## The fields of the records in the type, one element per record.
		record_fields: vector of string &log &optional;
	};
}

# What is known of a variable, for as long as the process lives.
type Variable: record {
	name: string;
	module_name: string;
	type_text: string;
	expiry: string &optional;
	# Whether it has its row in my_stats_variable.log, and whether that row
	# mentions a type of which nothing was known yet.
	described: bool &default=F;
	unresolved: bool &default=F;

	# The last measurement that looked at its entries: when, how many there
	# were, how many of them were looked at, what that took.
	measured_at: time &optional;
	entries: count &default=0;
	looked_at: count &default=0;
	size: count &default=0;
	cost: interval &default=0sec;
};

# All variables, in the order of their names. Variables are made when scripts
# are parsed, never later, so this is filled once.
global variables: vector of Variable;

# How many records are expanded for one variable, at most.
const max_records_described = 12;

# The type of an identifier, or "" if it can hold no memory worth measuring.
function type_to_measure(name: string, id: script_id): string
	{
	if ( id$enum_constant || id$type_name == "module" )
		return "";

	local text = id$type_name;

	if ( id?$value )
		{
		# Before 7.0, Zeek says "table" and no more.
		if ( /[\[ :]/ !in text )
			text = type_name(id$value);

		if ( shape_of(text)$kind == KIND_OTHER )
			learn_type(text, id$value);
		}

	# Types have no value. Of variables, tables and records always have one.
	else if ( text != "string" && text != "pattern" && text[0:7] != "opaque " )
		return "";

	local kind = shape_of(text)$kind;
	return kind == KIND_SCALAR || kind == KIND_FUNCTION ? "" : text;
	}

function expiry_of(id: script_id): string
	{
	local text = "";

@if ( Version::at_least("9.0.0") )
	if ( id?$attributes )
		for ( i in id$attributes )
			{
			local a = id$attributes[i];

			if ( /expire|backend|broker/ in a$name )
				text = fmt("%s%s%s%s", text, text == "" ? "" : " ", a$name,
				    a?$expr ? "=" + a$expr : "");
			}
@endif

	return text;
	}

function find_variables()
	{
	local ids = global_ids();
	local names: string_vec = vector();
	local types: table[string] of string;

	for ( name, id in ids )
		{
		local text = type_to_measure(name, id);

		if ( text == "" )
			next;

		names[|names|] = name;
		types[name] = text;
		}

	sort(names, strcmp);
	variables = vector();

	for ( i in names )
		{
		local full_name = names[i];
		local parts = split_string1(full_name, /::/);
		local expiry = expiry_of(ids[full_name]);
		local v = Variable($name=full_name, $type_text=types[full_name],
		    $module_name=|parts| == 2 ? parts[0] : "GLOBAL");

		if ( expiry != "" )
			v$expiry = expiry;

		variables[i] = v;
		}
	}

# The fields of one record, as in "Foo::Info{ts: time; note: string &optional}".
function fields_text(name: string): string
	{
	local text = "";

	for ( field_name, field in record_fields(name) )
		{
		local attributes = "";

@if ( Version::at_least("6.0.0") )
		if ( field$optional )
			attributes = " &optional";
@endif
		text = fmt("%s%s%s: %s%s", text, text == "" ? "" : "; ", field_name,
		    sub(field$type_name, /^record /, ""), attributes);
		}

	return fmt("%s{%s}", name, text);
	}

# The records that a type mentions, and those which they mention.
function describe_records(type_text: string): string_vec
	{
	local texts: string_vec = vector();
	local to_describe: string_vec = vector(type_text);
	local seen: set[string] = set();
	local at = 0;

	while ( at < |to_describe| && |texts| < max_records_described )
		{
		local shape = shape_of(to_describe[at]);
		++at;

		if ( shape$type_text in seen )
			next;

		add seen[shape$type_text];

		if ( shape$element != "" )
			to_describe[|to_describe|] = shape$element;

		if ( shape$kind != KIND_RECORD || shape$type_text !in record_types )
			next;

		texts[|texts|] = fields_text(shape$type_text);

		for ( field_name, field in record_fields(shape$type_text) )
			to_describe[|to_describe|] = field$type_name;
		}

	return texts;
	}

# Whether a type mentions a name that means nothing yet.
function is_unresolved(type_text: string): bool
	{
	local shape = shape_of(type_text);

	if ( shape$element != "" )
		return is_unresolved(shape$element);

	return shape$kind == KIND_OTHER && shape$type_text != "any";
	}

# Whether more can be said about a variable's type than its row does.
function is_newly_resolved(v: Variable): bool
	{
	return v$unresolved && ! is_unresolved(v$type_text);
	}

function describe(v: Variable)
	{
	v$described = T;
	v$unresolved = is_unresolved(v$type_text);

	local info = VariableInfo($ts=current_time(), $node=node_name(), $boot=boot,
	    $module_name=v$module_name, $variable=v$name,
	    $var_type=shape_of(v$type_text)$type_text);

	if ( v?$expiry )
		info$expiry = v$expiry;

@ifdef ( get_identifier_declaring_script )
	# Zeek crashes if asked about an identifier that no script declares. These
	# are enum values of C++ code; variables are always declared by a script.
	local script = get_identifier_declaring_script(v$name);

	if ( script != "" )
		info$script = script;
@endif

	local records = describe_records(v$type_text);

	if ( |records| > 0 )
		info$record_fields = records;

	Log::write(VARIABLE_LOG, info);
	}

event zeek_init() &priority=5
	{
@ifdef ( Log::PolicyHook )
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable",
	    $policy=log_policy_variable]);
@else
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable"]);
@endif
	}

# After everybody else's, so that what they set has a value.
event zeek_init() &priority=-1000
	{
	find_variables();
	}
