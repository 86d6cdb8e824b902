# @TEST-DOC: Every variable of a default configuration is described and measured, without a message.
# @TEST-EXEC: zeek $PACKAGE %INPUT policy/frameworks/intel/seen policy/misc/loaded-scripts >out 2>errors
# @TEST-EXEC: cat errors && test ! -s errors
# @TEST-EXEC: cat out
# @TEST-EXEC: grep -q "as many as Zeek" out
# @TEST-EXEC: test $(grep -c . my_stats_variable.log) -gt 300

redef my_stats::min_var_size_to_log = 0;

global names_seen: set[string];

# Zeek's own list of containers: all must have been seen, and what is called
# exact must be what Zeek counts.
event zeek_done() &priority=-10
	{
	local missing = 0;
@ifdef ( global_container_footprints )
	local containers = global_container_footprints();
@else
	# Zeek 3 and 4 have no such list.
	local containers: table[string] of count;

	for ( id, info in global_ids() )
		if ( info?$value && /^(table|set|vector)/ in info$type_name )
			containers[id] = 0;
@endif

	for ( name, size in containers )
		if ( name !in names_seen && name != "names_seen" )
			{
			print "missing", name;
			++missing;
			}

	if ( missing == 0 )
		print "as many as Zeek";
	}


hook my_stats::variable_measured(info: my_stats::Info, is_logged: bool)
	{
	add names_seen[info$variable];

	if ( ! info?$method || (info$method != "exact" && info$method != "computed") ||
	     info$variable == "names_seen" || info$module_name == "my_stats" )
		return;

@ifdef ( val_footprint )
	# Zeek's bytes, before 5.0, are without what is in vectors.
	local truth = val_footprint(lookup_ID(info$variable));

	if ( truth != info$size )
		Reporter::error(fmt("%s: %s, but Zeek says %s", info$variable, info, truth));
@endif
	}
