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

# What a text is made of: escapes, classes, what is quoted, repetitions, openings
# of groups, runs of plain characters, and signs.
const pattern_parts =
    /\\(x[0-9a-fA-F]{2}|[0-7]+|.)|\[(\[:[a-z]+:\]|\\.|[^\\\n])(\[:[a-z]+:\]|\\.|[^\]\\\n])*\]|\"(\\.|[^\"\\])*\"|\{[0-9]+,?[0-9]*\}|\((\?[is]:)?|[^\[\\\"{(|)*+?.]+|(.|\n)/;
const pattern_escapes = /\\(x[0-9a-fA-F]{2}|[0-7]+|.)/;

# Two parts have no bound but the end of what is opened; no other is longer.
const pattern_openings: set[string] = { "[", "\"" };
const pattern_longest_sign = 20;

# How many characters are looked at between two looks at the clock.
const pattern_chunk = 250;

# The pattern that is being counted. It can take longer than a slice.
global pattern_text = "";
global pattern_at = 0;
global pattern_group = PatternGroup();
global pattern_groups: vector of PatternGroup;
global pattern_classes: set[string];

function open_pattern(value: any)
	{
	pattern_text = cat(value);
	# Without the slashes.
	pattern_at = 2;
	pattern_group = PatternGroup();
	pattern_groups = vector();
	pattern_classes = set();
	}

# Puts parts after those of the alternative so far, with one state between each:
# so many of one state, the last of so many.
function append_parts(parts: count, states: count)
	{
	local g = pattern_group;

	if ( g$last > 0 )
		g$series += g$last + 1;

	g$series += 2 * (parts - 1);
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
	append_parts(1, states);
	}

# "{n}", "{n,}" or "{n,m}": so many copies, with one state between them; two
# more for each that can be left out.
function repeat_part(repetition: string)
	{
	local g = pattern_group;
	local states = g$last;
	local bounds = split_string(sub_bytes(repetition, 2, |repetition| - 2), /,/);
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

function count_part(part: string)
	{
	switch ( part[0] )
		{
		case "(":
			pattern_groups[|pattern_groups|] = pattern_group;
			pattern_group = PatternGroup(
			    $any_case=pattern_group$any_case || strstr(part, "i") > 0);
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
			repeat_part(part);
			break;

		case "\"":
			# One state for all, and one for each character.
			append_parts(1, |gsub(part, pattern_escapes, "x")| - 1);
			break;

		case "\\":
			append_parts(1, 1);
			break;

		case "[", ".":
			add pattern_classes[part];
			append_parts(1, 1);
			break;

		default:
			if ( pattern_group$any_case )
				for ( c in part )
					if ( to_lower(c) != to_upper(c) )
						add pattern_classes[fmt("[%s]", c)];

			append_parts(|part|, 1);
			break;
		}
	}

# Goes on with the pattern that is open. Returns F if all of it is counted.
function count_pattern(deadline: time): bool
	{
	# Without the slash at the end.
	local end = |pattern_text| as count;
	local chunk = pattern_chunk;

	while ( pattern_at < end )
		{
		local start = pattern_at;
		local left = end - start;
		local text = sub_bytes(pattern_text, start, left < chunk ? +left : +chunk);
		# What the end of a chunk cuts looks like other parts: those near it are left to
		# the next one.
		local safe = left <= chunk ? left : chunk - pattern_longest_sign;
		local parts = split_string_all(text, pattern_parts);

		# What stands between the parts is empty.
		for ( i in parts )
			{
			local part = parts[i];

			if ( part == "" )
				next;

			local at = pattern_at - start;

			if ( at >= safe || (part[0] in pattern_openings && at + |part| > safe) )
				break;

			pattern_at += |part|;
			count_part(part);
			}

		# Nothing but a part of something that is longer.
		chunk = pattern_at > start ? pattern_chunk : chunk * 2;

		if ( current_time() >= deadline )
			break;
		}

	return pattern_at < end;
	}

# Ends the count. What a text leaves open ends with it; one more state accepts.
function close_pattern(): PatternCount
	{
	while ( |pattern_groups| > 0 )
		close_group();

	local counted = PatternCount($states=states_of_group(pattern_group) + 1,
	    $classes=|pattern_classes|, $is_sum=sub_bytes(pattern_text, 1, 5) == "/(^?(");
	pattern_text = "";
	pattern_classes = set();
	return counted;
	}
