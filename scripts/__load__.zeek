@load ./my_stats
@load ./run
@load ./describe
@load ./node
@load ./connections
@load ./on-demand
@load ./telemetry
