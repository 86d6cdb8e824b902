/** A row belongs to its run by its key: the same rows in other files, or another order, give the same answers. */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FILTERS } from '../../src/model/name-filter.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { myStats } from '../cli/run.ts';
import { type Arrangement, arrangements, recordedLogs, writeArranged } from '../support/rearranged-logs.ts';
import { temporaryFolder } from './logs.ts';

const folder = temporaryFolder();
const ALL = { filters: NO_FILTERS, since: null, until: null } as const;

/** All that a store answers, but for what it says of the files. */
async function answersOf(logs: string) {
  const store = await LogStore.open([logs], 'processes');
  const { last } = await store.extent();
  const ranges = [];
  for (const by of ['module', 'variable', 'node'] as const) ranges.push((await store.range({ by, ...ALL })).range);
  const { stretches, series } = (await store.series(ALL)).series;
  const answer = {
    last,
    now: (await store.snapshot(null)).snapshot,
    before: (await store.snapshot(last - 25)).snapshot,
    ranges,
    late: (await store.range({ by: 'module', ...ALL, since: last - 40, until: last - 5 })).range,
    stretches,
    series,
    lives: (await store.nodeSeries()).series,
    fields: (await store.connectionFields()).rows,
    measurements: (await (await LogStore.open([logs], 'measurements')).measurements()).rows,
    variables: (await store.knowledge()).knowledge.descriptions.all(),
  };
  return JSON.parse(
    JSON.stringify(answer, (_, value) => {
      if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, String);
      return value;
    }),
  );
}

describe.each([
  ['fixtures/collector-8.0.10-standalone', 12],
  ['fixtures/collector-8.0.10-cluster', 5],
  ['fixtures/standalone-8.0.10-origin-json', 12],
  ['fixtures/standalone-4.0.9-origin', 8],
])('%s', (recorded, numRuns) => {
  const logs = recordedLogs(recorded);

  test('says the same in any order, files and number of copies', async () => {
    const plain = { order: 'as-written', files: 1, dealt: false, doubled: false, beside: false, seed: 1 } as const;
    const expected = await answersOf(writeArranged(mkdtempSync(join(folder, 'plain-')), logs, plain));
    await fc.assert(
      fc.asyncProperty(arrangements, async (arrangement) => {
        const arranged = writeArranged(mkdtempSync(join(folder, 'arranged-')), logs, arrangement);
        expect(await answersOf(arranged)).toEqual(expected);
      }),
      { numRuns },
    );
  }, 120_000);
});

const COMMANDS = [
  ['top', '--by', 'variable'],
  ['top', '--by', 'node', '--since', '-60s'],
  ['growth', '--all'],
  ['diff', '--at', '-40s', '--at', '-0s'],
  ['check', '--max-total', '1 GB'],
  ['doctor'],
  ['connections'],
  ['runs'],
  ['explain', 'Known::hosts'],
  ['sql', 'select node, run, ts, boot, variable, size, entries from samples order by all'],
];

test('every command says the same of rows that two loggers wrote, to the byte', async () => {
  const logs = recordedLogs('fixtures/collector-8.0.10-cluster');
  const arrange = (name: string, more: Partial<Arrangement>) =>
    writeArranged(join(folder, name), logs, {
      ...{ order: 'as-written', files: 1, dealt: false, doubled: false, beside: false, seed: 3 },
      ...more,
    });
  const one = arrange('one', {});
  const two = arrange('two', { files: 2, dealt: true });
  for (const command of COMMANDS) {
    const [expected, found] = await Promise.all([one, two].map((path) => answerTo(command, path)));
    expect({ command, ...found }).toEqual({ command, ...expected });
  }
}, 120_000);

/** The answer in JSON, but for what it says of the files. */
async function answerTo(command: readonly string[], logs: string) {
  const { code, stdout, stderr } = await myStats([...command, '--json', logs]);
  const answer =
    code === 2 ? stderr : JSON.stringify(JSON.parse(stdout), (key, value) => (key === 'reading' ? null : value), 1);
  return { code, answer };
}
