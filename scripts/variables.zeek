##! Finds the variables that can hold memory.

@load base/misc/version

@load ./my_stats
@load ./values/learn
@load ./values/shapes

module my_stats;

# What is known of a variable, for as long as the process lives.
type Variable: record {
	name: string;
	module_name: string;
	type_text: string;
	expiry: string &optional;
	# Whether it can only get another value in ways that nothing is meant for:
	# what is in it is looked at once, while its length is the same.
	constant: bool;
	# Whether it has its row in my_stats_variable.log, and whether that row
	# mentions a type of which nothing was known yet.
	described: bool &default=F;
	unresolved: bool &default=F;

	# Whether it was large enough to be logged in the last run that looked at it.
	# When its entries were looked into, and how many there were.
	is_logged: bool &default=F;
	contents_at: time &optional;
	contents_entries: count &default=0;

	# The most entries it had in any run, of which a table keeps the slots, and what
	# its last row says of that.
	most_entries: count &default=0;
	told_entries: count &default=0;

	# The last measurement that looked at its entries: when, how many there
	# were, how many of them were looked at, what that took.
	measured_at: time &optional;
	entries: count &default=0;
	looked_at: count &default=0;
	size: count &default=0;
	cost: interval &default=0sec;

	# Set while it is too small to be logged: until when it need not be looked
	# at, as long as its length is the same.
	small_until: time &default=double_to_time(0.0);
	small_length: count &default=0;
	# Whether it has a length, and whether it can be measured at all.
	has_length: bool &default=F;
	has_size: bool &default=T;
};

# All variables, in the order of their names. Variables are made when scripts
# are parsed, never later, so this is filled once.
global variables: vector of Variable;

# Variables that are not as they were when they were described.
global changed_variables: vector of Variable;

# The type of an identifier, or "" if it can hold no memory worth measuring.
function type_to_measure(id: script_id): string
	{
	local text = id$type_name;

	if ( ! id?$value )
		return text;

@if ( ! Version::at_least("7.0.0") )
	# Zeek says "table" and no more.
	if ( ! contains(text, "[") && ! contains(text, " ") && ! contains(text, ":") )
		text = type_text_of(id$value);
@endif

	local shape = shapes[text];

	if ( shape$kind == KIND_OTHER )
		{
		learn_type(text, id$value);
		shape = shapes[text];
		}

	if ( shape$kind == KIND_SCALAR || shape$kind == KIND_FUNCTION )
		return "";

	learn_element(id$value, shape);
	return text;
	}

@if ( Version::at_least("9.0.0") )
function expiry_of(id: script_id): string
	{
	local text = "";

	if ( id?$attributes )
		for ( i in id$attributes )
			{
			local a = id$attributes[i];

			if ( contains(a$name, "expire") || contains(a$name, "backend") ||
			     contains(a$name, "broker") )
				text = fmt("%s%s%s%s", text, text == "" ? "" : " ", a$name,
				    a?$expr ? "=" + a$expr : "");
			}

	return text;
	}
@endif

function find_variables()
	{
	local names: string_vec = vector();
	local found: table[string] of Variable;
	# Variables of one type or module share its text.
	local texts: table[string] of string;

	for ( name, id in global_ids() )
		{
		# Of the thousands of identifiers most are constants of enums, functions or
		# hold one number.
		if ( id$enum_constant )
			next;

		local text = id$type_name;

		# Types have no value. Of variables, tables and records always have one.
		if ( ! id?$value && text != "string" && text != "pattern" &&
		     (text < "opaque " || text > "opaque!") )
			next;

		# What is_function() asks, written out: to call it for each of thousands adds a
		# twentieth to all that happens up to the end of the first run.
		if ( (text > "event(" && text < "event)") ||
		     (text > "function(" && text < "function)") ||
		     (text > "hook(" && text < "hook)") || text in scalar_types )
			next;

		text = type_to_measure(id);

		if ( text == "" )
			next;

		local colons = strstr(name, "::");
		local module_name = colons > 0 ? name[0:colons - 1] : "GLOBAL";

		if ( module_name !in texts )
			texts[module_name] = module_name;
		if ( text !in texts )
			texts[text] = text;

		local v = Variable($name=name, $type_text=texts[text], $module_name=texts[module_name],
		    $constant=id$constant && ! id$option_value);

@if ( Version::at_least("9.0.0") )
		local expiry = expiry_of(id);

		if ( expiry != "" )
			v$expiry = expiry;

@endif
		names[|names|] = name;
		found[name] = v;
		}

	sort(names, strcmp);
	variables = vector();

	for ( i in names )
		variables[i] = found[names[i]];

	forget_scalars();
	}

# After everybody else's, so that what they set has a value.
event zeek_init() &priority=-1000
	{
	find_variables();
	}
