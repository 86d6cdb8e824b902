/** The examples of the page about the API print what the page says, and every function has one. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as api from '../../src/app/index.ts';
import { ROOT, run } from '../cli/run.ts';
import { needs } from '../support/needs.ts';

const EXAMPLE = /```js( zeek)?\n([\s\S]*?)```/g;
const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
const examples = [...page.matchAll(EXAMPLE)].map(([, zeek, text]) => {
  const lines = text!.trimEnd().split('\n');
  const code = lines.filter((line) => !line.startsWith('// '));
  const printed = lines.filter((line) => line.startsWith('// ')).map((line) => line.slice('// '.length));
  const name = /import \{ (.+) \} from 'my-stats'/.exec(text!)![1]!;
  return { name, zeek: zeek !== undefined, code: code.join('\n'), printed };
});

/** Not questions, but what answers are read and asked with. */
const HELPERS = ['addBytes', 'exactly', 'isExact', 'NO_BYTES', 'ExpectedError', 'NO_FILTERS', 'parseNameFilter'];

test('every function has an example', () => {
  const shown = examples.flatMap(({ name }) => name.split(', '));
  const asked = Object.keys(api).filter((name) => !HELPERS.includes(name));
  expect(shown).toEqual(expect.arrayContaining(asked));
});

async function printedBy(code: string): Promise<string[]> {
  const built = pathToFileURL(join(ROOT, 'dist/index.js')).href;
  const script = code.replace("from 'my-stats'", `from '${built}'`);
  const {
    code: exit,
    stdout,
    stderr,
  } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
  });
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

describe('what an example prints', () => {
  test.each(examples.filter(({ zeek }) => !zeek))('$name', async ({ code, printed }) => {
    expect(await printedBy(code)).toEqual(printed);
  });
});

describe('what an example with Zeek prints', needs('zeek from 5.0 on'), () => {
  test.each(examples.filter(({ zeek }) => zeek))('$name', { timeout: 120_000 }, async ({ code, printed }) => {
    expect(await printedBy(code)).toEqual(printed);
  });
});
