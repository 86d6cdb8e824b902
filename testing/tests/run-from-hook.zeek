# @TEST-DOC: A hook that starts the next run at the end of each does no harm, not even where runs are made at once.
# @TEST-EXEC: zeek $PACKAGE %INPUT >out 2>errors
# @TEST-EXEC: cat errors; test ! -s errors
# @TEST-EXEC: btest-diff out

hook my_stats::node_measured(info: my_stats::NodeInfo)
	{
	print info$run, info$trigger;
	my_stats::start_run("request");
	}
