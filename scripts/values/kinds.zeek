##! Tells from the name of a type what kind of type it is.

@load ./aliases
@load ./type-text

module my_stats;

# What a type is, as far as measuring is concerned.
type Kind: enum {
	KIND_SCALAR,
	KIND_STRING,
	KIND_PATTERN,
	KIND_OPAQUE,
	KIND_FUNCTION,
	KIND_TABLE,
	KIND_SET,
	KIND_VECTOR,
	KIND_RECORD,
	# "any", and names that could not be resolved: an alias of some type.
	KIND_OTHER,
};

const scalar_types: set[string] = {
	"bool", "int", "count", "double", "time", "interval", "port", "addr",
	"subnet", "timer", "enum",
};

const function_words: set[string] = { "func", "function", "event", "hook" };

# How a text begins is found out here, and wherever it matters, by comparing it
# with two others: cutting off its beginning takes five times as long. The "!" is
# what comes after a space, ")" after "(", and "]" soon after "[".
function is_function(text: string): bool
	{
	return (text > "function(" && text < "function)") ||
	    (text > "event(" && text < "event)") || (text > "hook(" && text < "hook)") ||
	    text in function_words;
	}

function is_enum(name: string): bool
	{
@ifdef ( enum_names )
	return |enum_names(name)| > 0;
@else
	return F;
@endif
	}

# What a type stands for, as far as that is known.
function resolve(type_text: string): string
	{
	local text = type_text in aliases ? aliases[type_text] : type_text;

	if ( text > "record " && text < "record!" && text[7:8] != "{" )
		{
		text = text[7:];
		add record_types[text];
		}

	return text;
	}

# The kind of a resolved type. It takes no more than a look at its text, however
# much is inside it.
function kind_of(text: string): Kind
	{
	if ( text in scalar_types || (text > "enum " && text < "enum!") )
		return KIND_SCALAR;
	if ( text == "string" )
		return KIND_STRING;
	if ( text == "pattern" )
		return KIND_PATTERN;
	if ( text in record_types )
		return KIND_RECORD;
	if ( text > "table[" && text < "table]" )
		return KIND_TABLE;
	if ( text > "set[" && text < "set]" )
		return KIND_SET;
	if ( text > "vector of " && text < "vector of!" )
		return KIND_VECTOR;
	if ( is_function(text) )
		return KIND_FUNCTION;
	if ( (text >= "opaque" && text < "opaque!") || (text >= "file" && text < "file!") )
		return KIND_OPAQUE;
	if ( text > "record " && text < "record!" )
		return KIND_RECORD;

	return is_enum(text) ? KIND_SCALAR : KIND_OTHER;
	}
