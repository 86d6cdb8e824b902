# @TEST-DOC: The columns of all logs, and that nothing goes to standard error.
# @TEST-REQUIRES: zeek -e 'global t = ConnThreshold::generic_packet_thresholds;'
# @TEST-EXEC: python3 $MAKE_PCAP long trace.pcap 100
# @TEST-EXEC: zeek -C -r trace.pcap $PACKAGE %INPUT 2>errors
# @TEST-EXEC: for log in my_stats my_stats_node my_stats_variable my_stats_connection; do echo $log; grep -E "^#(fields|types)" $log.log | tr '\t' '\n'; done > columns
# @TEST-EXEC: btest-diff columns
# @TEST-EXEC: cat errors
# @TEST-EXEC: test ! -s errors

redef my_stats::min_connection_entries_to_log = 0;

redef record connection += { hoard: set[count] &optional; };
redef ConnThreshold::generic_packet_thresholds += { 5 };

event new_connection(c: connection) { c$hoard = set(1, 2, 3); }

# A run while the connection lives.
event conn_generic_packet_threshold_crossed(c: connection, threshold: count) &priority=-10
	{
	my_stats::start_run("request");
	}
