##! State as Zeek's own scripts and public packages keep it: the types are those
##! of their variables, the contents what such traffic leaves in them. Written
##! without looking at the size model, to try it.

@load ./contents

module Truth;

# Frameworks.
type R_Version: record { major: count &optional; minor: count &optional; minor2: count &optional; minor3: count &optional; addl: string &optional; };
type R_Software: record { ts: time &optional; host: addr; host_p: port &optional; software_type: Kind &default=HOST; name: string &optional; version: R_Version &optional; unparsed_version: string &optional; force_log: bool &default=F; };
type R_MetaData: record { source: string; desc: string &optional; url: string &optional; };
type R_Key: record { str: string &optional; host: addr &optional; };
type R_ResultVal: record { begin: time; end: time; num: count &default=0; sum: double &default=0.0; unique: count &default=0; unique_vals: set[string] &optional; };
type R_Observation: record { num: count &optional; dbl: double &optional; str: string &optional; };
type R_FingerprintIndex: record { fingerprint: string; host_cert: bool; client_cert: bool; };
type R_BlockInfo: record { block_until: time &optional; watch_until: time; num_reblocked: count &default=0; current_interval: count; current_block_id: string; location: string &optional; };
type R_FlowEntity: record { src_h: subnet &optional; src_p: port &optional; dst_h: subnet &optional; dst_p: port &optional; src_m: string &optional; dst_m: string &optional; };
type R_Entity: record { ty: Kind; conn: conn_id &optional; flow: R_FlowEntity &optional; ip: subnet &optional; mac: string &optional; };
type R_Rule: record { ty: Kind; target: Kind; entity: R_Entity; expire: interval &optional; priority: int &default=+0; location: string &optional; out_port: count &optional; mod: R_FlowEntity &optional; id: string &default=""; cid: count &default=0; plugin_ids: set[count] &default=set(); active_plugin_ids: set[count] &default=set(); no_expire_plugins: set[count] &default=set(); added: bool &default=F; };
type R_Tunnel: record { ts: time; uid: string &optional; id: conn_id; tunnel_type: Kind; action: Kind; };
type R_File: record { ts: time; fuid: string; uid: string &optional; id: conn_id &optional; source: string &optional; depth: count &default=0; analyzers: set[string] &default=set(); mime_type: string &optional; filename: string &optional; duration: interval &default=0secs; local_orig: bool &optional; is_orig: bool &optional; seen_bytes: count &default=0; total_bytes: count &optional; missing_bytes: count &default=0; overflow_bytes: count &default=0; timedout: bool &default=F; parent_fuid: string &optional; md5: string &optional; sha1: string &optional; sha256: string &optional; };
type R_Notice: record { ts: time &optional; uid: string &optional; id: conn_id &optional; fuid: string &optional; note: Kind; msg: string &optional; sub: string &optional; src: addr &optional; dst: addr &optional; p: port &optional; n: count &optional; peer_name: string &optional; actions: set[Kind] &default=set(); email_dest: set[string] &default=set(); suppress_for: interval &default=1hr; identifier: string &optional; };
type R_QueueSettings: record { max_len: count &optional; };
type R_Queue: record { initialized: bool &default=F; vals: table[count] of any &optional; settings: R_QueueSettings &optional; top: count &default=0; bottom: count &default=0; size: count &default=0; };
type R_Request: record { id: string; parent_id: string &optional; results: vector of string &default=vector(); finished: bool &default=F; created: time; };
type R_Handler: record { desc: string; threshold: double &optional; cb: function(i: count): addr; };

# Protocols.
type R_CmdArg: record { ts: time &default=double_to_time(0.0); cmd: string &default="<unknown>"; arg: string &default=""; seq: count &default=0; };
type R_DataChannel: record { passive: bool; orig_h: addr; resp_h: addr; resp_p: port; };
type R_FTP: record { ts: time; uid: string; id: conn_id; user: string &default="<unknown>"; password: string &optional; command: string &optional; arg: string &optional; mime_type: string &optional; file_size: count &optional; reply_code: count &optional; reply_msg: string &optional; data_channel: R_DataChannel &optional; cwd: string &default="."; cmdarg: R_CmdArg &optional; pending_commands: table[count] of R_CmdArg; command_seq: count &default=0; passive: bool &default=F; capture_password: bool &default=F; fuid: string &optional; };
type R_FileTimes: record { modified: time; accessed: time; created: time; changed: time; };
type R_SMBFile: record { ts: time; uid: string; id: conn_id; fuid: string &optional; action: Kind &optional; path: string &optional; name: string &optional; size: count &default=0; prev_name: string &optional; times: R_FileTimes &optional; fid: count &optional; };
type R_SMBTree: record { ts: time; uid: string; id: conn_id; path: string &optional; service: string &optional; native_file_system: string &optional; share_type: string &default="DISK"; };
type R_SMBState: record { current_file: R_SMBFile &optional; current_tree: R_SMBTree &optional; fid_map: table[count] of R_SMBFile &optional; tid_map: table[count] of R_SMBTree &optional; pipe_map: table[count] of string &optional; recent_files: set[string] &default=set(); };
type R_KRB: record { ts: time; uid: string; id: conn_id; request_type: string &optional; client: string &optional; service: string &optional; success: bool &optional; error_code: count &optional; error_msg: string &optional; from: time &optional; till: time &optional; cipher: string &optional; forwardable: bool &optional; renewable: bool &optional; logged: bool &default=F; };
type R_DHCP: record { ts: time; uids: set[string]; client_addr: addr &optional; server_addr: addr &optional; mac: string &optional; host_name: string &optional; client_fqdn: string &optional; domain: string &optional; requested_addr: addr &optional; assigned_addr: addr &optional; lease_time: interval &optional; msg_types: vector of string &default=vector(); duration: interval &default=0secs; client_chaddr: string &optional; };
type R_DCERPC: record { uuid: string &optional; named_pipe: string &optional; ctx_to_uuid: table[count] of string &optional; };
type R_LDAP: record { ts: time; uid: string; id: conn_id; message_id: int &optional; version: int &optional; opcode: string &optional; result: string &optional; diagnostic_message: string &optional; object: string &optional; argument: string &optional; };
type R_MQTT: record { ts: time; uid: string; id: conn_id; from_client: bool; retain: bool; qos: string; status: string &default="incomplete_qos"; topic: string; payload: string; payload_len: count; ack: bool &default=F; rec: bool &default=F; rel: bool &default=F; comp: bool &default=F; qos_level: count &default=0; };
type R_HTTP: record { ts: time; uid: string; id: conn_id; trans_depth: count; method: string &optional; host: string &optional; uri: string &optional; referrer: string &optional; version: string &optional; user_agent: string &optional; origin: string &optional; request_body_len: count &default=0; response_body_len: count &default=0; status_code: count &optional; status_msg: string &optional; info_code: count &optional; info_msg: string &optional; tags: set[Kind]; username: string &optional; password: string &optional; capture_password: bool &default=F; proxied: set[string] &optional; range_request: bool &default=F; orig_fuids: vector of string &optional; resp_fuids: vector of string &optional; resp_mime_types: vector of string &optional; };
type R_HTTPState: record { pending: table[count] of R_HTTP; current_request: count &default=0; current_response: count &default=0; trans_depth: count &default=0; };
type R_DNS: record { ts: time; uid: string; id: conn_id; trans_id: count &optional; rtt: interval &optional; query: string &optional; qclass: count &optional; qclass_name: string &optional; qtype: count &optional; qtype_name: string &optional; rcode: count &optional; rcode_name: string &optional; AA: bool &default=F; TC: bool &default=F; RD: bool &default=F; RA: bool &default=F; Z: count &default=0; answers: vector of string &optional; TTLs: vector of interval &optional; rejected: bool &default=F; saw_query: bool &default=F; saw_reply: bool &default=F; };
type R_Register: record { last_set: time; value: count; };
type R_Certificate: record { version: count; serial: string; subject: string; cn: string &optional; issuer: string; not_valid_before: time; not_valid_after: time; key_alg: string; sig_alg: string; key_type: string &optional; key_length: count &optional; exponent: string &optional; curve: string &optional; };
type R_AltName: record { dns: vector of string &optional; uris: vector of string &optional; emails: vector of string &optional; ips: vector of addr &optional; other_fields: bool; };
type R_Constraints: record { ca: bool; path_len: count &optional; };
type R_X509: record { ts: time; fingerprint: string; certificate: R_Certificate; san: R_AltName &optional; basic_constraints: R_Constraints &optional; host_cert: bool &default=F; client_cert: bool &default=F; };

# Packages.
type R_Blacklist: record { reason: string; source: string; first_seen: time &optional; };
type R_Comment: record { nets: subnet; comment: string &optional; };
type R_ConnectionTuple: record { local_address: addr &default=0.0.0.0; remote_address: addr &default=0.0.0.0; local_port: int &default=+0; remote_port: int &default=+0; };
type R_Socket: record { seuid: string; connection: R_ConnectionTuple &default=R_ConnectionTuple(); };
type R_Interface: record { mac: string &optional; ipv4: addr &optional; ipv6: addr &optional; };
type R_Login: record { total_login_fail: count; total_login_accept: count; total_host_fail: count; dest_a: table[addr] of count; };
type R_UserNets: record { from_net: table[subnet] of count; total: count &default=0; };
type R_Hole: record { first: count; last: count; };
type R_Part: record { isn: count; len: count; raw: string; };
type R_Fragments: record { hdl: vector of R_Hole; buf: table[count] of R_Part; };
type R_Cookie: record { mac: string &optional; host: addr; agent: string; cookie: string; url: string; last_seen: time; conn: string &optional; };
type R_Enumeration: record { ids: set[count]; alerted: bool &default=F; first: time; };
type R_Scan: record { dark_hosts: opaque of cardinality; hosts: table[addr] of count; ports: set[port]; };
type R_Bot: record { n_dns_failures: count &default=0; n_downloads: count &default=0; ratio: double &default=0.0; weight: double &default=0.0; url: string &default=""; os: string &default="unknown"; first: time &optional; hosts: string &default=""; alerted: bool &default=F; };
type R_Session: record { version: string; cipher: string; cert: string &optional; issued: time; resumed: count &default=0; };
type R_NameCounts: record { queries: table[string] of count; types: table[count] of count; failures: count &default=0; last: time &optional; };
type R_Place: record { country_code: string &optional; region: string &optional; city: string &optional; latitude: double &optional; longitude: double &optional; };
type R_PassiveName: record { query: string; answer: string; kind: string; ttl: interval; seen: count &default=1; first: time; last: time; };
type R_Burst: record { bytes: count; duration: interval; when_seen: time; };
type R_LongConnection: record { id: conn_id; offset: count &default=0; next_check: time; reported: bool &default=F; };
type R_Tags: record { tags: set[string] &default=set(); note: string &optional; priority: count &optional; owner: string &optional; expires: time &optional; };
type R_Address: record { ip: addr; mac: string; names: set[string] &optional; services: set[port] &optional; first: time; last: time; };

function ftp_session(i: count, id: conn_id): R_FTP
	{
	local s = R_FTP($ts=at(i), $uid=uid(i / 2), $id=id);
	s$user = mix(i) % 3 == 0 ? to_lower(cat("user", i % 900)) : "anonymous";
	if ( mix(i) % 2 == 0 ) s$password = to_lower("guest@example.com");
	s$cmdarg = R_CmdArg($ts=at(i), $cmd=to_upper("pasv"), $seq=3);
	s$pending_commands[2] = R_CmdArg($ts=at(i), $cmd=to_upper("type"), $arg=to_upper("i"), $seq=2);
	if ( mix(i) % 2 == 1 ) s$pending_commands[3] = s$cmdarg;
	s$command_seq = 3;
	s$passive = T;
	s$cwd = mix(i) % 4 == 0 ? to_lower(cat("/", labels[i % |labels|])) : ".";
	s$data_channel = R_DataChannel($passive=T, $orig_h=id$orig_h, $resp_h=id$resp_h, $resp_p=service_port(i));
	return s;
	}

function smb_file(i: count, id: conn_id, u: string): R_SMBFile
	{
	local f = R_SMBFile($ts=at(i), $uid=u, $id=id, $fid=i);
	f$action = FILE;
	f$path = to_lower("\\\\files\\shares");
	if ( mix(i) % 5 != 0 ) { f$name = file_path(i); f$size = mix(i) % 3000000; f$times = R_FileTimes($modified=at(i), $accessed=at(i), $created=at(i), $changed=at(i)); }
	if ( mix(i) % 3 == 0 ) f$fuid = uid(i + 5);
	return f;
	}

function http_request(i: count, id: conn_id, u: string): R_HTTP
	{
	local r = R_HTTP($ts=at(i), $uid=u, $id=id, $trans_depth=1 + i % 5, $tags=set());
	r$method = method(i); r$uri = path(i); r$version = to_lower("1.1"); r$host = domain(i / 4);
	if ( mix(i) % 10 != 0 ) r$user_agent = agent(i);
	if ( mix(i) % 3 == 0 ) r$referrer = to_lower(cat("https://", domain(i / 4), path(i + 1)));
	if ( mix(i) % 2 == 0 ) { r$status_code = 200; r$status_msg = to_upper("ok"); r$response_body_len = mix(i) % 100000; r$resp_fuids = vector(uid(i + 3)); r$resp_mime_types = vector("text/html"); }
	return r;
	}

function dns_query(i: count, id: conn_id, u: string): R_DNS
	{
	local d = R_DNS($ts=at(i), $uid=u, $id=id, $trans_id=mix(i) % 65536, $query=domain(i), $qclass=1, $qclass_name="C_INTERNET", $qtype=1, $qtype_name="A", $RD=T, $saw_query=T);
	if ( mix(i) % 4 != 0 )
		{
		d$answers = vector(); d$TTLs = vector();
		local k = skew(i, 30);
		while ( k > 0 ) { d$answers += cat(outside(i + k)); d$TTLs += 300secs; --k; }
		d$rcode = 0; d$rcode_name = "NOERROR"; d$saw_reply = T; d$rtt = 12msec;
		}
	return d;
	}

function certificate_of(i: count): R_Certificate
	{
	local name = domain(i);
	local c = R_Certificate($version=3, $serial=to_upper(sha1_hash(i)), $subject=sub_bytes(cat("CN=", name, ",O=Example Organisation,C=US"), 1, 300), $issuer=to_lower(cat("CN=R", i % 14, ",O=Example Trust Services,C=US")), $not_valid_before=at(i), $not_valid_after=at(i * 3), $key_alg=to_lower("rsaEncryption"), $sig_alg=to_lower("sha256WithRSAEncryption"));
	c$cn = name;
	if ( mix(i) % 3 == 0 ) { c$key_type = to_lower("ecdsa"); c$curve = to_lower("prime256v1"); c$key_length = 256; }
	else { c$key_type = to_lower("rsa"); c$exponent = to_lower("65537"); c$key_length = 2048; }
	return c;
	}

redef makers += {
# Known things.
["known hosts: set[addr], expired one by one"] = function(n: count): any
	{ local t: set[addr] &create_expire=1day; local i = 0; while ( i < 5 * n ) { add t[inside(i)]; if ( i >= n ) delete t[inside(i - n)]; ++i; } peak = n + 1; return t; },
["known services: table[addr,port] of set[string]"] = function(n: count): any
	{ local t: table[addr, port] of set[string] &create_expire=1day; local i = 0; while ( i < n ) { t[inside(i / 3), service_port(i)] = set(); add t[inside(i / 3), service_port(i)][i % 4 == 0 ? "SSL" : "HTTP"]; if ( mix(i) % 9 == 0 ) add t[inside(i / 3), service_port(i)]["HTTP2"]; ++i; } return t; },
["known certificates: set[addr,string], digests"] = function(n: count): any
	{ local t: set[addr, string] &create_expire=1day; local i = 0; while ( i < n ) { add t[inside(i), sha1_hash(i / 2)]; ++i; } return t; },
["known certificates: set of records"] = function(n: count): any
	{ local t: set[R_FingerprintIndex] &create_expire=1day; local i = 0; while ( i < n ) { add t[R_FingerprintIndex($fingerprint=sha256_hash(i), $host_cert=T, $client_cert=F)]; ++i; } return t; },
["known devices: table[string] of R_Address"] = function(n: count): any
	{
	local t: table[string] of R_Address;
	local i = 0;
	while ( i < n )
		{
		local a = R_Address($ip=mixed(i), $mac=mac(i), $first=at(i), $last=at(i + 9));
		if ( mix(i) % 3 == 0 ) a$names = set(domain(i));
		if ( mix(i) % 4 == 0 ) { a$services = set(); local k = skew(i, 60); while ( k > 0 ) { add a$services[service_port(i + k)]; --k; } }
		t[mac(i)] = a;
		++i;
		}
	return t;
	},
# Suppression and weirds.
["notices: table[enum,string] of time, suppressing"] = function(n: count): any
	{ local t: table[Kind, string] of time &create_expire=1day; local i = 0; while ( i < n ) { t[i % 2 == 0 ? HOST : URL, cat(inside(i), outside(i), service_port(i))] = at(i); ++i; } return t; },
["notices: table[string] of R_Notice, waiting for names"] = function(n: count): any
	{
	local t: table[string] of R_Notice &create_expire=1min;
	local i = 0;
	while ( i < n )
		{
		local id = id_of(i);
		local r = R_Notice($ts=at(i), $note=HOST, $uid=uid(i), $id=id, $src=id$orig_h, $dst=id$resp_h, $p=id$resp_p, $peer_name="worker-1");
		r$msg = fmt("%s scanned at least %d unique hosts on port %s in %dm%ds", id$orig_h, mix(i) % 500, id$resp_p, mix(i) % 10, mix(i) % 60);
		r$sub = "remote";
		r$identifier = cat(id$orig_h, id$resp_h);
		add r$actions[NAME];
		if ( mix(i) % 10 == 0 ) { add r$actions[HASH]; add r$email_dest["soc@example.com"]; }
		t[uid(i)] = r;
		++i;
		}
	return t;
	},
["weirds: set[string,string], logged already"] = function(n: count): any
	{ local t: set[string, string] &create_expire=1day; local i = 0; while ( i < n ) { add t[i % 3 == 0 ? "data_before_established" : "bad_TCP_checksum", fmt("%s-%s", inside(i), outside(i))]; ++i; } return t; },
["weirds: table[addr,string] of count"] = function(n: count): any
	{ local t: table[addr, string] of count &default=0; local i = 0; while ( i < n ) { t[inside(i / 2), i % 2 == 0 ? "active_connection_reuse" : "window_recision"] += mix(i) % 3000; ++i; } return t; },
["notices: table[addr] of set[enum], escalation"] = function(n: count): any
	{ local t: table[addr] of set[Kind] &create_expire=10mins; local i = 0; while ( i < n ) { t[outside(i)] = set(HOST); if ( mix(i) % 3 == 0 ) add t[outside(i)][URL]; if ( mix(i) % 20 == 0 ) { add t[outside(i)][HASH]; add t[outside(i)][FILE]; add t[outside(i)][USER]; } ++i; } return t; },
# Scans.
["scans: table[addr] of set[port], skewed"] = function(n: count): any
	{ local t: table[addr] of set[port]; local i = 0; while ( i < n ) { local s: set[port] = set(); local k = skew(i, 3000); while ( k > 0 ) { add s[any_port(i + k)]; --k; } t[outside(i)] = s; ++i; } return t; },
["scans: table[addr,port] of set[addr], skewed"] = function(n: count): any
	{ local t: table[addr, port] of set[addr] &read_expire=1day; local i = 0; while ( i < n ) { local a = outside(i); local p = service_port(i); t[a, p] = set(); local k = skew(i, 2000); while ( k > 0 ) { add t[a, p][inside(i + k)]; --k; } ++i; } return t; },
["scans: table[addr,addr] of set[port]"] = function(n: count): any
	{ local t: table[addr, addr] of set[port] &read_expire=1day; local i = 0; while ( i < n ) { local k = 0; while ( k < 12 ) { local a = outside(i); local b = inside(i); if ( [a, b] !in t ) t[a, b] = set(); add t[a, b][any_port(i * 12 + k)]; ++k; } ++i; } return t; },
["scans: table[addr] of opaque of cardinality, 10 %"] = function(n: count): any
	{ local t: table[addr] of opaque of cardinality; local i = 0; while ( i < n ) { t[outside(i)] = hll_cardinality_init(0.1, 0.99); local k = skew(i, 100); while ( k > 0 ) { hll_cardinality_add(t[outside(i)], inside(k)); --k; } ++i; } return t; },
["scans: table[port] of set[addr]"] = function(n: count): any
	{ local t: table[port] of set[addr] &write_expire=6hrs; local i = 0; while ( i < n ) { local p = any_port(i); t[p] = set(); local k = i % 50 == 0 ? 800 : 1 + mix(i) % 6; while ( k > 0 ) { add t[p][outside(i * 7 + k)]; --k; } ++i; } return t; },
["scans: table[addr] of table[port] of set[addr], skewed"] = function(n: count): any
	{ local t: table[addr] of table[port] of set[addr]; local i = 0; while ( i < n ) { local a = outside(i); t[a] = table(); local k = skew(i, 300); while ( k > 0 ) { local p = any_port(mix(k) % 40); if ( p !in t[a] ) t[a][p] = set(); add t[a][p][inside(i + k)]; --k; } ++i; } return t; },
["scans: table[count] of R_Scan"] = function(n: count): any
	{ local t: table[count] of R_Scan; local i = 0; while ( i < n ) { local hosts: table[addr] of count = table(); local ports: set[port] = set(); local h = hll_cardinality_init(0.1, 0.99); local k = 1 + mix(i) % 9; while ( k > 0 ) { hosts[inside(i + k)] = k; add ports[any_port(k * i)]; hll_cardinality_add(h, k); --k; } t[i] = R_Scan($dark_hosts=h, $hosts=hosts, $ports=ports); ++i; } return t; },
["scans: table[addr,string] of set[addr], signatures"] = function(n: count): any
	{ local t: table[addr, string] of set[addr] &read_expire=1hr; local i = 0; while ( i < n ) { local k = 0; while ( k < 4 ) { local a = outside(i); if ( [a, "dpd_rfb_server"] !in t ) t[a, "dpd_rfb_server"] = set(); add t[a, "dpd_rfb_server"][inside(i * 4 + k)]; ++k; } ++i; } return t; },
["scans: table[addr] of set[addr] after most was deleted"] = function(n: count): any
	{ local t: table[addr] of set[addr]; local i = 0; while ( i < 4 * n ) { t[outside(i)] = set(inside(i), inside(i + 1)); ++i; } i = 0; while ( i < 4 * n ) { if ( i % 4 != 1 ) delete t[outside(i)]; ++i; } peak = 4 * n; return t; },
# Counting by pairs, and when.
["beacons: table[addr,addr] of vector of time"] = function(n: count): any
	{ local t: table[addr, addr] of vector of time &create_expire=1hr; local i = 0; while ( i < n ) { local a = inside(i); local b = outside(i); t[a, b] = vector(); local k = skew(i, 200); while ( k > 0 ) { t[a, b] += at(k); --k; } ++i; } return t; },
["beacons: table[conn_id] of vector of interval"] = function(n: count): any
	{ local t: table[conn_id] of vector of interval; local i = 0; while ( i < n ) { local id = id_of(i); t[id] = vector(); local k = 3 + mix(i) % 30; while ( k > 0 ) { t[id] += 0.2sec * k; --k; } ++i; } return t; },
["beacons: table[addr] of vector of interval, the last ten"] = function(n: count): any
	{ local t: table[addr] of vector of interval; local i = 0; while ( i < n ) { t[inside(i)] = vector(); local k = 0; while ( k < 25 ) { t[inside(i)] += 1sec * k; if ( |t[inside(i)]| > 10 ) t[inside(i)] = t[inside(i)][1:]; ++k; } ++i; } return t; },
["beacons: table[string] of vector of double, few and long"] = function(n: count): any
	{ local t: table[string] of vector of double &default=vector(); local i = 0; while ( i < n ) { local k = cat("sensor-", i % 12); if ( k !in t ) t[k] = vector(); t[k] += i * 0.5; ++i; } return t; },
["counts: table[addr,addr] of count, expired one by one"] = function(n: count): any
	{ local t: table[addr, addr] of count &create_expire=5min &default=0; local i = 0; while ( i < 4 * n ) { t[inside(i), outside(i)] += 1 + mix(i) % 20; if ( i >= n ) delete t[inside(i - n), outside(i - n)]; ++i; } peak = n + 1; return t; },
["counts: table[string] of table[string] of count, by direction"] = function(n: count): any
	{ local t: table[string] of table[string] of count; local i = 0; while ( i < n ) { t[uid(i)] = table(); t[uid(i)]["fwd"] = mix(i) % 90; t[uid(i)]["bwd"] = mix(i) % 70000; ++i; } return t; },
["counts: table[string] of table[addr] of count, five protocols"] = function(n: count): any
	{ local t: table[string] of table[addr] of count; local i = 0; while ( i < n ) { local p = vector("ssh", "rdp", "smb", "ftp", "vnc")[i % 5]; if ( p !in t ) t[p] = table(); t[p][outside(i)] = 1 + mix(i) % 40; ++i; } return t; },
["transactions: table[addr] of set[count]"] = function(n: count): any
	{ local t: table[addr] of set[count] &create_expire=30sec; local i = 0; while ( i < n ) { t[inside(i)] = set(); local k = skew(i, 400); while ( k > 0 ) { add t[inside(i)][mix(i + k) % 65536]; --k; } ++i; } return t; },
["enumerations: table[addr,addr] of R_Enumeration"] = function(n: count): any
	{ local t: table[addr, addr] of R_Enumeration; local i = 0; while ( i < n ) { local e = R_Enumeration($ids=set(), $first=at(i)); local k = 2 + mix(i) % 6; while ( k > 0 ) { add e$ids[mix(k) % 1000]; --k; } t[inside(i), inside(i + 1)] = e; ++i; } return t; },
# Names.
["agents: table[addr] of set[string], skewed"] = function(n: count): any
	{ local t: table[addr] of set[string]; local i = 0; while ( i < n ) { t[inside(i)] = set(); local k = skew(i, 60); while ( k > 0 ) { add t[inside(i)][agent(i + k)]; --k; } ++i; } return t; },
["fingerprints: table[string] of set[string], digests and names"] = function(n: count): any
	{ local t: table[string] of set[string]; local i = 0; while ( i < n ) { local h = md5_hash(i); t[h] = set(); local k = skew(i, 500); while ( k > 0 ) { add t[h][domain(i + k)]; --k; } ++i; } return t; },
["names: table[addr] of string, to_lower()"] = function(n: count): any
	{ local t: table[addr] of string &create_expire=20min; local i = 0; while ( i < n ) { t[inside(i)] = domain(i); ++i; } return t; },
["names: table[addr] of string, fmt()"] = function(n: count): any
	{ local t: table[addr] of string &create_expire=20min; local i = 0; while ( i < n ) { t[inside(i)] = fmt("%s@%s", uid(i), labels[i % |labels|]); ++i; } return t; },
["names: table[addr] of string, few different ones"] = function(n: count): any
	{ local t: table[addr] of string; local i = 0; while ( i < n ) { t[inside(i)] = zones[i % |zones|]; ++i; } return t; },
["names: table[string] of R_PassiveName"] = function(n: count): any
	{ local t: table[string] of R_PassiveName; local i = 0; while ( i < n ) { local q = domain(i); local a = cat(outside(i)); t[cat(q, a)] = R_PassiveName($query=q, $answer=a, $kind="A", $ttl=300secs, $first=at(i), $last=at(i)); ++i; } return t; },
["names: table[string] of set[string], tunnelling"] = function(n: count): any
	{ local t: table[string] of set[string]; local i = 0; while ( i < n ) { local z = cat(i / 20, ".", zones[i % 2]); if ( z !in t ) t[z] = set(); if ( i % 400 < 200 ) add t[z][sha256_hash(i)]; else add t[z][labels[i % |labels|]]; ++i; } return t; },
["names: table[addr] of R_NameCounts"] = function(n: count): any
	{ local t: table[addr] of R_NameCounts; local i = 0; while ( i < n ) { local s = R_NameCounts($queries=table(), $types=table()); local k = skew(i, 150); while ( k > 0 ) { s$queries[domain(i + k)] = k; s$types[1 + k % 4] = k; --k; } s$last = at(i); t[inside(i)] = s; ++i; } return t; },
["links: set[string], addresses of pages"] = function(n: count): any
	{ local t: set[string]; local i = 0; while ( i < n ) { add t[cat("http://", domain(i), path(i))]; ++i; } return t; },
["links: table[string] of string"] = function(n: count): any
	{ local t: table[string] of string &create_expire=4hrs; local i = 0; while ( i < n ) { t[cat("http://", domain(i), path(i))] = uid(i); ++i; } return t; },
["names: table[string] of addr"] = function(n: count): any
	{ local t: table[string] of addr; local i = 0; while ( i < n ) { t[mac(i)] = mixed(i); ++i; } return t; },
["users: table[string] of set[addr], skewed"] = function(n: count): any
	{ local t: table[string] of set[addr] &create_expire=1hr; local i = 0; while ( i < n ) { local u = cat("u", i); t[u] = set(); local k = skew(i, 500); while ( k > 0 ) { add t[u][mixed(i + k)]; --k; } ++i; } return t; },
["users: table[string] of R_UserNets"] = function(n: count): any
	{ local t: table[string] of R_UserNets; local i = 0; while ( i < n ) { local r = R_UserNets($from_net=table(), $total=i); local k = 1 + mix(i) % 5; while ( k > 0 ) { r$from_net[outside(i + k) / 24] = k; --k; } t[cat("user", i)] = r; ++i; } return t; },
["users: table[addr] of R_Login"] = function(n: count): any
	{ local t: table[addr] of R_Login; local i = 0; while ( i < n ) { local d: table[addr] of count = table(); local k = skew(i, 100); while ( k > 0 ) { d[inside(k)] = k; --k; } t[outside(i)] = R_Login($total_login_fail=mix(i) % 9, $total_login_accept=1, $total_host_fail=|d|, $dest_a=d); ++i; } return t; },
# Intelligence.
["intelligence: table[addr] of table[string] of R_MetaData"] = function(n: count): any
	{ local t: table[addr] of table[string] of R_MetaData; local i = 0; while ( i < n ) { local a = outside(i); t[a] = table(); local f = feeds[i % 3]; t[a][f] = R_MetaData($source=f, $desc=sub_bytes(cat("seen in campaign ", mix(i) % 300), 1, 100)); if ( mix(i) % 8 == 0 ) { t[a]["second-feed"] = R_MetaData($source="second-feed", $url=to_lower(cat("https://", domain(i), path(i)))); } ++i; } return t; },
["intelligence: table[string,enum] of table[string] of R_MetaData"] = function(n: count): any
	{ local t: table[string, Kind] of table[string] of R_MetaData; local i = 0; while ( i < n ) { local s = i % 3 == 0 ? sha256_hash(i) : domain(i); local k = i % 3 == 0 ? HASH : NAME; t[s, k] = table(); t[s, k]["feed-a"] = R_MetaData($source=to_lower("feed-a"), $desc=sub_bytes(cat("malware family ", mix(i) % 90), 1, 100), $url=to_lower(cat("https://", domain(i), path(i)))); ++i; } return t; },
["intelligence: set[string,enum]"] = function(n: count): any
	{ local t: set[string, Kind]; local i = 0; while ( i < n ) { if ( i % 3 == 0 ) add t[sha256_hash(i), HASH]; else add t[domain(i), NAME]; ++i; } return t; },
["intelligence: table[string] of R_Blacklist"] = function(n: count): any
	{ local t: table[string] of R_Blacklist; local i = 0; while ( i < n ) { t[cat(domain(i), path(i))] = R_Blacklist($reason=to_lower("CnC"), $source=to_lower("https://feeds.example.com/list.txt")); ++i; } return t; },
["lists: table[subnet] of R_Comment"] = function(n: count): any
	{ local t: table[subnet] of R_Comment; local i = 0; while ( i < n ) { local s = count_to_v4_addr(i * 256) / 24; t[s] = R_Comment($nets=s); if ( mix(i) % 2 == 0 ) t[s]$comment = sub_bytes(cat("ticket ", mix(i) % 100000, ", vendor scanner"), 1, 60); ++i; } return t; },
["lists: table[subnet] of set[string]"] = function(n: count): any
	{ local t: table[subnet] of set[string]; local i = 0; while ( i < n ) { local s = count_to_v4_addr(i * 4096) / 20; t[s] = set("site:hq"); if ( i % 2 == 0 ) add t[s]["role:workstation"]; if ( i % 5 == 0 ) add t[s][cat("vlan:", i % 4000)]; ++i; } return t; },
["software: table[addr] of table[string] of R_Software"] = function(n: count): any
	{
	local t: table[addr] of table[string] of R_Software &create_expire=1day;
	local i = 0;
	while ( i < n )
		{
		local a = inside(i);
		t[a] = table();
		local k = skew(i, 40);
		while ( k > 0 )
			{
			local s = R_Software($ts=at(i), $host=a, $name=to_lower(labels[(i + k) % |labels|]), $unparsed_version=agent(i + k));
			s$version = R_Version($major=mix(k) % 130, $minor=0);
			if ( mix(i + k) % 3 == 0 ) { s$version$minor2 = mix(k) % 9000; s$version$addl = to_lower("rc1"); s$host_p = 8080/tcp; }
			t[a][cat(s$name, k)] = s;
			--k;
			}
		++i;
		}
	return t;
	},
# Sums.
["sums: table of R_Key of table[string] of R_ResultVal"] = function(n: count): any
	{ local t: table[R_Key] of table[string] of R_ResultVal; local i = 0; while ( i < n ) { local k = i % 2 == 0 ? R_Key($host=outside(i)) : R_Key($host=outside(i), $str=cat(service_port(i))); t[k] = table(); local v = R_ResultVal($begin=at(i), $end=at(i + 5), $num=mix(i) % 50, $sum=1.0 * (mix(i) % 50)); if ( i % 4 == 0 ) v$unique_vals = set(cat(inside(i)), cat(inside(i + 1))); t[k]["scan.addr.fail"] = v; ++i; } return t; },
["sums: table[string,R_Key] of bool, thresholds"] = function(n: count): any
	{ local t: table[string, R_Key] of bool; local i = 0; while ( i < n ) { t["addr-scan", R_Key($host=outside(i), $str=cat(service_port(i)))] = T; ++i; } return t; },
["sums: vector of R_Observation, samples"] = function(n: count): any
	{ local t: vector of R_Observation; local i = 0; while ( i < n ) { t += R_Observation($str=domain(i)); if ( i % 4 == 0 ) t[i]$num = 1; ++i; } return t; },
["sums: set of R_Observation"] = function(n: count): any
	{ local t: set[R_Observation]; local i = 0; while ( i < n ) { add t[R_Observation($str=cat(outside(i)))]; ++i; } return t; },
["queue: record with table[count] of any"] = function(n: count): any
	{ local q = R_Queue($initialized=T, $vals=table(), $settings=R_QueueSettings($max_len=n)); local i = 0; while ( i < n ) { q$vals[q$top] = domain(i); ++q$top; ++i; } return q; },
["queues: table[string] of R_Queue"] = function(n: count): any
	{ local t: table[string] of R_Queue; local i = 0; while ( i < n ) { local q = R_Queue($initialized=T, $vals=table(), $settings=R_QueueSettings()); local k = 1 + mix(i) % 7; while ( k > 0 ) { q$vals[q$top] = R_Observation($num=k); ++q$top; --k; } t[cat(outside(i))] = q; ++i; } return t; },
# Protocols.
["tunnels: table[conn_id] of R_Tunnel"] = function(n: count): any
	{ local t: table[conn_id] of R_Tunnel &read_expire=1day; local i = 0; while ( i < n ) { local id = id_of(i); t[id] = R_Tunnel($ts=at(i), $id=id, $tunnel_type=HOST, $action=NAME); if ( i % 2 == 0 ) t[id]$uid = uid(i); ++i; } return t; },
["files: table[string] of R_File"] = function(n: count): any
	{
	local t: table[string] of R_File &read_expire=2mins;
	local i = 0;
	while ( i < n )
		{
		local f = R_File($ts=at(i), $fuid=uid(i), $uid=uid(i + 1), $id=id_of(i), $source=to_upper("http"), $mime_type=to_lower("text/plain"), $seen_bytes=mix(i) % 100000);
		add f$analyzers["MD5"]; add f$analyzers["SHA1"];
		if ( mix(i) % 4 == 0 ) f$filename = to_lower(cat(labels[i % |labels|], i, ".exe"));
		if ( mix(i) % 2 == 0 ) { f$md5 = md5_hash(i); f$sha1 = sha1_hash(i); f$total_bytes = mix(i) % 100000; }
		t[f$fuid] = f;
		++i;
		}
	return t;
	},
["transfers: table[addr,port] of R_FTP"] = function(n: count): any
	{ local t: table[addr, port] of R_FTP &read_expire=5mins; local i = 0; local id = id_of(0); while ( i < n ) { if ( i % 2 == 0 ) id = id_of(i); t[outside(i), service_port(i)] = ftp_session(i, id); ++i; } return t; },
["shares: table[count] of R_SMBFile"] = function(n: count): any
	{ local t: table[count] of R_SMBFile; local i = 0; local id = id_of(0); local u = uid(0); while ( i < n ) { if ( i % 8 == 0 ) { id = id_of(i); u = uid(i); } t[i] = smb_file(i, id, u); ++i; } return t; },
["shares: table[string] of R_SMBState"] = function(n: count): any
	{
	local t: table[string] of R_SMBState;
	local i = 0;
	while ( i < n )
		{
		local s = R_SMBState($fid_map=table(), $tid_map=table(), $pipe_map=table());
		local id = id_of(i);
		local u = uid(i);
		local k = skew(i, 60);
		while ( k > 0 ) { s$fid_map[i + k] = smb_file(i + k, id, u); add s$recent_files[file_path(i + k)]; --k; }
		s$current_file = s$fid_map[i + 1];
		s$tid_map[1] = R_SMBTree($ts=at(i), $uid=u, $id=id, $path=to_lower("\\\\files\\shares"), $service=to_upper("ipc"));
		s$current_tree = s$tid_map[1];
		if ( i % 3 == 0 ) s$pipe_map[mix(i)] = "12345778-1234-abcd-ef00-0123456789ac";
		t[u] = s;
		++i;
		}
	return t;
	},
["tickets: table[string] of R_KRB"] = function(n: count): any
	{ local t: table[string] of R_KRB; local i = 0; while ( i < n ) { local k = R_KRB($ts=at(i), $uid=uid(i), $id=id_of(i), $request_type=i % 2 == 0 ? "AS" : "TGS", $client=sub_bytes(cat("user", mix(i) % 5000, "/EXAMPLE.COM"), 1, 90), $service=to_lower("krbtgt/EXAMPLE.COM")); if ( i % 3 == 0 ) { k$success = F; k$error_code = 25; k$error_msg = "KDC_ERR_PREAUTH_REQUIRED"; } else { k$success = T; k$from = at(i); k$till = at(2 * i); k$cipher = "aes256-cts-hmac-sha1-96"; k$forwardable = T; k$renewable = T; } t[k$uid] = k; ++i; } return t; },
["leases: table[count] of R_DHCP"] = function(n: count): any
	{
	local t: table[count] of R_DHCP &create_expire=30sec;
	local i = 0;
	while ( i < n )
		{
		local d = R_DHCP($ts=at(i), $uids=set(uid(i)), $mac=mac(i), $client_addr=inside(i), $server_addr=inside(1), $requested_addr=inside(i));
		d$msg_types += "REQUEST"; d$msg_types += "ACK";
		if ( mix(i) % 3 != 0 ) { d$host_name = to_upper(cat("laptop-", sub_bytes(md5_hash(i), 1, 7))); d$domain = to_lower("corp.example.com"); d$lease_time = 1day; d$assigned_addr = inside(i); }
		if ( mix(i) % 6 == 0 ) { add d$uids[uid(i + 7)]; d$client_fqdn = domain(i); d$client_chaddr = mac(i); }
		t[mix(i)] = d;
		++i;
		}
	return t;
	},
["endpoints: table[string] of R_DCERPC"] = function(n: count): any
	{ local t: table[string] of R_DCERPC; local i = 0; while ( i < n ) { local s = R_DCERPC($uuid="12345778-1234-abcd-ef00-0123456789ac"); if ( i % 2 == 0 ) s$named_pipe = to_lower("lsarpc"); s$ctx_to_uuid = table(); s$ctx_to_uuid[0] = s$uuid; if ( i % 3 == 0 ) s$ctx_to_uuid[1] = to_lower("6cb71c2c-9812-4540-0300-000000000000"); t[uid(i)] = s; ++i; } return t; },
["searches: table[int] of R_LDAP"] = function(n: count): any
	{ local t: table[int] of R_LDAP; local i = 0; while ( i < n ) { local m = R_LDAP($ts=at(i), $uid=uid(i / 10), $id=id_of(i / 10), $message_id=+1 * i, $opcode="bind simple", $version=+3); if ( i % 2 == 0 ) { m$result = "success"; m$object = sub_bytes(cat("cn=user", i, ",ou=people,dc=example,dc=com"), 1, 100); } if ( i % 7 == 0 ) m$argument = "REDACTED"; t[+1 * i] = m; ++i; } return t; },
["messages: table[string] of R_MQTT"] = function(n: count): any
	{ local t: table[string] of R_MQTT; local i = 0; while ( i < n ) { local p = sub_bytes(cat("{\"temperature\":", mix(i) % 40, ",\"humidity\":", mix(i) % 100, i % 9 == 0 ? cat(sha256_hash(i), sha256_hash(i, 9), sha256_hash(i, 10)) : "", "}"), 1, 600); t[uid(i)] = R_MQTT($ts=at(i), $uid=uid(i), $id=id_of(i), $from_client=T, $retain=F, $qos="at least once", $topic=to_lower(cat("plant/", i % 30, "/sensor/", i)), $payload=p, $payload_len=|p|, $qos_level=1); ++i; } return t; },
["requests: table[string] of R_HTTPState"] = function(n: count): any
	{ local t: table[string] of R_HTTPState; local i = 0; while ( i < n ) { local s = R_HTTPState($pending=table()); local id = id_of(i); local u = uid(i); local k = mix(i) % 5 == 0 ? 3 : 1; while ( k > 0 ) { s$pending[k] = http_request(i + k, id, u); ++s$current_request; --k; } t[u] = s; ++i; } return t; },
["queries: table[count] of R_DNS, answered ones deleted"] = function(n: count): any
	{ local t: table[count] of R_DNS; local i = 0; while ( i < 3 * n ) { t[i] = dns_query(i, id_of(i), uid(i)); if ( i >= n ) delete t[i - n]; ++i; } peak = n + 1; return t; },
["queries: table[string] of table[count] of R_DNS, pending"] = function(n: count): any
	{ local t: table[string] of table[count] of R_DNS; local i = 0; while ( i < n ) { local u = uid(i); local id = id_of(i); t[u] = table(); local k = 0; while ( k < 12 ) { t[u][k] = dns_query(i * 12 + k, id, u); ++k; } while ( k > 2 ) { --k; delete t[u][k]; } ++i; } return t; },
["registers: table[addr] of table[count] of R_Register"] = function(n: count): any
	{ local t: table[addr] of table[count] of R_Register; local i = 0; while ( i < n ) { local a = inside(i / 100); if ( a !in t ) t[a] = table(); t[a][i % 100] = R_Register($last_set=at(i), $value=mix(i) % 65536); ++i; } return t; },
["sessions: table[string] of R_Session"] = function(n: count): any
	{ local t: table[string] of R_Session &read_expire=1hr; local i = 0; while ( i < n ) { local s = R_Session($version="TLSv12", $cipher="TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", $issued=at(i)); if ( i % 3 != 0 ) s$cert = sha1_hash(i); t[hexstr_to_bytestring(sha256_hash(i))] = s; ++i; } return t; },
["certificates: table[string] of R_X509"] = function(n: count): any
	{
	local t: table[string] of R_X509 &read_expire=62secs;
	local i = 0;
	while ( i < n )
		{
		local x = R_X509($ts=at(i), $fingerprint=sha256_hash(i), $certificate=certificate_of(i), $host_cert=T);
		if ( mix(i) % 8 != 0 ) { x$san = R_AltName($dns=vector(), $other_fields=F); local k = skew(i, 100); while ( k > 0 ) { x$san$dns += domain(i + k); --k; } }
		if ( mix(i) % 4 == 0 ) x$basic_constraints = R_Constraints($ca=F);
		t[x$fingerprint] = x;
		++i;
		}
	return t;
	},
["certificates: table[string] of vector of opaque of x509"] = function(n: count): any
	{ local t: table[string] of vector of opaque of x509; local i = 0; while ( i < n ) { t[sha1_hash(i)] = vector(x509_from_der(certificate)); if ( i % 2 == 0 ) t[sha1_hash(i)] += x509_from_der(certificate); ++i; } return t; },
["hashing: table[string] of opaque of sha1"] = function(n: count): any
	{ local t: table[string] of opaque of sha1; local i = 0; while ( i < n ) { t[uid(i)] = sha1_hash_init(); sha1_hash_update(t[uid(i)], domain(i)); ++i; } return t; },
["hashing: table[string] of opaque of entropy"] = function(n: count): any
	{ local t: table[string] of opaque of entropy; local i = 0; while ( i < n ) { t[uid(i)] = entropy_test_init(); entropy_test_add(t[uid(i)], domain(i)); ++i; } return t; },
# Blocking and labelling.
["blocks: table[addr] of R_BlockInfo"] = function(n: count): any
	{ local t: table[addr] of R_BlockInfo &create_expire=1day; local i = 0; while ( i < n ) { local b = R_BlockInfo($watch_until=at(i), $current_interval=0, $current_block_id=uid(i)); if ( i % 2 == 0 ) b$block_until = at(i); if ( i % 5 == 0 ) b$location = "scan.zeek"; t[outside(i)] = b; ++i; } return t; },
["blocks: table[string] of R_Rule"] = function(n: count): any
	{
	local t: table[string] of R_Rule;
	local i = 0;
	while ( i < n )
		{
		local e = R_Entity($ty=HOST);
		if ( i % 3 == 0 ) e$conn = id_of(i); else e$ip = addr_to_subnet(outside(i));
		if ( i % 10 == 0 ) e$flow = R_FlowEntity($src_h=addr_to_subnet(outside(i)), $dst_p=22/tcp);
		local r = R_Rule($ty=HOST, $target=NAME, $entity=e, $expire=10min, $id=cat("rule-", i), $cid=i, $added=T);
		add r$plugin_ids[1]; add r$active_plugin_ids[1];
		if ( i % 2 == 0 ) r$location = "";
		t[r$id] = r;
		++i;
		}
	return t;
	},
["labels: table[addr] of R_Tags"] = function(n: count): any
	{ local t: table[addr] of R_Tags; local i = 0; while ( i < n ) { local r = R_Tags(); if ( i % 4 == 0 ) { add r$tags["server"]; r$note = sub_bytes(cat("set by ", uid(i)), 1, 60); r$owner = "operations"; } if ( i % 9 == 0 ) { r$priority = 3; r$expires = at(i); } t[inside(i)] = r; ++i; } return t; },
["places: table[addr] of R_Place"] = function(n: count): any
	{ local t: table[addr] of R_Place &read_expire=1day; local i = 0; while ( i < n ) { local p = R_Place(); if ( mix(i) % 8 != 0 ) { p$country_code = to_upper("us"); p$latitude = 0.001 * (mix(i) % 90000); p$longitude = 0.001 * (mix(i + 1) % 180000); if ( mix(i) % 2 == 0 ) { p$region = to_upper("ca"); p$city = sub_bytes("Example Springs City", 1, 5 + mix(i) % 15); } } t[outside(i)] = p; ++i; } return t; },
["bots: table[addr] of R_Bot"] = function(n: count): any
	{ local t: table[addr] of R_Bot; local i = 0; while ( i < n ) { local b = R_Bot($n_dns_failures=mix(i) % 30); if ( i % 6 == 0 ) { b$url = path(i); b$ratio = 0.7; b$first = at(i); b$hosts += fmt("%s, ", outside(i)); } t[inside(i)] = b; ++i; } return t; },
# Cluster and agents.
["agents: table[string] of vector of R_Socket"] = function(n: count): any
	{ local t: table[string] of vector of R_Socket; local i = 0; while ( i < n ) { local h = cat("host-", i); t[h] = vector(); local k = skew(i, 80); while ( k > 0 ) { t[h] += R_Socket($seuid=uid(i + k), $connection=R_ConnectionTuple($local_address=inside(i), $remote_address=outside(k), $local_port=+443, $remote_port=+50000)); --k; } ++i; } return t; },
["agents: table[string] of table[string] of vector of R_Interface"] = function(n: count): any
	{ local t: table[string] of table[string] of vector of R_Interface; local i = 0; while ( i < n ) { local h = uid(i); t[h] = table(); t[h]["lo"] = vector(R_Interface($ipv4=127.0.0.1)); t[h]["eth0"] = vector(R_Interface($mac=mac(i), $ipv4=inside(i))); if ( i % 2 == 0 ) t[h]["eth0"] += R_Interface($mac=mac(i), $ipv6=mixed(i * 4)); ++i; } return t; },
["groups: table[string] of table[string] of set[string]"] = function(n: count): any
	{ local t: table[string] of table[string] of set[string]; local i = 0; while ( i < n ) { local g = cat("/group/", i / 30); if ( g !in t ) t[g] = table(); local p = cat("peer-", i % 3); if ( p !in t[g] ) t[g][p] = set(); add t[g][p][uid(i)]; ++i; } return t; },
["groups: table[string] of vector of string"] = function(n: count): any
	{ local t: table[string] of vector of string; local i = 0; while ( i < n ) { t[uid(i)] = vector("all", cat("site-", i % 40)); if ( i % 3 == 0 ) t[uid(i)] += domain(i); ++i; } return t; },
["requests: table[string] of R_Request"] = function(n: count): any
	{ local t: table[string] of R_Request; local i = 0; while ( i < n ) { local r = R_Request($id=uid(i), $created=at(i)); if ( i % 3 == 0 ) { r$parent_id = uid(i / 3); r$results += fmt("instance-%d: ok", i); r$finished = T; } t[r$id] = r; ++i; } return t; },
["settings: table[string] of any"] = function(n: count): any
	{ local t: table[string] of any; local i = 0; while ( i < n ) { if ( i % 3 == 0 ) t[cat("option_", i)] = i; else if ( i % 3 == 1 ) t[cat("option_", i)] = domain(i); else t[cat("option_", i)] = set(inside(i), inside(i + 1)); ++i; } return t; },
["handlers: table[string] of R_Handler"] = function(n: count): any
	{ local t: table[string] of R_Handler; local i = 0; while ( i < n ) { t[cat("handler-", i)] = R_Handler($desc=labels[i % |labels|], $threshold=2.5, $cb=inside); ++i; } return t; },
# Connections.
["connections: set[conn_id], expired one by one"] = function(n: count): any
	{ local t: set[conn_id]; local i = 0; while ( i < 3 * n ) { add t[id_of(i)]; if ( i >= n ) delete t[id_of(i - n)]; ++i; } peak = n + 1; return t; },
["connections: table[string] of set[conn_id]"] = function(n: count): any
	{ local t: table[string] of set[conn_id]; local i = 0; while ( i < n ) { local p = sha1_hash(i); t[p] = set(); local k = skew(i, 100); while ( k > 0 ) { add t[p][id_of(i + k)]; --k; } ++i; } return t; },
["connections: table[string] of R_LongConnection"] = function(n: count): any
	{ local t: table[string] of R_LongConnection; local i = 0; while ( i < n ) { t[uid(i)] = R_LongConnection($id=id_of(i), $next_check=at(i + 600), $offset=mix(i) % 5); ++i; } return t; },
["connections: table[conn_id] of set[string]"] = function(n: count): any
	{ local t: table[conn_id] of set[string] &read_expire=1hr; local i = 0; while ( i < n ) { t[id_of(i)] = set("ssl", "http"); ++i; } return t; },
["connections: table[conn_id] of R_Fragments"] = function(n: count): any
	{ local t: table[conn_id] of R_Fragments; local i = 0; while ( i < n ) { local f = R_Fragments($hdl=vector(), $buf=table()); local k = 1 + mix(i) % 4; while ( k > 0 ) { f$hdl += R_Hole($first=k, $last=k + 1000); local raw = string_fill(1 + mix(i + k) % 1400, "\x01\x02"); f$buf[mix(k)] = R_Part($isn=mix(k), $len=|raw|, $raw=raw); --k; } t[id_of(i)] = f; ++i; } return t; },
["cookies: table[string] of R_Cookie"] = function(n: count): any
	{ local t: table[string] of R_Cookie &read_expire=1hr; local i = 0; while ( i < n ) { local c = to_lower(cat("sid=", sha256_hash(i), i % 4 == 0 ? cat("; prefs=", sha256_hash(i, 2), sha256_hash(i, 3)) : "")); t[c] = R_Cookie($host=inside(i), $agent=agent(i), $cookie=c, $url=cat(domain(i), path(i)), $last_seen=at(i)); if ( i % 2 == 0 ) t[c]$mac = mac(i); ++i; } return t; },
["bursts: table[addr] of vector of R_Burst, the last five"] = function(n: count): any
	{ local t: table[addr] of vector of R_Burst; local i = 0; while ( i < n ) { local v: vector of R_Burst = vector(); local k = 0; while ( k < 9 ) { v += R_Burst($bytes=mix(k), $duration=2sec, $when_seen=at(k)); if ( |v| > 5 ) v = v[1:]; ++k; } t[outside(i)] = v; ++i; } return t; },
["samples: table[string] of vector of count, skewed"] = function(n: count): any
	{ local t: table[string] of vector of count; local i = 0; while ( i < n ) { t[uid(i)] = vector(); local k = skew(i, 500); while ( k > 0 ) { t[uid(i)] += mix(k) % 1500; --k; } ++i; } return t; },
["hours: vector of set[addr], one a hour"] = function(n: count): any
	{ local t: vector of set[addr]; local i = 0; while ( i < 24 ) { t[i] = set(); ++i; } i = 0; while ( i < n ) { add t[mix(i) % 24][outside(i)]; ++i; } return t; },
["signatures: table[string] of pattern"] = function(n: count): any
	{ local t: table[string] of pattern; local i = 0; while ( i < n ) { t[cat("rule-", i)] = string_to_pattern(cat("\\$\\{jndi:(ldap|rmi|dns)://[^}]*", domain(i)), F); ++i; } return t; },
};

redef divisors += {
	["known services: table[addr,port] of set[string]"] = 2, ["known devices: table[string] of R_Address"] = 3,
	["notices: table[string] of R_Notice, waiting for names"] = 5, ["notices: table[addr] of set[enum], escalation"] = 2,
	["scans: table[addr] of set[port], skewed"] = 20, ["scans: table[addr,port] of set[addr], skewed"] = 15,
	["scans: table[addr,addr] of set[port]"] = 10, ["scans: table[addr] of opaque of cardinality, 10 %"] = 10,
	["scans: table[port] of set[addr]"] = 20, ["scans: table[addr] of table[port] of set[addr], skewed"] = 15,
	["scans: table[count] of R_Scan"] = 10, ["scans: table[addr,string] of set[addr], signatures"] = 5,
	["scans: table[addr] of set[addr] after most was deleted"] = 6,
	["beacons: table[addr,addr] of vector of time"] = 5, ["beacons: table[conn_id] of vector of interval"] = 10,
	["beacons: table[addr] of vector of interval, the last ten"] = 10,
	["counts: table[addr,addr] of count, expired one by one"] = 2,
	["counts: table[string] of table[string] of count, by direction"] = 4,
	["transactions: table[addr] of set[count]"] = 8, ["enumerations: table[addr,addr] of R_Enumeration"] = 6,
	["agents: table[addr] of set[string], skewed"] = 8, ["fingerprints: table[string] of set[string], digests and names"] = 10,
	["names: table[string] of R_PassiveName"] = 2, ["names: table[addr] of R_NameCounts"] = 15,
	["users: table[string] of set[addr], skewed"] = 8, ["users: table[string] of R_UserNets"] = 6, ["users: table[addr] of R_Login"] = 8,
	["intelligence: table[addr] of table[string] of R_MetaData"] = 4, ["intelligence: table[string,enum] of table[string] of R_MetaData"] = 4,
	["lists: table[subnet] of set[string]"] = 3, ["software: table[addr] of table[string] of R_Software"] = 20,
	["sums: table of R_Key of table[string] of R_ResultVal"] = 5, ["queues: table[string] of R_Queue"] = 8,
	["files: table[string] of R_File"] = 6, ["transfers: table[addr,port] of R_FTP"] = 10,
	["shares: table[count] of R_SMBFile"] = 4, ["shares: table[string] of R_SMBState"] = 25,
	["tickets: table[string] of R_KRB"] = 4, ["leases: table[count] of R_DHCP"] = 6, ["endpoints: table[string] of R_DCERPC"] = 4,
	["searches: table[int] of R_LDAP"] = 4, ["messages: table[string] of R_MQTT"] = 4, ["requests: table[string] of R_HTTPState"] = 12,
	["queries: table[count] of R_DNS, answered ones deleted"] = 10, ["queries: table[string] of table[count] of R_DNS, pending"] = 30,
	["registers: table[addr] of table[count] of R_Register"] = 1, ["sessions: table[string] of R_Session"] = 2,
	["certificates: table[string] of R_X509"] = 8, ["certificates: table[string] of vector of opaque of x509"] = 30,
	["hashing: table[string] of opaque of sha1"] = 4, ["hashing: table[string] of opaque of entropy"] = 60,
	["blocks: table[addr] of R_BlockInfo"] = 2, ["blocks: table[string] of R_Rule"] = 8,
	["labels: table[addr] of R_Tags"] = 3, ["places: table[addr] of R_Place"] = 2, ["bots: table[addr] of R_Bot"] = 2,
	["agents: table[string] of vector of R_Socket"] = 10, ["agents: table[string] of table[string] of vector of R_Interface"] = 8,
	["groups: table[string] of vector of string"] = 3, ["requests: table[string] of R_Request"] = 3, ["settings: table[string] of any"] = 2,
	["connections: set[conn_id], expired one by one"] = 2, ["connections: table[string] of set[conn_id]"] = 8,
	["connections: table[conn_id] of set[string]"] = 3, ["connections: table[conn_id] of R_Fragments"] = 12,
	["cookies: table[string] of R_Cookie"] = 4, ["bursts: table[addr] of vector of R_Burst, the last five"] = 8,
	["samples: table[string] of vector of count, skewed"] = 6, ["signatures: table[string] of pattern"] = 600,
};
