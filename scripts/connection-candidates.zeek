##! Chooses the connections to look into.

@load ./my_stats

module my_stats;

# By the connection's uid. Holds identifiers only, so that no connection lives
# any longer because of it.
global candidates: table[string] of conn_id;

function consider(c: connection)
	{
	if ( |candidates| < max_connections_sampled && c$uid !in candidates )
		candidates[c$uid] = c$id;
	}

# Candidates that were looked into, the entries that each has by field, and the
# most of these. Dropping those with the fewest makes room for new ones.
global uids_seen: vector of string;
global entries_seen: vector of table[string] of count;
global most_entries: vector of count;

# While room is made: with fewer entries than this a candidate is dropped, of
# those with just as many so many are, and which to look at next.
global drop_below = 0;
global drops_of_equal = 0;
global next_to_drop = 0;

# At the start of a run, since the one before may have ended with an error.
function forget_seen()
	{
	uids_seen = vector();
	entries_seen = vector();
	most_entries = vector();
	}

# Decides which candidates go, so that a quarter of the places is free.
function start_to_make_room()
	{
	local keep = max_connections_sampled - max_connections_sampled / 4;
	local drops = |candidates| > keep ? |candidates| - keep : 0;

	# Those that came meanwhile were not looked into, and stay.
	if ( drops > |uids_seen| )
		drops = |uids_seen|;

	next_to_drop = 0;
	drop_below = 0;
	drops_of_equal = 0;

	if ( drops == 0 )
		return;

	local ascending = copy(most_entries);
	sort(ascending);
	drop_below = ascending[drops - 1];

	while ( drops > 0 && ascending[drops - 1] == drop_below )
		{
		++drops_of_equal;
		--drops;
		}
	}

# Drops candidates, and tells *dropped* what each had. Returns F when all that
# shall be are dropped.
function make_room(deadline: time, dropped: function(entries: table[string] of count)): bool
	{
	while ( next_to_drop < |uids_seen| )
		{
		local i = next_to_drop;
		++next_to_drop;

		local is_equal = most_entries[i] == drop_below && drops_of_equal > 0;

		if ( is_equal || most_entries[i] < drop_below )
			{
			delete candidates[uids_seen[i]];
			dropped(entries_seen[i]);
			}

		if ( is_equal )
			--drops_of_equal;

		if ( current_time() >= deadline )
			return T;
		}

	return F;
	}

@ifdef ( conn_generic_packet_threshold_crossed )
# Since Zeek 8.0, each connection counts its packets towards such numbers. More
# of them can be added by a redef like this one.
redef ConnThreshold::generic_packet_thresholds += { 1000, 10000, 100000, 1000000 };

event conn_generic_packet_threshold_crossed(c: connection, threshold: count)
	{
	consider(c);
	}
@else
# Before, the best sign that a connection matters is that an analyzer found its
# protocol. With many connections, places are taken by chance.
@ifdef ( analyzer_confirmation_info )
event analyzer_confirmation_info(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo)
	{
	if ( info?$c )
		consider(info$c);
	}
@else
@ifdef ( analyzer_confirmation )
event analyzer_confirmation(c: connection, atype: AllAnalyzers::Tag, aid: count)
	{
	consider(c);
	}
@else
event protocol_confirmation(c: connection, atype: Analyzer::Tag, aid: count)
	{
	consider(c);
	}
@endif
@endif
@endif
