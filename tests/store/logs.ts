/** Logs made up for tests, and their answers worked out in the plainest way. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll } from 'vitest';
import type { Pivot } from '../../src/model/answers/range.ts';

export interface LogRow {
  readonly ts: number;
  readonly run: number;
  readonly node: string;
  readonly variable: string;
  readonly size: number | null;
  readonly unit: string;
  readonly entries: number | null;
}

const HEADER = `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tmy_stats
#open\t2026-11-24-00-00-00
#fields\tts\trun\tnode\tmodule_name\tvariable\tsize\tunit\tentries
#types\ttime\tcount\tstring\tstring\tstring\tcount\tstring\tcount
`;

function moduleOf(variable: string): string {
  return variable.includes('::') ? variable.slice(0, variable.indexOf('::')) : 'GLOBAL';
}

export function tsv(rows: readonly LogRow[], closed = true): string {
  const lines = rows.map((r) =>
    [r.ts.toFixed(6), r.run, r.node, moduleOf(r.variable), r.variable, r.size ?? '-', r.unit, r.entries ?? '-'].join(
      '\t',
    ),
  );
  return `${HEADER}${lines.map((line) => `${line}\n`).join('')}${closed ? '#close\t2026-11-24-01-00-00\n' : ''}`;
}

export function json(rows: readonly LogRow[]): string {
  return rows
    .map(({ size, entries, ...rest }) =>
      JSON.stringify({
        ...rest,
        module_name: moduleOf(rest.variable),
        ...(size === null ? {} : { size }),
        ...(entries === null ? {} : { entries }),
      }),
    )
    .map((line) => `${line}\n`)
    .join('');
}

export interface Spec {
  readonly nodes: readonly string[];
  readonly variables: readonly string[];
  readonly runs: number;
  readonly interval?: number;
  readonly start?: number;
  readonly firstRun?: number;
  /** Called per row; null leaves it out. */
  readonly size?: (node: number, variable: number, run: number) => number | null;
}

/** Runs of a cluster: each node measures at its own instant. */
export function cluster({
  nodes,
  variables,
  runs,
  interval = 60,
  start = 1_795_392_000,
  firstRun = 1,
  size,
}: Spec): LogRow[] {
  const rows: LogRow[] = [];
  for (let run = 0; run < runs; run++) {
    nodes.forEach((node, n) => {
      variables.forEach((variable, v) => {
        const value = size === undefined ? 1000 + 10 * v + n + run : size(n, v, run);
        if (value === null) return;
        const ts = start + run * interval + n * 0.5;
        rows.push({
          ts,
          run: firstRun + run,
          node,
          variable,
          size: value,
          unit: 'objects',
          entries: Math.floor(value / 4),
        });
      });
    });
  }
  return rows;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'my-stats-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function write(path: string, text: string | Buffer): string {
  writeFileSync(path, path.endsWith('.gz') ? zlib.gzipSync(text) : text);
  return path;
}

/** The range query, worked out row by row on plain maps. Runs are told apart by node and counter. */
export function rangeOracle(rows: readonly LogRow[], by: Pivot) {
  const nodes = [...new Set(rows.map((row) => row.node))].sort();
  return nodes.flatMap((node) => {
    const own = rows.filter((row) => row.node === node);
    const runs = [...new Set(own.map((row) => row.run))];
    const keyOf = (row: LogRow) => (by === 'module' ? moduleOf(row.variable) : by === 'variable' ? row.variable : node);
    const groups = [...new Set(own.map((row) => `${row.unit}\t${keyOf(row)}`))].sort();
    return groups.map((group) => {
      const inGroup = own.filter((row) => `${row.unit}\t${keyOf(row)}` === group);
      const totals = runs.map((run) =>
        inGroup.filter((row) => row.run === run).reduce((sum, row) => sum + (row.size ?? 0), 0),
      );
      const entries = runs
        .map((run) => inGroup.filter((row) => row.run === run && row.entries !== null))
        .filter((list) => list.length > 0)
        .map((list) => list.reduce((sum, row) => sum + row.entries!, 0));
      const [unit, key] = group.split('\t');
      return {
        node,
        key,
        unit,
        first: totals[0],
        last: totals.at(-1),
        max: Math.max(...totals),
        mean: totals.reduce((a, b) => a + b, 0) / totals.length,
        entries: entries.at(-1) ?? null,
        variables: [...new Set(inGroup.map((row) => row.variable))].sort(),
        unmeasured: inGroup.filter((row) => row.size === null).length,
      };
    });
  });
}
