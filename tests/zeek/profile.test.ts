/** `my-stats profile` on a real Zeek, where there is one: what it finds, and what it says of what goes wrong. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import zlib from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { makeTrace } from '../../examples/make-pcap.mjs';
import { cleanEnv, myStats, PROGRAM, ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { has, processesWith } from './here.ts';

const hasZeek = has('zeek');
const folder = realpathSync(temporaryFolder());
/** All temporary folders of the program are in here, so that one that stays is seen. */
const temporary = join(folder, 'temporary');
mkdirSync(temporary);
const TRACE = join(ROOT, 'examples/office.pcap');
const EXAMPLE = join(ROOT, 'examples/lookups');

function profile(args: readonly string[], env: Record<string, string> = {}) {
  return myStats(['profile', ...args], { env: { TMPDIR: temporary, ...env } });
}

function script(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

interface Variable {
  readonly variable: string;
  readonly origin: string;
  readonly peak: { readonly low: number; readonly likely: number; readonly high: number } | null;
  readonly final: { readonly likely: number } | null;
  readonly final_entries: number | null;
  readonly bytes_per_1000_connections: number | null;
  readonly points: readonly { readonly bytes: number }[];
}

function byName(variables: readonly Variable[]): Record<string, Variable> {
  return Object.fromEntries(variables.map((variable) => [variable.variable, variable]));
}

const expectClean = () => {
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesWith(temporary)).toEqual([]);
};

describe.skipIf(!hasZeek)('profile (needs zeek on PATH)', { timeout: 120_000 }, () => {
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

  describe('against another version', () => {
    const repository = join(folder, 'repository');
    mkdirSync(join(repository, 'scripts'), { recursive: true });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example', ...args]);
    const main = readFileSync(join(EXAMPLE, 'scripts/main.zeek'), 'utf8');
    const good = main.replace(/event zeek_init\(\)\n\t\{\n\tclients = table\(\);\n\t\}\n/, '');
    writeFileSync(join(repository, 'zkg.meta'), '[package]\nscript_dir = scripts\n');
    writeFileSync(join(repository, 'scripts/__load__.zeek'), '@load ./main\n');
    writeFileSync(join(repository, 'scripts/main.zeek'), good);
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '--message=good');
    git('tag', 'good');
    writeFileSync(join(repository, 'scripts/main.zeek'), main);

    test('a table that lost its expiry to an assignment fails the check', async () => {
      expect(good).not.toBe(main);
      const { code, stdout, stderr } = await profile([
        repository,
        '--pcap',
        TRACE,
        '--against',
        'good',
        '--check',
        '--json',
      ]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      const { failures, against } = JSON.parse(stdout);
      expect(against).toMatchObject({ label: 'good' });
      expect(failures.map(({ variable }: { variable: string }) => variable)).toEqual(['Lookups::clients']);
      expectClean();
    });

    test('the same version against itself is fine, and the repository stays as it is', async () => {
      writeFileSync(join(repository, 'scripts/main.zeek'), good);
      const { code, stdout } = await profile([repository, '--pcap', TRACE, '--against', 'HEAD', '--check']);
      expect(code).toBe(0);
      expect(stdout).toContain('check: fine');
      expect(execFileSync('git', ['-C', repository, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');
    });
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

  describe('what can be wrong with a package', () => {
    test.each<[string, string, RegExp]>([
      ['syntax', 'global x: table[addr of count;', /^my-stats: \S+\/syntax\.zeek:1: syntax error, at or near "of"\. /],
      [
        'types',
        'global t: table[addr] of count;\nevent zeek_init() { t["a"] = 1; }',
        /^my-stats: \S+\/types\.zeek:2: type clash /,
      ],
      ['missing', '@load no-such-package', /^my-stats: \S+\/missing\.zeek:1: can't find no-such-package\. Install /],
      [
        'crash',
        'function f(n: count): count { return f(n + 1) + 1; }\nevent new_connection(c: connection) { print f(1); }',
        /^my-stats: Zeek was ended by SIGSEGV, after 1 of 1040 packets/,
      ],
      [
        'exit',
        'event new_connection(c: connection) { exit(0); }',
        /^my-stats: Zeek ran, but exit\(\) in a script ended it/,
      ],
      [
        'code',
        'event new_connection(c: connection) { exit(3); }',
        /^my-stats: Zeek ended with exit code 3, after 1 of/,
      ],
      [
        'hang',
        'global n = 0;\nevent new_connection(c: connection) { if ( ++n == 50 ) while ( T ) { ++n; } }',
        /^my-stats: Zeek had not ended after 5 s, after \d+ of 1040 packets, and was stopped\./,
      ],
      [
        'veto',
        'hook my_stats::log_policy(rec: my_stats::Info, id: Log::ID, filter: Log::Filter) { break; }',
        /^my-stats: Zeek ran, but a hook of the scripts vetoes what my_stats logs\./,
      ],
    ])('%s is one line and exit code 2', async (name, text, said) => {
      const { code, stdout, stderr } = await profile([script(`${name}.zeek`, text), '--pcap', TRACE, '--timeout', '5']);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(said);
      expect(stderr.trimEnd()).not.toContain('\n');
      expectClean();
    });

    test('what it needs is named where its zkg.meta says so', async () => {
      script('needy/zkg.meta', '[package]\ndepends =\n  zeek >=5.0\n  other-package *\n');
      script('needy/__load__.zeek', '@load other-package\n');
      const { stderr } = await profile([join(folder, 'needy'), '--pcap', TRACE]);
      expect(stderr).toContain('It needs other-package: install what is missing with zkg');
    });

    test('one that changes the options and streams of my_stats is profiled all the same', async () => {
      const hostile = script(
        'hostile.zeek',
        `redef LogAscii::use_json = T;
         redef Log::default_rotation_interval = 1min;
         redef Log::default_logdir = "elsewhere";
         redef Log::default_writer = Log::WRITER_NONE;
         redef my_stats::run_interval = 1hr;
         redef my_stats::min_var_size_to_log = 1000000;
         global held: table[count] of string;
         event zeek_init()
           {
           Log::disable_stream(my_stats::LOG);
           Log::remove_default_filter(my_stats::NODE_LOG);
           held[1] = "abc";
           }`,
      );
      const { code, stdout } = await profile([hostile, '--pcap', TRACE, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ with: { measurements: 61 }, variables: [{ variable: 'held' }] });
    });

    test('one that prints and makes errors: its output stays out of ours, its errors are told once', async () => {
      const noisy = script(
        'noisy.zeek',
        'global t: table[count] of string;\nevent new_connection(c: connection) { print c; print t[7]; }',
      );
      const { code, stdout } = await profile([noisy, '--pcap', TRACE]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/printed [\d.]+ kB to standard output, not shown here/);
      expect(stdout).toContain('noisy.zeek:2: no such index (t[7]) (400 times)');
      expect(stdout).not.toContain('orig_h');
    });

    test('one that ends Zeek early gives what there is by then', async () => {
      const early = script(
        'early.zeek',
        'global n = 0;\nevent new_connection(c: connection) { if ( ++n == 100 ) terminate(); }',
      );
      const { code, stdout } = await profile([early, '--pcap', TRACE]);
      expect(code).toBe(0);
      expect(stdout).toContain('was ended by a script before the end of the trace');
    });
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

  describe('interrupted', () => {
    const slow = script(
      'slow.zeek',
      `global seen: table[string] of count;
       event dns_request(c: connection, msg: dns_msg, query: string, qtype: count, qclass: count)
         {
         local i = 0;
         while ( ++i < 20000 )
           seen[query] = i;
         }`,
    );
    const trace = join(folder, 'long.pcap');
    if (hasZeek) writeFileSync(trace, makeTrace({ minutes: 600, lookups: 20_000, requests: 10, scans: 10 }));

    async function interrupted(signal: NodeJS.Signals, times: number) {
      const child = spawn(process.execPath, [PROGRAM, 'profile', slow, '--pcap', trace, '--json'], {
        env: cleanEnv({ TMPDIR: temporary }),
      });
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      while (!readdirSync(temporary).some((name) => reads(join(temporary, name, 'with/my_stats_profile.txt'))))
        await wait(100);
      for (let i = 0; i < times; i++) {
        child.kill(signal);
        await wait(300);
      }
      return { code: await ended, stdout };
    }

    test('it gives what there is by then, and leaves nothing behind', async () => {
      const { code, stdout } = await interrupted('SIGINT', 1);
      expect(code).toBe(130);
      const result = JSON.parse(stdout);
      expect(result).toMatchObject({ with: { interrupted: true }, without: null });
      expect(byName(result.variables).seen!.final_entries).toBeGreaterThan(0);
      expectClean();
    });

    test('SIGTERM is the same', async () => {
      expect((await interrupted('SIGTERM', 1)).code).toBe(143);
      expectClean();
    });
  });

  test('in a container everything has its path, and only the results can be written', async () => {
    // A stand-in for docker: notes what it was asked, and runs it here.
    const bin = join(folder, 'bin');
    const noted = join(folder, 'docker-args');
    const docker = script(
      'bin/docker',
      `#!/bin/sh
[ "$1" = run ] || exit 0
printf '%s\\n' "$@" > ${noted}
while [ "$1" != zeek/zeek:lts ]; do shift; done
shift
exec "$@"
`,
    );
    spawnSync('chmod', ['+x', docker]);
    const { code, stdout, stderr } = await profile(
      [EXAMPLE, '--pcap', TRACE, '--zeek', 'docker:zeek/zeek:lts', '--json'],
      { PATH: `${bin}:${process.env.PATH}` },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).variables).toHaveLength(4);
    const args = readFileSync(noted, 'utf8').split('\n');
    expect(args.slice(0, 6)).toEqual(['run', '--rm', '--init', '--network', 'none', '--name']);
    const mounts = args.filter((arg) => arg.startsWith('type=bind'));
    expect(mounts.filter((mount) => !mount.endsWith(',readonly'))).toEqual([
      expect.stringContaining(`source=${temporary}/`),
    ]);
    expect(mounts).toContain(`type=bind,source=${TRACE},target=${TRACE},readonly`);
  });

  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted =
    hasZeek && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' }).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', [disk]);
  });

  test.runIf(mounted)('no room on the disk is said', async () => {
    const { code, stderr } = await profile([EXAMPLE, '--pcap', TRACE], { TMPDIR: disk });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^my-stats: \S+: there is no room left on the disk\. [^\n]*\n$/);
    expect(readdirSync(disk)).toEqual([]);
  });
});

function reads(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').split('\nrun ').length > 3;
}

test.runIf(!hasZeek)('without zeek on PATH profile is not tested here', () => {
  console.warn('zeek is not on PATH: the tests of profile were skipped');
});

describe('without Zeek', () => {
  const nowhere = { PATH: join(folder, 'nowhere') };

  test.each([
    [
      ['profile', EXAMPLE, '--pcap', TRACE],
      'there is no program zeek here. Install it (packages and images: https://zeek.org/get-zeek)',
    ],
    [['profile', EXAMPLE, '--pcap', TRACE, '--zeek', '/opt/none/zeek'], 'there is no program /opt/none/zeek here'],
    [['profile', EXAMPLE, '--pcap', TRACE, '--zeek', 'docker:zeek/zeek:lts'], 'needs docker or podman'],
    [['lab', '--pcap', TRACE], 'there is no program zeek here'],
  ])('%j says so in one line', async (args, said) => {
    const { code, stdout, stderr } = await myStats(args, { env: nowhere });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  test.each([
    [['profile', '--pcap', TRACE], 'no package given'],
    [['profile', 'a', 'b', '--pcap', TRACE, '--against', 'x'], '--against compares versions of one package'],
    [['profile', 'a', '--pcap', TRACE, '--check'], '--check needs something to check against'],
    [['profile', 'a', '--pcap', TRACE, '--timeout', 'x'], 'Give a number of seconds'],
    [['profile', 'a', '--tolerance', 'x'], 'Give a number of percent'],
    [['lab', '--workers', '0'], 'Give a whole number from 1 to 64'],
    [['lab', '--pcap', TRACE, '--interface', 'lo'], 'a worker reads traces or an interface'],
  ])('%j is wrong usage', async (args, said) => {
    const { code, stderr } = await myStats(args, { env: nowhere });
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
