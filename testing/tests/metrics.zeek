# @TEST-DOC: Gauges exist only if asked for, for as many variables as asked for.
# @TEST-REQUIRES: $AT_LEAST 7.0
# @TEST-EXEC: zeek $PACKAGE %INPUT my_stats::metrics_top=0 >none
# @TEST-EXEC: zeek $PACKAGE %INPUT my_stats::metrics_top=3 >three
# @TEST-EXEC: btest-diff none
# @TEST-EXEC: btest-diff three

hook my_stats::node_measured(info: my_stats::NodeInfo) &priority=-5
	{
	local metrics = Telemetry::collect_metrics("zeek", "my_stats*");
	local families: table[string] of count;

	for ( i in metrics )
		{
		local name = metrics[i]$opts$name;

		if ( name !in families )
			families[name] = 0;

		++families[name];
		}

	local lines: vector of string;

	for ( family, series in families )
		lines += fmt("%s %d", family, series);

	sort(lines, strcmp);

	for ( k in lines )
		print lines[k];
	}
