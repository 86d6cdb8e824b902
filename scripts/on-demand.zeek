##! Answers requests for a run that come in as events over the cluster: by
##! WebSocket from a tool, or from another node.
##!
##! Nothing is published unless somebody asks.

@load ./node

module my_stats;

export {
	## The topic to publish :zeek:see:`my_stats::request` to.
	const request_topic = "zeek/my_stats/request" &redef;

	## The topic that the answers are published to.
	const reply_topic = "zeek/my_stats/reply" &redef;

	## Asks for a run now.
	##
	## id: Chosen by whoever asks; the answers carry it.
	##
	## node: The name of the node that is to answer, or "" for all.
	global request: event(id: string, node: string);

	## The answer of a node: what it logged for the run.
	##
	## rows: The run's rows of my_stats.log.
	##
	## info: The run's row of my_stats_node.log.
	global reply: event(id: string, node: string, rows: vector of Info, info: NodeInfo);

	## The answer of a node that makes no run.
	global refused: event(id: string, node: string, reason: string);
}

# The requests that the run under way will answer.
global waiting: vector of string;

# Requests beyond this are refused until the run is over.
const max_waiting = 16;

global last_request = double_to_time(0.0);
global rows_to_reply: vector of Info;

function refuse_request(id: string, reason: string)
	{
@ifdef ( Cluster::publish )
	Cluster::publish(reply_topic, my_stats::refused, id, this_node, reason);
@else
	Broker::publish(reply_topic, my_stats::refused, id, this_node, reason);
@endif
	}

event request(id: string, node: string)
	{
	if ( ! answer_requests || (node != "" && node != this_node) )
		return;

	if ( |waiting| >= max_waiting )
		{
		refuse_request(id, "too many requests are waiting");
		return;
		}

	# Whoever asks while a run is made for somebody else gets that one.
	if ( |waiting| > 0 )
		{
		waiting[|waiting|] = id;
		return;
		}

	if ( current_time() - last_request < min_request_interval )
		{
		refuse_request(id, fmt("asked again within %s", min_request_interval));
		return;
		}

	last_request = current_time();
	waiting[|waiting|] = id;

	# If a run is under way, part of its rows are written already: the request
	# waits for one of its own.
	start_run("request");
	}

hook variable_measured(info: Info, is_logged: bool)
	{
	if ( is_logged && |waiting| > 0 && current_run$trigger == "request" )
		rows_to_reply[|rows_to_reply|] = info;
	}

# Publishes the answer to one request after the other, since each can take a
# part of a millisecond.
global answer: event(info: NodeInfo);

event answer(info: NodeInfo)
	{
	if ( |waiting| == 0 )
		return;

	local id = waiting[0];
	waiting = waiting[1:];

	if ( |waiting| > 0 )
		schedule pause_distance { my_stats::answer(info) };

@ifdef ( Cluster::publish )
	Cluster::publish(reply_topic, my_stats::reply, id, info$node, rows_to_reply, info);
@else
	Broker::publish(reply_topic, my_stats::reply, id, info$node, rows_to_reply, info);
@endif

	if ( |waiting| == 0 )
		rows_to_reply = vector();
	}

hook node_measured(info: NodeInfo)
	{
	if ( |waiting| == 0 )
		return;

	if ( info$trigger == "request" )
		event my_stats::answer(info);
	else
		start_run("request");
	}

event zeek_init()
	{
@ifdef ( Cluster::subscribe )
	Cluster::subscribe(request_topic);
@else
	Broker::subscribe(request_topic);
@endif
	}
