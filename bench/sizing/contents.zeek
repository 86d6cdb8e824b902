##! What traffic leaves in state: addresses, names, paths and identifiers, of
##! lengths as they occur.

@load ./measure

module Truth;

type Kind: enum { HOST, NAME, HASH, URL, FILE, USER };

global labels: vector of string = vector("www", "mail", "cdn-edge", "api", "static-assets", "telemetry", "login", "updates", "img", "device-metrics");
global zones: vector of string = vector("example.com", "corp.example.net", "example.org", "some-longer-provider.example", "ex.test", "eu-central-1.cloud.example.com", "ads.example");
global agents: vector of string = vector("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/", "curl/", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/Safari/537.36 ", "python-requests/2.", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1 ");
global feeds: vector of string = vector("feed-a", "feed-b", "local-list");
global methods: vector of string = vector("GET", "POST", "HEAD");
global certificate = hexstr_to_bytestring("308203533082023ba003020102021441323a2c23312eb22d1c7a16ceee87481c3eca9c300d06092a864886f70d01010b05003039310b30090603550406130255533110300e060355040a0c074578616d706c653118301606035504030c0f7777772e6578616d706c652e636f6d301e170d3236313132343139343135395a170d3237313132343139343135395a3039310b30090603550406130255533110300e060355040a0c074578616d706c653118301606035504030c0f7777772e6578616d706c652e636f6d30820122300d06092a864886f70d01010105000382010f003082010a0282010100b8210b380648b482f0c4d9a143cd447ea9fda09a81bd08cbf3e8d91f2401c6a24bcdce8a9e101a13c0e390e40e661595eb47fde403681f8159d17cfd8ffdce2ce691680207a716e117cc15bb472d02afb0a46723b417eba668c8c1fdba18aae2c798d4b4f0921d38f3b6c0597824b2aec8a07a0331dd10e97a8412eb3148fa62379ea7966ee488e15ae387399facea938182a34f89a174e84845a6872c8ecd2d9b50264a0d3814f319b42b79d2d12156dc218ea123535a268ce7bc3e3094319ef92560e7c40604c27cc9512b6d171d39390db5a96fdf29f91e014852fad22340998fd9d394c9af0f74fc367390a5bd38387048885fda1df32a63e16c5c8466490203010001a3533051301d0603551d0e04160414583f7d654abb12d933e5c54cdc56522208556983301f0603551d23041830168014583f7d654abb12d933e5c54cdc56522208556983300f0603551d130101ff040530030101ff300d06092a864886f70d01010b050003820101001e34d9af142981bdef7d5b853949e7e8ee3fadd4893575ee14e564f6cc25bb328f05aeaf23283f75aab71a236174a53f1f7763f373fca7c3792a2d095e38fa5f84d506dedafad6817ee676031c9b1f33078fb84b8eb0e020c6257908953d07427814a033ec7aec8e0c39c63b43548e85b4c64ef4e05effd123a79308bcc84a6106cccb4a438027bdec8c06f114ce513117f4d48372798be2b15d1ed19e948845d8813acac71ff6aec2195d55f8fe0abe27ec9d50ae7de3829865b4041eec86e8d2f753c839430c86b2177bc0b59154060c7008353613eeb9685958d7edb53d67e55ef8a4dae44cf6e3e2f3168a7c7e90a8c6803c15392ec09a97f6ab8507b87e");

function mix(i: count): count { return fnv1a32(i); }
function inside(i: count): addr { return count_to_v4_addr(167772160 + i); }
function outside(i: count): addr { return count_to_v4_addr(mix(i)); }
function mixed(i: count): addr { return i % 4 == 0 ? counts_to_addr(vector(536936448, mix(i), 0, i)) : outside(i); }
function service_port(i: count): port { return count_to_port(1 + mix(i) % 1024, i % 3 == 0 ? udp : tcp); }
function any_port(i: count): port { return count_to_port(i % 65536, tcp); }
function at(i: count): time { return double_to_time(1764000000.0 + i * 0.37); }
# As events hand them over: in as much memory as they need.
function uid(i: count): string { return sub_bytes(md5_hash("uid", i), 1, 18); }
function domain(i: count): string { return to_lower(cat(labels[mix(i) % |labels|], mix(i) % 7 == 0 ? "" : sub_bytes(md5_hash(i), 1, 1 + mix(i + 1) % 14), ".", zones[mix(i + 2) % |zones|])); }
function path(i: count): string { return to_lower(cat("/", labels[i % |labels|], "/", mix(i) % 5 == 0 ? sub_bytes(sha256_hash(i), 1, 40) : cat(i), mix(i) % 11 == 0 ? cat("?session=", sha256_hash(i, 1), "&next=", sha1_hash(i), sha1_hash(i, 2)) : ".html")); }
function agent(i: count): string { return sub_bytes(cat(agents[mix(i) % |agents|], mix(i) % 40), 1, 500); }
function mac(i: count): string { local h = md5_hash("mac", i); return to_lower(cat(h[0:2], ":", h[2:4], ":", h[4:6], ":", h[6:8], ":", h[8:10], ":", h[10:12])); }
function method(i: count): string { return to_upper(methods[mix(i) % 3]); }
function file_path(i: count): string { return to_lower(cat("\\\\files\\shares\\", labels[mix(i) % |labels|], "\\", sub_bytes(sha1_hash(i), 1, 4 + mix(i) % 30), ".docx")); }
function id_of(i: count): conn_id { return conn_id($orig_h=inside(i), $orig_p=count_to_port(1024 + mix(i) % 60000, tcp), $resp_h=outside(i / 3), $resp_p=service_port(i)); }
# How many something has: most have one or two, a few have many.
function skew(i: count, most: count): count
	{
	local x = mix(i + 77) % 1000;
	return x < 620 ? 1 : x < 850 ? 2 + x % 3 : x < 960 ? 5 + x % 12 : x < 995 ? 20 + x % 40 : most;
	}
