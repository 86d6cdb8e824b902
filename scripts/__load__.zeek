@load ./my_stats
@load ./run
@load ./node
@load ./connections
@load ./on-demand
@load ./telemetry
