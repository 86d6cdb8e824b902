# @TEST-DOC: States of patterns are counted, once, and again where a pattern has changed.
# @TEST-REQUIRES: zeek -b -e 'global f: Log::PolicyHook;'
# @TEST-EXEC: zeek -b $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: ! grep -v "received termination signal" errors
# @TEST-EXEC: test ! -e reporter.log || ! grep -vE "^#|received termination signal" reporter.log
# @TEST-EXEC: btest-diff out

redef exit_only_after_terminate = T;
redef my_stats::remeasure_interval = 0sec;
redef my_stats::min_var_size_to_log = 0;
# One of a million characters takes many slices.
redef my_stats::max_pause = 2msec;

const words = /alpha|bravo|charlie/;
const sum = /first/ &redef;
redef sum += /(a|b)+c{2,4}[[:digit:]]\.com/;
const odd = /[]a]|[^[:alpha:]\]]{2,}|"quoted (text)"|\x2f\101(?i:Any)/;
global later: pattern;
global unset: pattern;
global changing = /one/;
global long: pattern;

event zeek_init()
	{
	later = string_to_pattern("[abc]+\\.com", F);
	long = string_to_pattern(string_cat("a{1,3}", string_fill(1000000, "b|")), F);
	}

event start() { my_stats::start_run("request"); }
event zeek_init() &priority=-2000 { event start(); }

hook my_stats::run_measured(run: my_stats::Run)
	{
	if ( run$trigger == "exit" )
		return;

	if ( run$number == 3 )
		{
		terminate();
		return;
		}

	if ( run$number == 1 )
		changing = string_to_pattern("two|three|[a-z]{9}", F);

	my_stats::start_run("request");
	}

hook my_stats::log_policy_variable(rec: my_stats::VariableInfo, id: Log::ID, filter: Log::Filter)
	{
	if ( rec$var_type == "pattern" && rec$module_name == "GLOBAL" )
		print rec$variable, rec?$pattern_states ? cat(rec$pattern_states) : "-",
		    rec?$pattern_classes ? cat(rec$pattern_classes) : "-",
		    rec?$pattern_origin ? rec$pattern_origin : "-";
	}
