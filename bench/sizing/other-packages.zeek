##! State of further public packages and of scripts for research and industrial
##! control, other than those of packages.zeek. Written at the same time, without
##! looking at the size model.

@load ./contents

module Truth;

type R_Operation: record { ts: time; uid: string; id: conn_id; is_orig: bool; action: string; key: string; cot: count &optional; seen_act: bool &default=F; seen_con: bool &default=F; seen_term: bool &default=F; missing: string &optional; error: bool &optional; error_reason: string &optional; status: string &optional; values: vector of double &optional; };
type R_Element: record { bytes: count; duration: interval; packets: count; score: double &optional; };
type R_ConnInfo: record { start_time: time; end_time: time; conn_count: count &default=0; hosts: set[addr]; };
type R_FlowStats: record { first: time; last: time; fwd_pkts: double; bwd_pkts: double; fwd_bytes: double; bwd_bytes: double; fwd_len_min: double; bwd_len_min: double; bwd_len_max: double; fwd_len_sum: double; bwd_len_sum: double; bwd_len_sumsq: double; payload_fwd_pkts: count; psh_flags: count; };
type R_Credits: record { usernames: set[string] &default=set(); passwords: set[string] &default=set(); guessing: bool &default=F; };
type R_Allowed: record { ips: set[subnet]; };
type R_Endpoint: record { ip: addr; p: port; };
type R_Subflow: record { orig_h: addr; orig_p: port; resp_h: addr; resp_p: port; };
type R_Multipath: record { nflows: count; orig_seen: bool; resp_seen: bool; orig_key: count; resp_key: count; flows: set[R_Subflow]; };
type R_Segment: record { orig: bool; ts: time; seq: count; len: count; payload: string; fin: bool; rst: bool; };
type R_Fragment: record { seq: count; syn: bool; fin: bool; len: count; payload: string; };
type R_Probability: record { word: string; frequency: count &default=0; probability: double &default=0.0; };
type R_Indicator: record { tactic: string; technique: string; kind: string &optional; frequency: count &default=0; };
type R_ScanTracker: record { first: time; attempts: count &default=0; failures: count &default=0; ports: set[port] &default=set(); hosts: set[addr] &default=set(); states: table[string] of count &default=table(); };
type R_SSHDConnection: record { id: conn_id; start: time; user: string &optional; key: string &optional; channels: table[count] of string &default=table(); auth: string &default="none"; };
type R_Mail: record { subject: string; body: string; email: string; };
type R_Shunt: record { ent_type: string &default="NULL"; ent_count: count &default=0; ent_time: double &default=0.0; };
type R_Site: record { start: time; agent: string &default="NULL"; version: string &default="VERSION"; sql_version: string &default="SQLVERSION"; blog_count: string &default="0"; users: string &default="0"; data: string &default=""; plugin: string &default="NULL"; };
type R_Call: record { ts: time; uid: string; id: conn_id; trans_depth: count; method: string &optional; uri: string &optional; request_from: string &optional; request_to: string &optional; call_id: string &optional; request_path: vector of string &default=vector(); response_path: vector of string &default=vector(); status_code: count &optional; };
type R_Subscription: record { query: string; topic: string; interval_seconds: count &optional; ranges: vector of subnet &default=vector(); tags: set[string] &default=set(); };
type R_Firmware: record { major: count; minor: count; build: string &optional; };
type R_Asset: record { vendor: string &optional; model: string &optional; firmware: R_Firmware &optional; protocols: set[string] &default=set(); last: time; };

redef makers += {
["control: table[string] of R_Operation"] = function(n: count): any
	{
	local t: table[string] of R_Operation &write_expire=1min;
	local i = 0;
	while ( i < n )
		{
		local k = fmt("%s-%d-%d", inside(i / 4), mix(i) % 100, i);
		local o = R_Operation($ts=at(i), $uid=uid(i / 4), $id=id_of(i / 4), $is_orig=T, $action="C_SC_NA_1", $key=k, $cot=6, $seen_act=T);
		if ( i % 5 == 0 ) { o$error = T; o$error_reason = fmt("no confirmation after %d s", i % 20); o$missing = "actcon"; }
		if ( i % 3 == 0 ) o$values = vector(1.5, 2.5, 0.1 * i);
		t[k] = o;
		++i;
		}
	return t;
	},
["control: table[string] of vector of string, queues run empty"] = function(n: count): any
	{ local t: table[string] of vector of string; local i = 0; while ( i < n ) { local k = cat(inside(i), "-", i % 100); t[k] = vector(); local j = 0; while ( j < 6 ) { t[k] += cat(k, "-", j); if ( j > 1 ) t[k] = t[k][1:]; ++j; } ++i; } return t; },
["control: table[addr] of table[count] of vector of count"] = function(n: count): any
	{ local t: table[addr] of table[count] of vector of count &create_expire=5min; local i = 0; while ( i < n ) { local a = inside(i / 8); if ( a !in t ) t[a] = table(); t[a][40000 + i % 8] = vector(); local k = skew(i, 120); while ( k > 0 ) { t[a][40000 + i % 8] += mix(k) % 65536; --k; } ++i; } return t; },
["baselines: table[addr,port] of table[time] of vector of R_Element"] = function(n: count): any
	{ local t: table[addr, port] of table[time] of vector of R_Element; local i = 0; while ( i < n ) { local a = inside(i); local p = service_port(i); t[a, p] = table(); local h = 0; while ( h < 4 ) { t[a, p][at(h * 3600)] = vector(); local k = 1 + mix(i + h) % 3; while ( k > 0 ) { t[a, p][at(h * 3600)] += R_Element($bytes=mix(k), $duration=3sec, $packets=k); --k; } ++h; } ++i; } return t; },
["latency: table[addr] of table[count] of vector of double"] = function(n: count): any
	{ local t: table[addr] of table[count] of vector of double; local i = 0; while ( i < n ) { local a = inside(i); t[a] = table(); local k = 1 + mix(i) % 5; while ( k > 0 ) { t[a][k] = vector(0.1, 0.2, 0.3 * k, 0.4); --k; } ++i; } return t; },
["pairs: table[addr] of table[port] of table[count] of table[count] of time"] = function(n: count): any
	{ local t: table[addr] of table[port] of table[count] of table[count] of time; local i = 0; while ( i < n ) { local a = inside(i); local p = any_port(i); t[a] = table(); t[a][p] = table(); local k = 1 + mix(i) % 6; while ( k > 0 ) { t[a][p][mix(k)] = table(); t[a][p][mix(k)][mix(k + i)] = at(k); --k; } ++i; } return t; },
["requests: table[addr] of table[count] of time, answered ones deleted"] = function(n: count): any
	{ local t: table[addr] of table[count] of time; local i = 0; while ( i < n ) { local a = inside(i); t[a] = table(); local k = 0; while ( k < 20 ) { t[a][k] = at(k); if ( k > 2 ) delete t[a][k - 3]; ++k; } ++i; } return t; },
["replies: table[addr] of table[count] of int"] = function(n: count): any
	{ local t: table[addr] of table[count] of int; local i = 0; while ( i < n ) { t[inside(i)] = table(); t[inside(i)][200] = +1 * (mix(i) % 400); if ( mix(i) % 3 == 0 ) t[inside(i)][404] = +2; if ( mix(i) % 9 == 0 ) { t[inside(i)][301] = +1; t[inside(i)][500] = +9; } ++i; } return t; },
["replies: table[addr] of set[string], missing pages"] = function(n: count): any
	{ local t: table[addr] of set[string]; local i = 0; while ( i < n ) { t[outside(i)] = set(); local k = skew(i, 300); while ( k > 0 ) { add t[outside(i)][path(i + k)]; --k; } ++i; } return t; },
["talkers: table[addr] of R_ConnInfo"] = function(n: count): any
	{ local t: table[addr] of R_ConnInfo; local i = 0; while ( i < n ) { local r = R_ConnInfo($start_time=at(i), $end_time=at(i + 1), $hosts=set()); local k = skew(i, 250); while ( k > 0 ) { add r$hosts[outside(k)]; ++r$conn_count; --k; } t[inside(i)] = r; ++i; } return t; },
["flows: table[string] of R_FlowStats"] = function(n: count): any
	{ local t: table[string] of R_FlowStats; local i = 0; while ( i < n ) { t[uid(i)] = R_FlowStats($first=at(i), $last=at(i), $fwd_pkts=1.0 * i, $bwd_pkts=0.0, $fwd_bytes=2.0 * i, $bwd_bytes=0.0, $fwd_len_min=0.0, $bwd_len_min=0.0, $bwd_len_max=0.0, $fwd_len_sum=1.0 * i, $bwd_len_sum=0.0, $bwd_len_sumsq=0.0, $payload_fwd_pkts=i, $psh_flags=0); ++i; } return t; },
["guessing: table[addr] of R_Credits"] = function(n: count): any
	{ local t: table[addr] of R_Credits; local i = 0; while ( i < n ) { local c = R_Credits(); add c$usernames["admin"]; local k = skew(i, 200); while ( k > 0 ) { add c$passwords[sub_bytes(md5_hash(k), 1, 4 + k % 10)]; --k; } t[outside(i)] = c; ++i; } return t; },
["allowed: table[addr,port] of R_Allowed"] = function(n: count): any
	{ local t: table[addr, port] of R_Allowed; local i = 0; while ( i < n ) { local s: set[subnet] = set(inside(i * 256) / 24); if ( i % 3 == 0 ) add s[outside(i) / 16]; t[inside(i), service_port(i)] = R_Allowed($ips=s); ++i; } return t; },
["multipath: table[count] of R_Multipath"] = function(n: count): any
	{ local t: table[count] of R_Multipath; local i = 0; while ( i < n ) { local m = R_Multipath($nflows=1, $orig_seen=T, $resp_seen=F, $orig_key=mix(i) * 65537, $resp_key=mix(i + 1) * 65537, $flows=set()); add m$flows[R_Subflow($orig_h=inside(i), $orig_p=any_port(i), $resp_h=outside(i), $resp_p=443/tcp)]; if ( i % 2 == 0 ) add m$flows[R_Subflow($orig_h=mixed(i), $orig_p=any_port(i), $resp_h=outside(i), $resp_p=443/tcp)]; t[i] = m; ++i; } return t; },
["multipath: table of R_Endpoint of count"] = function(n: count): any
	{ local t: table[R_Endpoint] of count; local i = 0; while ( i < n ) { t[R_Endpoint($ip=mixed(i), $p=any_port(i))] = i; ++i; } return t; },
["payloads: table[string] of table[count] of vector of R_Segment"] = function(n: count): any
	{ local t: table[string] of table[count] of vector of R_Segment; local i = 0; while ( i < n ) { local u = uid(i); t[u] = table(); local k = 1 + mix(i) % 3; while ( k > 0 ) { local raw = string_fill(mix(i + k) % 900 + 1, "GET / "); t[u][mix(k)] = vector(R_Segment($orig=T, $ts=at(i), $seq=mix(k), $len=|raw|, $payload=raw, $fin=F, $rst=F)); --k; } ++i; } return t; },
["payloads: table[conn_id] of table[count] of set of R_Fragment"] = function(n: count): any
	{ local t: table[conn_id] of table[count] of set[R_Fragment]; local i = 0; while ( i < n ) { local id = id_of(i); t[id] = table(); t[id][mix(i)] = set(); local k = 1 + mix(i) % 3; while ( k > 0 ) { local raw = string_fill(mix(i + k) % 500 + 1, "GET / "); add t[id][mix(i)][R_Fragment($seq=k, $syn=F, $fin=F, $len=|raw|, $payload=raw)]; --k; } ++i; } return t; },
["networks: table[string] of set[count]"] = function(n: count): any
	{ local t: table[string] of set[count]; local i = 0; while ( i < n ) { t[mac(i)] = set(mix(i) % 4096); if ( mix(i) % 5 == 0 ) add t[mac(i)][7]; ++i; } return t; },
["networks: table[count] of set[addr]"] = function(n: count): any
	{ local t: table[count] of set[addr]; local i = 0; while ( i < n ) { local v = mix(i) % 30; if ( v !in t ) t[v] = set(); add t[v][inside(i)]; ++i; } return t; },
["networks: table[string] of table[string] of addr"] = function(n: count): any
	{ local t: table[string] of table[string] of addr; local i = 0; while ( i < n ) { local m = mac(i); t[m] = table(); local k = skew(i, 80); while ( k > 0 ) { t[m][cat(inside(k))] = inside(k); --k; } ++i; } return t; },
["words: vector of table[string] of R_Probability"] = function(n: count): any
	{ local t: vector of table[string] of R_Probability; local i = 0; while ( i < 4 ) { t[i] = table(); ++i; } i = 0; while ( i < n ) { local w = sub_bytes(md5_hash(i), 1, 3 + mix(i) % 9); t[i % 4][w] = R_Probability($word=w, $frequency=i, $probability=0.001 * i); ++i; } return t; },
["words: table[string] of vector of double"] = function(n: count): any
	{ local t: table[string] of vector of double; local i = 0; while ( i < n ) { local v: vector of double = vector(); local k = 0; while ( k < 26 ) { v += 0.01 * k; ++k; } t[labels[i % 10] + cat(i)] = v; ++i; } return t; },
["snapshots: vector of table[string] of count"] = function(n: count): any
	{ local t: vector of table[string] of count; local i = 0; while ( i < n ) { if ( i % 40 == 0 ) t[|t|] = table(); t[|t| - 1][cat("service-", i % 40)] = mix(i) % 2000; ++i; } return t; },
["indicators: table[count] of table[count] of R_Indicator"] = function(n: count): any
	{ local t: table[count] of table[count] of R_Indicator; local i = 0; while ( i < n ) { local g = i / 50; if ( g !in t ) t[g] = table(); t[g][i % 50] = R_Indicator($tactic=to_lower("command-and-control"), $technique=to_upper(cat("T", 1000 + i % 600)), $frequency=i); if ( i % 3 == 0 ) t[g][i % 50]$kind = "domain"; ++i; } return t; },
["tracked: table[addr] of R_ScanTracker"] = function(n: count): any
	{ local t: table[addr] of R_ScanTracker; local i = 0; while ( i < n ) { local r = R_ScanTracker($first=at(i)); local k = skew(i, 300); while ( k > 0 ) { add r$ports[service_port(k)]; add r$hosts[inside(k)]; ++r$attempts; --k; } r$states["S0"] = 1; if ( i % 4 == 0 ) r$states["REJ"] = 3; t[outside(i)] = r; ++i; } return t; },
["logins: table[string,count] of R_SSHDConnection"] = function(n: count): any
	{ local t: table[string, count] of R_SSHDConnection; local i = 0; while ( i < n ) { local r = R_SSHDConnection($id=id_of(i), $start=at(i)); if ( i % 2 == 0 ) { r$user = to_lower(cat("user", i % 300)); r$auth = "publickey"; r$key = to_lower(cat("sha256:", sha256_hash(i % 300))); r$channels[0] = "session"; } t[cat("sshd-", i % 6), i] = r; ++i; } return t; },
["answers: table[string,count] of set[string]"] = function(n: count): any
	{ local t: table[string, count] of set[string]; local i = 0; while ( i < n ) { t[domain(i), 1] = set(cat(outside(i))); if ( mix(i) % 3 == 0 ) { add t[domain(i), 1][cat(outside(i + 1))]; add t[domain(i), 1][cat(outside(i + 2))]; } ++i; } return t; },
["alerted: table[addr,addr] of bool"] = function(n: count): any
	{ local t: table[addr, addr] of bool &default=F; local i = 0; while ( i < n ) { t[mixed(i), inside(i)] = T; ++i; } return t; },
["mails: table[conn_id] of R_Mail"] = function(n: count): any
	{ local t: table[conn_id] of R_Mail; local i = 0; while ( i < n ) { local body = fmt("%s", id_of(i)); local k = mix(i) % 4; while ( k > 0 ) { body += cat("\n", path(i + k), " ", agent(i)); --k; } t[id_of(i)] = R_Mail($subject=fmt("[%s] alarm %d", inside(i), i), $body=body, $email="soc@example.com"); ++i; } return t; },
["shunts: table[conn_id] of R_Shunt"] = function(n: count): any
	{ local t: table[conn_id] of R_Shunt; local i = 0; while ( i < n ) { t[id_of(i)] = R_Shunt($ent_type="CONN", $ent_count=1, $ent_time=0.5 * i); ++i; } return t; },
["shunts: set of R_Shunt"] = function(n: count): any
	{ local t: set[R_Shunt]; local i = 0; while ( i < n ) { add t[R_Shunt($ent_type="IP_PAIR", $ent_count=i, $ent_time=0.5)]; ++i; } return t; },
["sections: table[string] of table[count] of count"] = function(n: count): any
	{ local t: table[string] of table[count] of count; local i = 0; while ( i < n ) { local s = cat(".text", i); t[s] = table(); local k = 0; while ( k < 256 ) { t[s][k] = mix(k + i) % 50; ++k; } ++i; } return t; },
["sites: table[conn_id] of R_Site"] = function(n: count): any
	{ local t: table[conn_id] of R_Site; local i = 0; while ( i < n ) { local s = R_Site($start=at(i)); if ( i % 2 == 0 ) { s$version = to_lower("6.4.2"); s$plugin = fmt("akismet %d.%d", i % 5, i % 9); } if ( i % 7 == 0 ) s$data = string_fill(700, "<div>"); t[id_of(i)] = s; ++i; } return t; },
["calls: table[string] of R_Call"] = function(n: count): any
	{ local t: table[string] of R_Call; local i = 0; while ( i < n ) { local c = R_Call($ts=at(i), $uid=uid(i), $id=id_of(i), $trans_depth=0, $method=to_upper("invite"), $uri=to_lower(cat("sip:", i, "@example.com")), $call_id=md5_hash(i)); c$request_path += to_lower(cat("SIP/2.0/UDP ", inside(i), ":5060")); if ( i % 2 == 0 ) { c$request_from = to_lower(cat("<sip:", i, "@example.com>")); c$request_to = to_lower("<sip:1000@example.com>"); c$status_code = 200; c$response_path += to_lower(cat("SIP/2.0/UDP ", inside(i), ":5060")); } t[c$call_id] = c; ++i; } return t; },
["subscriptions: table[string] of vector of R_Subscription"] = function(n: count): any
	{ local t: table[string] of vector of R_Subscription; local i = 0; while ( i < n ) { t[uid(i)] = vector(); local k = 1 + mix(i) % 4; while ( k > 0 ) { local s = R_Subscription($query="SELECT pid,path,cmdline FROM processes", $topic=fmt("/agents/host/%d", i)); s$ranges += 10.0.0.0/8; if ( k == 2 ) { s$interval_seconds = 60; add s$tags["linux"]; } t[uid(i)] += s; --k; } ++i; } return t; },
["assets: table[addr] of R_Asset"] = function(n: count): any
	{ local t: table[addr] of R_Asset; local i = 0; while ( i < n ) { local a = R_Asset($last=at(i)); if ( i % 3 != 0 ) { a$vendor = to_lower("Example Automation"); a$model = to_upper(cat("plc-", i % 70)); a$firmware = R_Firmware($major=4, $minor=i % 9); if ( i % 5 == 0 ) a$firmware$build = sha1_hash(i); add a$protocols["modbus"]; } t[inside(i)] = a; ++i; } return t; },
["sequences: table[addr] of vector of string"] = function(n: count): any
	{ local t: table[addr] of vector of string; local i = 0; while ( i < n ) { t[inside(i)] = vector(); local k = skew(i, 60); while ( k > 0 ) { t[inside(i)] += fmt("%d:%d", mix(k) % 20, k); --k; } ++i; } return t; },
};

redef divisors += {
	["control: table[string] of R_Operation"] = 4, ["control: table[string] of vector of string, queues run empty"] = 6,
	["control: table[addr] of table[count] of vector of count"] = 5, ["baselines: table[addr,port] of table[time] of vector of R_Element"] = 20,
	["latency: table[addr] of table[count] of vector of double"] = 10, ["pairs: table[addr] of table[port] of table[count] of table[count] of time"] = 20,
	["requests: table[addr] of table[count] of time, answered ones deleted"] = 15, ["replies: table[addr] of table[count] of int"] = 4,
	["replies: table[addr] of set[string], missing pages"] = 12, ["talkers: table[addr] of R_ConnInfo"] = 10,
	["flows: table[string] of R_FlowStats"] = 3, ["guessing: table[addr] of R_Credits"] = 12, ["allowed: table[addr,port] of R_Allowed"] = 4,
	["multipath: table[count] of R_Multipath"] = 5, ["payloads: table[string] of table[count] of vector of R_Segment"] = 15,
	["payloads: table[conn_id] of table[count] of set of R_Fragment"] = 15, ["networks: table[string] of set[count]"] = 3,
	["networks: table[string] of table[string] of addr"] = 10, ["words: table[string] of vector of double"] = 10,
	["indicators: table[count] of table[count] of R_Indicator"] = 2, ["tracked: table[addr] of R_ScanTracker"] = 15,
	["logins: table[string,count] of R_SSHDConnection"] = 4, ["answers: table[string,count] of set[string]"] = 3,
	["mails: table[conn_id] of R_Mail"] = 6, ["sections: table[string] of table[count] of count"] = 250,
	["sites: table[conn_id] of R_Site"] = 4, ["calls: table[string] of R_Call"] = 5, ["subscriptions: table[string] of vector of R_Subscription"] = 8,
	["assets: table[addr] of R_Asset"] = 4, ["sequences: table[addr] of vector of string"] = 10,
};
