##! Finds out how much memory the process has, and how much it may have, from
##! files of Linux. Elsewhere the columns stay unset.
##!
##! Scripts can only read files through the Input framework: a thread of the
##! process reads, and its text comes as an event about a millisecond later.

@load base/frameworks/input
@load base/misc/version

@load ./node

module my_stats;

type TextOfFile: record {
	text: string;
};

# What the files said so far, by the name of the stream that reads them.
global texts_read: table[string] of string;

# A piece of a file.
global file_read: event(description: Input::EventDescription, what: Input::Event, text: string);

# Where Linux has them. Only tests have another place.
const status_file = "/proc/self/status" &redef;
const machine_file = "/proc/meminfo" &redef;
const groups_file = "/proc/self/cgroup" &redef;
const groups_root = "/sys/fs/cgroup/" &redef;

# The status is read in each run. The run that asked for it last, and the one
# for which it came, with what it said.
global has_status = F;
global asked_in_run = 0;
global asked_at = double_to_time(0.0);
global answered_run = 0;
global status_text = "";

# How long a run waits for it.
const longest_wait = 1sec;

# The least of the limits found; 0 if none was.
global least_limit: count = 0;

function stream_of(path: string): string
	{
	return "my_stats " + path;
	}

function read_file(path: string): bool
	{
	# Of what is not there, and of threads that come too late, nothing shall be
	# said in any log.
	if ( file_size(path) < 0.0 || zeek_is_terminating() )
		return F;

	local name = stream_of(path);
	texts_read[name] = "";
	return Input::add_event([$source=path, $name=name, $reader=Input::READER_BINARY,
	    $mode=Input::MANUAL, $fields=TextOfFile, $ev=file_read, $want_record=F]);
	}

# The number in the line of *text* that begins with *key*, where it stands in kB,
# in bytes; -1 if there is no such line.
function bytes_in(text: string, key: string): int
	{
	local at = strstr(text, "\n" + key);

	if ( at == 0 )
		return -1;

	local rest = text[at + |key|:];
	local end = strstr(rest, " kB");
	return end == 0 ? -1 : to_count(strip(rest[0:end - 1])) * 1024;
	}

function limit_to(bytes: count)
	{
	if ( least_limit == 0 || bytes < least_limit )
		least_limit = bytes;
	}

# Reads the limits of a control group and of those that it is in. In a container
# the groups can have other paths than the process is told: the outermost is
# there in any case.
function read_limits_of_group(root: string, path: string, file_name: string)
	{
	local parts = split_at(path, "/");
	local folder = root;
	read_file(folder + file_name);

	for ( i in parts )
		if ( parts[i] != "" )
			{
			folder = folder + parts[i] + "/";
			read_file(folder + file_name);
			}
	}

# Each line is NUMBER:CONTROLLERS:PATH, without controllers for version 2.
function read_limits_of_groups(text: string)
	{
	local lines = split_at(text, "\n");

	for ( i in lines )
		{
		local parts = split_at(lines[i], ":");

		if ( |parts| != 3 )
			next;

		if ( parts[1] == "" )
			read_limits_of_group(groups_root, parts[2], "memory.max");
		else if ( contains("," + parts[1] + ",", ",memory,") )
			read_limits_of_group(groups_root + "memory/", parts[2], "memory.limit_in_bytes");
		}
	}

event file_read(description: Input::EventDescription, what: Input::Event, text: string)
	{
	texts_read[description$name] += text;
	}

event Input::end_of_data(name: string, source: string)
	{
	if ( name !in texts_read )
		return;

	local text = texts_read[name];

	if ( source == status_file )
		{
		texts_read[name] = "";
		status_text = text;
		answered_run = asked_in_run;
		return;
		}

	delete texts_read[name];
	Input::remove(name);

	if ( source == machine_file )
		{
		# It is the first line.
		local of_machine = bytes_in("\n" + text, "MemTotal:");

		if ( of_machine > 0 )
			limit_to(int_to_count(of_machine));
		}

	else if ( source == groups_file )
		read_limits_of_groups(text);

	else if ( text != "" && text[0:3] != "max" )
		limit_to(to_count(strip(text)));
	}

# Runs that are made at once cannot wait for a thread. From 7.2 on, Zeek's metrics
# tell as much, but take longer. Before, they tell a script what Prometheus was
# told last, which is 0 at first.
function set_memory_at_once()
	{
@ifdef ( Telemetry::__collect_metrics )
@if ( Version::at_least("7.2.0") )
	local metrics = Telemetry::__collect_metrics("process", "resident_memory");

	for ( i in metrics )
		{
		local metric = metrics[i] as Telemetry::Metric;
		node_info$resident_memory = double_to_count(metric$value);
		}
@endif
@endif
	}

function set_memory(text: string)
	{
	local peak = bytes_in(text, "VmHWM:");
	local resident = bytes_in(text, "VmRSS:");
	local anonymous = bytes_in(text, "RssAnon:");
	local swapped = bytes_in(text, "VmSwap:");

	if ( peak >= 0 )
		node_info$peak_memory = int_to_count(peak);

	if ( resident >= 0 )
		node_info$resident_memory = int_to_count(resident);

	if ( anonymous >= 0 )
		node_info$anonymous_memory = int_to_count(anonymous);

	if ( swapped >= 0 )
		node_info$swapped_memory = int_to_count(swapped);

	if ( least_limit > 0 )
		node_info$memory_limit = least_limit;
	}

# Asks for the status, so that it comes while the run goes on, and then waits for
# it. Returns T while it may still come.
function memory_step(run: Run, deadline: time): bool
	{
	if ( reading_traces() || zeek_is_terminating() )
		{
		set_memory_at_once();
		return F;
		}

	if ( ! has_status )
		return F;

	if ( asked_in_run != run$number )
		{
		asked_in_run = run$number;
		asked_at = current_time();
		# Of a stream that is gone, Zeek complains each time.
		has_status = Input::force_update(stream_of(status_file));
		return has_status;
		}

	if ( answered_run != run$number )
		return current_time() - asked_at < longest_wait;

	set_memory(status_text);
	return F;
	}

event zeek_init() &priority=3
	{
	later_steps += Step($work=memory_step, $is_single_call=T);

	if ( reading_traces() )
		return;

	has_status = read_file(status_file);
	read_file(machine_file);
	read_file(groups_file);
	}
