/** The manual pages, as `man` shows them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { myStats, ROOT, run } from './run.ts';

const PAGES = join(ROOT, 'dist/man');

beforeAll(async () => {
  expect(await run(process.execPath, ['tools/build-man.mjs'])).toEqual({ code: 0, stdout: '', stderr: '' });
}, 60_000);

async function showPage(name: string) {
  const args = ['--warnings', '-E', 'UTF-8', '-l', '-Tutf8', join(PAGES, `${name}.1`)];
  return run('man', args, { env: { MANWIDTH: '200', LC_ALL: 'C.UTF-8' } });
}

describe('manual pages', () => {
  test('there is one of each command, and npm knows of it', async () => {
    const { stdout } = await myStats(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+)(?= .*[a-z])/gm)].map(([, name]) => `my-stats-${name}.1`);
    expect(names.length).toBeGreaterThan(15);
    const pages = ['my-stats.1', ...names].sort();
    expect(readdirSync(PAGES).sort()).toEqual(pages);
    // npm installs those that are named there.
    const { man } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(man).toEqual(pages.map((page) => `dist/man/${page}`));
  });

  test('each is shown without a warning, with every option of its help', needs('man'), async () => {
    for (const file of readdirSync(PAGES)) {
      const name = file.replace(/\.1$/, '');
      const shown = await showPage(name);
      expect({ name, stderr: shown.stderr, code: shown.code }).toEqual({ name, stderr: '', code: 0 });
      const help = await myStats(name === 'my-stats' ? ['--help'] : [name.replace('my-stats-', ''), '--help']);
      const text = shown.stdout.replace(/\x1b\[[\d;]*m|.\x08/g, '');
      const options = [...help.stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option!);
      expect(options.filter((option) => !text.includes(option))).toEqual([]);
      expect(text).toContain('EXAMPLES');
    }
  });
});
