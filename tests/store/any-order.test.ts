/** A row belongs to its run by its key: the same rows in other files, or another order, give the same answers. */

import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FILTERS } from '../../src/model/names.ts';
import { LoggedRuns } from '../../src/store/answers/logged-runs.ts';
import { exportRows } from '../../src/store/export/export-rows.ts';
import { OutputFile } from '../../src/store/export/output-file.ts';
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
    rows: await rowsOf(store),
  };
  return JSON.parse(
    JSON.stringify(answer, (_, value) => {
      if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, String);
      return value;
    }),
  );
}

const file = OutputFile.temporary();

/** As they are exported, whether or not they can be read in one go. */
async function rowsOf({ discovered }: LogStore): Promise<string> {
  const rowKnowledge = { of: () => ({ package: null, script: null, knownSince: 0 }), bytes: () => null };
  const wanted = { format: 'csv', ...ALL, runs: null, nameText: (name: string) => name, rowKnowledge } as const;
  const { rows } = await exportRows(discovered, wanted, file);
  file.keep();
  const text = readFileSync(file.path, 'utf8');
  expect(text.split('\n')).toHaveLength(rows + 2);
  const slices = new LoggedRuns(discovered.logs.get('my_stats')!, ALL, () => {}, rows / 3).inSlices();
  const runs: string[] = [];
  for await (const slice of slices) for (const { of, run, ts } of slice.runs) runs.push(`${ts} ${of.node} ${run}`);
  const written = new Set(
    text
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(0, 3).join()),
  );
  expect(runs).toHaveLength(written.size);
  return text;
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
  ['export', '--format', 'csv', '--since', '-60s'],
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
  const isExport = command[0] === 'export';
  const { code, stdout, stderr } = await myStats([...command, ...(isExport ? [] : ['--json']), logs]);
  if (isExport) return { code, answer: stdout };
  const answer =
    code === 2 ? stderr : JSON.stringify(JSON.parse(stdout), (key, value) => (key === 'reading' ? null : value), 1);
  return { code, answer };
}
