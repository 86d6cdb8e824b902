# @TEST-DOC: Short connections cost nothing: no event handler of the package is called for them, or for their packets.
# @TEST-REQUIRES: zeek -e 'global t = ConnThreshold::generic_packet_thresholds;'
# @TEST-REQUIRES: zeek --help 2>&1 | grep -q profile-scripts
# @TEST-EXEC: python3 $MAKE_PCAP mixed mixed.pcap 2000 120
# @TEST-EXEC: zeek -C -r mixed.pcap --profile-scripts=profile $PACKAGE
# @TEST-EXEC: test $(zeek-cut uid <conn.log | wc -l) -ge 2000
# @TEST-EXEC: awk -F '\t' '$2 ~ /\/scripts\// && $2 !~ /share\/zeek/ && $3 == "event" { print $1, ($4 > 10 ? "is called " $4 " times" : "is called a few times") }' profile | sort -u >out
# @TEST-EXEC: btest-diff out
