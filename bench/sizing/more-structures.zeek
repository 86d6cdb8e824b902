##! More structures: written to try the size model on, then used to correct it.

@load ./measure

module Truth;

type R_Flow: record { id: conn_id; start: time; bytes: count &default=0; history: string &optional; };
type R_Site: record { name: string; nets: set[subnet] &optional; ports: vector of port &optional; owner: string &optional; up: bool &default=T; };
type R_Step: record { at: time; what: string; };
type R_Trail: record { uid: string; steps: vector of R_Step; last: R_Step &optional; };
type R_Host6: record { ip: addr; mac: string; first: time; last: time &optional; names: set[string] &optional; };
type R_Tiny: record { n: count; };
type R_Wide: record {
	a: count; b: count; c: count; d: double; e: interval; f: time; g: bool; h: port;
	i: int &optional; j: count &optional; k: double &optional; l: time &optional; m: bool &optional; n: count &optional;
};
type R_Pair: record { src: addr; dst: addr; };

function v4(i: count): addr { return count_to_v4_addr(3232235520 + i); }
function v6(i: count): addr { return counts_to_addr(vector(536939961, 77, i, 1)); }
function num(i: count): count { return i * 104729 + 100000; }
function moment(i: count): time { return double_to_time(1650000000.0 + i); }
function uid(i: count): string { return sub_bytes(fmt("C%s%s", md5_hash(i), "aaa"), 1, 18); }
function hash(i: count): string { return md5_hash(fmt("%d", i)); }
function url(i: count): string { return word(i, 20 + (i * i) % 180); }

redef makers += {
["set[count]"] = function(n: count): any
	{ local t: set[count]; local i = 0; while ( i < n ) { add t[num(i)]; ++i; } return t; },
["set[int] of negative numbers"] = function(n: count): any
	{ local t: set[int]; local i = 0; while ( i < n ) { add t[-(i + 1)]; ++i; } return t; },
["table[time] of count"] = function(n: count): any
	{ local t: table[time] of count; local i = 0; while ( i < n ) { t[moment(i)] = 1; ++i; } return t; },
["table[addr] of addr"] = function(n: count): any
	{ local t: table[addr] of addr; local i = 0; while ( i < n ) { t[v4(i)] = v4(i + 1); ++i; } return t; },
["table[addr] of bool, IPv6"] = function(n: count): any
	{ local t: table[addr] of bool; local i = 0; while ( i < n ) { t[v6(i)] = T; ++i; } return t; },
["table[string] of addr"] = function(n: count): any
	{ local t: table[string] of addr; local i = 0; while ( i < n ) { t[word(i, 22)] = v4(i); ++i; } return t; },
["table[port] of count"] = function(n: count): any
	{ local t: table[port] of count; local i = 0; while ( i < n ) { t[count_to_port(i % 65536, udp)] = num(i); ++i; } return t; },
["set[addr,addr]"] = function(n: count): any
	{ local t: set[addr, addr]; local i = 0; while ( i < n ) { add t[v4(i), v4(i * 3)]; ++i; } return t; },
["table[addr,addr,port] of time"] = function(n: count): any
	{ local t: table[addr, addr, port] of time; local i = 0; while ( i < n ) { t[v4(i), v6(i), 443/tcp] = moment(i); ++i; } return t; },
["table[string,count] of double"] = function(n: count): any
	{ local t: table[string, count] of double; local i = 0; while ( i < n ) { t[word(i, 16), i] = i * 0.1; ++i; } return t; },
["table[R_Pair] of count"] = function(n: count): any
	{ local t: table[R_Pair] of count; local i = 0; while ( i < n ) { t[R_Pair($src=v4(i), $dst=v4(i + 9))] = 1; ++i; } return t; },
["set[subnet], IPv6"] = function(n: count): any
	{ local t: set[subnet]; local i = 0; while ( i < n ) { add t[v6(i) / 96]; ++i; } return t; },
["table[subnet] of set[port]"] = function(n: count): any
	{ local t: table[subnet] of set[port]; local i = 0; while ( i < n ) { t[v4(i * 256) / 24] = set(80/tcp, 443/tcp); ++i; } return t; },
["set[string] of UIDs"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[uid(i)]; ++i; } return t; },
["set[string] of URLs"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[url(i)]; ++i; } return t; },
["table[string] of large counts, hashes"] = function(n: count): any
	{ local t: table[string] of count; local i = 0; while ( i < n ) { t[hash(i)] = num(i); ++i; } return t; },
["vector of string, hashes"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += hash(i); ++i; } return v; },
["vector of interval"] = function(n: count): any
	{ local v: vector of interval; local i = 0; while ( i < n ) { v += 1sec * i; ++i; } return v; },
["vector of subnet"] = function(n: count): any
	{ local v: vector of subnet; local i = 0; while ( i < n ) { v += v4(i) / 24; ++i; } return v; },
["vector of vector of double"] = function(n: count): any
	{ local v: vector of vector of double; local i = 0; while ( i < n ) { local w: vector of double = vector(); local j = 0; while ( j < 5 ) { w += j * 1.1; ++j; } v += w; ++i; } return v; },
["vector of set[port]"] = function(n: count): any
	{ local v: vector of set[port]; local i = 0; while ( i < n ) { v += set(22/tcp, 23/tcp, 25/tcp, 53/udp); ++i; } return v; },
["vector of record"] = function(n: count): any
	{ local v: vector of R_Step; local i = 0; while ( i < n ) { v += R_Step($at=moment(i), $what=word(i, 20)); ++i; } return v; },
["table[addr] of set[string], few hold most"] = function(n: count): any
	{ local t: table[addr] of set[string]; local i = 0; while ( i < n ) { local s: set[string] = set(); local j = 0; local m = n / (i + 1) + 1; while ( j < m ) { add s[word(j, 15)]; ++j; } t[v4(i)] = s; ++i; } return t; },
["table[string] of table[string] of string"] = function(n: count): any
	{ local t: table[string] of table[string] of string; local i = 0; while ( i < n ) { local s: table[string] of string = table(); local j = 0; while ( j < 6 ) { s[word(j, 7)] = word(j, 25); ++j; } t[word(i, 14)] = s; ++i; } return t; },
["table[count] of table[count] of table[count] of count"] = function(n: count): any
	{ local t: table[count] of table[count] of table[count] of count; local i = 0; while ( i < n ) { local a: table[count] of table[count] of count = table(); local j = 0; while ( j < 3 ) { local b: table[count] of count = table(); local k = 0; while ( k < 3 ) { b[k] = k; ++k; } a[j] = b; ++j; } t[i] = a; ++i; } return t; },
["table[string] of R_Flow"] = function(n: count): any
	{ local t: table[string] of R_Flow; local i = 0; while ( i < n ) { local r = R_Flow($id=conn_id($orig_h=v4(i), $orig_p=1234/tcp, $resp_h=v4(2), $resp_p=80/tcp), $start=moment(i)); if ( i % 2 == 1 ) r$history = word(i, 9); t[uid(i)] = r; ++i; } return t; },
["table[subnet] of R_Site"] = function(n: count): any
	{ local t: table[subnet] of R_Site; local i = 0; while ( i < n ) { local r = R_Site($name=word(i, 20)); if ( i % 2 == 0 ) r$nets = set(v4(i) / 24); if ( i % 3 == 0 ) r$ports = vector(80/tcp, 443/tcp, 8080/tcp); t[v4(i * 256) / 24] = r; ++i; } return t; },
["table[string] of R_Trail"] = function(n: count): any
	{ local t: table[string] of R_Trail; local i = 0; while ( i < n ) { local r = R_Trail($uid=uid(i)); local j = 0; while ( j < 4 ) { r$steps += R_Step($at=moment(j), $what=word(j, 12)); ++j; } r$last = r$steps[3]; t[r$uid] = r; ++i; } return t; },
["table[addr] of R_Host6"] = function(n: count): any
	{ local t: table[addr] of R_Host6; local i = 0; while ( i < n ) { local r = R_Host6($ip=v6(i), $mac=word(i, 17), $first=moment(i)); if ( i % 2 == 0 ) r$last = moment(i); if ( i % 4 == 0 ) r$names = set(word(i, 19)); t[r$ip] = r; ++i; } return t; },
["table[count] of R_Tiny"] = function(n: count): any
	{ local t: table[count] of R_Tiny; local i = 0; while ( i < n ) { t[i] = R_Tiny($n=i); ++i; } return t; },
["table[count] of R_Wide"] = function(n: count): any
	{ local t: table[count] of R_Wide; local i = 0; while ( i < n ) { local r = R_Wide($a=1, $b=2, $c=3, $d=1.0, $e=1sec, $f=moment(i), $g=T, $h=80/tcp); if ( i % 2 == 0 ) r$j = i; t[i] = r; ++i; } return t; },
["set[R_Pair]"] = function(n: count): any
	{ local t: set[R_Pair]; local i = 0; while ( i < n ) { add t[R_Pair($src=v6(i), $dst=v6(i + 9))]; ++i; } return t; },
["table[addr] of interval, a constant"] = function(n: count): any
	{ local t: table[addr] of interval; local i = 0; while ( i < n ) { t[v4(i)] = 5min; ++i; } return t; },
["table[string] of R_Tiny, half deleted"] = function(n: count): any
	{ local t: table[string] of R_Tiny; local i = 0; while ( i < 2 * n ) { t[word(i, 13)] = R_Tiny($n=i); ++i; } i = 0; while ( i < n ) { delete t[word(i, 13)]; ++i; } peak = 2 * n; return t; },
["set[addr] &write_expire"] = function(n: count): any
	{ local t: set[addr] &write_expire=2hr; local i = 0; while ( i < n ) { add t[v6(i)]; ++i; } return t; },
["table[count] of opaque of sha1"] = function(n: count): any
	{ local t: table[count] of opaque of sha1; local i = 0; while ( i < n ) { local h = sha1_hash_init(); sha1_hash_update(h, "y"); t[i] = h; ++i; } return t; },
["table[string] of opaque of cardinality, 2 %"] = function(n: count): any
	{ local t: table[string] of opaque of cardinality; local i = 0; while ( i < n ) { t[word(i, 12)] = hll_cardinality_init(0.02, 0.95); ++i; } return t; },
["vector of string from join_string_vec()"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += join_string_vec(vector("a", word(i, 10), "end"), "-"); ++i; } return v; },
["table[addr] of vector of addr"] = function(n: count): any
	{ local t: table[addr] of vector of addr; local i = 0; while ( i < n ) { local v: vector of addr = vector(); local j = 0; while ( j < 1 + i % 9 ) { v += v4(j); ++j; } t[v4(i)] = v; ++i; } return t; },
["table[string] of vector of record"] = function(n: count): any
	{ local t: table[string] of vector of R_Tiny; local i = 0; while ( i < n ) { local v: vector of R_Tiny = vector(); local j = 0; while ( j < 3 ) { v += R_Tiny($n=j); ++j; } t[word(i, 19)] = v; ++i; } return t; },
["pattern put together"] = function(n: count): any
	{ local p = /first/; local s = word(1, 12); local i = 2; while ( i <= n ) { s = fmt("%s|%s", s, word(i, 12)); ++i; } return p | string_to_pattern(s, F); },
["string of bytes from the network"] = function(n: count): any
	{ return sub_bytes(string_fill(n * 20, "payload"), 1, n * 19); },
};

redef divisors += {
	["table[subnet] of set[port]"] = 4,
	["vector of set[port]"] = 4,
	["table[addr] of set[string], few hold most"] = 10,
	["table[string] of table[string] of string"] = 10,
	["table[count] of table[count] of table[count] of count"] = 15,
	["table[string] of R_Trail"] = 6,
	["table[string] of opaque of cardinality, 2 %"] = 200,
	["table[count] of opaque of sha1"] = 5,
	["table[addr] of vector of addr"] = 3,
	["table[string] of vector of record"] = 3,
	["pattern put together"] = 60,
};
