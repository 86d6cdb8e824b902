import { describe, expect, test } from 'vitest';
import { readLog } from './read-log.ts';

describe('a Zeek log in JSON lines', () => {
  const read = (text: string) => readLog(text);
  const line = (more: object) =>
    `${JSON.stringify({ ts: 1_795_492_285.437_856, run: 1, variable: 'A::a', size: 5, ...more })}\n`;

  test.each([
    [1_795_492_285.437_856, 1_795_492_285.437_856],
    [1_795_492_285_437.856, 1_795_492_285.437_856],
    ['2026-11-24T03:51:25.437856Z', 1_795_492_285.437_856],
    ['2026-11-24T03:51:25Z', 1_795_492_285],
  ])('reads the time %j', (written, ts) => {
    expect(read(line({ ts: written })).rows[0]!.ts).toBeCloseTo(ts, 6);
  });

  test('skips what is no row, with the reason', () => {
    const log =
      line({}) +
      line({ size: -1 }) +
      line({ size: '5.5' }) +
      line({ variable: null }) +
      line({ ts: 'noon' }) +
      line({ ts: 0 }) +
      '{"ts":\n[]\n\n' +
      line({ size: null });
    const { rows, skipped } = read(log);
    expect(rows.map(({ size }) => size)).toEqual([5, null]);
    expect(skipped).toEqual([
      '2: size is not a count: -1',
      '3: size is not a count: "5.5"',
      '4: no variable',
      '5: ts is not a time: "noon"',
      '6: ts is not a time: 0',
      '7: not JSON',
      '8: not a JSON object',
    ]);
  });
});
