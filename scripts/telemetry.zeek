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

# The sizes in the run under way, by variable.
global sizes_seen: table[string] of Info;

# The variables that have a series.
global with_series: set[string];

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

# The variables that shall get a series: the largest that have none, as long as
# there are places.
function choose_series()
	{
	local names: vector of string = vector();
	local sizes: vector of count = vector();

	for ( name, info in sizes_seen )
		{
		names[|names|] = name;
		sizes[|sizes|] = info?$size ? info$size : (info?$entries ? info$entries : 0);
		}

	local smallest_first = order(sizes);
	local rank = |smallest_first|;
	local chosen = 0;

	while ( rank > 0 && chosen < metrics_top )
		{
		--rank;
		++chosen;

		if ( |with_series| < metrics_top * max_series_factor )
			add with_series[names[smallest_first[rank]]];
		}
	}

hook variable_measured(info: Info, is_logged: bool)
	{
	if ( metrics_top > 0 )
		sizes_seen[info$variable] = info;
	}

hook node_measured(info: NodeInfo)
	{
	if ( metrics_top == 0 )
		return;

	if ( ! are_registered )
		register_gauges();

	choose_series();

	for ( name in with_series )
		if ( name in sizes_seen )
			set_gauges(sizes_seen[name]);

	Telemetry::gauge_family_set(duration_gauge, vector(), interval_to_double(info$duration));
	Telemetry::gauge_family_set(pause_gauge, vector(), interval_to_double(info$longest_pause));
	sizes_seen = table();
	}
@endif
