import { describe, expect, test } from 'vitest';
import { type AttributionSources, Attributor } from '../../src/attribution/attributor.ts';
import type { Declaration } from '../../src/attribution/declaration.ts';
import { readModule } from '../../src/model/logged/sample.ts';
import { recordedScripts, recordedVariables } from './recorded.ts';

const CLUSTER = 'fixtures/cluster-8.0.10/2026-11-24';
const SPOOL = '/opt/zeek/spool/installed-scripts-do-not-touch';

function attribute(variable: string, script: string | null, sources: Partial<AttributionSources> = {}) {
  const attributor = new Attributor({ loadedScripts: [], packages: [], declarations: [], ...sources });
  return attributor.attribute({ variable, moduleName: readModule(variable), script, expiry: null });
}

function packageOf(variable: string, script: string | null, sources: Partial<AttributionSources> = {}) {
  return attribute(variable, script, sources).package;
}

function declared(variable: string, script: string, more: Partial<Declaration> = {}): Declaration {
  return { variable, script, line: 1, keyword: 'global', type: null, value: null, attributes: [], ...more };
}

describe('the recorded cluster', () => {
  const attributor = new Attributor({ loadedScripts: recordedScripts(CLUSTER), packages: [], declarations: [] });
  const variables = recordedVariables(CLUSTER);

  test('every variable has an owner', () => {
    expect(variables.length).toBeGreaterThan(300);
    expect(variables.filter((v) => attributor.attribute(v).kind === 'unknown')).toEqual([]);
  });

  test('variables by package', async () => {
    const table = new Map<string, string[]>();
    for (const v of variables) {
      const { package: name } = attributor.attribute(v);
      table.set(name, [...(table.get(name) ?? []), v.variable].sort());
    }
    const lines = [...table].map(([name, names]) => {
      const shown = name.startsWith('zeek/') ? `${names.length} variables` : names.join(' ');
      return `${name}: ${shown}`;
    });
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('../golden/attribution-cluster.txt');
  });

  test('without the log of variables, what the names of packages and modules tell agrees with it', () => {
    const guessed = variables.map((v) => ({
      variable: v.variable,
      truth: attributor.attribute(v),
      guess: attributor.attribute({ ...v, script: null }),
    }));
    const known = guessed.filter(({ guess }) => guess.kind !== 'unknown');
    expect(known.length / guessed.length).toBeGreaterThan(0.75);
    expect(known.every(({ guess }) => guess.evidence === 'module' && guess.script === null)).toBe(true);
    const wrong = known.filter(({ truth, guess }) => truth.package !== guess.package);
    expect(wrong.map(({ variable, truth, guess }) => `${variable}: ${guess.package}, is ${truth.package}`)).toEqual([
      'Broker::broker_backed_ids: zeek/frameworks/broker, is zeek/frameworks/cluster',
    ]);
  });
});

describe('whose script it is', () => {
  test.each([
    ['packages/domain-tld/main.zeek', 'domain-tld'],
    ['packages/domain-tld/scripts/base/frameworks/intel/main.zeek', 'domain-tld'],
    [`${SPOOL.slice(1)}/site/packages/domain-tld/tld-data.zeek`, 'domain-tld'],
    ['opt/zeek/share/zeek/site/packages/domain-tld/main.zeek', 'domain-tld'],
    ['usr/local/zeek/share/zeek/site/packages/ja3/ja3.zeek', 'ja3'],
    ['/usr/share/zeek/site/packages/ja3/ja3.zeek', 'ja3'],
    ['root/.zkg/script_dir/packages/ja3/ja3.zeek', 'ja3'],
    ['opt/zeek/lib/zeek/plugins/packages/spicy-tftp/scripts/init.zeek', 'spicy-tftp'],
    ['opt/zeek/lib/zeek/plugins/Corelight_CommunityID/scripts/init.zeek', 'Corelight_CommunityID'],
    ['base/frameworks/intel/main.zeek', 'zeek/frameworks/intel'],
    ['opt/zeek/share/zeek/policy/frameworks/intel/removal.zeek', 'zeek/frameworks/intel'],
    ['usr/share/zeek/policy/protocols/http/detect-sql-injection.zeek', 'zeek/protocols/http'],
    ['opt/bro/share/bro/base/protocols/http/main.bro', 'zeek/protocols/http'],
    ['opt/zeek/share/zeek/base/packet-protocols/main.zeek', 'zeek/packet-protocols'],
    ['base/packet-protocols/gre/main.zeek', 'zeek/packet-protocols/gre'],
    ['base/files/x509/main.zeek', 'zeek/files/x509'],
    ['base/utils/site.zeek', 'zeek/utils'],
    ['base/init-bare.zeek', 'zeek/init'],
    ['policy/misc/stats.zeek', 'zeek/misc'],
    ['policy/misc/detect-traceroute/main.zeek', 'zeek/misc/detect-traceroute'],
    ['policy/tuning/defaults/warnings.zeek', 'zeek/tuning'],
    ['base/bif/zeek.bif.zeek', 'zeek/bif'],
    ['base/bif/plugins/Zeek_HTTP.events.bif.zeek', 'zeek/protocols/http'],
    ['base/bif/plugins/Zeek_FTP.types.bif.zeek', 'zeek/protocols/ftp'],
    ['base/bif/plugins/Zeek_AsciiReader.ascii.bif.zeek', 'zeek/plugins/Zeek_AsciiReader'],
    ['opt/zeek/share/zeek/builtin-plugins/Zeek_JavaScript/__load__.zeek', 'zeek/plugins/Zeek_JavaScript'],
    ['opt/zeek/share/zeek/zeekctl/logging.zeek', 'zeek/zeekctl'],
    [`${SPOOL.slice(1)}/auto/cluster-layout.zeek`, 'zeek/zeekctl'],
    [`${SPOOL.slice(1)}/site/local.zeek`, 'local'],
    ['opt/zeek/share/zeek/site/hosts/known.zeek', 'local'],
    ['leaky.zeek', 'local'],
    ['home/anna/detect/base/http.zeek', 'local'],
    ['home/anna/packages/detect/main.zeek', 'local'],
    ['home/anna/policy/packages/detect.zeek', 'local'],
    ['', 'local'],
  ])('%s: %s', (script, owner) => {
    expect(packageOf('M::v', script)).toBe(owner);
  });

  test('the script has one name, whatever path led to it', () => {
    const names = [
      'packages/ja3/ja3.zeek',
      `${SPOOL}/site/packages/ja3/ja3.zeek`,
      'opt/zeek/share/zeek/site/packages/ja3/ja3.zeek',
      '/opt/zeek/share/zeek/site/./packages/x/../ja3//ja3.zeek',
    ].map((script) => attribute('JA3::v', script).script);
    expect(new Set(names)).toEqual(new Set(['packages/ja3/ja3.zeek']));
  });

  test('loaded scripts tell where Zeek and zkg keep theirs, wherever that is', () => {
    const loadedScripts = [
      '/srv/sensor/build/scripts/base/init-bare.zeek',
      '  /srv/sensor/zkg/packages/packages.zeek',
      '    /srv/sensor/zkg/packages/detect/__load__.zeek',
    ];
    const sources = { loadedScripts };
    expect(packageOf('HTTP::x', 'srv/sensor/build/scripts/base/protocols/http/main.zeek', sources)).toBe(
      'zeek/protocols/http',
    );
    expect(packageOf('D::x', 'srv/sensor/zkg/packages/detect/main.zeek', sources)).toBe('detect');
    expect(packageOf('D::x', 'srv/sensor/zkg/packages/detect/main.zeek')).toBe('local');
  });
});

describe('packages', () => {
  const packages = [
    { name: 'zeek-long-connections', version: 'v1.1.0', folders: ['zeek-long-connections', 'long-connections'] },
  ];

  test('have the name and version that zkg gives them, by any of their aliases', () => {
    expect(attribute('LongConnection::x', 'packages/long-connections/main.zeek', { packages })).toMatchObject({
      package: 'zeek-long-connections',
      version: 'v1.1.0',
      kind: 'package',
    });
    expect(attribute('Other::x', 'packages/other/main.zeek', { packages }).version).toBeNull();
  });

  test('that declare the same module are told apart by their scripts', () => {
    const loadedScripts = ['/o/site/packages/top-dns/main.zeek', '/o/site/packages/anomalous-dns/main.zeek'];
    const declarations = [
      declared('DNSPlus::domains', 'packages/top-dns/main.zeek', { line: 7, attributes: ['&create_expire=1day'] }),
      declared('DNSPlus::domains', 'packages/anomalous-dns/main.zeek', { line: 9 }),
      declared('DNSPlus::queries', 'packages/anomalous-dns/main.zeek', { line: 12 }),
    ];
    const sources = { loadedScripts, declarations };
    expect(attribute('DNSPlus::domains', 'packages/anomalous-dns/main.zeek', sources)).toMatchObject({
      package: 'anomalous-dns',
      line: 9,
      expiry: null,
    });
    expect(attribute('DNSPlus::domains', 'packages/top-dns/main.zeek', sources)).toMatchObject({
      package: 'top-dns',
      line: 7,
      expiry: '&create_expire=1day',
    });
    expect(attribute('DNSPlus::queries', null, sources)).toMatchObject({
      package: 'anomalous-dns',
      evidence: 'declaration',
    });
    // Which of the two it is, nothing tells.
    expect(packageOf('DNSPlus::domains', null, sources)).toBe('unknown');
    const onlyOneLoaded = { loadedScripts: loadedScripts.slice(0, 1), declarations };
    expect(packageOf('DNSPlus::domains', null, onlyOneLoaded)).toBe('top-dns');
  });

  test('may add to GLOBAL and to modules of Zeek', () => {
    expect(packageOf('known_bad', 'packages/bad-hosts/main.zeek')).toBe('bad-hosts');
    expect(packageOf('HTTP::bad_agents', 'packages/bad-hosts/main.zeek')).toBe('bad-hosts');
    expect(packageOf('GLOBAL', null)).toBe('unknown');
    expect(packageOf('known_bad', null)).toBe('unknown');
  });

  test('are guessed from a module only where one package has that name', () => {
    const loadedScripts = ['/o/site/packages/domain-tld/main.zeek'];
    expect(attribute('DomainTLD::x', null, { loadedScripts })).toMatchObject({
      package: 'domain-tld',
      kind: 'package',
      evidence: 'module',
    });
    const two = [...loadedScripts, '/o/site/packages/domain_tld/main.zeek'];
    expect(packageOf('DomainTLD::x', null, { loadedScripts: two })).toBe('unknown');
  });
});

test('a module of Zeek counts as such only where its scripts were loaded', () => {
  expect(packageOf('HTTP::x', null)).toBe('zeek/protocols/http');
  expect(packageOf('PacketAnalyzer::GRE::gre_ports', null)).toBe('zeek/packet-protocols/gre');
  expect(packageOf('Cluster::Telemetry::x', null)).toBe('zeek/frameworks/cluster');
  expect(packageOf('Cluster::x', null, { loadedScripts: ['/opt/zeek/share/zeek/base/init-bare.zeek'] })).toBe(
    'unknown',
  );
});

test('what init-bare.zeek declares for a protocol is the protocol’s', () => {
  expect(packageOf('HTTP::upgrade_analyzers', 'base/init-bare.zeek')).toBe('zeek/protocols/http');
  expect(packageOf('Tunnel::x', 'base/bif/const.bif.zeek')).toBe('zeek/frameworks/tunnels');
  expect(packageOf('likely_server_ports', 'base/init-bare.zeek')).toBe('zeek/init');
});

test('names that JavaScript gives every object are only names', () => {
  for (const name of ['constructor', '__proto__', 'toString'])
    expect(packageOf(`${name}::${name}`, null)).toBe('unknown');
});

test('the log knows expiry better than the script at hand', () => {
  const declarations = [declared('M::v', 'm.zeek', { attributes: ['&create_expire=1day'] })];
  const attributor = new Attributor({ loadedScripts: [], packages: [], declarations });
  const variable = { variable: 'M::v', moduleName: 'M', script: 'home/a/m.zeek', expiry: '&create_expire=2.0 hrs' };
  expect(attributor.attribute(variable)).toMatchObject({ expiry: '&create_expire=2.0 hrs', line: 1 });
});

describe('folders and scripts of a site', () => {
  const loadedScripts = [
    '/opt/zeek/share/zeek/site/hunting/__load__.zeek',
    '/opt/zeek/share/zeek/site/hunting/rules/__load__.zeek',
    '/opt/zeek/share/zeek/site/local.zeek',
    '/home/me/tracker/scripts/__load__.zeek',
  ];

  test.each([
    ['a folder on ZEEKPATH', 'Hunt::seen', 'hunting/main.zeek', 'hunting'],
    ['a folder within it', 'Hunt::rules', 'hunting/rules/all.zeek', 'hunting'],
    ['a clone, by the name of its folder', 'Track::seen', 'home/me/tracker/scripts/main.zeek', 'tracker'],
    ['a script alone', 'mine', 'local.zeek', 'local'],
    ['a folder nobody loaded as such', 'mine', 'odds/ends.zeek', 'local'],
    ['the collector, wherever it is', 'my_stats::variables', 'srv/x/run.zeek', 'my_stats'],
  ])('%s', (_, variable, script, name) => {
    expect(packageOf(variable, script, { loadedScripts })).toBe(name);
  });
});
