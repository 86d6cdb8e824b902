##! Raises a notice when a variable is larger than a limit. Off unless
##! *notice_limit* or *notice_limits* is set, and where the Notice framework is
##! not loaded.

@load ./my_stats

module my_stats;

@ifdef ( Notice::Type )

export {
	redef enum Notice::Type += {
		## A variable of a node is larger than its limit.
		Large_Variable,
	};

	## The size from which on a notice is raised of a variable, in the unit of
	## the *size* in my_stats.log; of one that was not measured, its entries. 0
	## raises none.
	option notice_limit = 0 &redef;

	## The same for single variables, by their full names, in place of
	## *notice_limit*; 0 raises none.
	option notice_limits: table[string] of count = table() &redef;
}

# One that goes to and fro around its limit; a redef of it is the user's.
redef Notice::type_suppression_intervals += { [my_stats::Large_Variable] = 1day };

# The variables of which a notice was raised, until they are smaller again.
global noticed: set[string];

hook variable_measured(info: Info, is_logged: bool)
	{
	if ( notice_limit == 0 && |notice_limits| == 0 )
		return;

	local limit = info$variable in notice_limits ? notice_limits[info$variable] : notice_limit;
	local size = info?$size ? info$size : (info?$entries ? info$entries : 0);

	if ( limit == 0 || size < limit )
		{
		delete noticed[info$variable];
		return;
		}

	if ( info$variable in noticed )
		return;

	add noticed[info$variable];
	local unit = info?$size ? info$unit : "entries";
	local entries = info?$size && info?$entries ? fmt(", %d entries", info$entries) : "";
	NOTICE([$note=Large_Variable,
	    $msg=fmt("%s on %s is larger than %d %s: it has %d%s", info$variable, info$node, limit,
	    unit, size, entries),
	    $sub=info$variable, $n=size,
	    $identifier=fmt("%s %s", info$node, info$variable)]);
	}

@endif
