# @TEST-DOC: A variable too large to visit is sampled or computed, then scaled or kept; its size stays near the truth.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out
# @TEST-EXEC: $DIFF_VERSION out

redef exit_only_after_terminate = T;
# What is looked at depends on what a look is expected to cost, not on what the
# clock says meanwhile: a look here is taken to be slow, and there is plenty of
# time, so that a busy machine changes nothing.
redef my_stats::max_pause = 1sec;

module Large;

global start: event();

global fixed: table[addr] of count;
global texts: set[string];
global nested: table[string] of set[count];
global n = 0;

# Bytes, before Zeek 5.0, are with what hash tables happen to keep free.
@ifdef ( val_footprint )
const tolerance = 0.03;
@else
const tolerance = 0.3;
@endif

function grow(more: count)
	{
	local stop = n + more;

	while ( n < stop )
		{
		fixed[count_to_v4_addr(n)] = n;
		add texts[fmt("%080d", n)];
		nested[fmt("%d", n)] = set(1, 2, 3);
		++n;
		}
	}

hook my_stats::variable_measured(info: my_stats::Info, is_logged: bool)
	{
	if ( info$module_name != "Large" || info$variable == "Large::n" )
		return;

@ifdef ( val_footprint )
	local truth = val_footprint(lookup_ID(info$variable));
@else
	local truth = val_size(lookup_ID(info$variable));
@endif
	local ratio = info$size * 1.0 / truth;
	print info$run, info$variable, info$entries, info$method, info?$measured_entries ? info$measured_entries : 0,
	    ratio > 1.0 - tolerance && ratio < 1.0 + tolerance ? "near the truth" : fmt("%s instead of %s", info$size, truth);
	}

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	if ( info$run == 1 )
		{
		grow(10000);
		my_stats::start_run("request");
		}

	if ( info$run == 2 )
		my_stats::start_run("request");

	if ( info$run == 3 )
		terminate();
	}

event zeek_init()
	{
	grow(30000);
	}

event start()
	{
	my_stats::start_run("request");
	}

event zeek_init() &priority=-2000
	{
	event Large::start();
	}

module my_stats;

event zeek_init()
	{
	visit_cost = 1msec;
	}
