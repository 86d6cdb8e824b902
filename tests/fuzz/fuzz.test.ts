/**
 * Bytes that came about by chance from logs and compressed files: what was found once stays in `fixtures/fuzz`, and a
 * short search for more runs with all tests. `bench/fuzz.mjs` searches long.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { TARGETS } from './targets.ts';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 4);
const IS_LONG = process.env.FUZZ_SECONDS !== undefined;
const CORPUS = 'fixtures/fuzz';
const folder = mkdtempSync(join(tmpdir(), 'my-stats-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What changes the meaning of what follows it. */
const TOKENS = [
  '\n',
  '\r\n',
  '\t',
  '\0',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '#fields\t',
  '#path\tconn\n',
  '#separator \\x09\n',
]
  .concat([
    '"_path":"conn",',
    '{"results":[{',
    'null',
    '-',
    '1e400',
    '18446744073709551615',
    '\\x',
    '\\u0000',
    '__proto__',
  ])
  .concat(['\ufeff', '\x1f\x8b\x08', '\x28\xb5\x2f\xfd', '\xff\xff\xff\xff', '[['.repeat(500)])
  .map((token) => Buffer.from(token, 'latin1'));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const change = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant('double' as const), at: place, length: fc.integer({ min: 1, max: 2000 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, token: fc.constantFrom(...TOKENS) }),
  fc.record({ kind: fc.constant('end' as const), at: place }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, how: Change): Buffer {
  const at = Math.floor(how.at * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (how.kind) {
    case 'flip':
      return Buffer.concat([before, Buffer.of(how.byte), after.subarray(1)]);
    case 'cut':
      return Buffer.concat([before, after.subarray(how.length)]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, how.length), after]);
    case 'insert':
      return Buffer.concat([before, how.token, after]);
    default:
      return before;
  }
}

describe.each(TARGETS)('$name', ({ name, corpus, target }) => {
  const files = readdirSync(join(CORPUS, corpus)).map((file) => readFileSync(join(CORPUS, corpus, file)));
  const scratch = join(folder, name);

  test('holds for what was saved', async () => {
    for (const bytes of files) await target(bytes, scratch);
    expect(files.length).toBeGreaterThan(5);
  });

  test(
    'holds for what comes of it by chance',
    async () => {
      const bytes = fc.oneof(
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)) },
        {
          weight: 9,
          arbitrary: fc
            .tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 8 }))
            .map(([seed, changes]) => changes.reduce(changed, seed)),
        },
      );
      await fc.assert(
        fc.asyncProperty(bytes, async (input) => {
          try {
            await target(input, scratch);
          } catch (error) {
            // Each smaller one takes the place of the one before.
            if (IS_LONG) save(join(CORPUS, corpus), input);
            throw error;
          }
        }),
        { numRuns: IS_LONG ? 1e9 : 500, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false },
      );
    },
    SECONDS * 1000 + 60_000,
  );
});

let saved: string | null = null;

function save(into: string, input: Buffer): void {
  if (saved !== null) rmSync(saved, { force: true });
  saved = join(into, `found-${createHash('sha256').update(input).digest('hex').slice(0, 8)}`);
  writeFileSync(saved, input);
}
