##! An example for "my-stats profile". It works, and it has two faults of a kind
##! that is easily made and hard to find in production: see *names* and
##! *clients*.

module Lookups;

export {
	## Who asked for each name. Fault: nothing ever leaves it, so it grows for as
	## long as somebody looks up new names.
	global names: table[string] of set[addr];

	## Clients that were active lately. Fault: the expiry declared here is lost
	## when zeek_init below assigns a new table.
	global clients: table[addr] of count = table() &create_expire=1min;

	## Clients that were active in the last minute. This is how it should be.
	global recent: set[addr] &create_expire=1min;

	## Endings of names that are not looked at.
	const ignored = /\.(local|internal|home|lan|corp|test|invalid)$/ &redef;
}

event zeek_init()
	{
	clients = table();
	}

event dns_request(c: connection, msg: dns_msg, query: string, qtype: count, qclass: count)
	{
	if ( ignored in query )
		return;

	local client = c$id$orig_h;

	if ( query !in names )
		names[query] = set();

	add names[query][client];
	add recent[client];

	if ( client !in clients )
		clients[client] = 0;

	++clients[client];
	}
