# @TEST-DOC: A request over the cluster's topic is answered with the rows; a second one too soon is refused; who is not meant does not answer.
# @TEST-PORT: BROKER_PORT
# @TEST-EXEC: btest-bg-run asked "zeek $PACKAGE $CLUSTER_BACKEND ../asked.zeek"
# @TEST-EXEC: btest-bg-run asking "zeek -b ../asking.zeek >out"
# @TEST-EXEC: btest-bg-wait 30
# @TEST-EXEC: btest-diff asking/out

# @TEST-START-FILE asked.zeek
redef exit_only_after_terminate = T;
redef my_stats::min_request_interval = 1hr;

event zeek_init()
	{
	Broker::listen("127.0.0.1", to_port(getenv("BROKER_PORT")));
	}

event Broker::peer_lost(endpoint: Broker::EndpointInfo, msg: string)
	{
	terminate();
	}
# @TEST-END-FILE

# @TEST-START-FILE asking.zeek
@load base/frameworks/broker
redef exit_only_after_terminate = T;

module my_stats;

# No more is needed to ask than these declarations.
export {
	global request: event(id: string, node: string);
	global reply: event(id: string, node: string, rows: any, info: any);
	global refused: event(id: string, node: string, reason: string);
}

event zeek_init()
	{
	Broker::subscribe("zeek/my_stats/reply");
	Broker::peer("127.0.0.1", to_port(getenv("BROKER_PORT")));
	}

event Broker::peer_added(endpoint: Broker::EndpointInfo, msg: string)
	{
	Broker::publish("zeek/my_stats/request", my_stats::request, "for-another", "worker-7");
	Broker::publish("zeek/my_stats/request", my_stats::request, "first", "");
	}

event reply(id: string, node: string, rows: any, info: any)
	{
	print "reply", id, node;
	Broker::publish("zeek/my_stats/request", my_stats::request, "second", "zeek");
	}

event refused(id: string, node: string, reason: string)
	{
	print "refused", id, node, reason;
	terminate();
	}
# @TEST-END-FILE
