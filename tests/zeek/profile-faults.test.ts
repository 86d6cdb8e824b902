/** `my-stats profile` on a real Zeek: what it says of what goes wrong, and that nothing of it stays. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../examples/make-pcap.mjs';
import { cleanEnv, PROGRAM, run } from '../cli/run.ts';
import { needs, onSmallDisk } from '../support/needs.ts';
import { byName, EXAMPLE, expectClean, folder, profile, SLOW, script, TRACE, temporary } from './profiles.ts';

describe('profile, where something is wrong', { ...SLOW, ...needs('zeek') }, () => {
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

    test.each<[string, (whole: Buffer) => Buffer, RegExp]>([
      ['empty', () => Buffer.alloc(0), /empty\.pcap: holds no packet\. /],
      ['header', (whole) => whole.subarray(0, 24), /header\.pcap: holds no packet\. /],
      ['text', () => Buffer.from('not a trace, but a text of some length'), /text\.pcap: is neither a pcap nor/],
    ])('a trace that is none (%s) is one line and exit code 2', async (name, content, said) => {
      const trace = join(folder, `${name}.pcap`);
      writeFileSync(trace, content(readFileSync(TRACE)));
      const { code, stdout, stderr } = await profile([EXAMPLE, '--pcap', trace]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(said);
      expect(stderr.trimEnd()).not.toContain('\n');
      expectClean();
    });

    test('of a trace that is cut the whole packets are used, and that is said', async () => {
      const trace = join(folder, 'cut.pcap');
      writeFileSync(trace, readFileSync(TRACE).subarray(0, 60_000));
      const { code, stdout } = await profile([EXAMPLE, '--pcap', trace]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/cut\.pcap ends in the middle of a packet; the \d+ before it were used\./);
    });

    test('what it needs is named where its zkg.meta says so', async () => {
      script('needy/zkg.meta', '[package]\ndepends =\n  zeek >=5.0\n  other-package *\n');
      script('needy/__load__.zeek', '@load other-package\n');
      const { stderr } = await profile([join(folder, 'needy'), '--pcap', TRACE]);
      expect(stderr).toContain(
        'It needs other-package: install what is missing with zkg, or give its folder with --load.',
      );
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
    writeFileSync(trace, makeTrace({ minutes: 600, lookups: 20_000, requests: 10, scans: 10 }));

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

  test('no room on the disk is said', needs('zeek', 'the right to mount a file system'), async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    // The disk goes with the shell, which lists what is left on it.
    const list = ['sh', '-c', '"$@"; code=$?; ls -A "$TMPDIR"; exit $code', 'sh'];
    const command = [...list, process.execPath, PROGRAM, 'profile', EXAMPLE, '--pcap', TRACE];
    const { code, stdout, stderr } = await run('unshare', onSmallDisk(disk, 3, command), { env: { TMPDIR: disk } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^my-stats: \S+: there is no room left on the disk\. [^\n]*\n$/);
  });
});

function reads(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').split('\nrun ').length > 3;
}
