##! Keeps gauges of the largest variables through Zeek's Telemetry framework,
##! which Prometheus can scrape. Off unless *metrics_top* is set.

@load base/misc/version

@load ./node

module my_stats;

# Before 7.0 the framework is another one.
@if ( Version::at_least("7.0.0") )

@load base/frameworks/telemetry

# Series cannot be removed: once a variable has one, it is kept up to date. So
# that they stay few, no more than this many times *metrics_top* are made.
const max_series_factor = 4;

# The sizes in the run under way, by variable, and the same as two vectors to
# rank them by.
global sizes_seen: table[string] of Info;
global names_to_rank: vector of string;
global sizes_to_rank: vector of count;

# The variables that have a series.
global with_series: set[string];
global series: vector of string;

# While gauges are set: which series is next.
global next_series = 0;

global size_gauge: Telemetry::GaugeFamily;
global entries_gauge: Telemetry::GaugeFamily;
global duration_gauge: Telemetry::GaugeFamily;
global pause_gauge: Telemetry::GaugeFamily;
global are_registered = F;

function register_gauges()
	{
	are_registered = T;

	size_gauge = Telemetry::register_gauge_family([$prefix="zeek", $name="my_stats_variable_size",
	    $unit="1", $label_names=vector("module", "variable", "unit"),
	    $help_text="Size of a global variable, in the unit of the label"]);
	entries_gauge = Telemetry::register_gauge_family([$prefix="zeek", $name="my_stats_variable_entries",
	    $unit="1", $label_names=vector("module", "variable"),
	    $help_text="Number of entries of a global table, set or vector"]);
	duration_gauge = Telemetry::register_gauge_family([$prefix="zeek", $name="my_stats_run_duration",
	    $unit="seconds", $help_text="How long the last run held up the process in all"]);
	pause_gauge = Telemetry::register_gauge_family([$prefix="zeek", $name="my_stats_longest_pause",
	    $unit="seconds", $help_text="How long the last run held up the process at a time"]);
	}

function set_gauges(info: Info)
	{
	if ( info?$size )
		Telemetry::gauge_family_set(size_gauge,
		    vector(info$module_name, info$variable, info$unit), info$size + 0.0);

	if ( info?$entries )
		Telemetry::gauge_family_set(entries_gauge,
		    vector(info$module_name, info$variable), info$entries + 0.0);
	}

# Gives a series to the largest variables that have none, as long as there are
# places.
function choose_series()
	{
	local smallest_first = order(sizes_to_rank);
	local rank = |smallest_first|;
	local chosen = 0;

	while ( rank > 0 && chosen < metrics_top && |series| < metrics_top * max_series_factor )
		{
		--rank;
		++chosen;
		local name = names_to_rank[smallest_first[rank]];

		if ( name !in with_series )
			{
			add with_series[name];
			series += name;
			}
		}

	names_to_rank = vector();
	sizes_to_rank = vector();
	}

hook variable_measured(info: Info, is_logged: bool)
	{
	if ( metrics_top == 0 )
		return;

	sizes_seen[info$variable] = info;
	names_to_rank += info$variable;
	sizes_to_rank += info?$size ? info$size : (info?$entries ? info$entries : 0);
	}

function gauge_step(run: Run, deadline: time): bool
	{
	if ( metrics_top == 0 )
		{
		sizes_seen = table();
		return F;
		}

	if ( ! are_registered )
		register_gauges();

	if ( |names_to_rank| > 0 )
		choose_series();

	while ( next_series < |series| )
		{
		local name = series[next_series];
		++next_series;

		if ( name in sizes_seen )
			set_gauges(sizes_seen[name]);

		if ( current_time() >= deadline )
			return T;
		}

	next_series = 0;
	sizes_seen = table();
	return F;
	}

hook node_measured(info: NodeInfo)
	{
	if ( ! are_registered )
		return;

	Telemetry::gauge_family_set(duration_gauge, vector(), interval_to_double(info$duration));
	Telemetry::gauge_family_set(pause_gauge, vector(), interval_to_double(info$longest_pause));
	}

event zeek_init() &priority=4
	{
	later_steps += Step($work=gauge_step);
	}
@endif
