@load ./my_stats
