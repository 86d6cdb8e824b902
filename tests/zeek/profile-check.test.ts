/** `my-stats profile --check` on a real Zeek: another version of the package, and budgets. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { EXAMPLE, expectClean, folder, profile, SLOW, TRACE } from './profiles.ts';

describe('profile --check', { ...SLOW, ...needs('zeek') }, () => {
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
      expect(failures).toEqual([
        { variable: 'Lookups::clients', what: expect.stringMatching(/^holds up to /) },
        {
          variable: 'Lookups::clients',
          what: 'loses its expiry (&create_expire=1min) where scripts/main.zeek:25 assigns it as a whole',
        },
      ]);
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

  describe('budgets', () => {
    function project(budgets: object, name = 'my-stats.json'): string {
      const at = mkdtempSync(join(folder, 'project-'));
      writeFileSync(join(at, name), JSON.stringify(budgets, null, 2));
      return at;
    }
    const check = (cwd: string, ...args: string[]) => profile([EXAMPLE, '--pcap', TRACE, '--check', ...args], {}, cwd);

    test('of package, module and variable that are kept are fine, and the peaks are what counts', async () => {
      const at = project({
        packages: { lookups: '1 MB' },
        modules: { Lookups: { max: '1 MB', warn: '100 kB' } },
        variables: { 'Lookups::recent': '60 entries' },
      });
      const { code, stdout, stderr } = await check(at, '--json');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { passed, budgets, total, failures } = JSON.parse(stdout);
      expect({ passed, failures, counts: budgets.counts }).toEqual({
        passed: true,
        failures: [],
        counts: { kept: 3, warned: 1, failed: 0, missing: 0 },
      });
      const size = budgets.rows.find(({ kind }: { kind: string }) => kind === 'module').size;
      expect(size).toBeCloseTo(total.peak.likely, 0);
      expectClean();
    });

    test('that are passed, or name nothing, fail: with the variable, and the place of the limit', async () => {
      const at = project({ packages: { lookups: '1 kB', nothere: '1 MB' } }, 'small.json');
      const { code, stdout } = await check(at, '--budget', 'small.json');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^failed +package +lookups +≈ \d+ kB +max 1 kB +small\.json:3$/m);
      expect(stdout).toMatch(/^lookups: [\d.]+ kB too much: Lookups::names holds [\d.]+ kB\.$/m);
      expect(stdout).toContain('nothere: no package that was measured matches');
      expect(stdout).not.toContain('check: fine');
    });

    test('a limit of growth needs a baseline, which --update writes', async () => {
      const at = project(
        { 'my-stats': { variables: { 'Lookups::*': { growth: '20 %' } }, ignore: '0' } },
        'package.json',
      );
      const first = await check(at);
      expect(first.code).toBe(1);
      expect(first.stdout).toContain('there is no my-stats-baseline.json to compare with: write it with --update');
      expect(existsSync(join(at, 'my-stats-baseline.json'))).toBe(false);
      expect((await check(at, '--update')).code).toBe(0);
      expect(readFileSync(join(at, 'my-stats-baseline.json'), 'utf8')).toContain('"Lookups::names": { "bytes": ');
      expect((await check(at)).stdout).toContain('4 limits kept (package.json).\n');
      const baseline = readFileSync(join(at, 'my-stats-baseline.json'), 'utf8');
      writeFileSync(
        join(at, 'my-stats-baseline.json'),
        baseline.replace(/("Lookups::names": \{ "bytes": )\d+/, '$1100000'),
      );
      const grown = await check(at, '--junit');
      expect(grown.code).toBe(1);
      expect(grown.stdout).toMatch(/tests="4" failures="1" errors="0"/);
      expect(grown.stdout).toContain('message="Lookups::names: grew from 100 kB, allowed is 20 %, ');
    });

    test('with --against growth is in relation to that version, and the limits of variables count instead of --tolerance', async () => {
      const other = join(folder, 'smaller');
      mkdirSync(other);
      const main = readFileSync(join(EXAMPLE, 'scripts/main.zeek'), 'utf8');
      // It looks at every other question.
      const smaller = main.replace(
        'if ( ignored in query )',
        'if ( ignored in query || port_to_count(c$id$orig_p) % 2 == 0 )',
      );
      expect(smaller).not.toBe(main);
      writeFileSync(join(other, '__load__.zeek'), '@load ./main\n');
      writeFileSync(join(other, 'main.zeek'), smaller);
      const lenient = project({ variables: { 'Lookups::*': { growth: '10000 %' } } });
      const { stdout, code } = await check(lenient, '--against', other, '--json');
      const { failures, budgets, against } = JSON.parse(stdout);
      expect({ code, failures, label: against.label }).toEqual({ code: 0, failures: [], label: other });
      expect(budgets).toMatchObject({ baseline: null, counts: { kept: 4, missing: 0 } });
      const strict = project({ ignore: '4 kB', variables: { 'Lookups::names': { growth: '10 %' } } });
      const second = await check(strict, '--against', other);
      expect(second.code).toBe(1);
      expect(second.stdout).toMatch(/^Lookups::names: grew from [\d.]+ kB, allowed is 10 %, [\d.]+ kB too much\.$/m);
      expect(second.stdout).not.toMatch(/^check failed: Lookups::names/m);
    });

    test('without any, and without a version to compare with, one line says what to write', async () => {
      const { code, stdout, stderr } = await profile([EXAMPLE, '--pcap', TRACE, '--check']);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(
        'my-stats: --check finds no budget in my-stats.json or package.json. ' +
          'Write { "packages": { "lookups": "1 MB" } } to my-stats.json, or compare with a good version: --against main.\n',
      );
    });

    test('a run that a script ended is no proof', async () => {
      const at = project({ packages: { '*': '10 MB' } });
      writeFileSync(
        join(at, 'early.zeek'),
        'global t: set[addr];\nevent new_connection(c: connection) { terminate(); }',
      );
      const { code, stdout } = await profile(['early.zeek', '--pcap', TRACE, '--check'], {}, at);
      expect(code).toBe(1);
      expect(stdout).toContain(
        'check failed: the run with it was ended by a script, so what it would hold is not known',
      );
    });
  });
});
