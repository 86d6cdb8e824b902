##! Logs how large every global variable is, on every node of a cluster, again and again: what grows can then be traced
##! to its module, variable and node.
##!
##! Up to Zeek 5.0 sizes are bytes, from :zeek:id:`global_sizes`. Newer versions only count the objects a container
##! holds, with :zeek:id:`global_container_footprints`, and leave patterns out, so these are added with the length of
##! their text. The log says which unit a size is in.
##!
##! Measuring walks every container at one go: the process handles no packets meanwhile (some 0.6 s for a million
##! entries), and from Zeek 6.0 on it makes Zeek create the empty containers inside of records for good.

@load base/frameworks/cluster
@load base/frameworks/logging

module my_stats;

export {
	## The log stream, ``my_stats.log``.
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	## How long after the start the first measurement is made.
	const first_run_delay = 10sec &redef;

	## How long from one measurement to the next.
	const run_interval = 1min &redef;

	## Variables smaller than this, in the unit of their size, are not logged; 0 logs all.
	const min_var_size_to_log = 1024 &redef;

	## One variable in one measurement by one node.
	type Info: record {
		## When the measurement was made; all its rows have the same time.
		ts: time &log;
		## The measurement's number, from 1 at every start of the process.
		run: count &log;
		## The node of the cluster; ``zeek`` for a process that is not part of one.
		node: string &log;
		## What stands before ``::`` in the variable's name, else ``GLOBAL``.
		module_name: string &log &default="GLOBAL";
		## The variable's full name.
		variable: string &log;
		## How large it is, in *unit*.
		size: count &log;
		## What *size* counts: ``bytes``, ``objects``, or ``characters`` of a pattern's text.
		unit: string &log;
		## How many elements a table, set or vector has; unset for anything else.
		entries: count &log &optional;
	};

	## Raised with each row that is written.
	global log_my_stats: event(rec: Info);

	## Makes one measurement, and schedules the next.
	global measure: event();
}

# How many measurements have been made since the start.
global runs = 0;

# Tables, sets and vectors: only for these is |v| the number of elements.
global countable: set[string];

# Patterns, where Zeek does not measure them itself.
global patterns: set[string];

@ifdef ( global_sizes )
const measures_patterns = T;
@else
const measures_patterns = F;
@endif

# Asking Zeek for all its identifiers takes some 15 ms, and which there are does not change: it is done once.
function find_variables()
	{
	for ( name, id in global_ids() )
		{
		if ( ! id?$value || id$enum_constant )
			next;

		local kind = type_name(id$value);

		if ( /^(table|set|vector)/ in kind )
			add countable[name];
		else if ( kind == "pattern" && ! measures_patterns )
			add patterns[name];
		}
	}

function log_variable(ts: time, name: string, size: count, unit: string)
	{
	if ( size < min_var_size_to_log )
		return;

	local node = Cluster::node == "" ? "zeek" : Cluster::node;
	local rec = Info($ts=ts, $run=runs, $node=node, $variable=name, $size=size, $unit=unit);

	if ( "::" in name )
		rec$module_name = split_string1(name, /::/)[0];

	if ( name in countable )
		rec$entries = |lookup_ID(name)| as count;

	Log::write(LOG, rec);
	}

# Cluster::log, in the words by which the time of a measurement can be found in cluster.log.
function report_duration(what: string, took: interval)
	{
	local msecs = floor(took / 1msec);
	local usecs = ( took - msecs * 1msec ) / 1usec;
	Cluster::log(fmt("%s() took %.1f msecs %.6f usecs to run.", what, msecs, usecs));
	}

event my_stats::measure()
	{
	++runs;

	if ( runs == 1 )
		find_variables();

	local begin = current_time();
@ifdef ( global_sizes )
	local what = "global_sizes";
	local unit = "bytes";
	local sizes = global_sizes();
@else
	local what = "global_container_footprints";
	local unit = "objects";
	local sizes = global_container_footprints();
@endif
	local took = current_time() - begin;

	# Without traffic, a process that reads packets has no network time yet.
	local ts = network_time() > double_to_time(0.0) ? network_time() : current_time();

	for ( name, size in sizes )
		log_variable(ts, name, size, unit);

	for ( name in patterns )
		log_variable(ts, name, |cat(lookup_ID(name))|, "characters");

	report_duration(what, took);

	if ( ! zeek_is_terminating() )
		schedule run_interval { my_stats::measure() };
	}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, [$columns=Info, $ev=log_my_stats, $path="my_stats", $policy=log_policy]);
	schedule first_run_delay { my_stats::measure() };
	}
