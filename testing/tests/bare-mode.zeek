# @TEST-DOC: Bare mode: the package loads what it needs.
# @TEST-EXEC: zeek -b $PACKAGE %INPUT 2>errors
# @TEST-EXEC: cat errors && test ! -s errors
# @TEST-EXEC: zeek-cut variable size unit entries method < my_stats.log | grep Here > rows
# @TEST-EXEC: $DIFF_VERSION rows
# @TEST-EXEC: test $(zeek-cut run < my_stats_node.log) = 1
# @TEST-EXEC: test -s my_stats_variable.log

redef my_stats::min_var_size_to_log = 0;
# Budgets depend on the clock; what is tested here does not.
redef my_stats::max_pause = 1sec;

module Here;
global things: table[string] of count = { ["a"] = 1 };
