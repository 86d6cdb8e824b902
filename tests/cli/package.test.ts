/** What npm publishes: small, and of use to who has nothing else. */

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, run } from './run.ts';

const LARGEST = 600_000;
let folder = '';
let packed: { filename: string; size: number; files: { path: string }[] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-package-'));
  await run(process.execPath, ['tools/bundle-types.mjs'], { cwd: ROOT });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  packed = JSON.parse(stdout)[0];
  await run('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
  mkdirSync(join(folder, 'package/node_modules'));
  for (const name of ['@duckdb', 'typescript', '@types'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'package/node_modules', name));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('is small, and has no sources, tests or fixtures', () => {
    expect(packed.size).toBeLessThan(LARGEST);
    expect(packed.files.filter(({ path }) => /^(src|tests|fixtures|testing|bench|tools)\//.test(path))).toEqual([]);
  });

  test('answers where only its dependencies are', async () => {
    const args = ['sql', 'select count(*) from samples', join(ROOT, 'fixtures/collector-8.0.10-contents')];
    const { code, stdout } = await run(join(folder, 'package/bin/my-stats'), args);
    expect({ code, rows: stdout.match(/\d+/)?.[0] }).toEqual({ code: 0, rows: '8616' });
  });

  test('says where to build it where it is only a clone, as zkg makes one', async () => {
    const clone = join(folder, 'clone of it');
    mkdirSync(join(clone, 'bin'), { recursive: true });
    for (const file of ['bin/my-stats', 'package.json']) copyFileSync(join(ROOT, file), join(clone, file));
    symlinkSync(join(clone, 'bin/my-stats'), join(folder, 'my-stats'));
    expect(await run(join(folder, 'my-stats'), ['--version'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `my-stats: not built yet. Run in ${clone}/: npm install && npm run build\n`,
    });
  });

  test('has types that a program is checked by', async () => {
    const check = async (text: string) => {
      writeFileSync(join(folder, 'package/use.mts'), text);
      const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
      return run(process.execPath, ['node_modules/typescript/bin/tsc', ...options, 'use.mts'], {
        cwd: join(folder, 'package'),
      });
    };
    const program = (options: string) => `import { top, type TopResult } from 'my-stats';
const result: TopResult = await top(${options});
console.log(result.sections[0]?.rows[0]?.bytes?.likely);
`;
    expect(await check(program("{ paths: ['logs'] }"))).toMatchObject({ code: 0, stdout: '' });
    expect(await check(program("{ pathz: ['logs'] }"))).toMatchObject({ stdout: expect.stringContaining('pathz') });
  });
});
