# @TEST-DOC: A script on the manager asks all nodes for a run: the others answer over the cluster's topic, its own node by the hook.
# @TEST-REQUIRES: zeek -b -e 'global f = Cluster::publish;'
# @TEST-PORT: MANAGER_PORT
# @TEST-PORT: LOGGER_PORT
# @TEST-PORT: WORKER_1_PORT
# @TEST-EXEC: btest-bg-run cluster "zeek -j $PACKAGE $CLUSTER_BACKEND %INPUT >out 2>errors"
# @TEST-EXEC: btest-bg-wait 90
# @TEST-EXEC: cat cluster/errors cluster/*/stderr
# @TEST-EXEC: sort cluster/manager/stdout >answers
# @TEST-EXEC: btest-diff answers

redef exit_only_after_terminate = T;
redef Log::default_rotation_interval = 0sec;
redef my_stats::run_interval = 1hr;

module Asking;

global look: event();
global ask: event();
global done: event();

@if ( Supervisor::is_supervisor() )

global looks = 0;

event look()
	{
	if ( file_size("manager/done") >= 0.0 || ++looks > 400 )
		terminate();

	schedule 200msec { Asking::look() };
	}

event zeek_init()
	{
	local cluster: table[string] of Supervisor::ClusterEndpoint;
	cluster["manager"] = [$role=Supervisor::MANAGER, $host=127.0.0.1, $p=to_port(getenv("MANAGER_PORT"))];
	cluster["logger-1"] = [$role=Supervisor::LOGGER, $host=127.0.0.1, $p=to_port(getenv("LOGGER_PORT"))];
	cluster["worker-1"] = [$role=Supervisor::WORKER, $host=127.0.0.1, $p=to_port(getenv("WORKER_1_PORT"))];

	for ( name in cluster )
		Supervisor::create(Supervisor::NodeConfig($name=name, $cluster=cluster, $directory=name,
		    $stdout_file="stdout", $stderr_file="stderr"));

	schedule 1sec { Asking::look() };
	}

@else
@if ( Cluster::local_node_type() == Cluster::MANAGER )

global answers = 0;

function count_answer()
	{
	if ( ++answers == 3 )
		schedule 1sec { Asking::done() };
	}

event done()
	{
	close(open("done"));
	}

event ask()
	{
	Cluster::publish(my_stats::request_topic, my_stats::request, "my-id", "");
	event my_stats::request("my-id", "");
	}

event my_stats::reply(id: string, node: string, rows: vector of my_stats::Info, info: my_stats::NodeInfo)
	{
	print "reply", id, node, |rows| == info$variables_logged;
	count_answer();
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$trigger == "interval" )
		schedule 5sec { Asking::ask() };
	else if ( info$trigger == "request" )
		{
		print "measured", info$node;
		count_answer();
		}
	}

event zeek_init()
	{
	Cluster::subscribe(my_stats::reply_topic);
	}

@endif
@endif
