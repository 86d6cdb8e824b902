##! From Zeek 8.1 on a cluster has to be told what carries its messages. Here it is
##! Broker, as it was before.

@load base/misc/version

@if ( Version::at_least("8.1.0") )
@load policy/frameworks/cluster/backend/broker
@endif
