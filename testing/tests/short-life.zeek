# @TEST-DOC: A process that ends before its first run still has one; each run's rows are complete.
# @TEST-EXEC: zeek $PACKAGE %INPUT
# @TEST-EXEC: zeek-cut run trigger variables_logged < my_stats_node.log | while read run trigger rows; do test "$rows" = $(zeek-cut run < my_stats.log | grep -c "^$run$") && echo $run $trigger complete; done > runs
# @TEST-EXEC: btest-diff runs
