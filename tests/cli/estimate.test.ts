/** `my-stats estimate` in a process of its own. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { myStats } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-estimate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function json(...args: string[]) {
  const { code, stdout, stderr } = await myStats(['estimate', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('what is asked', () => {
  test('is answered with a range, per entry, and the steps to it', async () => {
    const answer = await json('set[string]', '--entries', '20k', '--footprint', '2.2e5', '--zeek', '8.0');
    expect(answer).toMatchObject({
      format: 'my-stats.estimate',
      entries: 20_000,
      size: 220_000,
      method: 'modelled',
      notes: [],
    });
    // Measured: 372.4 bytes per entry.
    expect(answer.bytes_per_entry.low).toBeLessThan(372.4);
    expect(answer.bytes_per_entry.high).toBeGreaterThan(372.4);
    expect(Math.abs(answer.bytes_per_entry.likely - 372.4)).toBeLessThan(8);
    const sum = answer.steps.reduce((sum: number, step: { bytes: { likely: number } }) => sum + step.bytes.likely, 0);
    expect(sum).toBeCloseTo(answer.bytes.likely, 3);
  });

  test('of a type that a script declares', async () => {
    const script = join(folder, 'foo.zeek');
    writeFileSync(
      script,
      `module Foo;
# type Info: record { not: this; };
export {
  type Colour: enum { RED, GREEN };
  type Name: string;
  ## A "comment" with a quote.
  type Info: record {
    when: time &log;
    who: Name &default="type Other: count; #";
    colour: Colour &optional;
    all: set[addr] &default=set();
  };
}
redef record Foo::Info += { more: vector of count &optional; };
global seen: table[addr] of Info;`,
    );
    const args = ['table[addr] of Foo::Info', '--entries', '1000', '--footprint', '13000', '--zeek', '8.0'];
    const known = await json(...args, '--script', script);
    expect(known.notes).toEqual([]);
    const unknown = await json(...args);
    expect(unknown.notes.join()).toContain('Foo::Info');
    expect(unknown.bytes.high / unknown.bytes.low).toBeGreaterThan(known.bytes.high / known.bytes.low);
  });

  test('is answered as CSV, with what was assumed beside it', async () => {
    const { code, stdout, stderr } = await myStats([
      'estimate',
      '--csv',
      'table[addr] of set[string]',
      '--entries',
      '10',
      '--zeek',
      '8.0',
    ]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('part,what,low,likely,high');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['part', 'step', 'step', 'step', 'step', 'total', 'entry']);
    expect(stderr).toMatch(/^my-stats: Without a footprint the likely size assumes/);
  });

  test('about hostile types is answered in safe text', async () => {
    const { code, stdout } = await myStats(['estimate', 'table[addr] of \u001b[31mred', '--entries', '3']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('\\x1b');
  });

  test('about a type of 100 kB is answered', async () => {
    const type = `table[addr] of record { ${'field_name: set[string]; '.repeat(4000)}}`;
    const answer = await json(type, '--entries', '10');
    expect(answer.bytes.high).toBeGreaterThan(answer.bytes.low);
  });
});

test('a pattern is weighed by the states of its text', async () => {
  const texts = mkdtempSync(join(tmpdir(), 'my-stats-text-'));
  const file = join(texts, 'words.txt');
  const words = Array.from({ length: 400 }, (_, i) => `word${i}`).join('|');
  for (const text of [words, `/${words}/\n`, `/^?(${words})$?/`]) {
    writeFileSync(file, text);
    const { bytes, steps } = await json('pattern', '--text', file, '--zeek', '8.0');
    expect(steps[0].what).toBe('two automata of 5787 states and 0 character classes');
    expect(bytes.high / bytes.low).toBeLessThan(1.25);
  }
  rmSync(texts, { recursive: true });
});

describe('what cannot be answered is one line and exit code 2', () => {
  test.each<[readonly string[], string]>([
    [['set[addr]'], 'set[addr] can be of any size. Say how many there are with --entries.'],
    [['pattern'], 'Say its text, or how long that is with --text or --characters'],
    [['any'], 'Say how many objects Zeek counts for it with --footprint'],
    [['', '--entries', '1'], '"" is not a type of Zeek'],
    [['[]', '--entries', '1'], '"[]" is not a type of Zeek'],
    [['set[addr]', '--entries', '-5'], 'Give a whole number from 0'],
    [['set[addr]', '--entries', 'many'], 'Give a whole number from 0'],
    [['set[addr]', '--entries', '1.5'], 'Give a whole number from 0'],
    [['set[addr]', '--entries', '1e400'], 'Give a whole number from 0'],
    [['set[addr]', '--entries', '1', '--zeek', 'new'], 'Give a version such as 8.0'],
    [['set[addr]', '--entries', '1', '--script', '/nowhere.zeek'], '/nowhere.zeek: no such file or folder'],
    [['set[addr]', '--entries', '1', '--script', '/'], '/: cannot be read (it is a folder). Give a file in it'],
    [['set[addr]', '--entries', '1', '--text', '/etc/hostname'], '--text is of patterns, and set[addr] is none'],
    [['pattern', '--characters', '1', '--text', '/etc/hostname'], '--text says how long the text is'],
    [['pattern', '--text', '/nowhere.txt'], '/nowhere.txt: no such file or folder'],
    [[], "missing required argument 'type'"],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await myStats(['estimate', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });
});

test('a type that is cut off is answered as an assumption', async () => {
  const answer = await json('table[addr', '--entries', '10');
  expect(answer.method).toBe('assumed');
  expect(answer.notes.join()).toContain('cut off');
});
