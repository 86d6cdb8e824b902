##! Finds which package, module and variable holds the memory of a Zeek node:
##! every node of a cluster logs the size of its global variables, once per
##! run interval, to my_stats.log.
##!
##! This file has the options and my_stats.log; the other files of the package
##! do one thing each, and say which.

@load base/frameworks/cluster
@load base/frameworks/logging

module my_stats;

export {
	redef enum Log::ID += { LOG };

@ifdef ( Log::PolicyHook )
	## A hook to veto or change what is written to my_stats.log.
	global log_policy: Log::PolicyHook;
@endif

	## The columns of my_stats.log.
	type Info: record {
		## When the run started; the same in every row of a run.
		ts: time &log;
		## Counts the runs of this process, from 1.
		run: count &log;
		## The name of the node in the cluster, or "zeek" when standalone, or
		## "supervisor" for the process that starts the nodes.
		node: string &log;
		## The module of the variable: what stands before its "::", or "GLOBAL".
		module_name: string &log;
		## The full name of the variable.
		variable: string &log;
		## The size of the variable, in *unit*. Unset if it was not measured.
		size: count &log &optional;
		## What *size* counts: "objects", as Zeek counts them for a container;
		## "characters" of the text of a pattern or string; "bytes", on Zeek
		## before 5.0.
		unit: string &log;
		## The number of entries, for tables, sets and vectors.
		entries: count &log &optional;
		## How *size* was obtained: "exact", "computed", "kept", "sampled",
		## "scaled" or "length". Unset if it was not.
		method: string &log &optional;
		## The number of entries that were looked at to obtain *size*, in this
		## run or, if "kept" or "scaled", in an earlier one.
		measured_entries: count &log &optional;
	};

	## The time from one run to the next. At least one second.
	option run_interval = 1min &redef;

	## Variables smaller than this, in whatever unit, are not logged; 0 logs
	## all. A variable that was not measured is judged by its entries.
	option min_var_size_to_log = 1024 &redef;

	## How long a run may hold up the processing of packets at a time. From 100
	## microseconds to one second.
	option max_pause = 1msec &redef;

	## How long packets are processed between two such pauses. At most one
	## second.
	option pause_distance = 10msec &redef;

	## A variable whose number of entries stays the same is looked at again
	## after this time.
	option remeasure_interval = 10min &redef;

	## The number of connections to look into in a run; 0 turns
	## my_stats_connection.log off. At most 1,000.
	option max_connections_sampled = 64 &redef;

	## Fields of connection records with fewer entries than this, in the
	## sampled connection that has most, are not logged; 0 logs all.
	option min_connection_entries_to_log = 100 &redef;

	## Whether to answer requests for a run that come in over the cluster's
	## topic *request_topic*.
	option answer_requests = T &redef;

	## Requests for a run that come in sooner after the last one are refused.
	option min_request_interval = 5sec &redef;

	## The number of variables, the largest, for which to keep gauges through
	## Zeek's Telemetry framework; 0 turns that off. At most 1,000.
	option metrics_top = 0 &redef;

	## Called for each variable that is looked at in a run, after its row was
	## written to my_stats.log if it has one. One that was too small to be
	## logged is not looked at while its length is the same.
	##
	## info: What was found out.
	##
	## is_logged: Whether that is large enough to be logged.
	global variable_measured: hook(info: Info, is_logged: bool);
}

# What the options may be. Zeek has no way to say that in their declarations.
type IntervalRange: record {
	least: interval;
	most: interval;
	preset: interval;
};

type CountRange: record {
	least: count;
	most: count;
	preset: count;
};

const interval_ranges: table[string] of IntervalRange = {
	["my_stats::run_interval"] = IntervalRange($least=1sec, $most=7day, $preset=1min),
	["my_stats::max_pause"] = IntervalRange($least=100usec, $most=1sec, $preset=1msec),
	["my_stats::pause_distance"] = IntervalRange($least=0sec, $most=1sec, $preset=10msec),
	["my_stats::remeasure_interval"] = IntervalRange($least=0sec, $most=7day, $preset=10min),
	["my_stats::min_request_interval"] = IntervalRange($least=0sec, $most=7day, $preset=5sec),
};

const count_ranges: table[string] of CountRange = {
	["my_stats::max_connections_sampled"] = CountRange($least=0, $most=1000, $preset=64),
	["my_stats::metrics_top"] = CountRange($least=0, $most=1000, $preset=0),
};

function refuse(id: string, value: any, least: any, most: any, kept: any)
	{
	Reporter::warning(fmt("%s cannot be %s: it must be from %s to %s, so %s is kept",
	    id, value, least, most, kept));
	}

function check_interval(id: string, value: interval): interval
	{
	local r = interval_ranges[id];

	if ( value >= r$least && value <= r$most )
		return value;

	local kept = lookup_ID(id) as interval;
	refuse(id, value, r$least, r$most, kept);
	return kept;
	}

function check_count(id: string, value: count): count
	{
	local r = count_ranges[id];

	if ( value >= r$least && value <= r$most )
		return value;

	local kept = lookup_ID(id) as count;
	refuse(id, value, r$least, r$most, kept);
	return kept;
	}

# A redef is not seen by change handlers: what it set is put right here, before
# anything is scheduled.
event zeek_init() &priority=20
	{
	for ( id, r in interval_ranges )
		{
		local i = lookup_ID(id) as interval;

		if ( i < r$least || i > r$most )
			{
			refuse(id, i, r$least, r$most, r$preset);
			Option::set(id, r$preset);
			}

		Option::set_change_handler(id, check_interval, 100);
		}

	for ( id2, r2 in count_ranges )
		{
		local c = lookup_ID(id2) as count;

		if ( c < r2$least || c > r2$most )
			{
			refuse(id2, c, r2$least, r2$most, r2$preset);
			Option::set(id2, r2$preset);
			}

		Option::set_change_handler(id2, check_count, 100);
		}
	}

event zeek_init() &priority=5
	{
@ifdef ( Log::PolicyHook )
	Log::create_stream(LOG, [$columns=Info, $path="my_stats", $policy=log_policy]);
@else
	Log::create_stream(LOG, [$columns=Info, $path="my_stats"]);
@endif
	}

# The name of this node, as it stands in all logs of the package.
global this_node = "zeek";

event zeek_init() &priority=20
	{
@ifdef ( Supervisor::is_supervisor )
	# The process that starts the nodes is none itself.
	if ( Supervisor::is_supervisor() )
		this_node = "supervisor";
@endif

	if ( Cluster::node != "" )
		this_node = Cluster::node;
	}

# When this process started to measure: tells its life from others of the same
# node.
global boot: time = current_time();
