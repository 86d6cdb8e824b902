# @TEST-DOC: A table of few entries is measured also where nothing tells that they are records, and to visit one takes longer than a pause.
# @TEST-EXEC: zeek $PACKAGE %INPUT 2>errors
# @TEST-EXEC: ! grep -v "received termination signal" errors
# Four sets of 20,000 texts.
# @TEST-EXEC: zeek-cut variable entries size < my_stats.log | awk '$1 == "Few::hosts" && $2 == 4 && $3 >= 4 * 20000' | grep -q .

redef exit_only_after_terminate = T;
redef my_stats::run_interval = 1sec;
redef my_stats::remeasure_interval = 1sec;

module Few;

export {
	# How many objects it counts is a multiple of its one field whatever is in it.
	type Names: record { names: set[string]; };
	global hosts: table[count] of Names;
}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 6 )
		terminate();
	}

event zeek_init()
	{
	local i = 0;

	while ( ++i <= 4 )
		{
		local names: set[string] = set();
		local n = 0;

		while ( ++n <= 20000 )
			add names[cat(n)];

		hosts[i] = Names($names=names);
		}
	}
