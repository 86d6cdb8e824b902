/**
 * Groups of Zeek's own scripts: one per framework, protocol or kind of file, base and policy together, since a user
 * who looks for the memory of HTTP does not care which of the two folders a script is in.
 */

/** Folders whose subfolders are groups of their own. Scripts that lie directly in them are one group. */
const CATEGORIES = new Set(['frameworks', 'protocols', 'packet-protocols', 'files', 'misc', 'integration', 'utils']);

/**
 * `zeek/frameworks/intel`, `zeek/protocols/http`, `zeek/utils`, `zeek/init` for init-bare.zeek and its siblings, …
 *
 * @param parts of the script's path, from `base`, `policy`, `builtin-plugins`, … on
 */
export function nameZeekGroup(parts: readonly string[]): string {
  const [top, category, next] = parts;
  if (top === 'builtin-plugins') return parts.length > 2 ? `zeek/plugins/${category}` : 'zeek/plugins';
  if (top !== 'base' && top !== 'policy') return `zeek/${top}`;
  if (category === undefined || parts.length === 2) return category?.startsWith('init-') ? 'zeek/init' : `zeek/${top}`;
  if (category === 'bif') return next === 'plugins' && parts.length > 3 ? nameBifGroup(parts[3]!) : 'zeek/bif';
  if (!CATEGORIES.has(category) || next === undefined) return `zeek/${category}`;
  return parts.length > 3 ? `zeek/${category}/${next}` : `zeek/${category}`;
}

/**
 * The group of what a C++ plugin declares: `Zeek_HTTP.events.bif.zeek` is the HTTP analyzer's, and goes to the
 * protocol's scripts where there are any; `Zeek_AsciiReader.ascii.bif.zeek` is a group of its own.
 */
function nameBifGroup(file: string): string {
  const plugin = file.split('.', 1)[0]!;
  const word = plugin.replace(/^(Zeek|Bro)_/, '').toLowerCase();
  return BY_WORD.get(word.replaceAll('_', '-')) ?? BY_WORD.get(word) ?? `zeek/plugins/${plugin}`;
}

/**
 * The modules of Zeek 4.0 to 9.0 by group, for logs that do not name scripts. Modules that are spread over groups
 * are where most of their variables are; `Known` is not among them, since half of it is elsewhere.
 */
const MODULES: Readonly<Record<string, string>> = {
  'zeek/files/extract': 'FileExtract',
  'zeek/files/hash': 'FileHash',
  'zeek/files/pe': 'PE',
  'zeek/files/x509': 'X509 OCSP DisableX509Events',
  'zeek/files/unified2': 'Unified2',
  'zeek/frameworks/analyzer': 'Analyzer DPD ProtocolDetector',
  'zeek/frameworks/broker': 'Broker',
  'zeek/frameworks/cluster': 'Cluster',
  'zeek/frameworks/config': 'Config',
  'zeek/frameworks/control': 'Control',
  'zeek/frameworks/files': 'Files TeamCymruMalwareHashRegistry',
  'zeek/frameworks/input': 'Input InputAscii InputBenchmark InputBinary InputConfig InputRaw InputSQLite',
  'zeek/frameworks/intel': 'Intel',
  'zeek/frameworks/logging': 'Log LogAscii LogNone LogSQLite',
  'zeek/frameworks/management': 'Management',
  'zeek/frameworks/netcontrol': 'NetControl',
  'zeek/frameworks/notice': 'Notice Weird CommunityID::Notice',
  'zeek/frameworks/openflow': 'OpenFlow',
  'zeek/frameworks/packet-filter': 'PacketFilter',
  'zeek/frameworks/reporter': 'Reporter',
  'zeek/frameworks/signatures': 'Signatures',
  'zeek/frameworks/software': 'Software OS',
  'zeek/frameworks/spicy': 'Spicy SpicyBatch',
  'zeek/frameworks/storage': 'Storage',
  'zeek/frameworks/sumstats': 'SumStats',
  'zeek/frameworks/supervisor': 'Supervisor SupervisorControl',
  'zeek/frameworks/telemetry': 'Telemetry',
  'zeek/frameworks/tunnels': 'Tunnel',
  'zeek/init': 'BinPAC ConnKey EventMetadata Gnutella JSON MIME MOUNT3 NCP NFS3 Pcap TCP Threading UnknownProtocol',
  'zeek/misc':
    'CaptureLoss ChecksumOffloading DumpEvents FilteredTraceDetection Installation LoadedScripts Profiling Stats TrimTraceFile Version WeirdStats',
  'zeek/misc/detect-traceroute': 'Traceroute',
  'zeek/packet-protocols': 'PacketAnalyzer',
  'zeek/packet-protocols/ayiya': 'PacketAnalyzer::AYIYA',
  'zeek/packet-protocols/ethernet': 'PacketAnalyzer::ETHERNET',
  'zeek/packet-protocols/geneve': 'PacketAnalyzer::Geneve',
  'zeek/packet-protocols/gre': 'PacketAnalyzer::GRE',
  'zeek/packet-protocols/gtpv1': 'PacketAnalyzer::GTPV1',
  'zeek/packet-protocols/ip': 'PacketAnalyzer::IP IP',
  'zeek/packet-protocols/teredo': 'PacketAnalyzer::TEREDO',
  'zeek/packet-protocols/vxlan': 'PacketAnalyzer::VXLAN',
  'zeek/protocols/conn': 'Conn ConnPolling ConnThreshold CommunityID',
  'zeek/protocols/dce-rpc': 'DCE_RPC',
  'zeek/protocols/dhcp': 'DHCP',
  'zeek/protocols/dnp3': 'DNP3',
  'zeek/protocols/dns': 'DNS',
  'zeek/protocols/finger': 'Finger',
  'zeek/protocols/ftp': 'FTP GridFTP',
  'zeek/protocols/http': 'HTTP',
  'zeek/protocols/imap': 'IMAP',
  'zeek/protocols/irc': 'IRC',
  'zeek/protocols/krb': 'KRB',
  'zeek/protocols/ldap': 'LDAP',
  'zeek/protocols/modbus': 'Modbus',
  'zeek/protocols/mqtt': 'MQTT',
  'zeek/protocols/mysql': 'MySQL',
  'zeek/protocols/ntlm': 'NTLM',
  'zeek/protocols/ntp': 'NTP',
  'zeek/protocols/pop3': 'POP3',
  'zeek/protocols/postgresql': 'PostgreSQL',
  'zeek/protocols/quic': 'QUIC',
  'zeek/protocols/radius': 'RADIUS',
  'zeek/protocols/rdp': 'RDP',
  'zeek/protocols/redis': 'Redis',
  'zeek/protocols/rfb': 'RFB',
  'zeek/protocols/sip': 'SIP',
  'zeek/protocols/smb': 'SMB SMB1 SMB2',
  'zeek/protocols/smtp': 'SMTP',
  'zeek/protocols/snmp': 'SNMP',
  'zeek/protocols/socks': 'SOCKS',
  'zeek/protocols/ssh': 'SSH',
  'zeek/protocols/ssl': 'SSL Heartbleed',
  'zeek/protocols/syslog': 'Syslog',
  'zeek/protocols/websocket': 'WebSocket',
  'zeek/protocols/xmpp': 'XMPP',
  'zeek/utils': 'ActiveHTTP Dir Exec HashHRW Queue Site',
};

const BY_MODULE = new Map(
  Object.entries(MODULES).flatMap(([group, names]) => names.split(' ').map((name) => [name, group] as const)),
);

/** Groups by the last word of their name. Protocols come first: the HTTP plugin is not `zeek/files/http`. */
const BY_WORD = new Map(
  Object.keys(MODULES)
    .filter((group) => /^zeek\/(frameworks|files|packet-protocols|protocols)\//.test(group))
    .map((group) => [group.split('/')[2]!, group] as const),
);

/**
 * The group Zeek keeps a module in, or null. `PacketAnalyzer::GRE` is asked for as a whole first, then its beginning.
 *
 * @param namespace all before the last `::` of a variable's name
 */
export function groupOfModule(namespace: string): string | null {
  for (let end = namespace.length; end > 0; end = namespace.lastIndexOf('::', end - 1)) {
    const group = BY_MODULE.get(namespace.slice(0, end));
    if (group !== undefined) return group;
  }
  return null;
}
