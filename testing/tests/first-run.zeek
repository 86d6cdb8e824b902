# @TEST-DOC: The first run of a process that captures packets comes ten seconds after its start, not with the first packet.
# @TEST-REQUIRES: test $(id -u) = 0 && test -e /sys/class/net/lo
# @TEST-EXEC: btest-bg-run zeek "zeek -C -i lo $PACKAGE %INPUT >out 2>errors"
# @TEST-EXEC: python3 $MAKE_TRAFFIC 13
# @TEST-EXEC: btest-bg-wait 30
# @TEST-EXEC: btest-diff zeek/out

module my_stats;

hook node_measured(info: NodeInfo)
	{
	if ( info$run != 1 )
		return;

	local after = info$ts - ready_at;
	print after >= 10sec && after < 12sec ? "ten seconds after the start" : fmt("after %s", after);
	terminate();
	}
