@load ./my_stats
@load ./run
@load ./schedule
@load ./describe
@load ./node
@load ./connections
@load ./on-demand
@load ./telemetry
