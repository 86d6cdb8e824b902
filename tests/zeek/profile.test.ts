/** `my-stats profile` on a real Zeek, where there is one: what it finds. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../examples/make-pcap.mjs';
import { needs } from '../support/needs.ts';
import {
  byName,
  EXAMPLE,
  expectClean,
  folder,
  profile,
  SLOW,
  script,
  TRACE,
  temporary,
  type Variable,
} from './profiles.ts';

describe('profile', { ...SLOW, ...needs('zeek') }, () => {
  test('shows what the example holds, how it grew, and what the process holds besides', async () => {
    const { code, stdout, stderr } = await profile([EXAMPLE, '--pcap', TRACE, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      format: 'my-stats.profile',
      packages: ['lookups'],
      trace: { packets: 1040, connections: 400 },
      with: { interrupted: false, ended_early: false, printed_bytes: 0, messages: [] },
      without: { label: 'without it' },
      against: null,
      failures: null,
      kept: null,
    });
    expect(result.variables.map(({ variable }: Variable) => variable).sort()).toEqual([
      'Lookups::clients',
      'Lookups::ignored',
      'Lookups::names',
      'Lookups::recent',
    ]);
    const {
      'Lookups::names': names,
      'Lookups::recent': recent,
      'Lookups::ignored': ignored,
    } = byName(result.variables);
    expect(names).toMatchObject({ origin: 'package', script: 'scripts/main.zeek', final_entries: 300 });
    // A name and a set of one address, 500 to 700 bytes by the size model's own measurements.
    expect(names!.final!.likely / 300).toBeGreaterThan(400);
    expect(names!.final!.likely / 300).toBeLessThan(800);
    expect(names!.points.length).toBeGreaterThan(20);
    const sizes = names!.points.map(({ bytes }) => bytes);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    // 300 names in 400 connections.
    expect(names!.bytes_per_1000_connections! / 750 / (names!.final!.likely / 300)).toBeCloseTo(1, 0);
    expect(recent!.final_entries).toBeLessThan(60);
    expect(ignored!.bytes_per_1000_connections).toBe(0);
    expect(result.with.resident_memory_bytes).toBeGreaterThan(50e6);
    expectClean();
  });

  test('several packages each get a row; one that does not run says why, and the others are profiled', async () => {
    script('steady/__load__.zeek', '@load ./main\n');
    script('steady/main.zeek', 'module Steady;\nglobal last: table[addr] of time &create_expire=1min;\n');
    const broken = script('broken.zeek', 'global = 1;\n');
    const given = [EXAMPLE, join(folder, 'steady'), broken, 'no-such-package', `${EXAMPLE}/`];
    const { code, stdout } = await profile([...given, '--each', '--pcap', TRACE, '--json']);
    expect(code).toBe(1);
    const { format, packages, notes } = JSON.parse(stdout);
    expect(format).toBe('my-stats.profile-each');
    expect(packages).toMatchObject([
      { package: 'lookups', runs: true, growing: ['Lookups::names', 'Lookups::clients'], reason: null },
      { package: 'steady', runs: true, growing: [], without_expiry: [], peak_entries: 0 },
      {
        package: 'broken.zeek',
        runs: false,
        peak: null,
        reason: expect.stringMatching(/broken\.zeek:1: .*syntax error/),
      },
      { package: 'no-such-package', runs: false, reason: expect.stringContaining('is no file or folder') },
    ]);
    expect(packages[0].without_expiry).toEqual(['Lookups::names', 'Lookups::clients']);
    expect(packages[0].peak.likely).toBeGreaterThan(200e3);
    expect(notes).toEqual(['Given more than once and profiled once: 1 of the packages.']);
    expectClean();
  });

  test('a pattern of thousands of words shows up in its variable and in the process, within what is said', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => `w${(i * 7919) % 99_991}x${i}`);
    const text = words.map((word, i) => (i === 0 ? `/${word}` : `|${word}`)).join('');
    const file = script('words.zeek', `const words_to_find = ${text}/;\n`);
    const { stdout } = await profile([file, '--pcap', TRACE, '--json']);
    const result = JSON.parse(stdout);
    const found = byName(result.variables).words_to_find!;
    const added = result.with.resident_memory_bytes - result.without.resident_memory_bytes;
    expect(added).toBeGreaterThan(20e6);
    expect(added).toBeGreaterThan(found.peak!.low);
    expect(added).toBeLessThan(found.peak!.high);
  });

  test('variables of others that are there, or larger, because of it are told apart', async () => {
    const main = script('brings/__load__.zeek', '@load ./main\n@load policy/protocols/conn/known-hosts\n');
    script(
      'brings/main.zeek',
      `global own: set[string];
       redef Site::local_nets += { 10.0.0.0/8 };
       event new_connection(c: connection) { add Weird::did_log[c$uid, "x"]; }`,
    );
    const { stdout, code } = await profile([dirname(main), '--pcap', TRACE, '--json']);
    expect(code).toBe(0);
    const variables = byName(JSON.parse(stdout).variables);
    expect(variables.own).toMatchObject({ origin: 'package' });
    expect(variables['Weird::did_log']).toMatchObject({ origin: 'other' });
    expect(Object.values(variables).filter(({ origin }) => origin === 'loaded').length).toBeGreaterThan(0);
    expect(Object.keys(variables).filter((name) => name.startsWith('my_stats'))).toEqual([]);
  });

  test('a variable whose type is an alias of a table is weighed as that, without a word of the collector', async () => {
    const main = script(
      'alias/__load__.zeek',
      `module Odd;
       type Key: record { a: addr; u: string; };
       type Seen: table[Key] of set[string];
       global seen: Seen;
       event new_connection(c: connection) { seen[Key($a=c$id$orig_h, $u=c$uid)] = set(c$uid); }`,
    );
    const { stdout } = await profile([dirname(main), '--pcap', TRACE, '--json']);
    const result = JSON.parse(stdout);
    expect(result.with.messages).toEqual([]);
    const { low, likely, high } = byName(result.variables)['Odd::seen']!.final!;
    // By the allocator's own account 263 kB, of which the collector, which cannot tell entries of it, sees the objects.
    expect(low).toBeLessThan(263e3);
    expect(likely).toBeGreaterThan(100e3);
    expect(high).toBeGreaterThan(200e3);
  });

  test('what grows inside of entries that stay as many is seen to the end', async () => {
    const main = script(
      'inside.zeek',
      `global by_kind: table[string] of set[string];
       event zeek_init() { by_kind["all"] = set(); }
       event new_connection(c: connection) { add by_kind["all"][c$uid]; }`,
    );
    const { stdout } = await profile([main, '--pcap', TRACE, '--json']);
    const { measured_size, points } = byName(JSON.parse(stdout).variables).by_kind!;
    // An entry, its key, its set, and 400 names in that.
    expect(measured_size).toBeGreaterThan(1200);
    expect(new Set(points.map(({ bytes }) => bytes)).size).toBeGreaterThan(20);
  });

  test('packages that are not installed are found by their names, in whatever order, and by relative paths', async () => {
    const requests = 'event dns_request(c: connection, msg: dns_msg, query: string, qtype: count, qclass: count)';
    script('needed/zkg.meta', '[package]\nscript_dir = scripts\n');
    script('needed/scripts/__load__.zeek', 'global needed_names: set[string];\n');
    script('needing/__load__.zeek', '@load packages/needed\n@load needing/main\n');
    script('needing/main.zeek', `global own: set[string];\n${requests} { add needed_names[query]; add own[query]; }\n`);
    const origins = async (...args: string[]) => {
      const { stdout, stderr } = await profile([...args, '--pcap', TRACE, '--json']);
      expect(stderr).toBe('');
      const { variables } = JSON.parse(stdout) as { variables: Variable[] };
      return Object.fromEntries(
        variables.filter(({ variable }) => /own|needed/.test(variable)).map((v) => [v.variable, v.origin]),
      );
    };
    // In all runs, what is loaded besides is none of it; only what the package puts there counts.
    expect(await origins('needing', '--load', 'needed')).toEqual({ own: 'package', needed_names: 'other' });
    expect(await origins('needing', 'needed')).toEqual({ own: 'package', needed_names: 'package' });
    expectClean();
  });

  test('several traces, one compressed, are one', async () => {
    const traces = join(folder, 'traces');
    mkdirSync(traces);
    const trace = readFileSync(TRACE);
    writeFileSync(join(traces, 'a.pcap'), makeTrace({ minutes: 1, lookups: 10, requests: 0, scans: 0 }));
    writeFileSync(join(traces, 'b.pcap.gz'), zlib.gzipSync(trace));
    const { code, stdout } = await profile([EXAMPLE, '--pcap', traces, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).trace).toMatchObject({ packets: 1060, files: { length: 2 } });
  });

  test('--keep leaves the logs, also of a run that failed, and says where', async () => {
    const { stdout } = await profile([EXAMPLE, '--pcap', TRACE, '--keep', '--json']);
    const { kept } = JSON.parse(stdout);
    expect(existsSync(join(kept, 'with/my_stats.log'))).toBe(true);
    expect(existsSync(join(kept, 'without/conn.log'))).toBe(true);
    const { stderr } = await profile([script('bad.zeek', 'global;'), '--pcap', TRACE, '--keep']);
    const [, where] = /what Zeek wrote is in (\S+)\n/.exec(stderr)!;
    expect(readFileSync(join(where!, 'with/stderr.txt'), 'utf8')).toContain('syntax error');
    for (const left of readdirSync(temporary)) rmSync(join(temporary, left), { recursive: true });
  });

  test('two at once do not disturb each other', async () => {
    const results = await Promise.all([1, 2].map(() => profile([EXAMPLE, '--pcap', TRACE, '--json'])));
    for (const { code, stdout } of results) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout).variables).toHaveLength(4);
    }
    expectClean();
  });
});
