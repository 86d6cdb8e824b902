# @TEST-DOC: In a cluster that talks through ZeroMQ, as zeekctl makes it from 8.1 on, rows reach the logger, a script's request is answered by all, and what waits in Broker's queues is not told.
# @TEST-REQUIRES: zeek -b -e '@load policy/frameworks/cluster/backend/broker' && zeek -b -e 'global backend = Cluster::CLUSTER_BACKEND_ZEROMQ;'
# @TEST-PORT: MANAGER_PORT
# @TEST-PORT: LOGGER_PORT
# @TEST-PORT: WORKER_1_PORT
# @TEST-PORT: XPUB_PORT
# @TEST-PORT: XSUB_PORT
# @TEST-EXEC: btest-bg-run cluster "zeek -j $PACKAGE %INPUT %DIR/cluster-script.zeek >out 2>errors"
# @TEST-EXEC: btest-bg-wait 90
# @TEST-EXEC: cat cluster/errors cluster/*/stderr
# @TEST-EXEC: sort cluster/manager/stdout >answers
# @TEST-EXEC: btest-diff answers
# @TEST-EXEC: zeek-cut node peer_messages_queued <cluster/logger-1/my_stats_node.log | sort -u >queued
# @TEST-EXEC: btest-diff queued

@load base/frameworks/cluster

# Not in the process that starts the nodes: it would be part of the cluster, too.
@if ( Cluster::node != "" )
@load policy/frameworks/cluster/backend/zeromq

function local_endpoint(name: string): string
	{
	return fmt("tcp://127.0.0.1:%s", sub(getenv(name), /\/.*/, ""));
	}

redef Cluster::Backend::ZeroMQ::listen_xpub_endpoint = local_endpoint("XPUB_PORT");
redef Cluster::Backend::ZeroMQ::connect_xsub_endpoint = local_endpoint("XPUB_PORT");
redef Cluster::Backend::ZeroMQ::listen_xsub_endpoint = local_endpoint("XSUB_PORT");
redef Cluster::Backend::ZeroMQ::connect_xpub_endpoint = local_endpoint("XSUB_PORT");

@if ( Cluster::local_node_type() == Cluster::MANAGER )
redef Cluster::Backend::ZeroMQ::run_proxy_thread = T;
@endif

@if ( Cluster::local_node_type() == Cluster::LOGGER )
redef Cluster::Backend::ZeroMQ::listen_log_endpoint = local_endpoint("LOGGER_PORT");
@else
redef Cluster::Backend::ZeroMQ::connect_log_endpoints = vector(local_endpoint("LOGGER_PORT"));
@endif
@endif
