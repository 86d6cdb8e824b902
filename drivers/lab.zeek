##! Loaded last on every node of "my-stats lab": holds back traces until the
##! cluster stands, and asks for measurements, since the time of a node that
##! reads a trace ends with the trace.

@load base/frameworks/cluster

module my_stats_lab;

export {
	## The nodes that are no workers: what a worker waits for.
	const servers = 3 &redef;

	## The nodes in all: what the manager waits for.
	const nodes = 5 &redef;

	## How often to ask all nodes for a measurement.
	const ask_interval = 5sec &redef;
}

redef exit_only_after_terminate = T;
redef my_stats::min_request_interval = 0sec;

global connected: set[string];
global asked = 0;

event my_stats_lab::ask()
	{
	schedule ask_interval { my_stats_lab::ask() };
	++asked;
@ifdef ( Cluster::publish )
	Cluster::publish(my_stats::request_topic, my_stats::request, fmt("lab-%d", asked), "");
@else
	Broker::publish(my_stats::request_topic, my_stats::request, fmt("lab-%d", asked), "");
@endif
	}

event zeek_init()
	{
	if ( Cluster::local_node_type() == Cluster::WORKER && reading_traces() )
		suspend_processing();
	}

event Cluster::node_up(name: string, id: string)
	{
	add connected[name];

	if ( Cluster::local_node_type() == Cluster::WORKER && |connected| == servers && reading_traces() )
		continue_processing();

	if ( Cluster::local_node_type() == Cluster::MANAGER && |connected| == nodes - 1 )
		event my_stats_lab::ask();
	}
