##! Counts what the size of a pattern follows from: the states of the automaton
##! that Zeek makes of its text, and its character classes. How states come
##! about is in Zeek's src/re-parse.y, src/re-scan.l and src/NFA.cc.

module my_stats;

# What was counted of one pattern.
type PatternCount: record {
	states: count;
	classes: count;
	# Whether it was put together by "+=" while scripts were parsed: the pieces,
	# as large together, are kept besides.
	is_sum: bool;
};

# A group that is open: the states of the alternatives before, of this one, and
# of its last part, to which repetitions apply.
type PatternGroup: record {
	alternatives: count &default=0;
	series: count &default=0;
	last: count &default=0;
	# Whether letters are classes of the two cases.
	any_case: bool &default=F;
};

# What the next character is part of.
const IN_TEXT = 0;
const AFTER_PARENTHESIS = 1;
const IN_FLAGS = 2;
const AFTER_BACKSLASH = 3;
const IN_HEXADECIMAL = 4;
const IN_OCTAL = 5;
const IN_QUOTES = 6;
const IN_CLASS = 7;
const IN_NAMED_CLASS = 8;
const IN_REPETITION = 9;

const pattern_signs: set[string] = { "(", ")", "|", "*", "+", "?", "{", "[", "\"", "\\", "." };
const octal_digits: set[string] = { "0", "1", "2", "3", "4", "5", "6", "7" };

# How many characters are looked at between two looks at the clock.
const pattern_chunk = 200;

# The pattern that is being counted. It can take longer than a slice.
global pattern_text = "";
global pattern_at = 0;
global pattern_part = IN_TEXT;
# Of an escape: what it is in, and the hexadecimal digits still to come.
global pattern_escape_in = IN_TEXT;
global pattern_digits = 0;
global pattern_class = "";
global pattern_repetition = "";
global pattern_group = PatternGroup();
global pattern_groups: vector of PatternGroup;
global pattern_classes: set[string];

function open_pattern(value: any)
	{
	pattern_text = cat(value);
	# Without the slashes.
	pattern_at = 2;
	pattern_part = IN_TEXT;
	pattern_group = PatternGroup();
	pattern_groups = vector();
	pattern_classes = set();
	}

# Puts a part after those of the alternative so far, with one state between.
function append_part(states: count)
	{
	local g = pattern_group;

	if ( g$last > 0 )
		g$series += g$last + 1;

	g$last = states;
	}

# The states of a group with all of its alternatives.
function states_of_group(g: PatternGroup): count
	{
	local states = g$series + g$last;

	# Of nothing, one is made.
	if ( states == 0 )
		states = 1;

	return g$alternatives == 0 ? states : g$alternatives + states + 2;
	}

function close_group()
	{
	local states = states_of_group(pattern_group);
	local depth = |pattern_groups| - 1;
	pattern_group = pattern_groups[depth];
	# A slice, since resize() does not give back what it cuts off.
	pattern_groups = pattern_groups[0:depth];
	append_part(states);
	}

# "{n}", "{n,}" or "{n,m}": so many copies, with one state between them; two
# more for each that can be left out.
function repeat_part(repetition: string)
	{
	local g = pattern_group;
	local states = g$last;
	local bounds = split_string(repetition, /,/);
	local least = to_count(bounds[0]);
	local is_open = |bounds| == 2 && bounds[1] == "";
	local most = |bounds| == 2 && ! is_open ? to_count(bounds[1]) : least;

	if ( least == 0 && ! is_open && most == 0 )
		{
		g$last = 1;
		return;
		}

	if ( least == 0 && is_open )
		{
		g$last = states + 3;
		return;
		}

	local copies = least == 0 ? 1 : least;
	g$last = copies * states + copies - 1;

	if ( is_open )
		g$last += states + 4;
	else if ( most > copies )
		g$last += (most - copies) * (states + 3);

	if ( least == 0 )
		g$last += 2;
	}

function count_sign(c: string)
	{
	switch ( c )
		{
		case "(":
			pattern_groups[|pattern_groups|] = pattern_group;
			pattern_group = PatternGroup($any_case=pattern_group$any_case);
			pattern_part = AFTER_PARENTHESIS;
			break;

		case ")":
			if ( |pattern_groups| > 0 )
				close_group();
			break;

		case "|":
			pattern_group$alternatives = states_of_group(pattern_group);
			pattern_group$series = 0;
			pattern_group$last = 0;
			break;

		case "*":
			pattern_group$last += 3;
			break;

		case "+":
			pattern_group$last += 1;
			break;

		case "?":
			pattern_group$last += 2;
			break;

		case "{":
			pattern_repetition = "";
			pattern_part = IN_REPETITION;
			break;

		case "[":
			pattern_class = "";
			pattern_part = IN_CLASS;
			break;

		case "\"":
			append_part(1);
			pattern_part = IN_QUOTES;
			break;

		case "\\":
			append_part(1);
			pattern_escape_in = IN_TEXT;
			pattern_part = AFTER_BACKSLASH;
			break;

		default:
			# Any character.
			add pattern_classes[c];
			append_part(1);
			break;
		}
	}

# A character that is no more than itself.
function count_character(c: string)
	{
	if ( pattern_group$any_case && to_lower(c) != to_upper(c) )
		add pattern_classes[fmt("[%s]", c)];

	append_part(1);
	}

# A character that is part of something longer.
function count_in_part(c: string)
	{
	switch ( pattern_part )
		{
		case AFTER_PARENTHESIS:
			pattern_part = IN_TEXT;

			if ( c == "?" )
				pattern_part = IN_FLAGS;
			else if ( c in pattern_signs )
				count_sign(c);
			else
				count_character(c);
			break;

		case IN_FLAGS:
			if ( c == "i" )
				pattern_group$any_case = T;

			if ( c == ":" )
				pattern_part = IN_TEXT;
			break;

		case AFTER_BACKSLASH:
			pattern_part = pattern_escape_in;

			if ( c == "x" )
				{
				pattern_digits = 2;
				pattern_part = IN_HEXADECIMAL;
				}
			else if ( c in octal_digits )
				pattern_part = IN_OCTAL;
			break;

		case IN_HEXADECIMAL:
			if ( --pattern_digits == 0 )
				pattern_part = pattern_escape_in;
			break;

		case IN_OCTAL:
			if ( c in octal_digits )
				break;

			pattern_part = pattern_escape_in;

			if ( pattern_part != IN_TEXT )
				count_in_part(c);
			else if ( c in pattern_signs )
				count_sign(c);
			else
				count_character(c);
			break;

		case IN_QUOTES:
			if ( c == "\"" )
				pattern_part = IN_TEXT;
			else
				{
				++pattern_group$last;

				if ( c == "\\" )
					{
					pattern_escape_in = IN_QUOTES;
					pattern_part = AFTER_BACKSLASH;
					}
				}
			break;

		case IN_CLASS:
			# The first character is no end, whatever it is.
			if ( c == "]" && pattern_class != "" )
				{
				add pattern_classes[pattern_class];
				append_part(1);
				pattern_part = IN_TEXT;
				break;
				}

			if ( c == ":" && |pattern_class| > 0 && pattern_class[|pattern_class| - 1] == "[" )
				pattern_part = IN_NAMED_CLASS;

			if ( c == "\\" )
				{
				pattern_escape_in = IN_CLASS;
				pattern_part = AFTER_BACKSLASH;
				}

			pattern_class = pattern_class + c;
			break;

		case IN_NAMED_CLASS:
			if ( c == "]" )
				pattern_part = IN_CLASS;

			pattern_class = pattern_class + c;
			break;

		case IN_REPETITION:
			if ( c == "}" )
				{
				repeat_part(pattern_repetition);
				pattern_part = IN_TEXT;
				}
			else
				pattern_repetition = pattern_repetition + c;
			break;
		}
	}

# Goes on with the pattern that is open. Returns F if all of it is counted.
function count_pattern(deadline: time): bool
	{
	local end = |pattern_text|;

	while ( pattern_at < end )
		{
		# Of what is left, where that is less: the last character is a slash.
		local chunk = sub_bytes(pattern_text, pattern_at,
		    end - pattern_at < pattern_chunk ? +(end - pattern_at) : +pattern_chunk);
		pattern_at += |chunk|;

		for ( c in chunk )
			{
			if ( pattern_part != IN_TEXT )
				count_in_part(c);
			else if ( c in pattern_signs )
				count_sign(c);
			else
				count_character(c);
			}

		if ( current_time() >= deadline )
			return pattern_at < end;
		}

	return F;
	}

# Ends the count. What a text leaves open ends with it; one more state accepts.
function close_pattern(): PatternCount
	{
	while ( |pattern_groups| > 0 )
		close_group();

	local counted = PatternCount($states=states_of_group(pattern_group) + 1,
	    $classes=|pattern_classes|, $is_sum=starts_with(pattern_text, "/(^?("));
	pattern_text = "";
	pattern_classes = set();
	return counted;
	}
