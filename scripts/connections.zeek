##! Writes my_stats_connection.log: which fields of connection records hold
##! objects, found by looking into a sample of connections that carried many
##! packets.
##!
##! A connection that holds much has usually seen much. Connections enter the
##! sample when they reach certain numbers of packets, so that scans and other
##! short connections cost nothing, and one that is old and large gets several
##! chances. Only their identifiers are kept, never the connections.

@load ./connection-candidates
@load ./node

module my_stats;

export {
	redef enum Log::ID += { CONNECTION_LOG };

@ifdef ( Log::PolicyHook )
	## A hook to veto or change what is written to my_stats_connection.log.
	global log_policy_connection: Log::PolicyHook;
@endif

	## The columns of my_stats_connection.log: one row per field and run.
	type ConnectionInfo: record {
		## When the run started.
		ts: time &log;
		## Counts the runs of this process, from 1.
		run: count &log;
		## The name of the node in the cluster, or "zeek" when standalone.
		node: string &log;
		## When the process started to measure.
		boot: time &log;
		## The field of the connection record, as in "http_state.pending".
		field: string &log;
		## The type of the field.
		var_type: string &log;
		## Live connections, those looked into, and those that have the field.
		connections_live: count &log &default=0;
		connections_sampled: count &log &default=0;
		connections_with_field: count &log &default=0;
		## The entries in the field, over all connections looked into.
		entries: count &log &default=0;
		## Their size in *unit*; a lower bound if *size_complete* is F.
		size: count &log &default=0;
		unit: string &log;
		size_complete: bool &log &default=T;
		## The connection whose field has the most entries.
		largest_entries: count &log &default=0;
		largest_size: count &log &default=0;
		largest_uid: string &log &default="";
		largest_service: set[string] &log &default=set();
		## How long that connection lasts already.
		largest_age: interval &log &default=0sec;
	};
}

# What the run under way found out so far, by field.
global fields_found: table[string] of ConnectionInfo;

# The connections it still has to look into.
global uids_left: vector of string;
global sampled = 0;

function add_field(run: Run, c: connection, path: string, type_text: string, entries: count, m: Measurement)
	{
	if ( path !in fields_found )
		fields_found[path] = ConnectionInfo($ts=run$ts, $run=run$number,
		    $node=node_name(), $boot=boot, $field=path, $var_type=type_text,
		    $unit=size_unit);

	local info = fields_found[path];
	local size = double_to_count(m$size);
	++info$connections_with_field;
	info$entries += entries;
	info$size += size;
	info$size_complete = info$size_complete && m$complete;

	if ( entries < info$largest_entries ||
	     (entries == info$largest_entries && info$largest_uid != "") )
		return;

	info$largest_entries = entries;
	info$largest_size = size;
	info$largest_uid = c$uid;
	info$largest_age = network_time() - c$start_time;
	info$largest_service = copy(c$service);
	}

function later(a: time, b: time): time
	{
	return a > b ? a : b;
	}

# Whether records of this type have containers among their fields.
function has_containers(shape: Shape): bool
	{
	return ! shape$flat;
	}

# Looks into the fields of a record, and those of records in it. Returns the
# most entries that one has.
function look_into(run: Run, c: connection, value: any, prefix: string, deadline: time): count
	{
	local most = 0;

	for ( name, field in record_fields(value) )
		{
		if ( ! field?$value )
			next;

		local shape = shape_of(field$type_name);
		local entries = 0;

		switch ( shape$kind )
			{
			case KIND_TABLE, KIND_SET, KIND_VECTOR:
				entries = |field$value| as count;

				# However late it is, a field gets a little time.
				if ( entries > 0 )
					add_field(run, c, prefix + name, field$type_name, entries,
					    measure_value(field$value, shape,
					        later(deadline, current_time() + max_pause / 10.0), 1));
				break;

			case KIND_RECORD:
				if ( prefix == "" && has_containers(shape) )
					entries = look_into(run, c, field$value, name + ".", deadline);
				break;

			default:
				break;
			}

		if ( entries > most )
			most = entries;
		}

	return most;
	}

function look_at_connection(run: Run, uid: string, deadline: time)
	{
	local candidate = candidates[uid];

	if ( ! connection_exists(candidate$id) )
		{
		delete candidates[uid];
		return;
		}

	local c = lookup_connection(candidate$id);

	# Another connection between the same ports.
	if ( c$uid != uid )
		{
		delete candidates[uid];
		return;
		}

	++sampled;
	candidate$entries = look_into(run, c, c, "", deadline);
	}

function connection_step(run: Run, deadline: time): bool
	{
	if ( sampled == 0 && |uids_left| == 0 )
		{
		fields_found = table();
		make_room();

		for ( uid, candidate in candidates )
			uids_left[|uids_left|] = uid;
		}

	while ( |uids_left| > 0 )
		{
		local last = uids_left[|uids_left| - 1];
		resize(uids_left, |uids_left| - 1);
		look_at_connection(run, last, deadline);

		if ( current_time() >= deadline )
			return |uids_left| > 0;
		}

	return F;
	}

hook run_measured(run: Run) &priority=5
	{
	local live = get_conn_stats()$current_conns;

	for ( path, info in fields_found )
		{
		if ( info$largest_entries < min_connection_entries_to_log )
			next;

		info$connections_live = live;
		info$connections_sampled = sampled;
		Log::write(CONNECTION_LOG, info);
		}

	node_info$connections_sampled = sampled;
	fields_found = table();
	sampled = 0;
	}

event zeek_init() &priority=6
	{
@ifdef ( Log::PolicyHook )
	Log::create_stream(CONNECTION_LOG, [$columns=ConnectionInfo, $path="my_stats_connection",
	    $policy=log_policy_connection]);
@else
	Log::create_stream(CONNECTION_LOG, [$columns=ConnectionInfo, $path="my_stats_connection"]);
@endif

	later_steps += connection_step;
	}
