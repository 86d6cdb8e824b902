/** Usage errors, help and exit codes, as a shell sees them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { needs } from '../support/needs.ts';
import { myStats, ROOT, run, withClosedOutput } from './run.ts';

const CLUSTER = join(ROOT, 'fixtures/collector-8.0.10-cluster');

describe('help', () => {
  test.each(['', 'top', 'runs', 'explain', 'sql', 'estimate', 'export', 'report', 'profile', 'lab', 'completion'])(
    'of "%s" has examples, UTC and exit codes, in 80 columns',
    async (name) => {
      const { code, stdout, stderr } = await myStats([...(name === '' ? [] : [name]), '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/\nExamples:\n/);
      expect(stdout).toContain(`my-stats ${name}`.trim());
      expect(stdout).toContain('Times are in UTC. Exit codes: 0 fine, 1 a check failed, 2 wrong usage or input.');
      for (const line of stdout.split('\n')) {
        // Commands to copy stay in one line.
        if (!line.startsWith('  my-stats ')) expect(line.length).toBeLessThanOrEqual(80);
      }
    },
  );
});

test('without a command it is asked what is wrong', async () => {
  expect(await myStats([], { cwd: CLUSTER })).toEqual(await myStats(['doctor'], { cwd: CLUSTER }));
  expect((await myStats([], { cwd: CLUSTER, env: { COLUMNS: '80' } })).stdout).toMatch(
    / 1 problem {2}HostTracker::seen/,
  );
});

test('help of a command, and the version, for who asks in words', async () => {
  expect(await myStats(['help', 'top'])).toEqual(await myStats(['top', '--help']));
  expect(await myStats(['help'])).toEqual(await myStats(['--help']));
  expect(await myStats(['version'])).toEqual(await myStats(['--version']));
});

test('the first command that help lists is doctor', async () => {
  const { stdout } = await myStats(['--help']);
  expect(stdout).toMatch(/\nWhat is wrong:\n {2}doctor /);
});

test('a time without a sign is as long ago', async () => {
  const asked = (since: string) => myStats(['top', '--since', since, '-n', '3', CLUSTER]);
  expect(await asked('5m')).toEqual(await asked('-5m'));
});

test.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
  expect(await myStats([option])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test('the collector, as zkg installs it, has the version of the command', () => {
  const [, version] = readFileSync(join(ROOT, 'zkg.meta'), 'utf8').match(/^version = (.+)$/m) ?? [];
  expect(version).toBe(packageJson.version);
});

describe('wrong usage is one line on standard error and exit code 2', () => {
  test.each<[readonly string[], string]>([
    [['topp'], "unknown command 'topp' (Did you mean top?). See: my-stats --help"],
    [['top', '--bi', 'x', 'LOG'], "unknown option '--bi' (Did you mean --by?). See: my-stats top --help"],
    [
      ['top', '--by', 'host', 'LOG'],
      'Allowed choices are module, variable, node, sensor, package, script, type. See: my-stats top --help',
    ],
    [['top', '--sort', 'x', 'LOG'], 'Allowed choices are size, name, entries'],
    [['top', '--limit', '0', 'LOG'], 'Give a whole number from 1'],
    [['top', '--limit', '1e3', 'LOG'], 'Give a whole number from 1'],
    [['top', '--limit', '5', '--all', 'LOG'], "'--all' cannot be used with option '-n, --limit <n>'"],
    [['top', '--json', '--csv', 'LOG'], 'cannot be used with'],
    [['top', '--at', '1', '--since', '2', 'LOG'], "'--at <time>' cannot be used with option '--since <time>'"],
    [['top', '--sort', 'max', 'LOG'], '--sort max compares runs over a span of time. Add --since or --until.'],
    [['top', '--module', '/(/', 'LOG'], '/(/ is not a regular expression'],
    [['top', '--color', 'blue', 'LOG'], 'Allowed choices are auto, always, never'],
    [['top', '--module'], "option '--module <pattern>' argument missing"],
    [['top'], 'no logs given, and none found in this folder or where zeekctl'],
    [['runs'], 'no logs given, and none found in this folder or where zeekctl'],
    [['explain'], "missing required argument 'variable'. See: my-stats explain --help"],
    [['explain', 'A::b'], 'no logs given, and none found in this folder or where zeekctl'],
    [['explain', 'A::b', '--scripts', 'missing', 'LOG'], 'missing: no such file or folder'],
    [['sql'], "missing required argument 'query'. See: my-stats sql --help"],
    [['sql', 'select 1'], 'no logs given, and none found in this folder or where zeekctl'],
    [['explain', CLUSTER], 'stands where the name of a variable should'],
    [['estimate', 'tabl[addr]'], 'Close to it: table[addr]'],
    [['top', '--module', 'HostTraker', CLUSTER], 'Names close to it: HostTracker'],
    [['top', '--module', 'HostTracker', '--variable', 'FlowBook::*', CLUSTER], 'but not together, or not at the time'],
    [['growth', '--node', 'worker-l', CLUSTER], 'Names close to it: worker-1, worker-2'],
    [['doctor', '--node', 'manger', CLUSTER], 'Names close to it: manager'],
    [['runs', '--node', 'manger', CLUSTER], 'Names close to it: manager'],
    [['top', '--package', 'domain-tdl', CLUSTER], 'Names close to it: domain-tld'],
    [['diff', CLUSTER, CLUSTER, '--module', 'HostTraker'], 'Names close to it: HostTracker'],
    [['doctor', '--notify', 'ftp://host/secret', CLUSTER], 'is no address to tell findings to'],
    [['doctor', '99', CLUSTER], 'no finding has the number 99'],
    [['completion'], "missing required argument 'shell'"],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
    [['completion', 'bash', 'more'], 'too many arguments'],
    [['\x1b[31mtop'], "unknown command '\\x1b[31mtop'"],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await myStats(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });
});

describe('output that cannot be written', () => {
  test('ends in silence when the reader has gone', async () => {
    expect(await withClosedOutput(['completion', 'zsh'])).toEqual({ code: 0, stderr: '' });
  });

  test('survives head', async () => {
    const script = 'set -o pipefail; "$0" bin/my-stats completion zsh | head -1';
    const { code, stdout, stderr } = await run('bash', ['-c', script, process.execPath]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '#compdef my-stats\n', stderr: '' });
  });

  test('is an error on a full disk', needs('/dev/full'), async () => {
    const { code, stderr } = await run('bash', [
      '-c',
      '"$0" bin/my-stats completion zsh > /dev/full',
      process.execPath,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^my-stats: standard output: cannot be written \(ENOSPC[^\n]*\n$/);
  });
});
