# @TEST-DOC: Over the manager's WebSocket a cluster is asked for a run: all nodes answer, or the one that is named; who asks again too soon is refused; who asks nobody hears nothing.
# @TEST-REQUIRES: zeek -b -e 'global f = Cluster::listen_websocket;'
# @TEST-PORT: WEBSOCKET_PORT
# @TEST-PORT: MANAGER_PORT
# @TEST-PORT: LOGGER_PORT
# @TEST-PORT: PROXY_PORT
# @TEST-PORT: WORKER_1_PORT
# @TEST-PORT: WORKER_2_PORT
# @TEST-EXEC: btest-bg-run cluster "zeek -j $PACKAGE $CLUSTER_BACKEND %INPUT >out 2>errors"
# @TEST-EXEC: for i in $(seq 60); do sleep 1; test $(ls cluster/*/connected 2>/dev/null | wc -l) = 5 && break; done; test $i -lt 60
# @TEST-EXEC: $WEBSOCKET ${WEBSOCKET_PORT%/*} nobody nobody 2 | sort >nobody
# @TEST-EXEC: btest-diff nobody
# @TEST-EXEC: $WEBSOCKET ${WEBSOCKET_PORT%/*} all "" 4 | sed -E 's/ [0-9]+$/ rows/' | sort >all
# @TEST-EXEC: btest-diff all
# @TEST-EXEC: $WEBSOCKET ${WEBSOCKET_PORT%/*} again worker-2 2 | sort >again
# @TEST-EXEC: btest-diff again
# @TEST-EXEC: sleep 15; $WEBSOCKET ${WEBSOCKET_PORT%/*} one worker-1 3 | sed -E 's/ [0-9]+$/ rows/' | sort >one
# @TEST-EXEC: btest-diff one
# @TEST-EXEC: touch cluster/stop; btest-bg-wait 30

redef exit_only_after_terminate = T;
redef Log::default_rotation_interval = 0sec;
redef my_stats::run_interval = 1hr;
redef my_stats::min_request_interval = 15sec;

module Watch;

global look: event();

@if ( Supervisor::is_supervisor() )

event look()
	{
	if ( file_size("stop") >= 0.0 )
		terminate();

	schedule 200msec { Watch::look() };
	}

event zeek_init()
	{
	local cluster: table[string] of Supervisor::ClusterEndpoint;
	cluster["manager"] = [$role=Supervisor::MANAGER, $host=127.0.0.1, $p=to_port(getenv("MANAGER_PORT"))];
	cluster["logger-1"] = [$role=Supervisor::LOGGER, $host=127.0.0.1, $p=to_port(getenv("LOGGER_PORT"))];
	cluster["proxy-1"] = [$role=Supervisor::PROXY, $host=127.0.0.1, $p=to_port(getenv("PROXY_PORT"))];
	cluster["worker-1"] = [$role=Supervisor::WORKER, $host=127.0.0.1, $p=to_port(getenv("WORKER_1_PORT"))];
	cluster["worker-2"] = [$role=Supervisor::WORKER, $host=127.0.0.1, $p=to_port(getenv("WORKER_2_PORT"))];

	for ( name in cluster )
		Supervisor::create(Supervisor::NodeConfig($name=name, $cluster=cluster, $directory=name,
		    $stdout_file="stdout", $stderr_file="stderr"));

	schedule 1sec { Watch::look() };
	}

@else

# What the manager needs to be asked over WebSocket.
event zeek_init()
	{
	if ( Cluster::node == "manager" )
		Cluster::listen_websocket([$listen_addr=127.0.0.1, $listen_port=to_port(getenv("WEBSOCKET_PORT"))]);
	}

# The first run comes when the cluster had time to connect.
hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 1 )
		close(open("connected"));
	}

@endif
