##! Structures written to try the size model on, then used to correct it.

@load ./measure

module Truth;

type R_Visit: record { client: addr; agent: string &optional; seen: count &default=1; };
type R_Book: record { title: string; pages: count; tags: set[string]; };
type R_Node: record { label: string; weight: double; parent: string &optional; };
type R_Poll: record { at: time; took: interval; ok: bool; code: count; };
type R_Peer: record { here: addr; there: addr; via: subnet &optional; };
type R_Group: record { leader: R_Peer; members: vector of R_Peer; note: string &optional; };
type R_Cache: record { body: string; mime: string; expires: time; };
type R_Query: record { id: count; qname: string; answers: vector of string; ttls: vector of interval; };
type R_Blank: record { a: count &optional; b: addr &optional; c: string &optional; d: double &optional; };
type R_Defaulted: record { first: count &default=7; second: interval &default=3sec; third: set[count] &default=set(); };
type Stage: enum { BEGIN, RUN, END };

function host4(i: count): addr { return count_to_v4_addr(1684300900 + i * 11); }
function host6(i: count): addr { return counts_to_addr(vector(536940045, i, 3, i * 2)); }
function clock(i: count): time { return double_to_time(1710000000.0 + i * 7.25); }
function domain(i: count): string { return word(i, 10 + (i * 13) % 25); }

redef makers += {
["set[addr], IPv4 and IPv6"] = function(n: count): any
	{ local t: set[addr]; local i = 0; while ( i < n ) { add t[i % 2 == 0 ? host4(i) : host6(i)]; ++i; } return t; },
["set[subnet], nested networks"] = function(n: count): any
	{ local t: set[subnet]; local i = 0; while ( i < n ) { add t[count_to_v4_addr((i / 4) * 4096) / (20 + i % 4)]; ++i; } return t; },
["set[interval]"] = function(n: count): any
	{ local t: set[interval]; local i = 0; while ( i < n ) { add t[i * 2.5sec]; ++i; } return t; },
["set[double]"] = function(n: count): any
	{ local t: set[double]; local i = 0; while ( i < n ) { add t[i * 3.25]; ++i; } return t; },
["set[string], 10 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 10)]; ++i; } return t; },
["set[string], 64 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 64)]; ++i; } return t; },
["set[string], 500 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 500)]; ++i; } return t; },
["set[addr,string]"] = function(n: count): any
	{ local t: set[addr, string]; local i = 0; while ( i < n ) { add t[host4(i), domain(i)]; ++i; } return t; },
["set[count,string,addr]"] = function(n: count): any
	{ local t: set[count, string, addr]; local i = 0; while ( i < n ) { add t[i, word(i, 12), host6(i)]; ++i; } return t; },
["set[addr,port,addr,port]"] = function(n: count): any
	{ local t: set[addr, port, addr, port]; local i = 0; while ( i < n ) { add t[host4(i), 1/tcp, host4(i + 2), 53/udp]; ++i; } return t; },
["table[addr,enum] of count"] = function(n: count): any
	{ local t: table[addr, Stage] of count; local i = 0; while ( i < n ) { t[host4(i), RUN] = i % 40; ++i; } return t; },
["table[string] of bool"] = function(n: count): any
	{ local t: table[string] of bool; local i = 0; while ( i < n ) { t[domain(i)] = T; ++i; } return t; },
["table[string] of port"] = function(n: count): any
	{ local t: table[string] of port; local i = 0; while ( i < n ) { t[word(i, 17)] = 993/tcp; ++i; } return t; },
["table[string] of subnet"] = function(n: count): any
	{ local t: table[string] of subnet; local i = 0; while ( i < n ) { t[word(i, 17)] = host4(i) / 16; ++i; } return t; },
["table[count] of int"] = function(n: count): any
	{ local t: table[count] of int; local i = 0; while ( i < n ) { t[i] = -(i + 1000); ++i; } return t; },
["table[addr] of double"] = function(n: count): any
	{ local t: table[addr] of double; local i = 0; while ( i < n ) { t[host6(i)] = i / 3.0; ++i; } return t; },
["table[addr] of string, 20 characters"] = function(n: count): any
	{ local t: table[addr] of string; local i = 0; while ( i < n ) { t[host4(i)] = word(i, 20); ++i; } return t; },
["table[string] of string, 5 to 400 characters"] = function(n: count): any
	{ local t: table[string] of string; local i = 0; while ( i < n ) { t[word(i, 15)] = word(i, 5 + (i * 31) % 396); ++i; } return t; },
["table[addr] of R_Visit &read_expire"] = function(n: count): any
	{ local t: table[addr] of R_Visit &read_expire=10min; local i = 0; while ( i < n ) { local r = R_Visit($client=host4(i)); if ( i % 5 == 0 ) r$agent = word(i, 60); t[r$client] = r; ++i; } return t; },
["table[string] of R_Book"] = function(n: count): any
	{ local t: table[string] of R_Book; local i = 0; while ( i < n ) { local r = R_Book($title=word(i, 20), $pages=i, $tags=set(word(1, 5), word(2, 9), word(i, 12))); t[r$title] = r; ++i; } return t; },
["vector of R_Node"] = function(n: count): any
	{ local v: vector of R_Node; local i = 0; while ( i < n ) { local r = R_Node($label=word(i, 12), $weight=0.5); if ( i > 0 ) r$parent = v[i - 1]$label; v += r; ++i; } return v; },
["table[count] of vector of R_Poll"] = function(n: count): any
	{ local t: table[count] of vector of R_Poll; local i = 0; while ( i < n ) { local v: vector of R_Poll = vector(); local j = 0; while ( j < 6 ) { v += R_Poll($at=clock(j), $took=1sec, $ok=T, $code=200); ++j; } t[i] = v; ++i; } return t; },
["table[count] of R_Group"] = function(n: count): any
	{ local t: table[count] of R_Group; local i = 0; while ( i < n ) { local r = R_Group($leader=R_Peer($here=host4(i), $there=host4(i + 1)), $members=vector()); local j = 0; while ( j < 2 ) { r$members += R_Peer($here=host4(j), $there=host6(j)); ++j; } t[i] = r; ++i; } return t; },
["table[string] of R_Cache"] = function(n: count): any
	{ local t: table[string] of R_Cache; local i = 0; while ( i < n ) { t[word(i, 40)] = R_Cache($body=word(i, 1200), $mime=word(i, 9), $expires=clock(i)); ++i; } return t; },
["table[count] of R_Query"] = function(n: count): any
	{ local t: table[count] of R_Query; local i = 0; while ( i < n ) { local r = R_Query($id=i, $qname=domain(i), $answers=vector(), $ttls=vector()); local j = 0; while ( j < i % 4 ) { r$answers += word(j, 14); r$ttls += 1min; ++j; } t[i] = r; ++i; } return t; },
["vector of R_Blank, all unset"] = function(n: count): any
	{ local v: vector of R_Blank; local i = 0; while ( i < n ) { v += R_Blank(); ++i; } return v; },
["vector of R_Blank, addresses set"] = function(n: count): any
	{ local v: vector of R_Blank; local i = 0; while ( i < n ) { v += R_Blank($b=host4(i)); ++i; } return v; },
["table[addr] of R_Defaulted"] = function(n: count): any
	{ local t: table[addr] of R_Defaulted; local i = 0; while ( i < n ) { t[host4(i)] = R_Defaulted(); ++i; } return t; },
["table[string] of set[string], 30 each"] = function(n: count): any
	{ local t: table[string] of set[string]; local i = 0; while ( i < n ) { local s: set[string] = set(); local j = 0; while ( j < 30 ) { add s[word(j * 77 + i, 18)]; ++j; } t[word(i, 13)] = s; ++i; } return t; },
["table[addr] of table[addr] of count, 1 to 50"] = function(n: count): any
	{ local t: table[addr] of table[addr] of count; local i = 0; while ( i < n ) { local s: table[addr] of count = table(); local j = 0; while ( j <= (i * 7) % 50 ) { s[host4(j)] = j; ++j; } t[host4(i)] = s; ++i; } return t; },
["set[string] after a peak of four times as many"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < 4 * n ) { add t[word(i, 21)]; ++i; } i = n; while ( i < 4 * n ) { delete t[word(i, 21)]; ++i; } peak = 4 * n; return t; },
["table[addr] of opaque of bloomfilter"] = function(n: count): any
	{ local t: table[addr] of opaque of bloomfilter; local i = 0; while ( i < n ) { t[host4(i)] = bloomfilter_basic_init(0.001, 5000); ++i; } return t; },
["vector of opaque of md5"] = function(n: count): any
	{ local v: vector of opaque of md5; local i = 0; while ( i < n ) { v += md5_hash_init(); ++i; } return v; },
["pattern of domains"] = function(n: count): any
	{ local s = word(1, 14); local i = 2; while ( i <= n ) { s = fmt("%s|%s\\.org", s, word(i, 14)); ++i; } return string_to_pattern(s, F); },
["table[string] of function"] = function(n: count): any
	{ local t: table[string] of function(i: count): time; local i = 0; while ( i < n ) { t[word(i, 16)] = clock; ++i; } return t; },
["vector of any, strings"] = function(n: count): any
	{ local v: vector of any; local i = 0; while ( i < n ) { v[i] = word(i, 13); ++i; } return v; },
};

redef divisors += {
	["set[string], 500 characters"] = 4,
	["table[string] of R_Book"] = 4,
	["table[count] of vector of R_Poll"] = 8,
	["table[count] of R_Group"] = 6,
	["table[string] of R_Cache"] = 5,
	["table[count] of R_Query"] = 3,
	["table[string] of set[string], 30 each"] = 20,
	["table[addr] of table[addr] of count, 1 to 50"] = 20,
	["set[string] after a peak of four times as many"] = 4,
	["table[addr] of opaque of bloomfilter"] = 60,
	["vector of opaque of md5"] = 6,
	["pattern of domains"] = 60,
};
