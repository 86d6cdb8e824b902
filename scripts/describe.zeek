##! Writes my_stats_variable.log: what each variable is, and where it comes from.

@load base/misc/version

@load ./values/contents
@load ./values/pattern
@load ./run

module my_stats;

export {
	redef enum Log::ID += { VARIABLE_LOG };

@ifdef ( Log::PolicyHook )
	## A hook to veto or change what is written to my_stats_variable.log.
	global log_policy_variable: Log::PolicyHook;
@endif

	## The columns of my_stats_variable.log. A variable has one row per life of
	## a process, and another one, to be preferred, once its first entry told
	## more about its type, a pattern was seen to have changed, or its contents
	## were looked into again.
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
		## Of a pattern: the states of the automaton that Zeek makes of its text,
		## and the character classes in it. Its size follows from them.
		pattern_states: count &log &optional;
		pattern_classes: count &log &optional;
		## "parsed" if it was made while scripts were parsed, "added" if it was
		## put together then by "+=", so that its pieces are kept besides. Unset
		## if it may have been made later.
		pattern_origin: string &log &optional;
		## Of a container: what was seen when some of its entries were looked
		## into, one element per part of an entry, as in "[].name seen=32
		## bytes=1120 squares=40448".
		contents: vector of string &log &optional;
		## Of a container: the most entries it had in a run since it was empty. A
		## table keeps the slots of those that were deleted or expired.
		most_entries: count &log &optional;
	};
}

# How many records are expanded for one variable, at most.
const max_records_described = 12;

# One field of a record, as in "note: string &optional".
function field_text(name: string, field: record_field): string
	{
	local attributes = "";

@if ( Version::at_least("6.0.0") )
	if ( field$optional )
		attributes = " &optional";
@endif

	return fmt("%s: %s%s", name, without_record(field$type_name), attributes);
	}

# A record as it stands in a row, and those of the types of its fields that can
# be or have records.
type RecordText: record {
	text: string;
	mentions: vector of string;
};

# What rows say about a type.
type TypeText: record {
	# The type, with an alias resolved.
	resolved: string;
	# Whether it mentions a name that means nothing yet.
	unresolved: bool;
	# The records in it.
	records: vector of string;
};

# Variables share most types and records: these are kept until all rows are
# written.
global record_texts: table[string] of RecordText;
global type_texts: table[string] of TypeText;

# The type that is being described, and the types that it mentions: those that
# were looked at, and those that are still to be. It can take longer than a
# slice.
global open_type: TypeText;
global type_is_open = F;
global types_mentioned: vector of string;
global next_type = 0;
global types_described: set[string];

function make_record_text(name: string)
	{
	local text = "";
	local mentions: vector of string = vector();

	for ( field_name, field in record_fields(name) )
		{
		text = fmt("%s%s%s", text, text == "" ? "" : "; ", field_text(field_name, field));

		if ( field$type_name !in scalar_types && field$type_name != "string" )
			mentions += field$type_name;
		}

	record_texts[name] = RecordText($text=fmt("%s{%s}", name, text), $mentions=mentions);
	}

# Whether a type mentions a name that means nothing yet.
function is_unresolved(type_text: string): bool
	{
	local shape = shapes[type_text];

	if ( shape$element != "" )
		return is_unresolved(shape$element);

	return shape$kind == KIND_OTHER && shape$type_text != "any";
	}

function start_to_describe(type_text: string)
	{
	open_type = TypeText($resolved=shapes[type_text]$type_text,
	    $unresolved=is_unresolved(type_text), $records=vector());
	type_texts[type_text] = open_type;
	type_is_open = T;
	types_mentioned = vector(type_text);
	next_type = 0;
	types_described = set();
	}

# Looks at the next of the types mentioned: at its fields if it is a record,
# after which come the types that it mentions. Returns F if there is none left.
function describe_next_type(): bool
	{
	if ( next_type >= |types_mentioned| || |open_type$records| >= max_records_described )
		return F;

	local shape = shapes[types_mentioned[next_type]];
	local name = shape$type_text;
	++next_type;

	if ( name in types_described )
		return T;

	add types_described[name];

	if ( shape$element != "" && shape$element !in scalar_types )
		types_mentioned += shape$element;

	if ( shape$kind != KIND_RECORD || name !in record_types || ! records_have_names )
		return T;

	if ( name !in record_texts )
		make_record_text(name);

	local record_text = record_texts[name];
	open_type$records += record_text$text;

	for ( i in record_text$mentions )
		types_mentioned += record_text$mentions[i];

	return T;
	}

# Whether a pattern is being counted or the entries of a container looked into,
# of which variable that was done last, and what came out.
global pattern_is_open = F;
global contents_are_open = F;
global looked_into = "";
global last_pattern_count = PatternCount($states=0, $classes=0, $is_sum=F);
global last_contents: vector of string;

# Whether all variables were described once.
global all_described = F;

function set_pattern(row: VariableInfo, v: Variable)
	{
	row$pattern_states = last_pattern_count$states;
	row$pattern_classes = last_pattern_count$classes;

	# One that is described again has changed, long after scripts were parsed.
	if ( all_described )
		return;

	if ( last_pattern_count$is_sum )
		row$pattern_origin = "added";
	else if ( v$constant )
		row$pattern_origin = "parsed";
	}

function write_row(v: Variable)
	{
	local type_text = type_texts[v$type_text];
	v$described = T;
	v$unresolved = type_text$unresolved;

	local variable_row = VariableInfo($ts=current_time(), $node=this_node, $boot=boot,
	    $module_name=v$module_name, $variable=v$name, $var_type=type_text$resolved);

	if ( v?$expiry )
		variable_row$expiry = v$expiry;

	if ( |type_text$records| > 0 )
		variable_row$record_fields = type_text$records;

	if ( v$name == looked_into && v$type_text == "pattern" )
		set_pattern(variable_row, v);
	else if ( v$name == looked_into && |last_contents| > 0 )
		variable_row$contents = last_contents;

	v$told_entries = v$most_entries;

	if ( v$most_entries > 0 )
		variable_row$most_entries = v$most_entries;

@ifdef ( get_identifier_declaring_script )
	# Zeek crashes if asked about an identifier that no script declares. These
	# are enum values of C++ code; variables are always declared by a script.
	local script = get_identifier_declaring_script(v$name);

	if ( script != "" )
		variable_row$script = script;
@endif

	Log::write(VARIABLE_LOG, variable_row);
	}

# The variables of which a row may have to be written: at first all, then those
# of which more can be said later.
global to_describe: vector of Variable;
global to_describe_again: vector of Variable;
global next_to_describe = 0;

# How many names of types had a meaning when rows were written last.
global names_known = 0;

# Starts to look for what the size of a variable follows from. Returns F if there
# is nothing of that kind.
function start_to_look_into(v: Variable): bool
	{
	# Of those that are not logged, nobody wants to know.
	if ( ! v$is_logged )
		return F;

	local value = lookup_ID(v$name);

	if ( v$type_text == "pattern" )
		{
		pattern_is_open = value is pattern;

		if ( pattern_is_open )
			open_pattern(value);

		return pattern_is_open;
		}

	local shape = shapes[v$type_text];

	if ( ! has_contents(shape) )
		return F;

	v$contents_at = current_time();
	v$contents_entries = |value| as count;
	open_contents(value, shape);
	contents_are_open = T;
	return T;
	}

# Goes on with what was started.
function look_into_on(v: Variable, deadline: time)
	{
	if ( pattern_is_open )
		{
		pattern_is_open = count_pattern(deadline);

		if ( ! pattern_is_open )
			last_pattern_count = close_pattern();
		}
	else
		{
		contents_are_open = look_into_contents(shapes[v$type_text], deadline);

		if ( ! contents_are_open )
			last_contents = close_contents();
		}

	if ( ! pattern_is_open && ! contents_are_open )
		looked_into = v$name;
	}

# Describes the type of the next variable, or writes its row if that is done.
function describe_on(v: Variable)
	{
	if ( ! v$described || (v$unresolved && ! is_unresolved(v$type_text)) )
		{
		if ( v$type_text !in type_texts )
			{
			start_to_describe(v$type_text);
			return;
			}

		if ( v$name != looked_into && start_to_look_into(v) )
			return;

		write_row(v);
		}

	++next_to_describe;

	if ( v$unresolved )
		to_describe_again += v;
	}

# After the sizes, so that the types they taught are known. From the second run
# on, only rows that can say more than they did are written again.
function describe_step(run: Run, deadline: time): bool
	{
	if ( all_described && next_to_describe == 0 && |changed_variables| > 0 )
		{
		for ( i in changed_variables )
			{
			changed_variables[i]$described = F;
			to_describe += changed_variables[i];
			}

		changed_variables = vector();
		}
	else if ( all_described && next_to_describe == 0 && ! type_is_open && ! pattern_is_open &&
	          ! contents_are_open && names_known == |aliases| + |record_types| )
		return F;

	local left = all_described ? to_describe : variables;

	while ( next_to_describe < |left| )
		{
		if ( type_is_open )
			type_is_open = describe_next_type();
		else if ( pattern_is_open || contents_are_open )
			look_into_on(left[next_to_describe], deadline);
		else
			describe_on(left[next_to_describe]);

		if ( current_time() >= deadline )
			return T;
		}

	record_texts = table();
	type_texts = table();
	next_to_describe = 0;
	looked_into = "";
	last_contents = vector();
	names_known = |aliases| + |record_types|;
	all_described = T;
	to_describe = to_describe_again;
	to_describe_again = vector();
	return F;
	}

event zeek_init() &priority=7
	{
	later_steps += Step($work=describe_step);

@ifdef ( Log::PolicyHook )
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable",
	    $policy=log_policy_variable]);
@else
	Log::create_stream(VARIABLE_LOG, [$columns=VariableInfo, $path="my_stats_variable"]);
@endif
	}
