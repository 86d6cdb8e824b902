##! Takes apart the text that Zeek prints for a type.
##!
##! Without patterns: each of these costs some 40 KB of heap in every process.

@load base/misc/version

module my_stats;

# The text of a type, up to a length that nothing with a purpose has. Zeek before
# 5.0 writes records out in full, down to the last one inside, and 4.x cuts off
# keys of tables at 65,536 characters.
const max_type_text = 10000;

function type_text_of(value: any): string
	{
	local text = type_name(value);
	return |text| > max_type_text ? text[0:max_type_text] : text;
	}

function contains(text: string, part: string): bool
	{
	return strstr(text, part) > 0;
	}

# Without the word that record_fields() puts before the name of a record.
function without_record(text: string): string
	{
	return text[0:7] == "record " && text[7:8] != "{" ? text[7:] : text;
	}

# The type of a field that has a value. Zeek 3.0 says "table" and no more.
function type_text_of_field(field: record_field): string
	{
@if ( ! Version::at_least("4.0.0") )
	if ( ! contains(field$type_name, " ") )
		return type_text_of(field$value);

@endif
	return field$type_name;
	}

# Splits at each *separator*, a single character.
function split_at(text: string, separator: string): string_vec
	{
	local parts: string_vec = vector();
	local rest = text;
	local at = strstr(rest, separator);

	while ( at > 0 )
		{
		parts += strip(rest[0:at - 1]);
		rest = rest[at:];
		at = strstr(rest, separator);
		}

	parts += strip(rest);
	return parts;
	}

# Splits at commas that are not inside brackets.
function split_types(text: string): string_vec
	{
	if ( ! contains(text, "[") && ! contains(text, "{") && ! contains(text, "(") )
		return split_at(text, ",");

	# Few types have brackets in the keys of a table: this goes by character.
	local parts: string_vec = vector();
	local depth = 0;
	local part = "";

	for ( c in text )
		{
		if ( c == "[" || c == "{" || c == "(" )
			++depth;
		else if ( (c == "]" || c == "}" || c == ")") && depth > 0 )
			--depth;

		if ( c == "," && depth == 0 )
			{
			parts += strip(part);
			part = "";
			}
		else
			part = part + c;
		}

	parts += strip(part);
	return parts;
	}

# The position of the bracket that closes the first one, or the length.
function closing_bracket(text: string): count
	{
	local first_closed = strstr(text, "]");

	if ( first_closed == 0 )
		return |text|;

	if ( ! contains(text[strstr(text, "["):first_closed], "[") )
		return first_closed - 1;

	# As above, few are like this.
	local depth = 0;
	local at = 0;

	for ( c in text )
		{
		if ( c == "[" )
			++depth;
		else if ( c == "]" && --depth == 0 )
			return at;

		++at;
		}

	return |text|;
	}
