# @TEST-DOC: The field that holds the objects of a long connection is found, two levels deep; nothing is left of it afterwards.
# @TEST-EXEC: python3 $MAKE_PCAP long trace.pcap 6000
# @TEST-EXEC: zeek -C -r trace.pcap $PACKAGE %INPUT >out
# @TEST-EXEC: zeek-cut field var_type connections_live connections_sampled connections_with_field entries size size_complete largest_entries largest_size < my_stats_connection.log | sort -n -k9 -k1 > rows
# Bytes, before Zeek 5.0, differ from run to run by what hash tables happen to keep free.
# @TEST-EXEC: $AT_LEAST 5.0 || { cut -f 1-6,8-9 rows >without && mv without rows; }
# @TEST-EXEC: $DIFF_VERSION rows
# @TEST-EXEC: btest-diff out

redef my_stats::min_connection_entries_to_log = 1;
# Budgets depend on the clock; what is tested here does not.
redef my_stats::max_pause = 1sec;

type Session: record { pending: table[count] of set[string] &default=table(); note: string &optional; };

redef record connection += {
	hoard: set[count] &optional;
	session: Session &optional;
};

event tcp_packet(c: connection, is_orig: bool, flags: string, seq: count, ack: count, len: count, payload: string)
	{
	if ( ! c?$hoard )
		{
		c$hoard = set();
		c$session = Session();
		# Zeek 3.0 takes the default for a table of no type.
		c$session$pending = table();
		}

	local n = |c$hoard|;
	add c$hoard[n];
	c$session$pending[n] = set(fmt("%d", n));
	}

@ifndef ( conn_generic_packet_threshold_crossed )
# Where connections enter by their protocol: this one has none.
module my_stats;
event connection_established(c: connection) { consider(c); }
# There they are still found at the end.
event zeek_done() &priority=10 { candidates = table(); }
module GLOBAL;
@endif

event connection_state_remove(c: connection)
	{
	print |c$hoard| > 5000;
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	print info$trigger, info$connections_sampled;
	}
