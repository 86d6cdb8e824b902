/** What is published: one version everywhere, and files that anybody can build again. */

import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { cleanEnv, ROOT, run } from './run.ts';

const check = (...tag: string[]) =>
  run(process.execPath, ['tools/release.mjs', '--check', ...tag], { cwd: ROOT, env: cleanEnv() });

test('all that names the version names the same one', async () => {
  expect(await check(`v${packageJson.version}`)).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.each([
  [['v99.0.0'], 'the tag has v99.0.0'],
  [[], 'the tag has none'],
])('the tag %j is refused', async (tag, said) => {
  const { code, stderr } = await check(...tag);
  expect({ code, stderr }).toEqual({ code: 1, stderr: `package.json has version ${packageJson.version}, ${said}.\n` });
});
