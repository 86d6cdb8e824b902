##! Writes my_stats_node.log: what a run cost, and what else than variables
##! holds memory in the process.

@load base/misc/version

@load ./run

module my_stats;

export {
	redef enum Log::ID += { NODE_LOG };

@ifdef ( Log::PolicyHook )
	## A hook to veto or change what is written to my_stats_node.log.
	global log_policy_node: Log::PolicyHook;
@endif

	## The columns of my_stats_node.log. A run's row is written after all of the
	## run's rows in the other logs.
	type NodeInfo: record {
		## When the run started.
		ts: time &log;
		## Counts the runs of this process, from 1.
		run: count &log;
		## The name of the node in the cluster, or "zeek" when standalone.
		node: string &log;
		## When the process started to measure, by the system's clock.
		boot: time &log;
		## The process.
		pid: count &log;
		## The version of Zeek.
		zeek_version: string &log;
		## How long the run held up the process in all.
		duration: interval &log;
		## How long it did so at a time, at most.
		longest_pause: interval &log;
		## The number of variables that can hold memory.
		variables_seen: count &log;
		## The rows written to my_stats.log.
		variables_logged: count &log;
		## The resident memory of the process in bytes. Reading a trace, and at
		## exit, only from Zeek 7.2.
		resident_memory: count &log &optional;
		## The most it ever was, in bytes.
		peak_memory: count &log &optional;
		## Live connections, of all protocols.
		connections: count &log;
		## Timers that have not expired.
		timers: count &log;
		## Events waiting to be handled.
		events_pending: count &log;
		## Bytes held to reassemble streams, files and fragments.
		reassembly_bytes: count &log;
		## Variables whose size could not be obtained.
		variables_not_measured: count &log;
		## Why there was a run: "interval", "request" or "exit".
		trigger: string &log;
		## The number of pauses the run was cut into.
		slices: count &log;
		## Live connections by protocol.
		tcp_connections: count &log;
		udp_connections: count &log;
		icmp_connections: count &log;
		## Fragments of packets, waiting for the others.
		fragments: count &log;
		## Files being analyzed.
		files: count &log;
		## DNS lookups by Zeek itself: waiting for a reply, and cached.
		dns_pending: count &log;
		dns_cached: count &log;
		## The states of the matchers of Zeek's signatures, and the bytes they
		## hold. Looked up once per *remeasure_interval*.
		matcher_states: count &log;
		matcher_bytes: count &log;
		## Threads, most of them writers of logs or readers of input.
		threads: count &log;
		## Messages queued for other nodes of the cluster, from Zeek 7.1. Not known
		## where the cluster talks through something else than Broker.
		peer_messages_queued: count &log &optional;
		## The connections that *my_stats_connection.log* is made from.
		connections_sampled: count &log &default=0;
		## The processor time of the process while the run held it up, in all and
		## at most at a time: what is left of *duration* was spent waiting for a
		## core. Other threads of the process can have a part in it. On Linux from
		## Zeek 7.0: before, asking takes too long.
		cpu_time: interval &log &optional;
		longest_cpu_time: interval &log &optional;
		## Of the resident memory, what is no file's (on Linux), and what was
		## written to swap space.
		anonymous_memory: count &log &optional;
		swapped_memory: count &log &optional;
		## What the process may have, in bytes: the memory of the machine, or the
		## least that a control group it belongs to allows.
		memory_limit: count &log &optional;
	};

	## Called for each row of my_stats_node.log, after it was written.
	global node_measured: hook(info: NodeInfo);
}

# What the steps of the run under way found out so far.
global node_info: NodeInfo;

# Counting the matchers' states visits them all.
global matcher_stats: MatcherStats;
global matcher_stats_at = double_to_time(0.0);

function node_step(run: Run, deadline: time): bool
	{
	local conns = get_conn_stats();
	local events = get_event_stats();
	local reassembly = get_reassembler_stats();
	local dns = get_dns_stats();

	node_info = NodeInfo($ts=run$ts, $run=run$number, $node=this_node, $boot=boot,
	    $pid=getpid(), $zeek_version=zeek_version(),
	    $duration=0sec, $longest_pause=0sec,
	    $variables_seen=|variables|, $variables_logged=0, $variables_not_measured=0,
	    $connections=conns$current_conns,
	    $timers=get_timer_stats()$current,
	    $events_pending=events$queued - events$dispatched,
	    $reassembly_bytes=reassembly$file_size + reassembly$frag_size +
	        reassembly$tcp_size + reassembly$unknown_size,
	    $trigger=run$trigger, $slices=0,
	    $tcp_connections=conns$num_tcp_conns,
	    $udp_connections=conns$num_udp_conns,
	    $icmp_connections=conns$num_icmp_conns,
	    $fragments=conns$num_fragments,
	    $files=get_file_analysis_stats()$current,
	    $dns_pending=dns$pending,
	    $dns_cached=dns$cached_hosts + dns$cached_addresses,
	    $matcher_states=matcher_stats$dfa_states,
	    $matcher_bytes=matcher_stats$mem,
	    $threads=get_thread_stats()$num_threads);

	# Nothing waits for a trace, or for a process at its end.
	if ( proc_stats_are_cheap || reading_traces() || zeek_is_terminating() )
		node_info$peak_memory = get_proc_stats()$mem;

@ifdef ( Broker::peering_stats )
	# A cluster that does not talk through Broker has no peers there: nothing is
	# known of what waits in its queues, which is not the same as none.
	if ( Cluster::node == "" || Cluster::backend == Cluster::CLUSTER_BACKEND_BROKER )
		{
		local queued = 0;

		for ( peer, stats in Broker::peering_stats() )
			queued += stats$num_queued;

		node_info$peer_messages_queued = queued;
		}
@endif

	return F;
	}

function matcher_step(run: Run, deadline: time): bool
	{
	if ( run$number == 1 || run$ts - matcher_stats_at >= remeasure_interval )
		{
		matcher_stats = get_matcher_stats();
		matcher_stats_at = run$ts;
		}

	return F;
	}

hook run_measured(run: Run)
	{
	node_info$duration = run$duration;
	node_info$longest_pause = run$longest_pause;

	if ( proc_stats_are_cheap )
		{
		node_info$cpu_time = run$cpu_time;
		node_info$longest_cpu_time = run$longest_cpu_time;
		}

	node_info$slices = run$slices;
	node_info$variables_logged = run$variables_logged;
	node_info$variables_not_measured = run$variables_not_measured;

	Log::write(NODE_LOG, node_info);
	hook node_measured(node_info);
	}

event zeek_init() &priority=5
	{
@ifdef ( Log::PolicyHook )
	Log::create_stream(NODE_LOG, [$columns=NodeInfo, $path="my_stats_node",
	    $policy=log_policy_node]);
@else
	Log::create_stream(NODE_LOG, [$columns=NodeInfo, $path="my_stats_node"]);
@endif

	later_steps += Step($work=matcher_step, $is_single_call=T);
	later_steps += Step($work=node_step);
	}
