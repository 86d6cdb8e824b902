/** Incidents and quiet times recorded on a real Zeek: what `doctor` and `growth` must say of each, and must not. */

import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/app/doctor.ts';
import type { Certainty, FindingKind, FindingLevel } from '../../src/model/answers/doctor.ts';
import { myStats } from '../cli/run.ts';

const FOLDER = 'fixtures/incidents';

function examine(name: string, scripts: readonly string[] = []) {
  return doctor({
    paths: [`${FOLDER}/${name}`],
    strict: true,
    nodes: [],
    scripts,
    since: null,
    until: null,
  });
}

interface Expected {
  readonly kind: FindingKind;
  readonly level: FindingLevel;
  readonly certainty: Certainty;
  readonly nodes: readonly string[];
  readonly subject: string | null;
}

const INCIDENTS: readonly (readonly [string, Expected])[] = [
  [
    'known-hosts',
    {
      kind: 'expiry-ineffective',
      level: 'problem',
      certainty: 'likely',
      nodes: ['zeek'],
      subject: 'Known::hosts',
    },
  ],
  [
    'dce-rpc',
    {
      kind: 'connection-grows',
      level: 'problem',
      certainty: 'certain',
      nodes: ['zeek'],
      subject: 'dce_rpc_backing',
    },
  ],
  ['pop3-lines', { kind: 'outside-scripts', level: 'problem', certainty: 'certain', nodes: ['zeek'], subject: null }],
  [
    'logger-queue',
    { kind: 'outside-scripts', level: 'problem', certainty: 'certain', nodes: ['logger-1'], subject: null },
  ],
  [
    'intel-manager',
    {
      kind: 'intel-store',
      level: 'warning',
      certainty: 'likely',
      nodes: ['manager'],
      subject: 'Intel::data_store, Intel::min_data_store',
    },
  ],
  [
    'read-refreshed',
    { kind: 'variable-grows', level: 'warning', certainty: 'likely', nodes: ['zeek'], subject: 'Refresh::peers' },
  ],
  [
    'feed-shrinks',
    { kind: 'memory-retained', level: 'warning', certainty: 'certain', nodes: ['zeek'], subject: 'Feed::entries' },
  ],
  [
    'http-pending',
    {
      kind: 'connection-grows',
      level: 'problem',
      certainty: 'certain',
      nodes: ['zeek'],
      subject: 'http_state.pending',
    },
  ],
  ['dns-lookups', { kind: 'queue-grows', level: 'problem', certainty: 'certain', nodes: ['zeek'], subject: 'timers' }],
  [
    'live-connections',
    { kind: 'live-connections-grow', level: 'warning', certainty: 'likely', nodes: ['zeek'], subject: 'connections' },
  ],
  ['broker-store', { kind: 'outside-scripts', level: 'problem', certainty: 'certain', nodes: ['zeek'], subject: null }],
  [
    'expire-func',
    { kind: 'variable-grows', level: 'problem', certainty: 'certain', nodes: ['zeek'], subject: 'Site::seen' },
  ],
  [
    'sumstats-keys',
    {
      kind: 'variable-grows',
      level: 'problem',
      certainty: 'certain',
      nodes: ['zeek'],
      subject: 'SumStats::result_store',
    },
  ],
  [
    'leak-on-one',
    { kind: 'variable-grows', level: 'problem', certainty: 'certain', nodes: ['worker-17'], subject: 'Tracker::seen' },
  ],
  [
    'burst-of-services',
    { kind: 'variable-stepped', level: 'note', certainty: 'certain', nodes: ['zeek'], subject: 'Known::services' },
  ],
];

/** In a process that ends again and again, the variable that fills it, and that it ends. */
const LOOP = { level: 'problem', certainty: 'certain', nodes: ['zeek'], subject: 'Sessions::seen' } as const;

const REFRESHED = { certainty: 'likely', nodes: ['zeek'], subject: 'Refresh::peers' } as const;

describe('incidents', () => {
  test.each(INCIDENTS)('%s: named with its node and cause, and nothing else', async (name, expected) => {
    const { findings } = await examine(name);
    expect(
      findings.map(({ kind, level, certainty, nodes, subject }) => ({ kind, level, certainty, nodes, subject })),
    ).toEqual([expected]);
  });

  test('restart-loop: the variable, that it ends, and with how much memory, which is all that it may have', async () => {
    const { findings, nodes } = await examine('restart-loop');
    expect(findings).toMatchObject([
      { ...LOOP, kind: 'variable-grows' },
      { ...LOOP, kind: 'node-restarts' },
    ]);
    expect(nodes[0]!.limit).toBe(186_216_448);
    const { stdout } = await myStats(['doctor', `${FOLDER}/restart-loop`]);
    expect(stdout).toMatch(/^zeek ends again and again, at 186 MB: Sessions::seen grows each time {2}15:59Z\n/);
  });

  test('known-hosts: with the scripts, the line that takes the expiry away', async () => {
    const { findings } = await examine('known-hosts', [FOLDER]);
    expect(findings[0]!.advice[0]).toMatchObject({ command: 'Known::hosts = set();' });
    expect(findings[0]!.advice[0]!.text).toMatch(/^known-hosts\.zeek:9 assigns a new value/);
  });

  test('broker-store: that stores of Broker are outside scripts, and how to see what they hold', async () => {
    const { findings } = await examine('broker-store');
    const stores = findings[0]!.advice.find(({ text }) => text.includes('store of Broker'));
    expect(stores?.command).toMatch(/\^\(zeek_\)\?broker_store_entries'$/);
  });

  test('expire-func: with the scripts, the function that keeps entries', async () => {
    const { findings } = await examine('expire-func', [FOLDER]);
    expect(findings[0]).toMatchObject({ kind: 'expiry-ineffective', subject: 'Site::seen' });
    expect(findings[0]!.advice[0]).toMatchObject({
      text: expect.stringMatching(/^See what keep\(\), its &expire_func, returns/),
      command: "grep -rn -A 8 'function keep\\b' SCRIPTS",
    });
  });

  test('expire-func: without them, to look at the declaration before changing it', async () => {
    const { findings } = await examine('expire-func');
    const texts = findings[0]!.advice.map(({ text }) => text);
    expect(texts.find((text) => text.startsWith('Look at its declaration first'))).toMatch(/&expire_func/);
  });

  test('known-hosts: growth names it too, and that its expiry is not in effect', async () => {
    const { stdout } = await myStats(['growth', `${FOLDER}/known-hosts`]);
    expect(stdout).toMatch(/Known::hosts +line/);
    expect(stdout).toMatch(/Known::hosts declares &create_expire=1day and after 3 days still grows/);
  });

  test('read-refreshed: with the scripts, that its entries are looked at again and again', async () => {
    const { findings } = await examine('read-refreshed', [FOLDER]);
    expect(findings).toMatchObject([{ ...REFRESHED, kind: 'expiry-ineffective', level: 'problem' }]);
    expect(findings[0]!.what).toContain('declares &read_expire=1hr');
    expect(findings[0]!.advice[0]!.text).toContain('Every look at an entry starts its time anew');
  });

  test('dce-rpc: growth judges fields of connections', async () => {
    const { stdout } = await myStats(['growth', '--by', 'field', '--csv', `${FOLDER}/dce-rpc`]);
    expect(stdout.split('\n')[1]).toMatch(/^bytes,field,dce_rpc_backing,line,growing,/);
    const { stdout: variables } = await myStats(['growth', `${FOLDER}/dce-rpc`]);
    expect(variables).toContain('Fields of live connections grow: dce_rpc_backing (--by field).');
  });

  test('dce-rpc: the connection, its rate and what it holds', async () => {
    const { stdout } = await myStats(['connections', '--csv', `${FOLDER}/dce-rpc`]);
    expect(stdout.split('\n')[1]).toMatch(/dce_rpc_backing.*,C7gigR2VBTbAbRJgr1,47520,2\.2,/);
  });

  test('dns-lookups: that lookups wait, and what one of them takes', async () => {
    const { findings, nodes } = await examine('dns-lookups');
    expect(findings[0]!.what).toMatch(/about 2\.8\d kB each; Zeek has as many lookups pending as it sends at a time/);
    expect(findings[0]!.advice[0]!.text).toContain('lookup in a when statement');
    expect(nodes[0]!.account!.parts.find(({ what }) => what === 'timers')!.bytes.likely).toBeGreaterThan(100e6);
  });

  test('live-connections: how many, and what one of them takes', async () => {
    const { findings } = await examine('live-connections');
    expect(findings[0]!.what).toMatch(/from 480 to 3\.48 k, about 21\.\d kB each/);
  });

  test('http-pending: what all connections hold, and no more than fits into the process', async () => {
    const { findings, nodes } = await examine('http-pending');
    expect(findings[0]!.what).toMatch(/48 that were looked into \(83 are live\).*all of them, if alike, 97\.9 k/);
    const held = nodes[0]!.account!.parts.find(({ what }) => what === 'fields of connections')!;
    expect(held.detail).toContain('cut to what fits');
    expect(held.bytes.likely).toBeLessThan(140e6);
  });

  test('pop3-lines: what nothing explains is what the lines take', async () => {
    const { nodes } = await examine('pop3-lines');
    const { unexplained, canBeJudged } = nodes[0]!.account!;
    expect(canBeJudged).toBe(true);
    // 60 lines of 0.4 to 0.8 MB, each in a buffer whose size doubles.
    expect(unexplained.low).toBeGreaterThan(30e6);
    expect(unexplained.high).toBeLessThan(65e6);
  });
});

describe('quiet times', () => {
  test.each([
    'quiet-warm-up',
    'quiet-daily-rhythm',
    'quiet-steady',
    'quiet-restart',
    'quiet-refill',
    'quiet-kept-alive',
    'quiet-closed-connections',
  ])('%s: nothing', async (name) => {
    const { findings, nodes } = await examine(name);
    expect(findings).toEqual([]);
    expect(nodes.map(({ course }) => course)).toEqual(nodes.map(() => 'steady'));
  });
});

test('a table that fills again after a restart is no growth, but is watched', async () => {
  const { stdout } = await myStats(['growth', '--json', `${FOLDER}/quiet-refill`]);
  const { sections, watched } = JSON.parse(stdout);
  expect(sections).toEqual([]);
  expect(watched[0].rows).toMatchObject([{ group: 'Site::seen', why: 'as-before' }]);
});

test('--fail-on makes the exit code say what was found', async () => {
  const run = async (level: string, name: string) =>
    (await myStats(['doctor', '--fail-on', level, `${FOLDER}/${name}`])).code;
  expect(await run('problem', 'known-hosts')).toBe(1);
  expect(await run('note', 'quiet-steady')).toBe(0);
  expect(await run('problem', 'feed-shrinks')).toBe(0);
});
