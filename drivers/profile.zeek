##! Loaded last by "my-stats profile": tells how far a run has come, and sees to
##! it that the logs of my_stats are written as they are by default, whatever
##! the package under test does to them.

@load base/frameworks/logging

module my_stats_profile;

export {
	## How often to tell how far the run is, in the time of the packets.
	const step = 1sec &redef;

	## When to find out how much of the memory is in use: near the end of the
	## packets, before the connections are closed.
	const live_at = double_to_time(0.0) &redef;
}

# One line per event, written at once: what is in here when a process crashes
# is what had happened by then.
global out: file = open("my_stats_profile.txt");

# What was filled, bytes.
global filled = 0;

function tell(what: string, run: count)
	{
	local conns = get_conn_stats();
	local process = get_proc_stats();

	print out, fmt("%s %d %.6f %d %d %d %.6f %d %d %d", what, run,
	    time_to_double(network_time()), conns$num_packets,
	    conns$cumulative_tcp_conns + conns$cumulative_udp_conns + conns$cumulative_icmp_conns,
	    process$mem, interval_to_double(process$user_time + process$system_time),
	    conns$current_conns, get_timer_stats()$current, filled);
	}

# What a string of 30 characters takes in a vector that has room for it, in bytes.
const bytes_per_string = 146;

# Beyond this there is too much free to be filled in little time.
const most_strings = 4000000;

# Fills what the allocator has free, until the process is larger than it ever
# was: what it had at most, less what was filled, was in use. Zeek has no other
# way to tell. Names are long, since a package may have globals of any short one.
function fill(): count
	{
	local peak_before = get_proc_stats()$mem;
	local filled_lists: vector of vector of string = vector();
	local filled_list: vector of string = vector();
	local filled_text = "0123456789abcdef0123456789abcdef";
	local strings_filled = 0;

	while ( strings_filled < most_strings )
		{
		filled_list[|filled_list|] = sub_bytes(filled_text, 1, 30);

		if ( ++strings_filled % 500 == 0 )
			{
			filled_lists[|filled_lists|] = filled_list;
			filled_list = vector();

			if ( get_proc_stats()$mem > peak_before )
				return strings_filled * bytes_per_string;
			}
		}

	return 0;
	}

global last_told = double_to_time(0.0);

event my_stats_profile::tick()
	{
	schedule step { my_stats_profile::tick() };

	if ( filled == 0 && live_at > double_to_time(0.0) && network_time() >= live_at )
		{
		tell("live", 0);
		filled = fill();
		tell("filled", 0);
		}

	if ( current_time() - last_told < 200msec )
		return;

	last_told = current_time();
	tell("progress", 0);
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	tell("run", info$run);
	}

# How the log's writer is to write, whatever its defaults are by now.
const writer_config: table[string] of string = {
	["use_json"] = "F",
	["tsv"] = "T",
	["gzip_level"] = "0",
	["output_to_stdout"] = "F",
};

const no_renames: table[string] of string = {};

function restore(id: Log::ID, path: string)
	{
	Log::enable_stream(id);
	Log::remove_filter(id, "default");
	Log::add_filter(id, Log::Filter($name="default", $path=path,
	    $writer=Log::WRITER_ASCII, $log_local=T, $log_remote=F, $interv=0sec,
	    $field_name_map=no_renames, $config=writer_config));
	}

event zeek_init() &priority=100000
	{
	set_buf(out, F);
	}

event zeek_init() &priority=-100000
	{
	restore(my_stats::LOG, "my_stats");
	restore(my_stats::NODE_LOG, "my_stats_node");
	restore(my_stats::VARIABLE_LOG, "my_stats_variable");
	restore(my_stats::CONNECTION_LOG, "my_stats_connection");
	schedule step { my_stats_profile::tick() };
	}

# After the last run, which zeek_done starts.
event zeek_done() &priority=-100000
	{
	tell("end", 0);
	}
