##! Structures of all kinds: the set that the size model was made with.

@load ./measure

module Truth;

type R_Plain: record { first: time; last: time; orig: count; resp: count; ok: bool; };
type R_Optional: record { at: time; host: addr; note: string &optional; };
type R_Default: record { n: count &default=0; name: string &default=""; seen: bool &default=F; rate: double &default=0.0; };
type R_Many: record {
	uid: string; orig_h: addr; resp_h: addr; orig_p: port; resp_p: port;
	service: string &optional; duration: interval &optional; bytes: count &optional;
	user: string &optional; agent: string &optional; host: addr &optional; net: subnet &optional;
};
type R_Inner: record { a: count; b: addr; };
type R_Outer: record { id: count; inner: R_Inner; other: R_Inner &optional; };
type R_Lazy: record { id: count; peers: set[addr]; ports: vector of port; names: table[string] of count; };
type R_State: record { first: time; names: set[string]; note: string &optional; };
type R_Key: record { host: addr &optional; name: string &optional; };
type Colour: enum { RED, GREEN, BLUE };

function a4(i: count): addr { return count_to_v4_addr(167772160 + i); }
function a6(i: count): addr { return counts_to_addr(vector(536939960, 0, 0, i)); }
function big(i: count): count { return i * 7919 + 5000; }
function at(i: count): time { return double_to_time(1700000000.0 + i * 0.5); }
function span(i: count): interval { return double_to_interval(i * 0.25 + 0.1); }
function p(i: count): port { return count_to_port(i % 65536, tcp); }
function net(i: count): subnet { return count_to_v4_addr(i * 256) / 24; }

redef makers += {
["table[addr] of small counts"] = function(n: count): any
	{ local t: table[addr] of count; local i = 0; while ( i < n ) { t[a4(i)] = i % 100; ++i; } return t; },
["table[addr] of large counts"] = function(n: count): any
	{ local t: table[addr] of count; local i = 0; while ( i < n ) { t[a4(i)] = big(i); ++i; } return t; },
["table[addr] of counts, half large"] = function(n: count): any
	{ local t: table[addr] of count; local i = 0; while ( i < n ) { t[a4(i)] = i % 2 == 0 ? 1 : big(i); ++i; } return t; },
["set[addr], IPv4"] = function(n: count): any
	{ local t: set[addr]; local i = 0; while ( i < n ) { add t[a4(i)]; ++i; } return t; },
["set[addr], IPv6"] = function(n: count): any
	{ local t: set[addr]; local i = 0; while ( i < n ) { add t[a6(i)]; ++i; } return t; },
["set[subnet]"] = function(n: count): any
	{ local t: set[subnet]; local i = 0; while ( i < n ) { add t[net(i)]; ++i; } return t; },
["table[subnet] of string"] = function(n: count): any
	{ local t: table[subnet] of string; local i = 0; while ( i < n ) { t[net(i)] = word(i, 18); ++i; } return t; },
["set[port]"] = function(n: count): any
	{ local t: set[port]; local i = 0; while ( i < n ) { add t[p(i)]; ++i; } return t; },
["table[port] of interval"] = function(n: count): any
	{ local t: table[port] of interval; local i = 0; while ( i < n ) { t[p(i)] = span(i); ++i; } return t; },
["table[count] of enum"] = function(n: count): any
	{ local t: table[count] of Colour; local i = 0; while ( i < n ) { t[i] = i % 2 == 0 ? RED : BLUE; ++i; } return t; },
["set[string], 6 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 6)]; ++i; } return t; },
["set[string], 14 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 14)]; ++i; } return t; },
["set[string], 26 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 26)]; ++i; } return t; },
["set[string], 100 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 100)]; ++i; } return t; },
["set[string], 1,000 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 1000)]; ++i; } return t; },
["set[string], 5 to 120 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 5 + (i * 37) % 116)]; ++i; } return t; },
["table[string] of count"] = function(n: count): any
	{ local t: table[string] of count; local i = 0; while ( i < n ) { t[word(i, 12)] = i % 50; ++i; } return t; },
["table[string] of string"] = function(n: count): any
	{ local t: table[string] of string; local i = 0; while ( i < n ) { t[word(i, 12)] = word(i, 40); ++i; } return t; },
["table[count] of string, shared"] = function(n: count): any
	{ local t: table[count] of string; local s = word(1, 20); local i = 0; while ( i < n ) { t[i] = s; ++i; } return t; },
["table[count] of time"] = function(n: count): any
	{ local t: table[count] of time; local i = 0; while ( i < n ) { t[i] = at(i); ++i; } return t; },
["table[count] of double"] = function(n: count): any
	{ local t: table[count] of double; local i = 0; while ( i < n ) { t[i] = i * 1.5; ++i; } return t; },
["table[int] of bool"] = function(n: count): any
	{ local t: table[int] of bool; local i = 0; while ( i < n ) { t[-(i + 1)] = T; ++i; } return t; },
["set[time]"] = function(n: count): any
	{ local t: set[time]; local i = 0; while ( i < n ) { add t[at(i)]; ++i; } return t; },
["table[addr,port] of count"] = function(n: count): any
	{ local t: table[addr, port] of count; local i = 0; while ( i < n ) { t[a4(i / 3), p(i)] = i % 9; ++i; } return t; },
["set[addr,port,string]"] = function(n: count): any
	{ local t: set[addr, port, string]; local i = 0; while ( i < n ) { add t[a4(i), p(i), word(i, 10)]; ++i; } return t; },
["set[string,string]"] = function(n: count): any
	{ local t: set[string, string]; local i = 0; while ( i < n ) { add t[word(i, 10), word(i, 22)]; ++i; } return t; },
["table[count,count] of bool"] = function(n: count): any
	{ local t: table[count, count] of bool; local i = 0; while ( i < n ) { t[i, i + 1] = T; ++i; } return t; },
["table[conn_id] of count"] = function(n: count): any
	{ local t: table[conn_id] of count; local i = 0; while ( i < n ) { t[conn_id($orig_h=a4(i), $orig_p=p(i), $resp_h=a4(7), $resp_p=80/tcp)] = 1; ++i; } return t; },
["table of records as keys"] = function(n: count): any
	{ local t: table[R_Key] of count; local i = 0; while ( i < n ) { local k = R_Key(); if ( i % 2 == 0 ) k$host = a4(i); else k$name = word(i, 12); t[k] = 1; ++i; } return t; },
["table[addr] of set[string]"] = function(n: count): any
	{ local t: table[addr] of set[string]; local i = 0; while ( i < n ) { local s: set[string] = set(); local j = 0; while ( j <= i % 7 ) { add s[word(j * 1000 + i, 11)]; ++j; } t[a4(i)] = s; ++i; } return t; },
["table[addr,port] of set[string], 5 each"] = function(n: count): any
	{ local t: table[addr, port] of set[string]; local i = 0; while ( i < n ) { local s: set[string] = set(); local j = 0; while ( j < 5 ) { add s[word(j * 1000 + i, 13)]; ++j; } t[a4(i), p(i)] = s; ++i; } return t; },
["table[string] of table[addr] of count"] = function(n: count): any
	{ local t: table[string] of table[addr] of count; local i = 0; while ( i < n ) { local s: table[addr] of count = table(); local j = 0; while ( j < 20 ) { s[a4(j)] = j; ++j; } t[word(i, 10)] = s; ++i; } return t; },
["table[addr] of table[port] of set[addr]"] = function(n: count): any
	{ local t: table[addr] of table[port] of set[addr]; local i = 0; while ( i < n ) { local m: table[port] of set[addr] = table(); local j = 0; while ( j < 4 ) { m[p(j)] = set(a4(1), a4(2), a4(j)); ++j; } t[a4(i)] = m; ++i; } return t; },
["table[count] of empty sets"] = function(n: count): any
	{ local t: table[count] of set[addr]; local i = 0; while ( i < n ) { t[i] = set(); ++i; } return t; },
["table[count] of vector of count"] = function(n: count): any
	{ local t: table[count] of vector of count; local i = 0; while ( i < n ) { local v: vector of count = vector(); local j = 0; while ( j < 12 ) { v += j; ++j; } t[i] = v; ++i; } return t; },
["table[string] of vector of string"] = function(n: count): any
	{ local t: table[string] of vector of string; local i = 0; while ( i < n ) { local v: vector of string = vector(); local j = 0; while ( j < 3 ) { v += word(i + j, 17); ++j; } t[word(i, 9)] = v; ++i; } return t; },
["vector of count"] = function(n: count): any
	{ local v: vector of count; local i = 0; while ( i < n ) { v += i; ++i; } return v; },
["vector of count, copied"] = function(n: count): any
	{ local v: vector of count; local i = 0; while ( i < n ) { v += i; ++i; } return copy(v); },
["vector of string, 18 characters"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += word(i, 18); ++i; } return v; },
["vector of string, 300 characters"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += word(i, 300); ++i; } return v; },
["vector of string made by fmt()"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += fmt("host-%d.example.com", i); ++i; } return v; },
["table[string] of string made by cat()"] = function(n: count): any
	{ local t: table[string] of string; local i = 0; while ( i < n ) { t[cat("key ", i)] = cat("The value of ", i, word(i, i % 200)); ++i; } return t; },
["vector of addr"] = function(n: count): any
	{ local v: vector of addr; local i = 0; while ( i < n ) { v += a4(i); ++i; } return v; },
["vector of record"] = function(n: count): any
	{ local v: vector of R_Plain; local i = 0; while ( i < n ) { v += R_Plain($first=at(i), $last=at(i), $orig=i, $resp=i, $ok=T); ++i; } return v; },
["table[string] of record of numbers"] = function(n: count): any
	{ local t: table[string] of R_Plain; local i = 0; while ( i < n ) { t[word(i, 18)] = R_Plain($first=at(i), $last=at(i), $orig=i, $resp=i, $ok=T); ++i; } return t; },
["table[string] of record, option in half"] = function(n: count): any
	{ local t: table[string] of R_Optional; local i = 0; while ( i < n ) { local r = R_Optional($at=at(i), $host=a4(i)); if ( i % 2 == 0 ) r$note = word(i, 30); t[word(i, 18)] = r; ++i; } return t; },
["table[count] of record of defaults"] = function(n: count): any
	{ local t: table[count] of R_Default; local i = 0; while ( i < n ) { t[i] = R_Default(); ++i; } return t; },
["table[string] of record, many options"] = function(n: count): any
	{ local t: table[string] of R_Many; local i = 0; while ( i < n ) { local u = word(i, 18); local r = R_Many($uid=u, $orig_h=a4(i), $resp_h=a4(i + 1), $orig_p=p(i), $resp_p=80/tcp); if ( i % 3 == 0 ) { r$service = word(i, 8); r$bytes = big(i); } if ( i % 4 == 0 ) r$agent = word(i, 70); t[u] = r; ++i; } return t; },
["table[count] of record in record"] = function(n: count): any
	{ local t: table[count] of R_Outer; local i = 0; while ( i < n ) { local r = R_Outer($id=i, $inner=R_Inner($a=i, $b=a4(i))); if ( i % 2 == 0 ) r$other = R_Inner($a=i, $b=a4(i)); t[i] = r; ++i; } return t; },
["table[count] of record, containers never used"] = function(n: count): any
	{ local t: table[count] of R_Lazy; local i = 0; while ( i < n ) { t[i] = R_Lazy($id=i); ++i; } return t; },
["table[count] of record, containers in use"] = function(n: count): any
	{ local t: table[count] of R_Lazy; local i = 0; while ( i < n ) { local r = R_Lazy($id=i); add r$peers[a4(1)]; add r$peers[a4(2)]; r$ports += 80/tcp; r$names[word(i, 12)] = 1; t[i] = r; ++i; } return t; },
["table[addr] of record with a set"] = function(n: count): any
	{ local t: table[addr] of R_State; local i = 0; while ( i < n ) { local r = R_State($first=at(i)); local j = 0; while ( j < 3 ) { add r$names[word(i + j, 14)]; ++j; } if ( i % 2 == 0 ) r$note = word(i, 20); t[a4(i)] = r; ++i; } return t; },
["table[addr] of time &create_expire"] = function(n: count): any
	{ local t: table[addr] of time &create_expire=1day; local i = 0; while ( i < n ) { t[a4(i)] = at(i); ++i; } return t; },
["set[string] &read_expire"] = function(n: count): any
	{ local t: set[string] &read_expire=1hr; local i = 0; while ( i < n ) { add t[word(i, 18)]; ++i; } return t; },
["set[addr] after a peak of ten times as many"] = function(n: count): any
	{ local t: set[addr]; local i = 0; while ( i < 10 * n ) { add t[a4(i)]; ++i; } i = n; while ( i < 10 * n ) { delete t[a4(i)]; ++i; } peak = 10 * n; return t; },
["table[string] of count after a peak of twice as many"] = function(n: count): any
	{ local t: table[string] of count; local i = 0; while ( i < 2 * n ) { t[word(i, 16)] = 1; ++i; } i = n; while ( i < 2 * n ) { delete t[word(i, 16)]; ++i; } peak = 2 * n; return t; },
["table[string] of any"] = function(n: count): any
	{ local t: table[string] of any; local i = 0; while ( i < n ) { if ( i % 2 == 0 ) t[word(i, 12)] = big(i); else t[word(i, 12)] = word(i, 16); ++i; } return t; },
["vector of any"] = function(n: count): any
	{ local v: vector of any; local i = 0; while ( i < n ) { v[i] = i; ++i; } return v; },
["table[count] of function"] = function(n: count): any
	{ local t: table[count] of function(i: count): addr; local i = 0; while ( i < n ) { t[i] = a4; ++i; } return t; },
["vector of opaque of cardinality"] = function(n: count): any
	{ local v: vector of opaque of cardinality; local i = 0; while ( i < n ) { v += hll_cardinality_init(0.01, 0.95); ++i; } return v; },
["table[addr] of opaque of cardinality"] = function(n: count): any
	{ local t: table[addr] of opaque of cardinality; local i = 0; while ( i < n ) { local c = hll_cardinality_init(0.01, 0.95); hll_cardinality_add(c, i); t[a4(i)] = c; ++i; } return t; },
["table[count] of opaque of bloomfilter"] = function(n: count): any
	{ local t: table[count] of opaque of bloomfilter; local i = 0; while ( i < n ) { t[i] = bloomfilter_basic_init(0.01, 10000); ++i; } return t; },
["table[addr] of opaque of topk"] = function(n: count): any
	{ local t: table[addr] of opaque of topk; local i = 0; while ( i < n ) { local k = topk_init(100); local j = 0; while ( j < 50 ) { topk_add(k, word(j, 12)); ++j; } t[a4(i)] = k; ++i; } return t; },
["table[count] of opaque of sha256"] = function(n: count): any
	{ local t: table[count] of opaque of sha256; local i = 0; while ( i < n ) { local h = sha256_hash_init(); sha256_hash_update(h, "x"); t[i] = h; ++i; } return t; },
["table[count] of opaque of md5"] = function(n: count): any
	{ local t: table[count] of opaque of md5; local i = 0; while ( i < n ) { local h = md5_hash_init(); md5_hash_update(h, "x"); t[i] = h; ++i; } return t; },
["vector of opaque of entropy"] = function(n: count): any
	{ local v: vector of opaque of entropy; local i = 0; while ( i < n ) { local e = entropy_test_init(); entropy_test_add(e, "abc"); v += e; ++i; } return v; },
["pattern of words"] = function(n: count): any
	{ local s = word(1, 9); local i = 2; while ( i <= n ) { s = fmt("%s|%s", s, word(i, 9)); ++i; } return string_to_pattern(s, F); },
["pattern of escapes and classes"] = function(n: count): any
	{ local s = "(^|\\.)a[0-9]\\.com$"; local i = 2; while ( i <= n ) { s = fmt("%s|(^|\\.)%d[0-9a-f]+\\.com$", s, i); ++i; } return string_to_pattern(s, F); },
["string"] = function(n: count): any
	{ return string_fill(n * 10, "0123456789"); },
["table[count] of large strings"] = function(n: count): any
	{ local t: table[count] of string; local i = 0; while ( i < n ) { t[i] = string_fill(20000 + i % 1000, "abcdefghij"); ++i; } return t; },
};

redef divisors += {
	["table[addr,port] of set[string], 5 each"] = 10,
	["table[string] of table[addr] of count"] = 20,
	["table[addr] of table[port] of set[addr]"] = 20,
	["table[count] of vector of count"] = 5,
	["set[addr] after a peak of ten times as many"] = 10,
	["vector of opaque of cardinality"] = 300,
	["table[addr] of opaque of cardinality"] = 300,
	["table[count] of opaque of bloomfilter"] = 100,
	["table[addr] of opaque of topk"] = 100,
	["table[count] of opaque of sha256"] = 10,
	["table[count] of opaque of md5"] = 10,
	["vector of opaque of entropy"] = 20,
	["pattern of words"] = 30,
	["pattern of escapes and classes"] = 100,
	["table[count] of large strings"] = 100,
	["set[string], 1,000 characters"] = 10,
};
