##! Takes apart the text that Zeek prints for a type.

module my_stats;

# Splits at commas that are not inside brackets. The text is gone through from
# one bracket or comma to the next, since types can be long.
function split_types(text: string): string_vec
	{
	local parts: string_vec = vector();
	local depth = 0;
	local part = "";
	local pieces = split_string_all(text, /[][{}(),]/);

	for ( i in pieces )
		{
		local piece = pieces[i];

		if ( piece == "," && depth == 0 )
			{
			parts += strip(part);
			part = "";
			next;
			}

		if ( piece == "[" || piece == "{" || piece == "(" )
			++depth;
		else if ( (piece == "]" || piece == "}" || piece == ")") && depth > 0 )
			--depth;

		part = part + piece;
		}

	parts += strip(part);
	return parts;
	}

# The position of the bracket that closes the first one, or the length.
function closing_bracket(text: string): count
	{
	local depth = 0;
	local at = 0;
	local pieces = split_string_all(text, /[][]/);

	for ( i in pieces )
		{
		if ( pieces[i] == "[" )
			++depth;
		else if ( pieces[i] == "]" && --depth == 0 )
			return at;

		at += |pieces[i]|;
		}

	return |text|;
	}
