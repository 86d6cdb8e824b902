# @TEST-DOC: With Zeek's stock local policy, and with all of its policy scripts, no message is ours.
# @TEST-EXEC: python3 $MAKE_PCAP mixed mixed.pcap 400 120
# @TEST-EXEC: zeek -C -r mixed.pcap $PACKAGE local %INPUT my_stats::run_interval=5sec 2>errors
# @TEST-EXEC: $NO_WORD_OF_OURS reporter.log errors
# @TEST-EXEC: rm -f *.log
# Scripts that need what is not there, or that end Zeek, are left out, each tried by itself.
# @TEST-EXEC: $POLICY_SCRIPTS >scripts
# @TEST-EXEC: test $(wc -l <scripts) -gt 60
# @TEST-EXEC: zeek -C -r mixed.pcap $(cat scripts) $PACKAGE %INPUT my_stats::run_interval=5sec >out 2>errors
# @TEST-EXEC: $NO_WORD_OF_OURS reporter.log errors
# @TEST-EXEC: test -s my_stats.log

@load base/frameworks/sumstats

# Results of SumStats are in tables whose type has a name of its own, and whose keys are records.
event zeek_init()
	{
	local r = SumStats::Reducer($stream="test.hosts", $apply=set(SumStats::SUM, SumStats::UNIQUE));
	SumStats::create([$name="test.hosts", $epoch=1hr, $reducers=set(r)]);
	}

# Few keys, of which one has much more to it than the other.
event connection_state_remove(c: connection)
	{
	SumStats::observe("test.hosts", SumStats::Key($str=cat(get_port_transport_proto(c$id$resp_p))), [$str=c$uid]);
	}
