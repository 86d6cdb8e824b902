/** An engine as a source: the answers of logs, from a real Prometheus that has their metrics; and engines that fail. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { connections } from '../../src/app/connections.ts';
import { doctor } from '../../src/app/doctor.ts';
import { growth } from '../../src/app/growth.ts';
import { inventory } from '../../src/app/inventory.ts';
import { sql } from '../../src/app/sql.ts';
import { top } from '../../src/app/top.ts';
import { EngineClient } from '../../src/engine/client.ts';
import { writeSelector } from '../../src/engine/queries.ts';
import type { DoctorResult } from '../../src/model/answers/doctor.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';
import { combineNodeFilters, parseNameFilter } from '../../src/model/names.ts';
import { myStats, run } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { hostSet, plainNode } from '../support/made-clusters.ts';
import { BOOT, madeLogs } from '../support/made-logs.ts';
import { metricsHistory } from '../support/metrics-history.ts';
import { needs } from '../support/needs.ts';
import { type Prometheus, prometheusWith } from '../support/prometheus.ts';
import { changed, served } from './proxy.ts';

const EMPTY = '{"status":"success","data":{"resultType":"vector","result":[]}}';
/** Where nothing listens. */
const CLOSED = 'http://127.0.0.1:4/';
const INCIDENT = 'fixtures/incidents/logger-queue';

const folder = temporaryFolder();

/** Two sensors with a node of the same name; a variable of one of them grows, and its process has a limit. */
const SENSORS = ['eu-1', 'eu-2'].map((sensor, i) => {
  const plain = plainNode('worker-1', 90, 60, { extra: (age) => (i === 0 ? 1200 * age : 0), seed: i + 1 });
  const gauges = (age: number) => ({ ...plain.gauges(age), memory_limit: 1e9, variables_logged: 2 });
  const tracked = hostSet('Tracker::seen', (age) => (i === 0 ? 1000 + 10 * age : 1000));
  const known = hostSet('Known::hosts', () => 3000);
  return madeLogs(join(folder, sensor), [{ ...plain, boot: BOOT + 20 * i, gauges, variables: [tracked, known] }]);
});

/** Numbers with five digits. */
function rounded<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(5)) : one)),
  ) as Value;
}

describe('the same as from the logs', { timeout: 120_000, ...needs('prometheus') }, () => {
  let fleet: Prometheus;
  let incident: Prometheus;
  beforeAll(async () => {
    fleet = await prometheusWith(await metricsHistory(SENSORS));
    incident = await prometheusWith(await metricsHistory([INCIDENT]));
  }, 120_000);

  /** Of the engine, and of the logs; metrics have whole bytes. */
  const both = async <Answer>(ask: (paths: readonly string[]) => Promise<Answer>) =>
    [rounded(await ask([fleet.url])), rounded(await ask(SENSORS))] as const;

  test.each(['module', 'variable', 'node', 'sensor', 'package', 'type', 'script'] as const)('top by %s', async (by) => {
    const [engine, logs] = await both((paths) => top({ paths, by }));
    expect(engine.sections).toEqual(logs.sections);
    expect(engine.nodes).toEqual(logs.nodes);
  });

  test('top as it was', async () => {
    const at = String(BOOT + 3000);
    const [engine, logs] = await both((paths) => top({ paths, by: 'variable', at, growth: false }));
    expect(engine.sections).toEqual(logs.sections);
  });

  test('growth', async () => {
    const [engine, logs] = await both((paths) => growth({ paths }));
    expect(engine.sections.length).toBeGreaterThan(0);
    expect(engine.sections).toEqual(logs.sections);
    expect(engine.nodes).toEqual(logs.nodes);
    expect(engine.counts).toEqual(logs.counts);
  });

  test('doctor, of nodes of one sensor', async () => {
    const nodes = combineNodeFilters([], [parseNameFilter('eu-1')]);
    const [engine, logs] = await both((paths) => doctor({ paths, nodes }));
    expect(engine.findings.map(({ kind }) => kind)).toEqual(['variable-grows']);
    expect(engine.findings).toEqual(logs.findings);
    expect(engine.nodes).toEqual(logs.nodes);
  });

  test('doctor, of an incident', async () => {
    const [engine, logs] = [await doctor({ paths: [incident.url] }), await doctor({ paths: [INCIDENT] })];
    const told = ({ findings }: DoctorResult) => findings.map(({ kind, level, nodes }) => ({ kind, level, nodes }));
    expect(told(engine)).toEqual([{ kind: 'outside-scripts', level: 'problem', nodes: ['logger-1'] }]);
    expect(told(engine)).toEqual(told(logs));
    const rate = ({ nodes }: DoctorResult) => nodes[0]!.fillsPerHour!.likely;
    expect(Math.abs(rate(engine) / rate(logs) - 1)).toBeLessThan(0.01);
  });

  test('what metrics cannot tell is said', async () => {
    const paths = [fleet.url];
    const cannot = (what: string) => ({ code: 'not-in-metrics', message: `${what} cannot be told from metrics` });
    const inSpan = top({ paths, since: '-1h' });
    await expect(inSpan).rejects.toMatchObject(cannot('first, largest and mean sizes in a span'));
    await expect(connections({ paths })).rejects.toMatchObject(cannot('what this command shows'));
    await expect(sql({ paths, query: 'select 1' })).rejects.toMatchObject(cannot('what this command shows'));
    await expect(top({ paths: [...paths, ...SENSORS] })).rejects.toMatchObject({ code: 'engine-among-logs' });
    await expect(growth({ paths, filters: { node: ['nope'] } })).rejects.toMatchObject({ code: 'nothing-selected' });
    const { code, stdout } = await myStats(['doctor', ...paths]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Tracker::seen grows') });
    expect(stdout).toContain('Metrics do not say what fields of connections hold; logs do.');
  });

  test('an answer that is not whole is used, and that is said', async () => {
    const thanos = await changed(fleet.url, (answer) => {
      answer.warnings = ['store eu-2 is down'];
    });
    const warning = 'The engine warns that its answers may not be whole: ';
    const { sections, reading } = await top({ paths: [thanos] });
    expect(sections).toEqual((await top({ paths: [fleet.url] })).sections);
    expect(reading.notes).toContain(`${warning}store eu-2 is down`);
    const victoria = await changed(fleet.url, (answer) => {
      answer.isPartial = true;
    });
    expect((await top({ paths: [victoria] })).reading.notes).toContain(`${warning}the answer is partial`);
  });

  test.each([
    ['top', top],
    ['growth', growth],
    ['doctor', doctor],
  ] as const)('%s says so also where only its first or its last question has such an answer', async (_, answer) => {
    const askWith = async (isPartial: (question: number) => boolean) => {
      let asked = 0;
      const engine = await changed(fleet.url, (whole) => {
        if (isPartial(asked++)) whole.isPartial = true;
      });
      const { reading } = await answer({ paths: [engine] });
      return { asked, notes: reading.notes };
    };
    const { asked, notes } = await askWith(() => false);
    expect(notes.join()).not.toContain('partial');
    for (const one of [0, asked - 1])
      expect((await askWith((question) => question === one)).notes.join()).toContain('the answer is partial');
  });

  test('values that are no numbers are left out and counted', async () => {
    const odd = await changed(fleet.url, (answer, query) => {
      if (query.includes('my_stats_variable_entries'))
        for (const { value } of answer.data.result) if (value !== undefined) value[1] = 'NaN';
    });
    const { reading, sections } = await top({ paths: [odd], by: 'variable' });
    expect(reading).toMatchObject({ skipped: 4, examples: [{ reason: 'a value that is no number' }] });
    expect(sections[0]!.rows.map(({ entries }) => entries)).toEqual([null, null]);
    await expect(top({ paths: [odd], strict: true })).rejects.toMatchObject({ code: 'skipped-row' });
  });

  test('two sensors of one name are told apart by where they were scraped', async () => {
    const twice = await changed(fleet.url, (answer) => {
      for (const { metric } of answer.data.result) {
        metric.instance = `${metric.sensor}:8047`;
        metric.node = 'worker-1';
        metric.sensor = 'eu';
      }
    });
    const { nodes, reading } = await inventory({ paths: [twice] });
    expect(nodes.map(({ node }) => node)).toEqual(['worker-1@eu eu-1:8047', 'worker-1@eu eu-2:8047']);
    expect(reading.notes.join(' ')).toContain('There are several sensors called eu');
  });

  test('a replica is not counted twice', async () => {
    const replicated = await changed(fleet.url, (answer) => {
      const replicas = (replica: string) =>
        answer.data.result.map((one) => ({ ...one, metric: { ...one.metric, replica } }));
      answer.data.result = [...replicas('a'), ...replicas('b')];
    });
    const [one, other] = [await top({ paths: [replicated] }), await top({ paths: [fleet.url] })];
    expect(one.sections).toEqual(other.sections);
  });
});

test('credentials come from the environment or a file', async () => {
  const seen: string[] = [];
  const engine = await served(({ headers }, response) => {
    seen.push(`${headers.authorization} ${headers['x-scope-orgid']}`);
    response.end(EMPTY);
  });
  const file = join(folder, 'token');
  writeFileSync(file, 'of-a-file\n');
  const asked = async (env: Record<string, string>) => {
    await new EngineClient(engine, env).instant('up', null);
    return seen.pop();
  };
  expect(await asked({})).toBe('undefined undefined');
  expect(await asked({ MY_STATS_ENGINE_TOKEN: 'abc' })).toBe('Bearer abc undefined');
  const ofFile = { MY_STATS_ENGINE_TOKEN_FILE: file, MY_STATS_ENGINE_TENANT: 'soc' };
  expect(await asked(ofFile)).toBe('Bearer of-a-file soc');
  const basic = { MY_STATS_ENGINE_USER: 'me', MY_STATS_ENGINE_PASSWORD: 'sé' };
  expect(await asked(basic)).toBe(`Basic ${Buffer.from('me:sé').toString('base64')} undefined`);
});

test('names are quoted as an engine reads them', () => {
  const selector = writeSelector({ name: 'm', unit: null, help: '' }, { variable: ['A::b', 'a"\n.*'] });
  expect(selector).toBe(String.raw`m{variable=~"A::b|a\"\n\\.\\*"}`);
});

describe('an engine that fails', () => {
  const refused = async (address: string) => {
    const error = await top({ paths: [address] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExpectedError);
    return (error as ExpectedError).oneLine;
  };

  test.each<[string, number, string, string]>([
    ['a page', 200, '<!doctype html><title>Grafana</title>', 'does not answer as Prometheus does (a page)'],
    ['JSON of something else', 200, '{"version":1}', 'does not answer as Prometheus does (JSON of something else)'],
    ['half an answer', 200, '{"status":"succ', 'does not answer as Prometheus does (no JSON)'],
    ['no right to ask', 401, 'no', 'does not let us ask (status 401). Set MY_STATS_ENGINE_TOKEN'],
    ['an error of its own', 422, '{"status":"error","error":"too many samples"}', 'cannot answer: too many samples.'],
    ['nothing at all', 200, EMPTY, 'has no metrics of my_stats'],
  ])('%s', async (_, status, body, said) => {
    const address = await served((_request, response) => response.writeHead(status).end(body));
    expect(await refused(address)).toContain(`${address}: ${said}`);
  });

  test('is asked again where that may help', async () => {
    let asked = 0;
    const address = await served((_request, response) => {
      asked++;
      response.writeHead(502).end('Bad gateway');
    });
    expect(await refused(address)).toContain('does not answer (status 502, 3 attempts)');
    expect(asked).toBe(3);
  });

  test('that is down, or sends elsewhere', async () => {
    expect(await refused(CLOSED)).toContain('does not answer (ECONNREFUSED, 3 attempts)');
    const address = await served((_request, response) => response.writeHead(301, { Location: 'https://x/' }).end());
    expect(await refused(address)).toContain('does not answer as Prometheus does (it sends to https://x/)');
  });

  test('that is slow', async () => {
    const address = await served(() => {});
    await expect(new EngineClient(address, {}, 50).instant('up', null)).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: 'does not answer (nothing within 0.05 seconds, 3 attempts)',
    });
  });

  test('whose certificate is not trusted', needs('openssl'), async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1'];
    const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    expect(await run('openssl', [...made, ...names])).toMatchObject({ code: 0 });
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const address = await served((_request, response) => response.end(EMPTY), tls);
    expect(await refused(address)).toContain('its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
    const { stderr } = await myStats(['top', address], { env: { NODE_EXTRA_CA_CERTS: cert } });
    expect(stderr).toContain(`my-stats: ${address}: has no metrics of my_stats within a year. `);
  });

  test('secrets are not taken from the command line, nor shown', async () => {
    expect(await refused('https://me:secret@127.0.0.1:4/')).not.toContain('secret');
    expect(await refused(`${CLOSED}?token=secret`)).not.toContain('secret');
    const missing = { MY_STATS_ENGINE_TOKEN_FILE: 'nowhere' };
    expect(() => new EngineClient(CLOSED, missing)).toThrow('cannot be read as credentials (ENOENT)');
  });
});
