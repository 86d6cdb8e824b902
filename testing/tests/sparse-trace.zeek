# @TEST-DOC: A week in a trace, one packet a minute: hundreds of runs, not thousands, and one at the end.
# @TEST-EXEC: python3 $MAKE_PCAP sparse week.pcap 10080 60
# @TEST-EXEC: zeek -C -r week.pcap $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut run trigger < my_stats_node.log | awk '{ n[$2]++ } END { for (t in n) print t, n[t] }' | sort > runs
# @TEST-EXEC: btest-diff runs
# @TEST-EXEC: zeek-cut -d ts run trigger < my_stats_node.log | sed -n '1p;$p' > first-and-last
# @TEST-EXEC: btest-diff first-and-last
