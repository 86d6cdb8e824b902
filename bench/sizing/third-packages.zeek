##! State of public packages and of Zeek's policy scripts that neither
##! packages.zeek nor other-packages.zeek has: the types are those of their
##! variables, the contents what such traffic leaves in them. Written without
##! looking at the size model, to try it.

@load ./contents

module Truth;

# Scan detection.
type R_Probes: record { remote_sub: subnet; remotes: set[addr]; svc: port; };
type R_Scanner: record { scanner: addr; status: bool &default=F; detection: string &default=""; detect_ts: time &default=double_to_time(0.0); event_peer: string &optional; expire: bool &default=F; };
type R_Start: record { ts: time &default=double_to_time(0.0); conn_count: count &default=0; };
type R_Exclude: record { exclude_ip: addr; exclude_port: port; comment: string &optional; };
type R_Attempt: record { victim: addr; scanned_port: port; };
type R_Attack: record { first_seen: time; attempts: set[R_Attempt]; port_counts: table[port] of count; dark_hosts: set[addr]; };
type R_Counter: record { req_challenge: count &default=0; req_auth3: count &default=0; req_pass_set2: count &default=0; saw_pass_stub_len: bool &default=F; resp_challenge: count &default=0; resp_auth3: count &default=0; resp_pass_set2: count &default=0; };

# Mail and the links in it.
type R_MailInfo: record { ts: time; uid: string &default=""; from: string &default=""; to: string &default=""; subject: string &default=""; referrer: vector of string &optional; };
type R_Fqdn: record { domain: string; days_visited: vector of time; num_requests: count &default=0; last_visited: time; trustworthy: bool &default=F; };
type R_Sender: record { m_from: string; days_sent: vector of time; email: set[string]; emails_sent: count &default=0; emails_recv: count &default=0; num_clicks: count &default=0; last_seen: time; trustworthy: bool &default=F; };
type R_AddressBook: record { owner_email: string &default=""; owner_name: string &default=""; entry: set[string]; };
type R_Alert: record { note: string; mail_info: string; http_fqdn: string; c: conn_id; uid: string; urls: set[string]; };
type R_Activity: record { start_time: time; end_time: time; mailfrom: string; from: set[string]; to: set[string]; rcptto: set[string]; subject: vector of string; reply_to: set[string]; bcc: set[string]; urls: set[string]; attachments: set[string]; msg_origin_ip: set[addr]; };
type R_Subjects: record { sender: set[string]; recipients: set[string]; };
type R_End: record { size: count; state: count; num_pkts: count &optional; num_bytes_ip: count &optional; flow_label: count; l2_addr: string &optional; };
type R_Connection: record { id: conn_id; orig: R_End; resp: R_End; start_time: time; duration: interval; service: set[string]; history: string; uid: string; tunnel: vector of conn_id &optional; vlan: int &optional; successful: bool &default=F; long_conn_offset: count &default=0; };

# Fingerprints.
type R_TLS: record { ts: time; uid: string; id: conn_id; server_version: count &optional; client_version: count &optional; cipher: count &optional; client_ciphers: vector of count &optional; sni: vector of string &optional; ssl_client_exts: vector of count &optional; ssl_server_exts: vector of count &optional; ticket_lifetime_hint: count &optional; server_certs: vector of string &optional; client_certs: vector of string &optional; ssl_established: bool &default=F; dh_param_size: count &optional; point_formats: vector of count &optional; client_curves: vector of count &optional; curve: count &optional; orig_alpn: vector of string &optional; resp_alpn: vector of string &optional; alert: vector of count &optional; comp_method: count; sigalgs: vector of count &optional; hashalgs: vector of count &optional; };
type R_Hello: record { version: count &optional; cipher_suites: vector of count &default=vector(); compression_methods: vector of count &default=vector(); extension_codes: vector of count &default=vector(); alpns: vector of string &optional; signature_algos: vector of count &default=vector(); sni: vector of string &optional; is_complete: bool &default=F; };
type R_Options: record { option_kinds: vector of count &default=vector(); max_segment_size: count &default=0; window_scale: count &default=0; };
type R_Handshake: record { syn_window_size: count &default=0; syn_opts: R_Options &default=R_Options(); synack_window_size: count &default=0; synack_opts: R_Options &default=R_Options(); synack_delays: vector of count &default=vector(); synack_done: bool &default=F; last_ts: double &default=0.0; rst_ts: double &default=0.0; };
type R_Client: record { method: string &default="un"; version: string &default="00"; cookie: string &default=""; referer: string &default=""; language: string &default="0000"; header_names: vector of string &default=vector(); header_names_o: vector of string &default=vector(); cookie_names: vector of string &default=vector(); cookie_values: vector of string &default=vector(); };
type R_Packets: record { ts: time &optional; uid: string &optional; id: conn_id &optional; ja4ssh: string &default=""; is_ssh: bool &default=F; orig_pack_len: vector of count &default=vector(); resp_pack_len: vector of count &default=vector(); orig_ack: count &default=0; resp_ack: count &default=0; fingerprint_count: count &default=0; };
type R_Fingerprint: record { client_hello: R_Hello &default=R_Hello(); http_client: R_Client &default=R_Client(); ja4t: R_Handshake &default=R_Handshake(); ja4ssh: R_Packets &default=R_Packets(); };
type R_KeyExchange: record { hassh_version: string &default="1.1"; hassh: string &default=""; hassh_server: string &default=""; ckex: string &default=""; cshka: string &default=""; ceacts: string &default=""; cmacts: string &default=""; ccacts: string &default=""; algorithms: string &default=""; skex: string &default=""; sshka: string &default=""; seastc: string &default=""; server_algorithms: string &default=""; };
type R_Desktop: record { id: conn_id &optional; cookie: string &optional; ver_major: int &default=+0; ver_minor: int &default=+0; cluster_flags: string &default=""; enc_methods: string &default=""; channel_def: string &default=""; rdfp_string: string &default=""; rdfp_hash: string &default=""; };
type R_Curves: record { client_version: count &default=0; client_ciphers: string &default=""; extensions: string &default=""; e_curves: string &default=""; ec_point_fmt: string &default=""; };

# Protocols with an analyzer of their own.
type R_STUN: record { ts: time; uid: string; id: conn_id; is_orig: bool &optional; trans_id: string &optional; method: string &optional; class: string &optional; attr_types: vector of string; attr_vals: vector of string; };
type R_NAT: record { ts: time; uid: string; id: conn_id; is_orig: bool &optional; wan_addrs: vector of addr; wan_ports: vector of count; lan_addrs: vector of addr; };
type R_Control: record { opcode: count; key_id: count; session_id: string &optional; packet_id_ack_array: vector of count &optional; remote_session_id: string &optional; packet_id: count &optional; data_len: count; };
type R_SSDP: record { ts: time; uid: string; id: conn_id; request_search_target: string &optional; response_search_target: string &optional; server: string &optional; usn: string &optional; location: string &optional; request_headers: vector of string &optional; response_headers: vector of string &optional; seen_request: bool &default=F; seen_response: bool &default=F; };
type R_Chat: record { src: string; src_ip: addr; src_port: port; dst: string; dst_ip: addr; dst_port: port; msg: string; req_size: int; start_time: time; duration: interval; };
type R_ChatKey: record { src_ip: addr; dst_ip: addr; dst_port: port; };
type R_ChatSession: record { src: string; saddr: addr; src_ports_count: count; dst: string; daddr: addr; dport: port; ts: time; end_time: time; duration: double; msg_count: count; size_total: int; periodicity: double &optional; spec_chars_msg_mean: double; msg_word_entropy: double; msgs: vector of R_Chat; };
type R_DCC: record { ts: time; uid: string; id: conn_id; nick: string &optional; user: string &optional; command: string &optional; value: string &optional; addl: string &optional; dcc_file_name: string &optional; dcc_file_size: count &optional; dcc_mime_type: string &optional; fuid: string &optional; };
type R_Visited: record { method: string &default=""; uri: string &default=""; status_code: count &default=0; status_msg: string &default=""; };
type R_Transfer: record { orig_byte_cnt: count &default=0; last_byte_cnt: count &default=0; reported: bool &default=F; };
type R_Payload: record { uri: string; stem: string; host: string; port_: string; };

# Industrial control.
type R_Modbus: record { ts: time; uid: string; id: conn_id; tid: count &optional; unit: count &optional; func: string &optional; address: count &optional; quantity: count &optional; request_values: vector of count &optional; response_values: vector of count &optional; link_id: string &optional; matched: bool &optional; request_data: string &optional; response_data: string &optional; exception_code: string &optional; mei_type: string &optional; };
type R_OPCUA: record { ts: time; uid: string; id: conn_id; is_orig: bool; source_h: addr; source_p: port; destination_h: addr; destination_p: port; link_id: string; msg_type: string; is_final: string; msg_size: count; error: count &optional; reason: string &optional; version: count &optional; rcv_buf_size: count &optional; snd_buf_size: count &optional; endpoint_url: string &optional; sec_channel_id: count &optional; sec_token_id: count &optional; sec_policy_uri_len: int &optional; sec_policy_uri: string &optional; snd_cert_len: int &optional; snd_cert: string &optional; seq_number: count &optional; request_id: count &optional; encoding_mask: count &optional; namespace_idx: count &optional; identifier: count &optional; identifier_str: string &optional; req_node_id_type: string &optional; req_node_id_numeric: count &optional; req_timestamp: time &optional; req_request_handle: count &optional; res_timestamp: time &optional; res_request_handle: count &optional; status_code_link_id: string &optional; };
type R_OPCUAState: record { pending_requests: table[count] of R_OPCUA; pending_responses: table[count] of R_OPCUA; };
type R_Phasor: record { ts: time; uid: string; id: conn_id; version: set[count] &optional; data_stream_id: set[count] &optional; history: string &optional; frame_size_min: count &optional; frame_size_max: count &optional; frame_size_tot: count &optional; data_frame_count: count &optional; data_rate: set[count] &optional; };
type R_Station: record { ts: time; uid: string; id: conn_id; frame_type: string &optional; header_time_stamp: time &optional; pmu_idx: count &optional; station_name: string &optional; data_source_id: count &optional; global_pmuid: string &optional; phasor_format: bool &optional; phnam: vector of string &optional; annam: vector of string &optional; dgnam: vector of string &optional; phvalue: vector of count &optional; interpolation: vector of bool &optional; scale_factor: vector of double &optional; angle_adj: vector of double &optional; scaling: vector of int &optional; pmu_lat: double &optional; pmu_lon: double &optional; window: int &optional; };
type R_Property: record { ts: time; uid: string; id: conn_id; is_orig: bool; source_h: addr; source_p: port; destination_h: addr; destination_p: port; invoke_id: count; pdu_service: string; object_type: string; instance_number: count; property: string; array_index: count; value: string; };
type R_Identity: record { ts: time; uid: string; id: conn_id; socket_address: addr; socket_port: count; vendor_id: count; vendor_name: string; device_type_id: count; device_type_name: string; product_code: count; revision: string; device_status: string; serial_number: string; product_name: string; device_state: string; };

# Lists and what is looked up in them.
type R_Router: record { router_name: string; country_code: string; bandwidth: count; uptime: double; host_name: string; router_port: count; directory_port: string; auth_flag: count; exit_flag: count; fast_flag: count; guard_flag: count; stable_flag: count; platform: string; bad_exit_flag: count; };
type R_Provider: record { provider: string; url: string &optional; };
type R_Vlan: record { description: string; ipv4net: subnet &optional; ipv6net: subnet &optional; location: string &optional; };
type R_Bank: record { brand: string; typ: string; name: string; country: string; };
type R_ItemMeta: record { source: string; desc: string &optional; url: string &optional; do_notice: bool &default=F; if_in: Kind &optional; };
type R_Item: record { indicator: string; indicator_type: Kind; meta: R_ItemMeta; };
type R_Watched: record { conn: conn_id; query: string; ttl: interval; intel: set[R_Item]; };
type R_Report: record { ts: time; fuid: string; mime_type: string &optional; sent_file: bool &default=F; scan_date: time &optional; permalink: string &default=""; total_scanners: count &default=0; hits: set[string] &optional; av_names: set[string] &optional; };
type R_Fluxer: record { A_hosts: set[addr]; ASNs: set[count]; score: double &default=0.0; };
type R_Reply: record { id: string; parent_id: string &optional; source: string; is_orig: bool &optional; conns: table[conn_id] of R_Transfer &optional; last_active: time; seen_bytes: count &default=0; total_bytes: count &optional; timeout_interval: interval &default=2mins; bof_buffer: string &optional; };
type R_Encoded: record { key: string &optional; f: R_Reply &optional; };

# Policy scripts and frameworks.
type R_Release: record { major: count &optional; minor: count &optional; minor2: count &optional; minor3: count &optional; addl: string &optional; };
type R_Range: record { min: R_Release &optional; max: R_Release; };
type R_CacheIndex: record { ip: addr; sni: string &optional; sha256: string; };
type R_Instance: record { name: string; host: addr; listen_port: port &optional; };
type R_Setting: record { name: string; value: string; };
type R_Node: record { name: string; instance: string; role: Kind; state: Kind; p: port &optional; scripts: vector of string &optional; options: set[R_Setting] &optional; interface: string &optional; cpu_affinity: int &optional; env: table[string] of string &default=table(); metrics_port: port &optional; };
type R_Configuration: record { id: string &default=""; instances: set[R_Instance] &default=set(); nodes: table[string] of R_Node &default=table(); };
type R_Output: record { exit_code: count &default=0; signal_exit: bool &default=F; stdout: vector of string &optional; stderr: vector of string &optional; files: table[string] of vector of string &optional; };
type R_Cached: record { val: any; location: string; };
type R_Flow5: record { src_h: subnet &optional; src_p: port &optional; dst_h: subnet &optional; dst_p: port &optional; src_m: string &optional; dst_m: string &optional; };
type R_Target: record { ty: Kind; conn: conn_id &optional; flow: R_Flow5 &optional; ip: subnet &optional; mac: string &optional; };
type R_Order: record { ty: Kind; target: Kind; entity: R_Target; expire: interval &optional; priority: int &default=+0; location: string &optional; id: string &default=""; cid: count &default=0; plugin_ids: set[count] &default=set(); added: bool &default=F; };
type R_Plugin: record { config: table[string] of string &default=table(); id: count &optional; priority: int &default=+0; names: vector of string &default=vector(); activated: bool &default=F; };
type R_Sent: record { p: R_Plugin; r: R_Order; c: count &default=0; packet_count: count &default=0; byte_count: count &default=0; duration_sec: double &default=0.0; };
type R_PoolNode: record { name: string; alias: string; site_id: count; alive: bool &default=F; topic: string; };
type R_Pool: record { topic: string; max_nodes: count &optional; exclusive: bool &default=F; nodes: table[string] of R_PoolNode &default=table(); node_list: vector of R_PoolNode &default=vector(); rr_key_seq: table[string] of int &default=table(); alive_count: count &default=0; };
type R_SumKey: record { str: string &optional; host: addr &optional; };
type R_Flow: record { last: time; bytes: count &default=0; states: set[string] &default=set(); };

global detections: vector of string = vector("LandMine", "KnockKnockScan", "AddressScan", "PortScan", "LowPortTroll");
global brands: vector of string = vector("VISA", "MASTERCARD", "AMERICAN EXPRESS", "DISCOVER");
global countries: vector of string = vector("UNITED STATES", "CANADA", "GERMANY", "JAPAN", "BRAZIL");
global key_exchanges: vector of string = vector("curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group14-sha256", "diffie-hellman-group14-sha1,diffie-hellman-group1-sha1", "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ext-info-c");
global ciphers: vector of string = vector("chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com", "aes128-ctr,aes256-ctr,3des-cbc");

function counts_of(i: count, k: count, below: count): vector of count
	{
	local v: vector of count = vector();
	while ( k > 0 ) { v += mix(i + k) % below; --k; }
	return v;
	}

function mailbox(i: count): string { return to_lower(cat(labels[mix(i) % |labels|], ".", sub_bytes(md5_hash("m", i), 1, 2 + mix(i) % 9), "@", zones[mix(i + 5) % |zones|])); }
function mailboxes(i: count, k: count): set[string] { local s: set[string] = set(); while ( k > 0 ) { add s[mailbox(i + k)]; --k; } return s; }
function subject(i: count): string { return sub_bytes(cat(i % 3 == 0 ? "Re: " : "", "Invoice ", mix(i) % 90000, i % 5 == 0 ? " for the maintenance of the equipment in building " : " ", labels[mix(i + 1) % |labels|]), 1, 200); }
function link(i: count): string { return to_lower(cat(i % 2 == 0 ? "https://" : "http://", domain(i), path(i))); }

function hello_of(i: count): R_Hello
	{
	local h = R_Hello($version=771);
	h$cipher_suites = counts_of(i, 8 + mix(i) % 30, 53000);
	h$extension_codes = counts_of(i, 6 + mix(i + 1) % 14, 52);
	h$compression_methods += 0;
	h$signature_algos = counts_of(i, 4 + mix(i) % 8, 2100);
	if ( mix(i) % 4 != 0 ) h$sni = vector(domain(i));
	if ( mix(i) % 3 != 0 ) h$alpns = vector(to_lower("h2"), to_lower("http/1.1"));
	h$is_complete = T;
	return h;
	}

function connection_of(i: count): R_Connection
	{
	local c = R_Connection($id=id_of(i), $orig=R_End($size=mix(i) % 5000, $state=4, $num_pkts=mix(i) % 40, $num_bytes_ip=mix(i) % 9000, $flow_label=0), $resp=R_End($size=mix(i + 1) % 500000, $state=4, $flow_label=0), $start_time=at(i), $duration=0.01sec * (mix(i) % 900), $service=set(), $history=to_upper(cat("sad", i % 3 == 0 ? "adf" : "")), $uid=uid(i), $successful=T);
	add c$service[i % 2 == 0 ? "ssl" : "http"];
	if ( i % 3 == 0 ) { c$orig$l2_addr = mac(i); c$resp$l2_addr = mac(1); }
	if ( i % 7 == 0 ) { add c$service["smtp"]; c$vlan = +1 * (mix(i) % 4000); }
	return c;
	}

function chat(i: count): R_Chat
	{
	return R_Chat($src=to_lower(cat("nick", mix(i) % 700)), $src_ip=inside(i / 3), $src_port=any_port(i), $dst=to_lower(cat("#chan", mix(i) % 40)), $dst_ip=outside(i / 50), $dst_port=6667/tcp, $msg=sub_bytes(cat("hello ", domain(i), i % 6 == 0 ? cat(" ", sha256_hash(i), " ", link(i)) : ""), 1, 400), $req_size=+1 * (mix(i) % 400), $start_time=at(i), $duration=2sec);
	}

function opcua(i: count, c: conn_id, u: string): R_OPCUA
	{
	local r = R_OPCUA($ts=at(i), $uid=u, $id=c, $is_orig=i % 2 == 0, $source_h=c$orig_h, $source_p=c$orig_p, $destination_h=c$resp_h, $destination_p=c$resp_p, $link_id=uid(i + 1), $msg_type=i % 9 == 0 ? "OPN" : "MSG", $is_final="F", $msg_size=60 + mix(i) % 900);
	r$sec_channel_id = mix(i) % 50; r$sec_token_id = 1; r$seq_number = i; r$request_id = i; r$identifier = 631; r$identifier_str = "ReadRequest";
	if ( i % 2 == 0 ) { r$req_node_id_type = "Numeric"; r$req_node_id_numeric = mix(i); r$req_timestamp = at(i); r$req_request_handle = i; }
	else { r$res_timestamp = at(i); r$res_request_handle = i; r$status_code_link_id = uid(i + 2); }
	if ( i % 9 == 0 ) { r$sec_policy_uri_len = +51; r$sec_policy_uri = to_lower("http://opcfoundation.org/UA/SecurityPolicy#Basic256"); r$endpoint_url = to_lower(cat("opc.tcp://", inside(i), ":4840/server")); }
	if ( i % 27 == 0 ) { r$snd_cert = sub_bytes(certificate, 1, 400 + mix(i) % 400); r$snd_cert_len = +1 * |r$snd_cert|; }
	return r;
	}

function node_of(i: count): R_Node
	{
	local n = R_Node($name=cat("worker-", i), $instance=cat("host-", i / 8), $role=HOST, $state=i % 20 == 0 ? NAME : URL);
	if ( i % 9 == 0 ) n$p = any_port(2200 + i);
	if ( i % 4 != 3 ) { n$interface = fmt("af_packet::eth%d", i % 4); n$cpu_affinity = +1 * (i % 64); }
	if ( i % 3 == 0 ) n$scripts = vector("policy/tuning/json-logs", cat("site/", labels[i % |labels|]));
	if ( i % 5 == 0 ) { n$env["LD_PRELOAD"] = "/usr/lib/libjemalloc.so"; n$env["TMPDIR"] = cat("/var/tmp/", i); }
	if ( i % 6 == 0 ) { n$options = set(); add n$options[R_Setting($name="AF_Packet::fanout_id", $value=cat(i))]; }
	return n;
	}

function order_of(i: count): R_Order
	{
	local e = R_Target($ty=HOST);
	if ( i % 4 == 0 ) { e$ty = URL; e$conn = id_of(i); } else if ( i % 9 == 0 ) { e$ty = NAME; e$flow = R_Flow5($src_h=addr_to_subnet(outside(i)), $dst_p=service_port(i)); } else if ( i % 11 == 0 ) { e$ty = USER; e$mac = mac(i); } else e$ip = addr_to_subnet(outside(i));
	local r = R_Order($ty=e$ty, $target=NAME, $entity=e, $id=cat(i), $cid=i, $added=T);
	if ( i % 3 != 0 ) r$expire = 10min;
	if ( i % 2 == 0 ) r$location = "scan";
	add r$plugin_ids[1];
	if ( i % 5 == 0 ) add r$plugin_ids[2];
	return r;
	}

redef makers += {
# Packages that find scans: who probes whom, and what was probed before.
["interest: table[addr,port] of table[subnet] of R_Probes"] = function(n: count): any
	{ local t: table[addr, port] of table[subnet] of R_Probes &create_expire=7days; local i = 0; while ( i < n ) { local a = inside(i); local p = service_port(i); local nets: table[subnet] of R_Probes = table(); local k = skew(i, 60); while ( k > 0 ) { local r = outside(i + k / 2); local s = r / 24; if ( s !in nets ) nets[s] = R_Probes($remote_sub=s, $remotes=set(), $svc=p); add nets[s]$remotes[r]; add nets[s]$remotes[outside(i + k)]; --k; } t[a, p] = nets; ++i; } return t; },
["scanners: table[addr] of R_Scanner"] = function(n: count): any
	{ local t: table[addr] of R_Scanner &read_expire=1day; local i = 0; while ( i < n ) { local r = R_Scanner($scanner=mixed(i)); if ( mix(i) % 5 != 0 ) { r$status = T; r$detection = detections[mix(i) % |detections|]; r$detect_ts = at(i); r$event_peer = "manager"; } if ( mix(i) % 9 == 0 ) r$event_peer = to_lower(cat("worker-", mix(i) % 40)); t[r$scanner] = r; ++i; } return t; },
["starts: table[addr] of R_Start, most deleted"] = function(n: count): any
	{ local t: table[addr] of R_Start &read_expire=1hr; local i = 0; while ( i < 6 * n ) { t[outside(i)] = R_Start(); if ( mix(i) % 2 == 0 ) { t[outside(i)]$ts = at(i); t[outside(i)]$conn_count = mix(i) % 3000; } ++i; } i = 0; while ( i < 6 * n ) { if ( i % 6 != 2 ) delete t[outside(i)]; ++i; } peak = 6 * n; return t; },
["ports: table[addr] of table[addr] of table[port] of count"] = function(n: count): any
	{ local t: table[addr] of table[addr] of table[port] of count &read_expire=1day; local i = 0; while ( i < n ) { local a = outside(i); t[a] = table(); local k = skew(i, 120); while ( k > 0 ) { local b = inside(i + k % 9); if ( b !in t[a] ) t[a][b] = table(); t[a][b][service_port(k)] = mix(k) % 40; --k; } ++i; } return t; },
["accounts: table[addr] of set[string,string]"] = function(n: count): any
	{ local t: table[addr] of set[string, string] &read_expire=1day; local i = 0; while ( i < n ) { local a = outside(i); t[a] = set(); local k = skew(i, 250); while ( k > 0 ) { add t[a][k % 3 == 0 ? "root" : to_lower(cat("user", k)), sub_bytes(md5_hash(i + k), 1, 4 + mix(k) % 10)]; --k; } ++i; } return t; },
["networks: table[subnet] of set[addr], hot ones"] = function(n: count): any
	{ local t: table[subnet] of set[addr] &create_expire=7days; local i = 0; while ( i < n ) { local s = count_to_v4_addr(mix(i)) / 24; if ( s !in t ) t[s] = set(); local k = skew(i, 200); while ( k > 0 ) { add t[s][count_to_v4_addr(mix(i) - mix(i) % 256 + k)]; --k; } ++i; } return t; },
["excluded: table[addr,port] of R_Exclude"] = function(n: count): any
	{ local t: table[addr, port] of R_Exclude; local i = 0; while ( i < n ) { local r = R_Exclude($exclude_ip=inside(i), $exclude_port=service_port(i)); if ( i % 3 != 0 ) r$comment = sub_bytes(cat("ticket ", mix(i) % 100000, " ", labels[i % |labels|], i % 4 == 0 ? " asked for by the owner of the service, review every year" : ""), 1, 120); t[r$exclude_ip, r$exclude_port] = r; ++i; } return t; },
["attacks: table[addr] of R_Attack"] = function(n: count): any
	{ local t: table[addr] of R_Attack &read_expire=15min; local i = 0; while ( i < n ) { local r = R_Attack($first_seen=at(i), $attempts=set(), $port_counts=table(), $dark_hosts=set()); local k = skew(i, 250); while ( k > 0 ) { local p = service_port(k % 4 == 0 ? k : i); add r$attempts[R_Attempt($victim=inside(i + k), $scanned_port=p)]; if ( p !in r$port_counts ) r$port_counts[p] = 0; ++r$port_counts[p]; if ( k % 10 == 3 ) add r$dark_hosts[inside(i + k)]; --k; } t[outside(i)] = r; ++i; } return t; },
["attempts: table[addr] of set of R_Attempt, expired one by one"] = function(n: count): any
	{ local t: table[addr] of set[R_Attempt] &create_expire=1min; local i = 0; while ( i < 4 * n ) { local s: set[R_Attempt] = set(); local k = mix(i) % 6 == 0 ? 4 : 1; while ( k > 0 ) { add s[R_Attempt($victim=mixed(i + k), $scanned_port=service_port(i))]; --k; } t[outside(i)] = s; if ( i >= n ) delete t[outside(i - n)]; ++i; } peak = n + 1; return t; },
["attempts: table[addr] of R_Counter"] = function(n: count): any
	{ local t: table[addr] of R_Counter &create_expire=1min; local i = 0; while ( i < n ) { t[inside(i)] = R_Counter($req_challenge=1 + mix(i) % 300, $resp_challenge=mix(i) % 300); if ( i % 4 == 0 ) { t[inside(i)]$req_auth3 = 600 + i; t[inside(i)]$saw_pass_stub_len = T; } ++i; } return t; },
["notices: table[addr] of table[enum] of count"] = function(n: count): any
	{ local t: table[addr] of table[Kind] of count &create_expire=1day; local i = 0; while ( i < n ) { t[outside(i)] = table([HOST] = 1 + mix(i) % 400); if ( mix(i) % 4 == 0 ) t[outside(i)][URL] = 2; if ( mix(i) % 15 == 0 ) { t[outside(i)][FILE] = 300 + i; t[outside(i)][USER] = 7; t[outside(i)][NAME] = 1; } ++i; } return t; },
# Packages that follow the links in mail, and who writes to whom.
["mail: table[string] of R_MailInfo, one for all links of a mail"] = function(n: count): any
	{ local t: table[string] of R_MailInfo &read_expire=12hrs; local i = 0; local m = R_MailInfo($ts=at(0)); local left = 0; while ( i < n ) { if ( left == 0 ) { left = skew(i, 70); m = R_MailInfo($ts=at(i), $uid=uid(i), $from=cat("<", mailbox(i), ">"), $to=cat("<", mailbox(i + 1), i % 6 == 0 ? cat(">, <", mailbox(i + 2)) : "", ">"), $subject=subject(i)); if ( i % 5 == 0 ) m$referrer = vector(); } t[link(i)] = m; --left; ++i; } return t; },
["mail: table[string] of R_Fqdn"] = function(n: count): any
	{ local t: table[string] of R_Fqdn &write_expire=10days; local i = 0; while ( i < n ) { local r = R_Fqdn($domain=domain(i), $days_visited=vector(), $num_requests=skew(i, 9000), $last_visited=at(i)); local k = skew(i + 1, 90); while ( k > 0 ) { r$days_visited += at(i + k * 86400); --k; } r$trustworthy = |r$days_visited| > 3; t[cat(r$domain, i)] = r; ++i; } return t; },
["mail: table[string] of R_Sender"] = function(n: count): any
	{ local t: table[string] of R_Sender; local i = 0; while ( i < n ) { local f = sub_bytes(cat("\"", labels[i % |labels|], " ", mix(i) % 5000, "\" <", mailbox(i), ">"), 1, 100); local r = R_Sender($m_from=f, $days_sent=vector(), $email=mailboxes(i, skew(i, 40)), $last_seen=at(i)); local k = skew(i + 2, 60); while ( k > 0 ) { r$days_sent += at(i + k * 86400); --k; } r$emails_sent = |r$days_sent|; if ( i % 3 == 0 ) r$emails_recv = mix(i) % 700; t[f] = r; ++i; } return t; },
["mail: table[string] of R_AddressBook"] = function(n: count): any
	{ local t: table[string] of R_AddressBook; local i = 0; while ( i < n ) { local o = mailbox(i); local r = R_AddressBook($owner_email=o, $entry=set()); if ( i % 3 != 1 ) r$owner_name = to_lower(cat("owner ", mix(i) % 9000)); local k = skew(i, 400); while ( k > 0 ) { add r$entry[fmt("%s,%s", k % 2 == 0 ? mix(k) : 0, mailbox(i + k))]; --k; } t[o] = r; ++i; } return t; },
["mail: table[string,addr] of R_Alert"] = function(n: count): any
	{ local t: table[string, addr] of R_Alert &create_expire=1min; local i = 0; while ( i < n ) { local c = id_of(i); local f = domain(i); local r = R_Alert($note="SMTPurl::URL_Click", $mail_info=cat(R_MailInfo($ts=at(i), $from=mailbox(i), $to=mailbox(i + 1), $subject=subject(i))), $http_fqdn=f, $c=c, $uid=uid(i), $urls=set()); local k = skew(i, 30); while ( k > 0 ) { add r$urls[link(i + k)]; --k; } t[f, c$orig_h] = r; ++i; } return t; },
["mail: table[string] of R_Activity"] = function(n: count): any
	{
	local t: table[string] of R_Activity &create_expire=4hrs;
	local i = 0;
	while ( i < n )
		{
		local f = mailbox(i);
		local r = R_Activity($start_time=at(i), $end_time=at(i + 50), $mailfrom=f, $from=set(f), $to=mailboxes(i, skew(i, 200)), $rcptto=mailboxes(i, skew(i + 1, 200)), $subject=vector(), $reply_to=set(), $bcc=set(), $urls=set(), $attachments=set(), $msg_origin_ip=set());
		local k = 1 + mix(i) % 5;
		while ( k > 0 ) { r$subject += subject(i + k); add r$msg_origin_ip[outside(i)]; --k; }
		if ( i % 4 == 0 ) { add r$reply_to[mailbox(i + 9)]; add r$urls[link(i)]; add r$urls[link(i + 1)]; }
		if ( i % 10 == 0 ) add r$attachments[to_lower(cat("scan_", mix(i) % 1000, ".pdf"))];
		t[f] = r;
		++i;
		}
	return t;
	},
["mail: table[string] of R_Subjects"] = function(n: count): any
	{ local t: table[string] of R_Subjects &create_expire=4hrs; local i = 0; while ( i < n ) { t[cat(subject(i), i)] = R_Subjects($sender=set(mailbox(i)), $recipients=mailboxes(i, skew(i, 300))); ++i; } return t; },
["mail: table[string,string] of count"] = function(n: count): any
	{ local t: table[string, string] of count &default=0; local i = 0; while ( i < n ) { t[mailbox(i / 6), mailbox(i)] += skew(i, 2000); ++i; } return t; },
["mail: table[string] of R_Connection, one for all links"] = function(n: count): any
	{ local t: table[string] of R_Connection &create_expire=7days; local i = 0; local c = connection_of(0); while ( i < n ) { if ( mix(i) % 3 == 0 ) c = connection_of(i); t[link(i)] = c; ++i; } return t; },
# Packages for fingerprints: what a handshake offered.
["handshakes: table[string] of R_TLS"] = function(n: count): any
	{
	local t: table[string] of R_TLS;
	local i = 0;
	while ( i < n )
		{
		local r = R_TLS($ts=at(i), $uid=uid(i), $id=id_of(i), $comp_method=0, $client_version=771);
		r$client_ciphers = counts_of(i, 5 + mix(i) % 40, 53000);
		r$ssl_client_exts = counts_of(i, 4 + mix(i) % 15, 52);
		if ( mix(i) % 5 != 0 ) r$sni = vector(domain(i));
		if ( mix(i) % 3 != 0 ) { r$server_version = 771; r$cipher = 49199; r$ssl_server_exts = counts_of(i, 3, 52); r$point_formats = vector(0); r$client_curves = vector(29, 23, 24); r$curve = 29; r$ssl_established = T; }
		if ( mix(i) % 4 == 0 ) { r$server_certs = vector(sha256_hash(i), sha256_hash(i % 9)); r$sigalgs = counts_of(i, 8, 9); r$hashalgs = counts_of(i, 8, 9); }
		if ( mix(i) % 6 == 0 ) { r$orig_alpn = vector("h2", "http/1.1"); r$alert = vector(2, 40); }
		t[r$uid] = r;
		++i;
		}
	return t;
	},
["handshakes: table[string] of R_Hello"] = function(n: count): any
	{ local t: table[string] of R_Hello; local i = 0; while ( i < n ) { t[uid(i)] = hello_of(i); ++i; } return t; },
["handshakes: table[conn_id] of R_Handshake"] = function(n: count): any
	{ local t: table[conn_id] of R_Handshake &create_expire=1min; local i = 0; while ( i < n ) { local r = R_Handshake($syn_window_size=64240); r$syn_opts$option_kinds = vector(2, 4, 8, 1, 3); r$syn_opts$max_segment_size = 1460; if ( mix(i) % 3 != 0 ) { r$synack_window_size = 65535; r$synack_opts = R_Options($option_kinds=vector(2, 1, 3), $max_segment_size=1400, $window_scale=8); r$synack_done = T; r$last_ts = 0.5 * i; } if ( mix(i) % 8 == 0 ) r$synack_delays = counts_of(i, 1 + i % 4, 60); t[id_of(i)] = r; ++i; } return t; },
["handshakes: table[string] of R_Fingerprint, most of it unused"] = function(n: count): any
	{
	local t: table[string] of R_Fingerprint;
	local i = 0;
	while ( i < n )
		{
		local r = R_Fingerprint();
		r$ja4t$syn_window_size = 64240;
		r$ja4t$syn_opts$option_kinds = counts_of(i, 5, 9);
		if ( i % 2 == 0 ) r$client_hello = hello_of(i);
		else if ( i % 5 == 1 )
			{
			r$http_client$method = "ge"; r$http_client$version = "11";
			r$http_client$header_names = vector(to_lower("host"), to_lower("user-agent"), to_lower("accept"));
			r$http_client$header_names_o = vector(to_upper("host"), to_upper("user-agent"), to_upper("accept"), to_upper("cookie"));
			if ( i % 3 == 0 ) { local k = 1 + mix(i) % 6; while ( k > 0 ) { r$http_client$cookie_names += to_lower(cat("sid", k)); r$http_client$cookie_values += to_lower(cat("sid", k, "=", md5_hash(i + k))); --k; } }
			}
		else if ( i % 25 == 3 ) { r$ja4ssh$is_ssh = T; r$ja4ssh$orig_pack_len = counts_of(i, 90, 1400); r$ja4ssh$resp_pack_len = counts_of(i, 110, 1400); }
		t[uid(i)] = r;
		++i;
		}
	return t;
	},
["packets: table[string] of R_Packets"] = function(n: count): any
	{ local t: table[string] of R_Packets; local i = 0; while ( i < n ) { local r = R_Packets($uid=uid(i), $id=id_of(i), $ts=at(i), $is_ssh=T, $orig_pack_len=counts_of(i, skew(i, 200), 1448), $resp_pack_len=counts_of(i, skew(i + 1, 200), 1448)); if ( i % 3 == 0 ) { r$ja4ssh = fmt("c%ds%d_c%ds%d_c%ds%d", i % 99, i % 70, i % 40, i % 60, i % 9, i % 8); r$orig_ack = mix(i) % 99; r$resp_ack = mix(i) % 70; } t[r$uid] = r; ++i; } return t; },
["key exchanges: table[conn_id] of R_KeyExchange"] = function(n: count): any
	{ local t: table[conn_id] of R_KeyExchange; local i = 0; while ( i < n ) { local r = R_KeyExchange(); if ( i % 8 != 0 ) { r$ckex = to_lower(key_exchanges[mix(i) % 3]); r$ceacts = to_lower(ciphers[mix(i) % 2]); r$cmacts = ciphers[1]; r$ccacts = "none"; r$algorithms = cat(r$ckex, ";", r$ceacts, ";", r$cmacts, ";", r$ccacts); r$hassh = md5_hash(i % 40); } if ( i % 3 == 0 ) { r$skex = to_lower(key_exchanges[0]); r$seastc = ciphers[0]; r$server_algorithms = fmt("%s;%s;%s", r$skex, r$seastc, "none"); r$hassh_server = md5_hash(i % 12); } t[id_of(i)] = r; ++i; } return t; },
["desktops: table[string] of R_Desktop"] = function(n: count): any
	{ local t: table[string] of R_Desktop; local i = 0; while ( i < n ) { local r = R_Desktop($id=id_of(i), $ver_major=+8, $ver_minor=+4); if ( i % 3 == 0 ) r$cookie = sub_bytes(cat("user", mix(i) % 900), 1, 9); if ( i % 4 != 0 ) { r$cluster_flags = fmt("%d-%d", 13, i % 3); r$enc_methods = cat(27); r$channel_def = "rdpdr,rdpsnd,cliprdr,drdynvc"; r$rdfp_string = cat(8, ",", 4, ",", r$cluster_flags, ",", r$enc_methods, ",", r$channel_def); r$rdfp_hash = md5_hash(r$rdfp_string, i % 50); } t[uid(i)] = r; ++i; } return t; },
["curves: table[string] of R_Curves, texts put together piece by piece"] = function(n: count): any
	{ local t: table[string] of R_Curves; local i = 0; while ( i < n ) { local r = R_Curves($client_version=771); local k = 4 + mix(i) % 22; while ( k > 0 ) { r$client_ciphers += cat(mix(k + i) % 53000); if ( k > 1 ) r$client_ciphers += "-"; if ( k % 2 == 0 ) r$extensions = r$extensions == "" ? cat(k) : string_cat(r$extensions, "-", cat(k)); --k; } if ( i % 5 != 0 ) { r$e_curves = "29-23-24"; r$ec_point_fmt = "0"; } t[uid(i)] = r; ++i; } return t; },
# Analyzers that come as packages: STUN, OpenVPN, SSDP, chat.
["bindings: table[string] of R_STUN"] = function(n: count): any
	{ local t: table[string] of R_STUN; local i = 0; while ( i < n ) { local r = R_STUN($ts=at(i), $uid=uid(i / 2), $id=id_of(i / 2), $is_orig=i % 2 == 0, $trans_id=bytestring_to_hexstr(sub_bytes(sha1_hash(i), 1, 12)), $method="BINDING", $class=i % 2 == 0 ? "REQUEST" : "RESPONSE_SUCCESS", $attr_types=vector(), $attr_vals=vector()); local k = 1 + mix(i) % 6; while ( k > 0 ) { r$attr_types += vector("SOFTWARE", "XOR_MAPPED_ADDRESS", "FINGERPRINT", "USERNAME")[k % 4]; r$attr_vals += k % 4 == 1 ? cat(outside(i), ":", mix(i) % 65536) : sub_bytes(sha1_hash(i + k), 1, 4 + mix(k) % 20); --k; } t[r$trans_id] = r; ++i; } return t; },
["bindings: table[string] of R_NAT"] = function(n: count): any
	{ local t: table[string] of R_NAT; local i = 0; while ( i < n ) { local r = R_NAT($ts=at(i), $uid=uid(i), $id=id_of(i), $wan_addrs=vector(outside(i)), $wan_ports=vector(mix(i) % 65536), $lan_addrs=vector()); if ( i % 4 == 0 ) { r$wan_addrs += mixed(i); r$wan_ports += 3478; r$lan_addrs += inside(i); } t[r$uid] = r; ++i; } return t; },
["tunnels: table[string] of vector of R_Control"] = function(n: count): any
	{ local t: table[string] of vector of R_Control; local i = 0; while ( i < n ) { local v: vector of R_Control = vector(); local s = sub_bytes(sha1_hash("s", i), 1, 8); local k = skew(i, 60); while ( k > 0 ) { local r = R_Control($opcode=k % 3 == 0 ? 5 : 4, $key_id=0, $session_id=s, $data_len=mix(k) % 1200); if ( k % 3 == 0 ) { r$packet_id_ack_array = counts_of(k, 1 + k % 4, 99); r$remote_session_id = sub_bytes(sha1_hash("r", i), 1, 8); } else r$packet_id = k; v += r; --k; } t[uid(i)] = v; ++i; } return t; },
["searches: table[conn_id] of R_SSDP"] = function(n: count): any
	{ local t: table[conn_id] of R_SSDP; local i = 0; while ( i < n ) { local r = R_SSDP($ts=at(i), $uid=uid(i), $id=id_of(i), $request_search_target=i % 3 == 0 ? to_lower("ssdp:all") : to_lower("urn:dial-multiscreen-org:service:dial:1"), $seen_request=T); r$request_headers = vector(to_upper("host"), to_upper("man"), to_upper("mx"), to_upper("st")); if ( mix(i) % 4 == 0 ) { r$server = sub_bytes(cat("Linux/4.", i % 20, " UPnP/1.0 ", agent(i)), 1, 200); r$usn = to_lower(cat("uuid:", md5_hash(i), "::upnp:rootdevice")); r$location = to_lower(cat("http://", inside(i), ":1900/rootDesc.xml")); r$response_headers = vector("CACHE-CONTROL", "EXT", "LOCATION", "SERVER", "ST", "USN"); r$seen_response = T; } t[r$id] = r; ++i; } return t; },
["chat: vector of R_Chat"] = function(n: count): any
	{ local t: vector of R_Chat; local i = 0; while ( i < n ) { t += chat(i); ++i; } return t; },
["chat: table of R_ChatKey of R_ChatSession"] = function(n: count): any
	{ local t: table[R_ChatKey] of R_ChatSession; local i = 0; while ( i < n ) { local first = chat(i); local s = R_ChatSession($src=first$src, $saddr=first$src_ip, $src_ports_count=1, $dst=first$dst, $daddr=outside(i), $dport=first$dst_port, $ts=at(i), $end_time=at(i + 9), $duration=3.3, $msg_count=0, $size_total=+0, $spec_chars_msg_mean=0.1, $msg_word_entropy=1.5, $msgs=vector(first)); local k = skew(i, 150); while ( k > 0 ) { s$msgs += chat(i + k); ++s$msg_count; --k; } if ( |s$msgs| > 3 ) s$periodicity = 0.7; t[R_ChatKey($src_ip=inside(i), $dst_ip=outside(i), $dst_port=6667/tcp)] = s; ++i; } return t; },
["chat: table[addr,port] of R_DCC"] = function(n: count): any
	{ local t: table[addr, port] of R_DCC &read_expire=5mins; local i = 0; while ( i < n ) { local r = R_DCC($ts=at(i), $uid=uid(i / 2), $id=id_of(i / 2), $nick=to_lower(cat("nick", mix(i) % 300)), $command="DCC", $value="SEND", $dcc_file_name=to_lower(cat(labels[mix(i) % |labels|], i, ".zip")), $dcc_file_size=mix(i)); if ( i % 3 == 0 ) { r$user = sub_bytes(cat("u", mix(i) % 90), 1, 9); r$dcc_mime_type = "application/zip"; r$fuid = uid(i + 4); } t[outside(i), any_port(i)] = r; ++i; } return t; },
["visits: table[conn_id] of R_Visited"] = function(n: count): any
	{ local t: table[conn_id] of R_Visited &read_expire=5mins; local i = 0; while ( i < n ) { local r = R_Visited(); if ( mix(i) % 10 != 0 ) { r$method = method(i); r$uri = path(i); } if ( mix(i) % 3 == 0 ) { r$status_code = mix(i) % 2 == 0 ? 200 : 404; r$status_msg = mix(i) % 2 == 0 ? to_upper("ok") : sub_bytes("Not Found", 1, 9); } t[id_of(i)] = r; ++i; } return t; },
["transfers: table[string] of R_Transfer, expired one by one"] = function(n: count): any
	{ local t: table[string] of R_Transfer &create_expire=1day; local i = 0; while ( i < 3 * n ) { t[uid(i)] = R_Transfer($orig_byte_cnt=mix(i) % 70000, $reported=mix(i) % 30 == 0); if ( mix(i) % 2 == 0 ) t[uid(i)]$last_byte_cnt = mix(i) % 60000; if ( i >= n ) delete t[uid(i - n)]; ++i; } peak = n + 1; return t; },
["payloads: table[string] of vector of R_Payload"] = function(n: count): any
	{ local t: table[string] of vector of R_Payload; local i = 0; while ( i < n ) { t[uid(i)] = vector(); local k = skew(i, 40); while ( k > 0 ) { local h = cat(outside(i + k)); local s = fmt("%s:%d/%s", h, mix(k) % 65536, sub_bytes(md5_hash(k), 1, 1 + k % 20)); t[uid(i)] += R_Payload($uri=cat("ldap://", s), $stem=s, $host=h, $port_=cat(mix(k) % 65536)); --k; } ++i; } return t; },
# Packages that look at clicks and at names that move fast.
["clicks: table[addr] of table[string] of table[string] of count"] = function(n: count): any
	{ local t: table[addr] of table[string] of table[string] of count; local i = 0; while ( i < n ) { local a = inside(i); t[a] = table(); local k = skew(i, 80); while ( k > 0 ) { local q = to_lower(cat("/search?q=", labels[mix(k) % |labels|], k % 4)); if ( q !in t[a] ) t[a][q] = table(); t[a][q][link(i + k)] = 1 + k % 3; --k; } ++i; } return t; },
["clicks: table[addr] of table[string] of set[string], emptied"] = function(n: count): any
	{ local t: table[addr] of table[string] of set[string] &create_expire=90secs; local i = 0; while ( i < n ) { local a = inside(i); t[a] = table(); local k = 0; while ( k < 10 ) { local q = to_lower(cat("query ", labels[mix(i + k) % |labels|], k)); t[a][q] = set(); add t[a][q][domain(i + k)]; if ( k % 4 == 0 ) add t[a][q][domain(i + k + 1)]; ++k; } k = 0; while ( k < 10 ) { if ( k % 5 != i % 5 ) delete t[a][to_lower(cat("query ", labels[mix(i + k) % |labels|], k))]; ++k; } ++i; } return t; },
["names: table[string] of R_Fluxer"] = function(n: count): any
	{ local t: table[string] of R_Fluxer; local i = 0; while ( i < n ) { local r = R_Fluxer($A_hosts=set(), $ASNs=set()); local k = skew(i, 120); while ( k > 0 ) { add r$A_hosts[outside(i + k)]; add r$ASNs[mix(i + k / 3) % 64000]; --k; } r$score = 1.32 * |r$A_hosts| + 18.54 * |r$ASNs|; t[cat(i, ".", domain(i))] = r; ++i; } return t; },
# Packages for industrial control: requests not answered yet, and devices.
["registers: table[string] of table[count] of R_Modbus"] = function(n: count): any
	{ local t: table[string] of table[count] of R_Modbus; local i = 0; while ( i < n ) { local u = uid(i); local c = id_of(i); t[u] = table(); local k = mix(i) % 6 == 0 ? 7 : 1; while ( k > 0 ) { local r = R_Modbus($ts=at(i), $uid=u, $id=c, $tid=k, $unit=1, $func="READ_HOLDING_REGISTERS", $address=mix(k) % 9999, $quantity=1 + mix(i + k) % 120, $link_id=uid(i * 8 + k)); if ( k % 3 == 0 ) { r$response_values = counts_of(i, r$quantity, 65536); r$matched = T; } else if ( k % 3 == 1 && i % 3 == 0 ) { r$func = "WRITE_MULTIPLE_REGISTERS"; r$request_values = counts_of(i, 4, 65536); } if ( i % 40 == 0 ) r$exception_code = "ILLEGAL_DATA_ADDRESS"; t[u][k] = r; --k; } ++i; } return t; },
["sessions: table[string] of R_OPCUAState"] = function(n: count): any
	{ local t: table[string] of R_OPCUAState; local i = 0; while ( i < n ) { local s = R_OPCUAState($pending_requests=table(), $pending_responses=table()); local u = uid(i); local c = id_of(i); local k = skew(i, 30); while ( k > 0 ) { s$pending_requests[k] = opcua(2 * (i + k), c, u); if ( k % 4 == 0 ) s$pending_responses[k] = opcua(2 * (i + k) + 1, c, u); --k; } t[u] = s; ++i; } return t; },
["phasors: table[string] of R_Phasor"] = function(n: count): any
	{ local t: table[string] of R_Phasor; local i = 0; while ( i < n ) { local r = R_Phasor($ts=at(i), $uid=uid(i), $id=id_of(i), $version=set(1), $data_stream_id=set(mix(i) % 900), $history=cat("D", i % 3 == 0 ? "cC" : "", string_fill(1 + mix(i) % 30, "d")), $frame_size_min=16, $frame_size_max=100 + mix(i) % 900, $frame_size_tot=mix(i), $data_frame_count=mix(i) % 90000); if ( i % 4 == 0 ) { r$data_rate = set(30, 60); add r$version[2]; } t[r$uid] = r; ++i; } return t; },
["phasors: table[count] of R_Station"] = function(n: count): any
	{ local t: table[count] of R_Station; local i = 0; while ( i < n ) { local r = R_Station($ts=at(i), $uid=uid(i / 4), $id=id_of(i / 4), $frame_type="CFG-2", $header_time_stamp=at(i), $pmu_idx=i % 4, $station_name=to_upper(cat("station ", labels[i % |labels|], i % 90)), $data_source_id=mix(i) % 65534, $phasor_format=T, $phnam=vector(), $annam=vector(), $dgnam=vector(), $scale_factor=vector(), $interpolation=vector(), $scaling=vector()); local k = 1 + mix(i) % 9; while ( k > 0 ) { r$phnam += to_upper(cat("va phasor ", k)); r$scale_factor += 0.001 * k; r$interpolation += k % 2 == 0; --k; } if ( i % 3 == 0 ) { local d = 0; while ( d < 16 ) { r$dgnam += to_upper(cat("breaker ", d)); ++d; } r$scaling += +1; r$scaling += -5; r$annam += "ANALOG1"; } if ( i % 6 == 0 ) { r$pmu_lat = 47.1; r$pmu_lon = 8.5; r$global_pmuid = md5_hash(i); r$phvalue = counts_of(i, 6, 99); r$window = -1; } t[i] = r; ++i; } return t; },
["properties: table[addr] of vector of R_Property"] = function(n: count): any
	{ local t: table[addr] of vector of R_Property; local i = 0; while ( i < n ) { local c = id_of(i); local u = uid(i); local v: vector of R_Property = vector(); local k = skew(i, 40); while ( k > 0 ) { v += R_Property($ts=at(i + k), $uid=u, $id=c, $is_orig=F, $source_h=c$orig_h, $source_p=c$orig_p, $destination_h=c$resp_h, $destination_p=c$resp_p, $invoke_id=k, $pdu_service="read-property-ack", $object_type=k % 3 == 0 ? "device" : "analog-input", $instance_number=mix(k) % 4194303, $property=k % 2 == 0 ? "present-value" : "object-name", $array_index=4294967295, $value=k % 2 == 0 ? cat(0.25 * (mix(k) % 400)) : sub_bytes(cat("Zone ", k, " ", labels[k % |labels|], " temperature"), 1, 60)); --k; } t[inside(i)] = v; ++i; } return t; },
["devices: table[addr] of R_Identity"] = function(n: count): any
	{ local t: table[addr] of R_Identity &create_expire=1day; local i = 0; while ( i < n ) { t[inside(i)] = R_Identity($ts=at(i), $uid=uid(i), $id=id_of(i), $socket_address=inside(i), $socket_port=44818, $vendor_id=mix(i) % 1500, $vendor_name=labels[mix(i) % |labels|], $device_type_id=14, $device_type_name="Programmable Logic Controller", $product_code=mix(i) % 200, $revision=fmt("%d.%d", i % 33, i % 12), $device_status=fmt("0x%04x", mix(i) % 65536), $serial_number=fmt("0x%08x", mix(i)), $product_name=sub_bytes(cat("1756-L", mix(i) % 90, "/B LOGIX", mix(i) % 6000), 1, 32), $device_state=i % 2 == 0 ? "Operational" : "Standby"); ++i; } return t; },
# Lists: relays, providers, virtual networks, banks, allowed pairs.
["relays: table[addr] of R_Router"] = function(n: count): any
	{ local t: table[addr] of R_Router; local i = 0; while ( i < n ) { t[outside(i)] = R_Router($router_name=sub_bytes(md5_hash(i), 1, 5 + mix(i) % 14), $country_code=to_upper(sub_bytes("usdefrnl", 1 + 2 * (i % 4), 2)), $bandwidth=mix(i) % 90000, $uptime=0.5 * i, $host_name=i % 3 == 0 ? cat(outside(i)) : domain(i), $router_port=i % 2 == 0 ? 443 : 9001, $directory_port=i % 3 == 0 ? "None" : to_lower("9030"), $auth_flag=0, $exit_flag=i % 2, $fast_flag=1, $guard_flag=i % 3 == 0 ? 1 : 0, $stable_flag=1, $platform=sub_bytes(cat("Tor 0.4.", i % 9, ".", i % 20, " on Linux"), 1, 60), $bad_exit_flag=0); ++i; } return t; },
["providers: table[subnet] of R_Provider, few different ones"] = function(n: count): any
	{ local t: table[subnet] of R_Provider; local all: vector of R_Provider = vector(); local i = 0; while ( i < 25 ) { all += R_Provider($provider=cat("provider ", labels[i % |labels|], i)); if ( i % 2 == 0 ) all[i]$url = cat("https://", domain(i)); ++i; } i = 0; while ( i < n ) { local s = i % 9 == 0 ? counts_to_addr(vector(536936448, mix(i), 0, 0)) / 48 : count_to_v4_addr(i * 1024) / 22; t[s] = all[mix(i) % 25]; ++i; } return t; },
["virtual networks: table[int] of R_Vlan"] = function(n: count): any
	{ local t: table[int] of R_Vlan; local i = 0; while ( i < n ) { local r = R_Vlan($description=sub_bytes(cat("floor ", i % 30, " ", labels[i % |labels|]), 1, 40)); if ( i % 4 != 0 ) r$ipv4net = inside(i * 256) / 24; if ( i % 5 == 0 ) r$ipv6net = counts_to_addr(vector(536936448, i, 0, 0)) / 64; if ( i % 3 == 0 ) r$location = "building 90"; t[+1 * i] = r; ++i; } return t; },
["virtual networks: table[subnet] of int"] = function(n: count): any
	{ local t: table[subnet] of int; local i = 0; while ( i < n ) { t[inside(i * 64) / 26] = +1 * (mix(i) % 4094); if ( i % 6 == 0 ) t[inside(i * 64) / 18] = -1; ++i; } return t; },
["banks: table[count] of R_Bank, few different texts"] = function(n: count): any
	{ local t: table[count] of R_Bank; local i = 0; while ( i < n ) { t[400000 + i] = R_Bank($brand=brands[mix(i) % |brands|], $typ=i % 2 == 0 ? "CREDIT" : "DEBIT", $name=i % 5 == 0 ? "" : to_upper(cat(labels[mix(i) % |labels|], " bank, n.a. ", mix(i) % 900)), $country=countries[mix(i) % |countries|]); ++i; } return t; },
["allowed: table[subnet] of table[subnet] of set[port]"] = function(n: count): any
	{ local t: table[subnet] of table[subnet] of set[port]; local i = 0; while ( i < n ) { local s = inside(i * 256) / 24; t[s] = table(); local k = skew(i, 50); while ( k > 0 ) { local d = outside(i + k / 2) / 20; if ( d !in t[s] ) t[s][d] = set(); add t[s][d][service_port(k)]; --k; } ++i; } return t; },
["allowed: table[addr,string] of set[subnet]"] = function(n: count): any
	{ local t: table[addr, string] of set[subnet]; local i = 0; while ( i < n ) { local s: set[subnet] = set(); local k = skew(i, 40); while ( k > 0 ) { add s[inside((i + k) * 256) / 24]; --k; } t[outside(i), i % 3 == 0 ? "TRACE" : "PROPFIND"] = s; ++i; } return t; },
["watched: table[addr] of R_Watched"] = function(n: count): any
	{ local t: table[addr] of R_Watched; local i = 0; while ( i < n ) { local q = domain(i); local r = R_Watched($conn=id_of(i), $query=q, $ttl=1sec * (mix(i) % 3600), $intel=set()); add r$intel[R_Item($indicator=q, $indicator_type=NAME, $meta=R_ItemMeta($source=feeds[i % 3], $do_notice=i % 2 == 0))]; if ( i % 5 == 0 ) add r$intel[R_Item($indicator=cat(outside(i)), $indicator_type=HOST, $meta=R_ItemMeta($source="feed-b", $desc=sub_bytes(cat("seen with ", sha1_hash(i)), 1, 80), $url=link(i)))]; t[outside(i)] = r; ++i; } return t; },
["verdicts: table[string] of R_Report"] = function(n: count): any
	{ local t: table[string] of R_Report; local i = 0; while ( i < n ) { local r = R_Report($ts=at(i), $fuid=uid(i), $mime_type=to_lower("application/x-dosexec")); if ( i % 3 != 0 ) { r$scan_date = at(i); r$permalink = to_lower(cat("https://scanner.example.com/file/", sha256_hash(i), "/analysis/", mix(i))); r$total_scanners = 60 + i % 12; r$hits = set(); r$av_names = set(); local k = mix(i) % 4 == 0 ? mix(i) % 50 : 0; while ( k > 0 ) { add r$hits[cat("Trojan.Generic.", mix(i + k) % 900000)]; add r$av_names[cat("engine-", k)]; --k; } } t[sha256_hash(i)] = r; ++i; } return t; },
["files: table[string] of R_Encoded"] = function(n: count): any
	{ local t: table[string] of R_Encoded &write_expire=1hr; local i = 0; while ( i < n ) { local r = R_Encoded(); if ( i % 3 == 0 ) r$key = sub_bytes(sha1_hash(i), 1, 1 + mix(i) % 32); if ( i % 2 == 0 ) { local f = R_Reply($id=uid(i), $source=to_upper("http"), $is_orig=F, $last_active=at(i), $seen_bytes=mix(i) % 90000, $conns=table()); f$conns[id_of(i)] = R_Transfer($orig_byte_cnt=mix(i) % 900); if ( i % 8 == 0 ) { f$total_bytes = mix(i); f$conns[id_of(i + 7)] = R_Transfer(); } if ( i % 6 == 0 ) f$bof_buffer = sub_bytes(string_fill(1024, "MZ\x90\x00\x03"), 1, 200 + mix(i) % 800); r$f = f; } t[uid(i)] = r; ++i; } return t; },
# Policy scripts: vulnerable software, certificates, protocols on odd ports.
["software: table[string] of set of R_Range"] = function(n: count): any
	{ local t: table[string] of set[R_Range]; local i = 0; while ( i < n ) { local s: set[R_Range] = set(); local k = skew(i, 40); while ( k > 0 ) { local r = R_Range($max=R_Release($major=1 + k % 9, $minor=mix(k) % 20)); if ( k % 2 == 0 ) r$min = R_Release($major=k % 9, $minor=0); if ( k % 5 == 0 ) { r$max$minor2 = k; r$max$addl = to_lower(cat("p", k % 3)); } add s[r]; --k; } t[cat(labels[i % |labels|], "-", i)] = s; ++i; } return t; },
["certificates: set of R_CacheIndex"] = function(n: count): any
	{ local t: set[R_CacheIndex] &read_expire=62secs; local i = 0; while ( i < n ) { local r = R_CacheIndex($ip=mixed(i), $sha256=sha256_hash(i / 3)); if ( i % 4 != 0 ) r$sni = domain(i); add t[r]; ++i; } return t; },
["protocols: table[addr,port,string] of set[string]"] = function(n: count): any
	{ local t: table[addr, port, string] of set[string] &read_expire=14days; local i = 0; while ( i < n ) { local p = i % 3 == 0 ? "HTTP" : "SSL"; t[inside(i), any_port(i), p] = set(); if ( i % 3 == 0 ) { local k = skew(i, 20); while ( k > 0 ) { add t[inside(i), any_port(i), p][sub_bytes(agent(k), 1, 25)]; --k; } } ++i; } return t; },
# Frameworks: management of a cluster, commands, options, control of networks.
["nodes: table[string] of R_Node"] = function(n: count): any
	{ local t: table[string] of R_Node; local i = 0; while ( i < n ) { local x = node_of(i); t[x$name] = x; ++i; } return t; },
["nodes: table[enum] of R_Configuration"] = function(n: count): any
	{ local t: table[Kind] of R_Configuration &ordered; t[HOST] = R_Configuration($id=uid(1)); t[NAME] = R_Configuration($id=uid(2)); local i = 0; while ( i < n ) { local x = node_of(i); t[HOST]$nodes[x$name] = x; if ( i % 2 == 0 ) t[NAME]$nodes[x$name] = x; if ( i % 8 == 0 ) { local r = R_Instance($name=x$instance, $host=inside(i)); if ( i % 3 == 0 ) r$listen_port = 2151/tcp; add t[HOST]$instances[r]; } ++i; } return t; },
["commands: table[string] of R_Output"] = function(n: count): any
	{ local t: table[string] of R_Output; local i = 0; while ( i < n ) { local r = R_Output(); local k = skew(i, 200); r$stdout = vector(); while ( k > 0 ) { r$stdout += sub_bytes(cat(domain(i + k), " has address ", outside(k)), 1, 200); --k; } if ( i % 10 == 0 ) { r$exit_code = 1; r$stderr = vector(fmt("host %s not found: %d(NXDOMAIN)", domain(i), i % 9)); } if ( i % 7 == 0 ) { r$files = table(); r$files[fmt("/tmp/out.%d", i)] = vector(sha256_hash(i), to_lower("done")); } t[uid(i)] = r; ++i; } return t; },
["options: table[string] of R_Cached"] = function(n: count): any
	{ local t: table[string] of R_Cached; local i = 0; while ( i < n ) { local k = fmt("Module%d::option_%s", i % 90, i); if ( i % 4 == 0 ) t[k] = R_Cached($val=i, $location=""); else if ( i % 4 == 1 ) t[k] = R_Cached($val=domain(i), $location="config.dat"); else if ( i % 4 == 2 ) t[k] = R_Cached($val=set(inside(i) / 24, inside(i + 300) / 24), $location="config.dat"); else t[k] = R_Cached($val=1hr, $location=""); ++i; } return t; },
["rules: table[R_Target,enum] of R_Order"] = function(n: count): any
	{ local t: table[R_Target, Kind] of R_Order; local i = 0; while ( i < n ) { local r = order_of(i); t[r$entity, r$ty] = r; ++i; } return t; },
["rules: table[count] of R_Sent, one plugin"] = function(n: count): any
	{ local t: table[count] of R_Sent &create_expire=1hr; local p = R_Plugin($id=1, $activated=T); p$config["name"] = "openflow"; p$names += "switch"; local i = 0; while ( i < n ) { t[mix(i) * 4096] = R_Sent($p=p, $r=order_of(i), $c=1); if ( i % 5 == 0 ) { t[mix(i) * 4096]$packet_count = mix(i) % 5000; t[mix(i) * 4096]$byte_count = mix(i); t[mix(i) * 4096]$duration_sec = 0.1 * i; } ++i; } return t; },
["pools: vector of R_Pool"] = function(n: count): any
	{ local t: vector of R_Pool; local i = 0; while ( i < n ) { if ( i % 60 == 0 ) t += R_Pool($topic=cat("zeek/cluster/pool/", labels[(i / 60) % |labels|], i)); local p = t[|t| - 1]; local x = R_PoolNode($name=cat("proxy-", i), $alias=cat("proxy-", i % 60), $site_id=i % 60, $alive=i % 9 != 0, $topic=fmt("zeek/cluster/node/proxy-%d", i)); p$nodes[x$name] = x; p$node_list += x; if ( i % 4 == 0 ) p$rr_key_seq[cat("key-", i)] = +1 * (i % 60); if ( x$alive ) ++p$alive_count; ++i; } return t; },
["sums: table[string] of set of R_SumKey"] = function(n: count): any
	{ local t: table[string] of set[R_SumKey] &read_expire=1min; local i = 0; while ( i < n ) { local u = uid(i / 200); if ( u !in t ) t[u] = set(); local k = R_SumKey($host=mixed(i)); if ( i % 3 == 0 ) k$str = cat(service_port(i)); add t[u][k]; ++i; } return t; },
# Kept in the order of arrival, the oldest deleted first.
["joined: set[count] &ordered, expired one by one"] = function(n: count): any
	{ local t: set[count] &ordered; local i = 0; while ( i < 4 * n ) { add t[mix(i)]; if ( i >= n ) delete t[mix(i - n)]; ++i; } peak = n + 1; return t; },
["joined: table[string] of R_Flow &ordered"] = function(n: count): any
	{ local t: table[string] of R_Flow &ordered; local i = 0; while ( i < n ) { local r = R_Flow($last=at(i), $bytes=mix(i) % 900000); if ( i % 3 == 0 ) { add r$states["SF"]; if ( i % 6 == 0 ) add r$states["S0"]; } t[uid(i)] = r; ++i; } return t; },
["joined: table[addr,port] of string &ordered, half deleted"] = function(n: count): any
	{ local t: table[addr, port] of string &ordered; local i = 0; while ( i < 2 * n ) { t[mixed(i), any_port(i)] = i % 3 == 0 ? "unknown" : i % 3 == 1 ? fmt("%s (%s)", labels[i % |labels|], uid(i)) : domain(i); ++i; } i = 0; while ( i < 2 * n ) { if ( i % 2 == 1 ) delete t[mixed(i), any_port(i)]; ++i; } peak = 2 * n; return t; },
# Caches whose values are one text for many entries.
["answers: table[string] of string, one text each site"] = function(n: count): any
	{ local t: table[string] of string &read_expire=5mins; local i = 0; local r = ""; while ( i < n ) { if ( i % 40 == 0 ) r = fmt("unable to get local issuer certificate of %s", domain(i)); t[md5_hash(i)] = i % 4 == 0 ? r : "ok"; ++i; } return t; },
["answers: table[addr,addr] of string, of one mail"] = function(n: count): any
	{ local t: table[addr, addr] of string; local i = 0; local r = ""; while ( i < n ) { if ( mix(i) % 5 == 0 ) r = sub_bytes(cat(subject(i), " ", link(i)), 1, 400); t[outside(i), inside(i / 7)] = r; ++i; } return t; },
["sites: table[string] of set[addr], one set for all its names"] = function(n: count): any
	{ local t: table[string] of set[addr]; local i = 0; local s: set[addr] = set(); while ( i < n ) { if ( mix(i) % 4 == 0 ) { s = set(); local k = skew(i, 100); while ( k > 0 ) { add s[mixed(i + k)]; --k; } } t[cat(i, "-", domain(i))] = s; ++i; } return t; },
};

redef divisors += {
	["interest: table[addr,port] of table[subnet] of R_Probes"] = 25, ["scanners: table[addr] of R_Scanner"] = 2,
	["starts: table[addr] of R_Start, most deleted"] = 6, ["ports: table[addr] of table[addr] of table[port] of count"] = 20,
	["accounts: table[addr] of set[string,string]"] = 15, ["networks: table[subnet] of set[addr], hot ones"] = 12,
	["excluded: table[addr,port] of R_Exclude"] = 2, ["attacks: table[addr] of R_Attack"] = 25,
	["attempts: table[addr] of set of R_Attempt, expired one by one"] = 6, ["attempts: table[addr] of R_Counter"] = 2,
	["notices: table[addr] of table[enum] of count"] = 5, ["mail: table[string] of R_MailInfo, one for all links of a mail"] = 2,
	["mail: table[string] of R_Fqdn"] = 4, ["mail: table[string] of R_Sender"] = 10, ["mail: table[string] of R_AddressBook"] = 25,
	["mail: table[string,addr] of R_Alert"] = 12, ["mail: table[string] of R_Activity"] = 40, ["mail: table[string] of R_Subjects"] = 20,
	["mail: table[string,string] of count"] = 2, ["mail: table[string] of R_Connection, one for all links"] = 3,
	["handshakes: table[string] of R_TLS"] = 12, ["handshakes: table[string] of R_Hello"] = 10,
	["handshakes: table[conn_id] of R_Handshake"] = 8, ["handshakes: table[string] of R_Fingerprint, most of it unused"] = 20,
	["packets: table[string] of R_Packets"] = 8, ["key exchanges: table[conn_id] of R_KeyExchange"] = 6, ["desktops: table[string] of R_Desktop"] = 4,
	["curves: table[string] of R_Curves, texts put together piece by piece"] = 4, ["bindings: table[string] of R_STUN"] = 8,
	["bindings: table[string] of R_NAT"] = 5, ["tunnels: table[string] of vector of R_Control"] = 12, ["searches: table[conn_id] of R_SSDP"] = 5,
	["chat: vector of R_Chat"] = 3, ["chat: table of R_ChatKey of R_ChatSession"] = 30, ["chat: table[addr,port] of R_DCC"] = 4,
	["visits: table[conn_id] of R_Visited"] = 3, ["transfers: table[string] of R_Transfer, expired one by one"] = 4,
	["payloads: table[string] of vector of R_Payload"] = 15, ["clicks: table[addr] of table[string] of table[string] of count"] = 25,
	["clicks: table[addr] of table[string] of set[string], emptied"] = 20, ["names: table[string] of R_Fluxer"] = 12,
	["registers: table[string] of table[count] of R_Modbus"] = 15, ["sessions: table[string] of R_OPCUAState"] = 40,
	["phasors: table[string] of R_Phasor"] = 6, ["phasors: table[count] of R_Station"] = 15,
	["properties: table[addr] of vector of R_Property"] = 20, ["devices: table[addr] of R_Identity"] = 4, ["relays: table[addr] of R_Router"] = 4,
	["virtual networks: table[int] of R_Vlan"] = 3, ["banks: table[count] of R_Bank, few different texts"] = 2,
	["allowed: table[subnet] of table[subnet] of set[port]"] = 20, ["allowed: table[addr,string] of set[subnet]"] = 12,
	["watched: table[addr] of R_Watched"] = 10, ["verdicts: table[string] of R_Report"] = 10, ["files: table[string] of R_Encoded"] = 6,
	["software: table[string] of set of R_Range"] = 15, ["certificates: set of R_CacheIndex"] = 2,
	["protocols: table[addr,port,string] of set[string]"] = 5, ["nodes: table[string] of R_Node"] = 5,
	["nodes: table[enum] of R_Configuration"] = 5, ["commands: table[string] of R_Output"] = 12, ["options: table[string] of R_Cached"] = 3,
	["rules: table[R_Target,enum] of R_Order"] = 6, ["rules: table[count] of R_Sent, one plugin"] = 6, ["pools: vector of R_Pool"] = 3,
	["sums: table[string] of set of R_SumKey"] = 2, ["joined: set[count] &ordered, expired one by one"] = 2,
	["joined: table[string] of R_Flow &ordered"] = 4, ["joined: table[addr,port] of string &ordered, half deleted"] = 3,
	["answers: table[addr,addr] of string, of one mail"] = 2, ["sites: table[string] of set[addr], one set for all its names"] = 4,
};
