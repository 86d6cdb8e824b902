##! Structures written after the last change of the size model, and never used to
##! change it.

@load ./measure

module Truth;

type R_Login: record { user: string; host: addr; ok: bool; tries: count &default=0; last: time &optional; };
type R_Span: record { low: count; high: count; width: interval; };
type R_Device: record { mac: string; vendor: string &optional; addrs: set[addr] &optional; first: time; };
type R_Bucket: record { total: count &default=0; uniques: set[string] &default=set(); };
type R_Link: record { a: R_Span; b: R_Span &optional; weight: double &default=1.0; };
type R_Event: record { ts: time; kind: string; details: table[string] of string; };
type R_Cert: record { serial: string; subject: string; issuer: string; not_after: time; sans: vector of string &optional; };
type R_Tick: record { when_seen: time; amount: count &optional; };
type Side: enum { LEFT, RIGHT };

function ipa(i: count): addr { return count_to_v4_addr(3405803776 + i * 3); }
function ip6a(i: count): addr { return counts_to_addr(vector(536940000, 9, i, i)); }
function ts(i: count): time { return double_to_time(1690000000.0 + i * 1.5); }

redef makers += {
["set[addr]"] = function(n: count): any
	{ local t: set[addr]; local i = 0; while ( i < n ) { add t[ip6a(i)]; ++i; } return t; },
["set[count], small"] = function(n: count): any
	{ local t: set[count]; local i = 0; while ( i < n ) { add t[i]; ++i; } return t; },
["set[subnet], /18 to /28"] = function(n: count): any
	{ local t: set[subnet]; local i = 0; while ( i < n ) { add t[count_to_v4_addr(i * 16384) / (18 + i % 11)]; ++i; } return t; },
["set[string], 18 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 18)]; ++i; } return t; },
["set[string], 150 characters"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[word(i, 150)]; ++i; } return t; },
["set[port,string]"] = function(n: count): any
	{ local t: set[port, string]; local i = 0; while ( i < n ) { add t[80/tcp, word(i, 14)]; ++i; } return t; },
["set[addr,subnet]"] = function(n: count): any
	{ local t: set[addr, subnet]; local i = 0; while ( i < n ) { add t[ipa(i), ipa(i) / 24]; ++i; } return t; },
["table[addr] of int, small"] = function(n: count): any
	{ local t: table[addr] of int; local i = 0; while ( i < n ) { t[ipa(i)] = +5; ++i; } return t; },
["table[addr] of enum"] = function(n: count): any
	{ local t: table[addr] of Side; local i = 0; while ( i < n ) { t[ip6a(i)] = i % 2 == 0 ? LEFT : RIGHT; ++i; } return t; },
["table[string] of double"] = function(n: count): any
	{ local t: table[string] of double; local i = 0; while ( i < n ) { t[word(i, 12)] = i * 0.01; ++i; } return t; },
["table[string,addr] of time"] = function(n: count): any
	{ local t: table[string, addr] of time; local i = 0; while ( i < n ) { t[word(i, 11), ipa(i)] = ts(i); ++i; } return t; },
["table[count] of string, 12 characters"] = function(n: count): any
	{ local t: table[count] of string; local i = 0; while ( i < n ) { t[i] = word(i, 12); ++i; } return t; },
["table[count] of string, 200 characters"] = function(n: count): any
	{ local t: table[count] of string; local i = 0; while ( i < n ) { t[i] = word(i, 200); ++i; } return t; },
["table[addr] of R_Login"] = function(n: count): any
	{ local t: table[addr] of R_Login; local i = 0; while ( i < n ) { local r = R_Login($user=word(i, 8), $host=ipa(i), $ok=T); if ( i % 3 == 0 ) r$last = ts(i); t[r$host] = r; ++i; } return t; },
["table[string] of R_Span"] = function(n: count): any
	{ local t: table[string] of R_Span; local i = 0; while ( i < n ) { t[word(i, 25)] = R_Span($low=i, $high=i * 9, $width=1sec); ++i; } return t; },
["table[string] of R_Device"] = function(n: count): any
	{ local t: table[string] of R_Device; local i = 0; while ( i < n ) { local r = R_Device($mac=word(i, 17), $first=ts(i)); if ( i % 2 == 0 ) r$vendor = word(i, 22); r$addrs = set(ipa(i), ip6a(i)); t[r$mac] = r; ++i; } return t; },
["table[addr] of R_Bucket"] = function(n: count): any
	{ local t: table[addr] of R_Bucket; local i = 0; while ( i < n ) { local r = R_Bucket(); local j = 0; while ( j < 10 ) { add r$uniques[word(j + i, 16)]; ++j; } t[ipa(i)] = r; ++i; } return t; },
["vector of R_Link"] = function(n: count): any
	{ local v: vector of R_Link; local i = 0; while ( i < n ) { local r = R_Link($a=R_Span($low=1, $high=2, $width=1min)); if ( i % 2 == 0 ) r$b = R_Span($low=3, $high=4, $width=1hr); v += r; ++i; } return v; },
["vector of R_Event"] = function(n: count): any
	{ local v: vector of R_Event; local i = 0; while ( i < n ) { local r = R_Event($ts=ts(i), $kind=word(1, 7), $details=table()); local j = 0; while ( j < 3 ) { r$details[word(j, 10)] = word(i, 20); ++j; } v += r; ++i; } return v; },
["table[string] of R_Cert"] = function(n: count): any
	{ local t: table[string] of R_Cert; local i = 0; while ( i < n ) { local r = R_Cert($serial=word(i, 32), $subject=word(i, 60), $issuer=word(i, 70), $not_after=ts(i)); r$sans = vector(word(i, 20), word(i, 24)); t[word(i, 40)] = r; ++i; } return t; },
["table[addr] of vector of R_Tick"] = function(n: count): any
	{ local t: table[addr] of vector of R_Tick; local i = 0; while ( i < n ) { local v: vector of R_Tick = vector(); local j = 0; while ( j < 4 ) { v += R_Tick($when_seen=ts(j)); ++j; } t[ipa(i)] = v; ++i; } return t; },
["table[string] of set[addr], 8 each"] = function(n: count): any
	{ local t: table[string] of set[addr]; local i = 0; while ( i < n ) { local s: set[addr] = set(); local j = 0; while ( j < 8 ) { add s[ipa(j + i)]; ++j; } t[word(i, 16)] = s; ++i; } return t; },
["table[addr] of set[port], 1 to 20"] = function(n: count): any
	{ local t: table[addr] of set[port]; local i = 0; while ( i < n ) { local s: set[port] = set(); local j = 0; while ( j <= (i * 3) % 20 ) { add s[count_to_port(j + 1, tcp)]; ++j; } t[ipa(i)] = s; ++i; } return t; },
["table[string] of table[string] of time"] = function(n: count): any
	{ local t: table[string] of table[string] of time; local i = 0; while ( i < n ) { local s: table[string] of time = table(); local j = 0; while ( j < 5 ) { s[word(j, 13)] = ts(j); ++j; } t[word(i, 13)] = s; ++i; } return t; },
["table[count] of vector of string, 10 each"] = function(n: count): any
	{ local t: table[count] of vector of string; local i = 0; while ( i < n ) { local v: vector of string = vector(); local j = 0; while ( j < 10 ) { v += word(j + i, 21); ++j; } t[i] = v; ++i; } return t; },
["vector of double"] = function(n: count): any
	{ local v: vector of double; local i = 0; while ( i < n ) { v += i * 1.0; ++i; } return v; },
["vector of port"] = function(n: count): any
	{ local v: vector of port; local i = 0; while ( i < n ) { v += 22/tcp; ++i; } return v; },
["vector of addr, IPv6"] = function(n: count): any
	{ local v: vector of addr; local i = 0; while ( i < n ) { v += ip6a(i); ++i; } return v; },
["vector of string, 15 characters"] = function(n: count): any
	{ local v: vector of string; local i = 0; while ( i < n ) { v += word(i, 15); ++i; } return v; },
["table[addr] of count after a peak of three times as many"] = function(n: count): any
	{ local t: table[addr] of count; local i = 0; while ( i < 3 * n ) { t[ipa(i)] = 2; ++i; } i = n; while ( i < 3 * n ) { delete t[ipa(i)]; ++i; } peak = 3 * n; return t; },
["table[addr] of any, counts"] = function(n: count): any
	{ local t: table[addr] of any; local i = 0; while ( i < n ) { t[ipa(i)] = i % 100; ++i; } return t; },
["table[addr] of opaque of cardinality, 5 %"] = function(n: count): any
	{ local t: table[addr] of opaque of cardinality; local i = 0; while ( i < n ) { t[ipa(i)] = hll_cardinality_init(0.05, 0.9); ++i; } return t; },
["table[string] of opaque of sha256"] = function(n: count): any
	{ local t: table[string] of opaque of sha256; local i = 0; while ( i < n ) { t[word(i, 18)] = sha256_hash_init(); ++i; } return t; },
["pattern of short words"] = function(n: count): any
	{ local s = word(1, 5); local i = 2; while ( i <= n ) { s = fmt("%s|%s", s, word(i, 5)); ++i; } return string_to_pattern(s, F); },
};

redef divisors += {
	["table[addr] of R_Bucket"] = 8,
	["table[string] of R_Device"] = 4,
	["vector of R_Event"] = 6,
	["table[string] of R_Cert"] = 4,
	["table[addr] of vector of R_Tick"] = 5,
	["table[string] of set[addr], 8 each"] = 8,
	["table[addr] of set[port], 1 to 20"] = 8,
	["table[string] of table[string] of time"] = 6,
	["table[count] of vector of string, 10 each"] = 8,
	["table[addr] of count after a peak of three times as many"] = 3,
	["table[addr] of opaque of cardinality, 5 %"] = 30,
	["table[string] of opaque of sha256"] = 5,
	["pattern of short words"] = 60,
};
