##! Chooses the connections to look into.

@load ./my_stats

module my_stats;

type Candidate: record {
	id: conn_id;
	# The most entries that a field of it had when last looked into.
	entries: count &default=0;
	# Whether it was looked into at all.
	seen: bool &default=F;
};

# By the connection's uid. Holds identifiers only, so that no connection lives
# any longer because of it.
global candidates: table[string] of Candidate;

function consider(c: connection)
	{
	if ( |candidates| < max_connections_sampled && c$uid !in candidates )
		candidates[c$uid] = Candidate($id=c$id);
	}

# Drops candidates until a quarter of the places is free for new ones: those
# with the fewest entries, since what they hold does not matter.
function make_room()
	{
	local keep = max_connections_sampled - max_connections_sampled / 4;
	local uids: vector of string = vector();
	local entries: vector of count = vector();

	for ( uid, candidate in candidates )
		if ( candidate$seen )
			{
			uids[|uids|] = uid;
			entries[|entries|] = candidate$entries;
			}
		else
			candidate$seen = T;

	local excess = |candidates| > keep ? |candidates| - keep : 0;

	if ( excess == 0 )
		return;

	local smallest_first = order(entries);

	for ( rank in smallest_first )
		if ( excess > 0 )
			{
			delete candidates[uids[smallest_first[rank]]];
			--excess;
			}
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
