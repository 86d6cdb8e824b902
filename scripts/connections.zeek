##! Writes my_stats_connection.log: which fields of connection records hold
##! objects, found by looking into a sample of connections that carried many
##! packets.
##!
##! A connection that holds much has usually seen much. Connections enter the
##! sample when they reach certain numbers of packets, so that scans and other
##! short connections cost nothing, and one that is old and large gets several
##! chances. Only their identifiers are kept, never the connections.

@load ./connection-candidates
@load ./connection-fields
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
		## Its addresses, ports and protocol: it is in no conn.log while it lasts.
		largest_orig_h: addr &log &optional;
		largest_orig_p: port &log &optional;
		largest_resp_h: addr &log &optional;
		largest_resp_p: port &log &optional;
		largest_proto: transport_proto &log &optional;
		## The connections among those looked into that later runs no longer look
		## into, which makes room for others, and the entries in the field of these.
		connections_dropped: count &log &default=0;
		entries_dropped: count &log &default=0;
	};
}

# What the run under way found out so far, by field, and the fields in the order
# in which they were found.
global fields_found: table[string] of ConnectionInfo;
global paths_found: vector of string;

function add_field(run: Run, path: string, type_text: string, entries: count, m: Measurement)
	{
	if ( path !in fields_found )
		{
		paths_found += path;
		fields_found[path] = ConnectionInfo($ts=run$ts, $run=run$number,
		    $node=this_node, $boot=boot, $field=path, $var_type=type_text,
		    $unit=size_unit);
		}

	local info = fields_found[path];
	local size = double_to_count(m$size);
	++info$connections_with_field;
	info$entries += entries;
	info$size += size;
	info$size_complete = info$size_complete && m$complete;

	in_view$entries[path] = entries;

	if ( entries < info$largest_entries ||
	     (entries == info$largest_entries && info$largest_uid != "") )
		return;

	info$largest_entries = entries;
	info$largest_size = size;
	info$largest_uid = in_view$uid;
	info$largest_age = in_view$age;
	info$largest_orig_h = in_view$id$orig_h;
	info$largest_orig_p = in_view$id$orig_p;
	info$largest_resp_h = in_view$id$resp_h;
	info$largest_resp_p = in_view$id$resp_p;
	info$largest_proto = get_port_transport_proto(in_view$id$resp_p);
	info$largest_service = copy(in_view$service);
	}

# Looks at the next of the fields, which may add those of a record.
function look_at_field(run: Run, deadline: time)
	{
	local f = fields_in_view[next_field];
	++next_field;

	local shape = shapes[f$type_text];

	if ( shape$kind == KIND_RECORD )
		{
		add_fields(f$value, f$path + ".");
		return;
		}

	local entries = |f$value| as count;

	if ( entries > in_view$most )
		in_view$most = entries;

	# However late it is, a field gets a little time.
	local least = current_time() + max_pause / 10.0;
	add_field(run, f$path, f$type_text, entries,
	    measure_value(f$value, shape, deadline > least ? deadline : least, 1));
	}

# What the run does with connections, one after the other.
type ConnectionWork: enum { CHOOSING, LOOKING, MAKING_ROOM, WRITING };

global connection_work = CHOOSING;

# The connections to look into in this run, which is next, and how many of them
# there still were.
global uids_to_look_into: vector of string;
global next_uid = 0;
global sampled = 0;

# The next of the fields to write a row of.
global next_path = 0;

function choose_connections()
	{
	fields_found = table();
	paths_found = vector();
	uids_to_look_into = vector();
	next_uid = 0;
	next_path = 0;
	sampled = 0;
	forget_seen();
	close_view();

	for ( uid, id in candidates )
		uids_to_look_into += uid;
	}

# Returns F when there is nothing left to look at.
function look_on(run: Run, deadline: time): bool
	{
	if ( next_field < |fields_in_view| )
		{
		look_at_field(run, deadline);
		return T;
		}

	if ( in_view$uid != "" )
		{
		uids_seen += in_view$uid;
		most_entries += in_view$most;
		entries_seen += in_view$entries;
		close_view();
		}

	if ( next_uid == |uids_to_look_into| )
		return F;

	local uid = uids_to_look_into[next_uid];
	++next_uid;

	if ( open_view(uid) )
		++sampled;

	return T;
	}

# Counts the entries of a connection that later runs will not look into.
function count_dropped(entries: table[string] of count)
	{
	for ( path, n in entries )
		{
		++fields_found[path]$connections_dropped;
		fields_found[path]$entries_dropped += n;
		}
	}

function write_next_row(): bool
	{
	if ( next_path >= |paths_found| )
		return F;

	local info = fields_found[paths_found[next_path]];
	++next_path;

	if ( info$largest_entries >= min_connection_entries_to_log )
		{
		info$connections_live = get_conn_stats()$current_conns;
		info$connections_sampled = sampled;
		Log::write(CONNECTION_LOG, info);
		}

	return T;
	}

function connection_step(run: Run, deadline: time): bool
	{
	local more = T;

	while ( more )
		{
		switch ( connection_work )
			{
			case CHOOSING:
				connection_work = LOOKING;
				choose_connections();
				break;

			case LOOKING:
				if ( ! look_on(run, deadline) )
					{
					connection_work = MAKING_ROOM;
					start_to_make_room();
					}
				break;

			case MAKING_ROOM:
				if ( ! make_room(deadline, count_dropped) )
					connection_work = WRITING;
				break;

			case WRITING:
				more = write_next_row();
				break;
			}

		if ( current_time() >= deadline )
			return more;
		}

	return F;
	}

hook run_measured(run: Run) &priority=5
	{
	node_info$connections_sampled = sampled;
	fields_found = table();
	paths_found = vector();
	connection_work = CHOOSING;
	}

event zeek_init() &priority=6
	{
@ifdef ( Log::PolicyHook )
	Log::create_stream(CONNECTION_LOG, [$columns=ConnectionInfo, $path="my_stats_connection",
	    $policy=log_policy_connection]);
@else
	Log::create_stream(CONNECTION_LOG, [$columns=ConnectionInfo, $path="my_stats_connection"]);
@endif

	later_steps += Step($work=connection_step);
	}
