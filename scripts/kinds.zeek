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
const function_starts: set[string] = { "func", "funct", "event", "hook", "hook(" };

# Most of the thousands of identifiers are functions, events or hooks, with long
# types: it pays to tell that from the first few characters.
function is_function(text: string): bool
	{
	return text[0:5] in function_starts &&
	    (text[0:9] == "function(" || text[0:6] == "event(" || text[0:5] == "hook(" ||
	     text in function_words);
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

	if ( text[0:7] == "record " && text[7:8] != "{" )
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
	if ( text in scalar_types || text[0:5] == "enum " )
		return KIND_SCALAR;
	if ( text == "string" )
		return KIND_STRING;
	if ( text == "pattern" )
		return KIND_PATTERN;
	if ( text in record_types )
		return KIND_RECORD;
	if ( text[0:6] == "table[" )
		return KIND_TABLE;
	if ( text[0:4] == "set[" )
		return KIND_SET;
	if ( text[0:10] == "vector of " )
		return KIND_VECTOR;
	if ( is_function(text) )
		return KIND_FUNCTION;
	if ( text == "opaque" || text[0:7] == "opaque " || text == "file" || text[0:5] == "file " )
		return KIND_OPAQUE;
	if ( text[0:7] == "record " )
		return KIND_RECORD;

	return is_enum(text) ? KIND_SCALAR : KIND_OTHER;
	}
