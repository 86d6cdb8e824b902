##! Writes my_stats_variable.log: what each variable is, and where it comes from.

@load base/misc/version

@load ./run

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

# How many records are expanded for one variable, at most.
const max_records_described = 12;

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

# The variable to look at next.
global next_to_describe = 0;

# After the sizes, so that the types they taught are known. From the second run
# on, only rows that can say more than they did are written again.
function describe_step(run: Run, deadline: time): bool
	{
	while ( next_to_describe < |variables| )
		{
		local v = variables[next_to_describe];
		++next_to_describe;

		if ( ! v$described || is_newly_resolved(v) )
			describe(v);

		if ( current_time() >= deadline )
			return T;
		}

	next_to_describe = 0;
	return F;
	}

event zeek_init() &priority=7
	{
	later_steps += describe_step;

@ifdef ( Log::PolicyHook )
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable",
	    $policy=log_policy_variable]);
@else
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable"]);
@endif
	}
