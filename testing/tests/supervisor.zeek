# @TEST-DOC: Under Zeek's Supervisor every node measures itself, its rows reach the logger, and a node that is restarted starts a new boot.
# @TEST-REQUIRES: zeek -b -e 'global f = Supervisor::is_supervisor;'
# @TEST-PORT: SUPERVISOR_PORT
# @TEST-PORT: MANAGER_PORT
# @TEST-PORT: LOGGER_PORT
# @TEST-PORT: PROXY_PORT
# @TEST-PORT: WORKER_1_PORT
# @TEST-PORT: WORKER_2_PORT
# @TEST-EXEC: btest-bg-run zeek "zeek -j $PACKAGE $CLUSTER_BACKEND %INPUT >out 2>errors"
# @TEST-EXEC: btest-bg-wait 120
# @TEST-EXEC: cat zeek/errors zeek/*/stderr
# @TEST-EXEC: ! cat zeek/errors zeek/*/stderr | grep -i error | grep -v PEER_UNAVAILABLE
# @TEST-EXEC: zeek-cut node boot <zeek/logger-1/my_stats_node.log | sort -u | cut -f 1 | uniq -c | awk '{ print $2, $1 }' >boots
# @TEST-EXEC: btest-diff boots
# @TEST-EXEC: zeek-cut node <zeek/logger-1/my_stats.log | sort -u >nodes
# @TEST-EXEC: btest-diff nodes
# @TEST-EXEC: ls zeek/manager zeek/proxy-1 zeek/worker-1 zeek/worker-2 | grep my_stats || echo "no logs of ours elsewhere" >elsewhere
# @TEST-EXEC: btest-diff elsewhere
# @TEST-EXEC: test $(zeek-cut node <zeek/my_stats_node.log | sort -u) = supervisor

@if ( Version::at_least("5.2.0") )
@load policy/frameworks/cluster/experimental
@endif

redef exit_only_after_terminate = T;
redef Log::default_rotation_interval = 0sec;
redef my_stats::run_interval = 2sec;
# Before 7.2, a node that comes before the one it connects to waits for a minute.
redef Cluster::retry_interval = 1sec;
redef Broker::default_connect_retry = 1sec;

module Watch;

const topic = "watch";

global measured: event(node: string, boot: time);

@if ( Supervisor::is_supervisor() )

global stop: event();

event stop()
	{
	terminate();
	}

# The boot of each node when it was first heard of.
global boots: table[string] of time;

event measured(node: string, boot: time)
	{
	if ( node !in boots )
		{
		boots[node] = boot;

		if ( |boots| == 5 )
			Supervisor::restart("worker-1");
		}

	# Log rows are sent in batches: give this one time to arrive.
	else if ( node == "worker-1" && boot != boots[node] )
		schedule 4sec { Watch::stop() };
	}

event zeek_init()
	{
	Broker::subscribe(topic);
	Broker::listen("127.0.0.1", to_port(getenv("SUPERVISOR_PORT")));

	local cluster: table[string] of Supervisor::ClusterEndpoint;
	cluster["manager"] = [$role=Supervisor::MANAGER, $host=127.0.0.1, $p=to_port(getenv("MANAGER_PORT"))];
	cluster["logger-1"] = [$role=Supervisor::LOGGER, $host=127.0.0.1, $p=to_port(getenv("LOGGER_PORT"))];
	cluster["proxy-1"] = [$role=Supervisor::PROXY, $host=127.0.0.1, $p=to_port(getenv("PROXY_PORT"))];
	cluster["worker-1"] = [$role=Supervisor::WORKER, $host=127.0.0.1, $p=to_port(getenv("WORKER_1_PORT"))];
	cluster["worker-2"] = [$role=Supervisor::WORKER, $host=127.0.0.1, $p=to_port(getenv("WORKER_2_PORT"))];

	for ( name in cluster )
		Supervisor::create(Supervisor::NodeConfig($name=name, $cluster=cluster, $directory=name,
		    $stdout_file="stdout", $stderr_file="stderr"));
	}

@else

# By this, the supervisor's rows reach the logger, too.
event zeek_init()
	{
	Broker::peer("127.0.0.1", to_port(getenv("SUPERVISOR_PORT")));
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	Broker::publish(topic, Watch::measured, info$node, info$boot);
	}

@endif
