/** What the action runs in a job: its script, with a program that only says how it was called. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { ROOT, run } from './run.ts';

const folder = temporaryFolder();
const bin = join(folder, 'node');
writeFileSync(
  bin,
  `#!/bin/sh
[ -z "$FAIL" ] || { echo 'my-stats: there is no program zeek here.' >&2; exit 2; }
printf '%s\\n' "$@"
exit "$STATUS"
`,
  { mode: 0o755 },
);
writeFileSync(join(folder, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(folder, 'gh-args')}\nexit 1\n`, {
  mode: 0o755,
});

async function job(inputs: Record<string, string>) {
  const summary = join(folder, 'summary.md');
  const output = join(folder, 'output');
  writeFileSync(summary, '');
  writeFileSync(output, '');
  const outcome = await run('bash', [join(ROOT, 'ci/profile.sh')], {
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      ...{
        PACKAGE: '.',
        PCAP: 'a.pcap',
        AGAINST: '',
        CHECK: 'true',
        BUDGET: '',
        TOLERANCE: '10',
        ZEEK: 'zeek',
        LOAD: '',
        TIMEOUT: '60',
      },
      ...{ COMMENT: 'false', PULL_REQUEST: '', ACTION_PATH: '/action', RUNNER_TEMP: folder, STATUS: '0' },
      ...{ GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output, GITHUB_REPOSITORY: 'owner/package' },
      ...inputs,
    },
  });
  return { ...outcome, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
}

test('inputs become options, and nothing of them a command', async () => {
  const { code, summary, output } = await job({
    PACKAGE: '-x $(touch here)',
    PCAP: 'one two.pcap\n\n"three".pcap\n',
    AGAINST: 'v1; exit 7',
    LOAD: 'local.zeek',
    STATUS: '0',
  });
  expect(code).toBe(0);
  expect(summary.trimEnd().split('\n')).toEqual([
    ...['/action/bin/my-stats', 'profile', '--zeek', 'zeek', '--timeout', '60'],
    ...['--pcap', 'one two.pcap', '--pcap', '"three".pcap', '--load', 'local.zeek', '--against', 'v1; exit 7'],
    ...['--check', '--tolerance', '10', '--markdown', '--', '-x $(touch here)'],
  ]);
  expect(output).toBe(`report=${join(folder, 'my-stats-profile.md')}\n`);
});

test('a check that failed is in the summary, and fails the job', async () => {
  const { code, summary } = await job({ STATUS: '1', AGAINST: 'main' });
  expect(code).toBe(1);
  expect(summary).toContain('--check');
});

test('without another version and budgets nothing is checked', async () => {
  expect((await job({})).summary).not.toContain('--check');
  expect((await job({ BUDGET: 'b.json' })).summary).toContain('--check\n--tolerance\n10\n--budget\nb.json\n');
});

test('an error is in the summary as well', async () => {
  const { code, stderr, summary } = await job({ FAIL: '1' });
  expect(code).toBe(2);
  expect(stderr).toContain('there is no program zeek here');
  expect(summary).toContain('there is no program zeek here');
});

test('a comment that cannot be written does not fail the job', async () => {
  const { code, stderr } = await job({ COMMENT: 'true', PULL_REQUEST: '7' });
  expect(code).toBe(0);
  expect(stderr).toContain('the comment could not be written');
  expect(readFileSync(join(folder, 'gh-args'), 'utf8').split('\n').slice(0, 3)).toEqual(['pr', 'comment', '7']);
});

test('every input of the action reaches the script', () => {
  const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const script = readFileSync(join(ROOT, 'ci/profile.sh'), 'utf8');
  const inputs = [...action.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
  const declared = [...action.split('\noutputs:')[0]!.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name);
  expect(inputs.sort()).toEqual(declared.sort());
  for (const [, variable] of action.matchAll(/^ {8}([A-Z_]+): \$\{\{/gm)) {
    if (variable !== 'GH_TOKEN') expect(script).toContain(`$${variable}`);
  }
});
