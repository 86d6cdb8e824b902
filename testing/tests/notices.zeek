# @TEST-DOC: Notices of variables that are larger than a limit, each once; none unless asked for, nor in bare mode.
# @TEST-EXEC: python3 $MAKE_PCAP long trace.pcap 100
# @TEST-EXEC: zeek -C -r trace.pcap $PACKAGE %INPUT
# @TEST-EXEC: test ! -e notice.log
# @TEST-EXEC: zeek -C -r trace.pcap $PACKAGE %INPUT limits.zeek
# @TEST-EXEC: zeek-cut note msg sub n < notice.log | sed -E 's/than [0-9]+ (bytes|objects): it has [0-9]+/than LIMIT: it has SIZE/' | cut -f 1-3 | grep Site:: > notices
# @TEST-EXEC: btest-diff notices
# @TEST-EXEC: zeek -b $PACKAGE 2>errors
# @TEST-EXEC: test ! -s errors

redef my_stats::run_interval = 1sec;

module Site;

export {
	global hosts: set[count];
	global names: table[count] of string;
	global few: set[count] = { 1, 2, 3 };
}

event zeek_init()
	{
	local i = 0;

	while ( i < 5000 )
		{
		add hosts[i];
		names[i] = fmt("%d", i);
		++i;
		}
	}

# @TEST-START-FILE limits.zeek
redef my_stats::notice_limit = 5000;
redef my_stats::notice_limits += { ["Site::names"] = 0, ["Site::few"] = 3 };

event new_connection(c: connection)
	{
	my_stats::start_run("request");
	}
# @TEST-END-FILE
