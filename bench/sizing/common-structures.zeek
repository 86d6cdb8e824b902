##! Structures of the shapes that Zeek's own scripts and packages have: written to try
##! the size model on, then used to correct it.

@load ./measure

module Truth;

type R_Meta: record { source: string; desc: string &optional; url: string &optional; };
type R_Store: record { hosts: table[addr] of table[string] of R_Meta; nets: set[subnet]; words: set[string]; };
type R_SumKey: record { str: string &optional; host: addr &optional; };
type R_Result: record { begin: time; finish: time; num: count &default=0; total: double &optional; best: double &optional; };
type R_Version: record { major: count &optional; minor: count &optional; addl: string &optional; };
type R_Software: record { ts: time; host: addr; name: string; version: R_Version; raw: string &optional; };
type R_Lease: record {
	ts: time; uids: set[string]; client: addr &optional; server: addr &optional; mac: string &optional;
	host: string &optional; domain: string &optional; lease: interval &optional; messages: vector of string &optional;
};
type R_Session: record { uid: string; id: conn_id; start: time; command: string &default="<unknown>"; replies: vector of string; depth: count &default=0; };
type R_Score: record { hits: count; misses: count; rate: double; };
type Level: enum { LOW, MIDDLE, HIGH };

function ip(i: count): addr { return count_to_v4_addr(2886729728 + i * 5); }
function name_of(i: count): string { return word(i, 8 + i % 33); }
function then(i: count): time { return double_to_time(1600000000.0 + i * 2); }
function id_of(i: count): conn_id { return conn_id($orig_h=ip(i), $orig_p=count_to_port(1024 + i % 60000, tcp), $resp_h=ip(i + 1), $resp_p=443/tcp); }

redef makers += {
["set[addr] &create_expire"] = function(n: count): any
	{ local t: set[addr] &create_expire=1day; local i = 0; while ( i < n ) { add t[ip(i)]; ++i; } return t; },
["set[string] of domain names"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[name_of(i)]; ++i; } return t; },
["set[addr,count]"] = function(n: count): any
	{ local t: set[addr, count]; local i = 0; while ( i < n ) { add t[ip(i), i]; ++i; } return t; },
["set[port,enum]"] = function(n: count): any
	{ local t: set[port, Level]; local i = 0; while ( i < n ) { add t[count_to_port(i % 65536, tcp), i % 3 == 0 ? LOW : HIGH]; ++i; } return t; },
["table[enum,string] of time"] = function(n: count): any
	{ local t: table[Level, string] of time; local i = 0; while ( i < n ) { t[MIDDLE, name_of(i)] = then(i); ++i; } return t; },
["table[string,string,string] of count"] = function(n: count): any
	{ local t: table[string, string, string] of count; local i = 0; while ( i < n ) { t[word(i, 9), word(i, 15), word(i, 6)] = 1; ++i; } return t; },
["table[double] of double"] = function(n: count): any
	{ local t: table[double] of double; local i = 0; while ( i < n ) { t[i * 0.7] = i * 0.3; ++i; } return t; },
["table[string] of time"] = function(n: count): any
	{ local t: table[string] of time; local i = 0; while ( i < n ) { t[name_of(i)] = then(i); ++i; } return t; },
["table[string] of interval"] = function(n: count): any
	{ local t: table[string] of interval; local i = 0; while ( i < n ) { t[word(i, 20)] = 1msec * i; ++i; } return t; },
["table[addr] of count, most seen once"] = function(n: count): any
	{ local t: table[addr] of count &default=0; local i = 0; while ( i < n ) { ++t[ip(i)]; if ( i % 10 == 0 ) t[ip(i)] = 100000 + i; ++i; } return t; },
["table[addr] of port"] = function(n: count): any
	{ local t: table[addr] of port; local i = 0; while ( i < n ) { t[ip(i)] = 80/tcp; ++i; } return t; },
["table[addr] of subnet"] = function(n: count): any
	{ local t: table[addr] of subnet; local i = 0; while ( i < n ) { t[ip(i)] = ip(i) / 24; ++i; } return t; },
["table[subnet] of count"] = function(n: count): any
	{ local t: table[subnet] of count; local i = 0; while ( i < n ) { t[count_to_v4_addr(1000000 + i * 512) / 23] = i % 70; ++i; } return t; },
["table[addr] of string, 45 characters"] = function(n: count): any
	{ local t: table[addr] of string; local i = 0; while ( i < n ) { t[ip(i)] = word(i, 45); ++i; } return t; },
["table[count] of set[count]"] = function(n: count): any
	{ local t: table[count] of set[count]; local i = 0; while ( i < n ) { t[i] = set(1, 2, 3, 4, 5, 6, 7, 8, 9); ++i; } return t; },
["table[string] of set[subnet]"] = function(n: count): any
	{ local t: table[string] of set[subnet]; local i = 0; while ( i < n ) { t[word(i, 11)] = set(ip(i) / 24, ip(i + 100) / 20); ++i; } return t; },
["table[string] of table[addr,port] of time"] = function(n: count): any
	{ local t: table[string] of table[addr, port] of time; local i = 0; while ( i < n ) { local s: table[addr, port] of time = table(); local j = 0; while ( j < 1 + i % 12 ) { s[ip(j), 80/tcp] = then(j); ++j; } t[name_of(i)] = s; ++i; } return t; },
["table of sums by key"] = function(n: count): any
	{ local t: table[R_SumKey] of table[string] of R_Result; local i = 0; while ( i < n ) { local r = R_Result($begin=then(i), $finish=then(i)); if ( i % 2 == 0 ) r$total = 1.0 * i; t[R_SumKey($host=ip(i))] = table(["stream"] = r); ++i; } return t; },
["table[addr] of table[string] of R_Meta"] = function(n: count): any
	{ local t: table[addr] of table[string] of R_Meta; local i = 0; while ( i < n ) { local m = R_Meta($source=word(1, 12)); if ( i % 2 == 0 ) m$desc = word(i, 28); t[ip(i)] = table(["feed"] = m); ++i; } return t; },
["table[addr] of table[string] of R_Software"] = function(n: count): any
	{ local t: table[addr] of table[string] of R_Software; local i = 0; while ( i < n ) { local s: table[string] of R_Software = table(); local j = 0; while ( j < 2 ) { local w = word(j, 10); s[w] = R_Software($ts=then(i), $host=ip(i), $name=w, $version=R_Version($major=2, $minor=1), $raw=word(i, 30)); ++j; } t[ip(i)] = s; ++i; } return t; },
["table[count] of R_Lease"] = function(n: count): any
	{ local t: table[count] of R_Lease; local i = 0; while ( i < n ) { local r = R_Lease($ts=then(i), $uids=set(word(i, 18))); r$client = ip(i); r$mac = word(i, 17); if ( i % 2 == 0 ) { r$host = word(i, 14); r$lease = 1hr; } r$messages = vector(word(i, 8), word(i, 5)); t[i] = r; ++i; } return t; },
["table[conn_id] of R_Session"] = function(n: count): any
	{ local t: table[conn_id] of R_Session; local i = 0; while ( i < n ) { local k = id_of(i); local r = R_Session($uid=word(i, 18), $id=k, $start=then(i)); local j = 0; while ( j < 2 ) { r$replies += word(j, 22); ++j; } t[k] = r; ++i; } return t; },
["vector of bool"] = function(n: count): any
	{ local v: vector of bool; local i = 0; while ( i < n ) { v += i % 2 == 0; ++i; } return v; },
["vector of time, resized"] = function(n: count): any
	{ local v: vector of time; resize(v, n); local i = 0; while ( i < n ) { v[i] = then(i); ++i; } return v; },
["vector of R_Score"] = function(n: count): any
	{ local v: vector of R_Score; local i = 0; while ( i < n ) { v += R_Score($hits=i, $misses=1, $rate=0.5); ++i; } return v; },
["vector of table[string] of count"] = function(n: count): any
	{ local v: vector of table[string] of count; local i = 0; while ( i < n ) { local s: table[string] of count = table(); local j = 0; while ( j < 8 ) { s[word(j, 16)] = j; ++j; } v += s; ++i; } return v; },
["table[string] of vector of vector of count"] = function(n: count): any
	{ local t: table[string] of vector of vector of count; local i = 0; while ( i < n ) { local v: vector of vector of count = vector(); local j = 0; while ( j < 3 ) { v += vector(1, 2, 3, 4); ++j; } t[word(i, 12)] = v; ++i; } return t; },
["a record of tables"] = function(n: count): any
	{ local r = R_Store(); local i = 0; while ( i < n ) { r$hosts[ip(i)] = table(["x"] = R_Meta($source=word(i, 10))); add r$nets[count_to_v4_addr(i * 1024) / 22]; add r$words[word(i, 24)]; ++i; } return r; },
["set[string], cleared and filled again"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < 3 * n ) { add t[word(i, 12)]; ++i; } clear_table(t); i = 0; while ( i < n ) { add t[word(i, 12)]; ++i; } peak = 3 * n; return t; },
["table[addr] of R_Score, a fifth left"] = function(n: count): any
	{ local t: table[addr] of R_Score; local i = 0; while ( i < 5 * n ) { t[ip(i)] = R_Score($hits=i, $misses=1, $rate=0.5); ++i; } i = n; while ( i < 5 * n ) { delete t[ip(i)]; ++i; } peak = 5 * n; return t; },
["vector of opaque of topk"] = function(n: count): any
	{ local v: vector of opaque of topk; local i = 0; while ( i < n ) { local k = topk_init(40); local j = 0; while ( j < 40 ) { topk_add(k, ip(j)); ++j; } v += k; ++i; } return v; },
["table[string] of any, records"] = function(n: count): any
	{ local t: table[string] of any; local i = 0; while ( i < n ) { t[word(i, 14)] = R_Score($hits=i, $misses=i, $rate=0.1); ++i; } return t; },
["pattern of one class"] = function(n: count): any
	{ local s = "[a-zA-Z0-9]{3}"; local i = 2; while ( i <= n ) { s = fmt("%s|%d[xyz]", s, i); ++i; } return string_to_pattern(s, F); },
["string made by fmt()"] = function(n: count): any
	{ return fmt("%s and %s", string_fill(n, "x"), string_fill(n, "y")); },
};

redef divisors += {
	["table[count] of set[count]"] = 10,
	["table[string] of set[subnet]"] = 5,
	["table[string] of table[addr,port] of time"] = 10,
	["table of sums by key"] = 4,
	["table[addr] of table[string] of R_Meta"] = 4,
	["table[addr] of table[string] of R_Software"] = 8,
	["table[count] of R_Lease"] = 4,
	["table[conn_id] of R_Session"] = 4,
	["vector of table[string] of count"] = 10,
	["table[string] of vector of vector of count"] = 6,
	["a record of tables"] = 4,
	["set[string], cleared and filled again"] = 3,
	["table[addr] of R_Score, a fifth left"] = 5,
	["vector of opaque of topk"] = 60,
	["pattern of one class"] = 60,
};
