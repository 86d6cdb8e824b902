# @TEST-DOC: The columns of all logs, and that nothing goes to standard error.
# @TEST-EXEC: python3 $MAKE_PCAP long trace.pcap 100
# @TEST-EXEC: zeek -C -r trace.pcap $PACKAGE %INPUT 2>errors
# @TEST-EXEC: for log in my_stats my_stats_node my_stats_variable my_stats_connection; do echo $log; grep -E "^#(fields|types)" $log.log | tr '\t' '\n'; done > columns
# @TEST-EXEC: btest-diff columns
# @TEST-EXEC: cat errors
# @TEST-EXEC: test ! -s errors

redef my_stats::min_connection_entries_to_log = 0;

redef record connection += { hoard: set[count] &optional; };
event new_connection(c: connection) { c$hoard = set(1, 2, 3); }

# A run while the connection lives.
@ifdef ( conn_generic_packet_threshold_crossed )
redef ConnThreshold::generic_packet_thresholds += { 5 };

event conn_generic_packet_threshold_crossed(c: connection, threshold: count) &priority=-10
	{
	my_stats::start_run("request");
	}
@else
# Where connections enter by their protocol: this one has none.
module my_stats;

event connection_established(c: connection) &priority=-10
	{
	consider(c);
	start_run("request");
	}
@endif
