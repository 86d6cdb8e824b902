/** zeekctl's `current`, an hour or a week after the nodes said what their variables are. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TopOptions } from '../../src/app/top.ts';
import { top } from '../../src/app/top.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { temporaryFolder, tsv } from './logs.ts';

const NOW = Date.UTC(2026, 10, 24, 12) / 1000;
const DAY = 86_400;
const parent = temporaryFolder();
const QUESTION: Omit<TopOptions, 'paths'> = {
  ...{ by: 'variable', unit: null, strict: true, filters: NO_FILTERS, packages: [], scripts: [] },
  ...{ at: null, since: null, until: null, sort: null, limit: null },
};
let logs = '';
let number = 0;

function log(path: string, fields: string, types: string, rows: readonly (readonly (string | number)[])[]): string {
  const lines = rows.map((row) => `${row.join('\t')}\n`);
  return `#separator \\x09\n#unset_field\t-\n#path\t${path}\n#fields\t${fields}\n#types\t${types}\n${lines.join('')}`;
}

function described(day: string, time: number, type: string): void {
  mkdirSync(join(logs, day), { recursive: true });
  const fields = 'ts\tnode\tboot\tmodule_name\tvariable\tvar_type';
  const rows = [[time, 'worker-1', time, 'A', 'A::b', type]];
  const text = log('my_stats_variable', fields, 'time\tstring\ttime\tstring\tstring\tstring', rows);
  writeFileSync(join(logs, day, 'my_stats_variable.00-00-00_01-00-00.log.gz'), gzipSync(text));
}

/** A node that has run for some days. */
function running(days: number): void {
  const fields = 'ts\trun\tnode\tboot\tduration';
  const rows = [[NOW - 60, 900, 'worker-1', NOW - days * DAY, 0.01]];
  const text = log('my_stats_node', fields, 'time\tcount\tstring\ttime\tinterval', rows);
  writeFileSync(join(logs, 'current', 'my_stats_node.log'), text);
}

beforeEach(() => {
  logs = join(parent, `logs-${++number}`);
  mkdirSync(join(logs, 'current'), { recursive: true });
  const sample = { run: 900, node: 'worker-1', variable: 'A::b', size: 4000, unit: 'objects', entries: 1000 };
  writeFileSync(join(logs, 'current', 'my_stats.log'), tsv([{ ...sample, ts: NOW - 60 }]));
});

const answer = () => top({ ...QUESTION, paths: [join(logs, 'current')] });

describe('what the nodes said at their start is in the folder of that day', () => {
  test('and sizes are in bytes', async () => {
    described('2026-11-17', NOW - 7 * DAY, 'table[addr] of count');
    running(7);
    const { sections, reading } = await answer();
    expect(sections[0]).toMatchObject({ unit: 'bytes', rows: [{ group: 'A::b', methods: ['modelled'] }] });
    expect(reading.notes).toEqual([]);
    // Of the samples of other days nothing is read.
    expect(reading.files.map(({ rows }) => rows)).toEqual([1]);
  });

  test('the last that was said holds', async () => {
    described('2026-11-17', NOW - 7 * DAY, 'table[addr] of count');
    described('2026-11-18', NOW - 6 * DAY, 'table[addr] of string');
    running(7);
    const { sections } = await answer();
    rmSync(join(logs, '2026-11-18'), { recursive: true });
    expect((await answer()).sections[0]!.total).not.toBe(sections[0]!.total);
  });

  test('what was said before any of them started is not read', async () => {
    described('2026-11-10', NOW - 14 * DAY, 'table[addr] of count');
    running(7);
    const { sections, reading } = await answer();
    expect(sections[0]!.unit).toBe('objects');
    expect(reading.notes).toHaveLength(1);
  });

  test('one that cannot be read is noted, and the answer does without', async () => {
    described('2026-11-17', NOW - 7 * DAY, 'table[addr] of count');
    writeFileSync(join(logs, '2026-11-17', 'my_stats_variable.02-00-00_03-00-00.log'), 'no log at all\n');
    running(7);
    const { sections, reading } = await answer();
    expect(sections[0]!.unit).toBe('bytes');
    expect(reading.notes).toEqual([expect.stringContaining('is neither a Zeek log in TSV')]);
  });
});

test('a folder of another name is taken as it is', async () => {
  described('2026-11-17', NOW - 7 * DAY, 'table[addr] of count');
  running(7);
  const other = join(logs, 'other');
  mkdirSync(other);
  const sample = { ts: NOW, run: 1, node: 'worker-1', variable: 'A::b', size: 4000, unit: 'objects', entries: 1 };
  writeFileSync(join(other, 'my_stats.log'), tsv([sample]));
  const { sections } = await top({ ...QUESTION, paths: [other] });
  expect(sections[0]!.unit).toBe('objects');
});
