/** What a run of tests says at its end of those that it skipped. */

import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, run } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';

const folder = temporaryFolder();
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(
  join(folder, 'some.test.ts'),
  `import { describe, expect, test } from 'vitest';
   test('runs', () => expect(1).toBe(1));
   describe('suite', { skip: true, meta: { needs: 'zeek' } }, () => {
     test('one', () => {});
     test('two', { skip: true, meta: { needs: 'btest' } }, () => {});
   });
   test('three', { skip: true, meta: { needs: 'fish' } }, () => {});
   test.skip('four', () => {});`,
);

writeFileSync(
  join(folder, 'vitest.config.ts'),
  `import { SkippedTests } from '${join(ROOT, 'tests/support/skipped.ts')}';
   export default { test: { reporters: [new SkippedTests()] } };`,
);

/** @param allowed what `.ci/run` allows to be missing */
function vitest(args: readonly string[], allowed: string | null) {
  const env: Record<string, string> = allowed === null ? {} : { MY_STATS_SKIP_ONLY_WITHOUT: allowed };
  return run(join(ROOT, 'node_modules/.bin/vitest'), ['run', '--root', folder, ...args], { env });
}

test('names what was skipped and why, and is content with it', async () => {
  const { code, stdout } = await vitest([], null);
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([
    'Skipped without zeek: 2 tests (some.test.ts)',
    'Skipped without fish: 1 test (some.test.ts)',
    'Skipped for no reason that is told: 1 test (some.test.ts)',
  ]);
});

test('fails where anything but what is allowed is missing', async () => {
  const { code, stdout } = await vitest([], 'zeek');
  expect(code).toBe(1);
  expect(stdout).toMatch(/\nHere tests may be skipped only without zeek\.\n$/);
});

test('a test that is asked for by its name leaves out the others without a word', async () => {
  const { code, stdout } = await vitest(['-t', 'runs'], 'zeek');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
});
