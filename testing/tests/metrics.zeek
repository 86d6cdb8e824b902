# @TEST-DOC: Gauges exist only if asked for, for as many variables as asked for.
# @TEST-EXEC: zeek $PACKAGE %INPUT my_stats::metrics_top=0 >none
# @TEST-EXEC: zeek $PACKAGE %INPUT my_stats::metrics_top=3 >three
# @TEST-EXEC: btest-diff none
# @TEST-EXEC: btest-diff three

hook my_stats::node_measured(info: my_stats::NodeInfo) &priority=-5
	{
	local metrics = Telemetry::collect_metrics("zeek", "my_stats*");
	local lines: vector of string;

	for ( i in metrics )
		{
		local m = metrics[i];
		local labels: vector of string;

		for ( j in m$label_values )
			if ( m$label_names[j] != "endpoint" )
				labels += m$label_values[j];

		lines += fmt("%s %s", m$opts$name, join_string_vec(labels, " "));
		}

	sort(lines, strcmp);

	for ( k in lines )
		print lines[k];
	}
