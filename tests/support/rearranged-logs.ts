/** Recorded logs written anew: the same rows in other files and another order. */

import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import fc from 'fast-check';

/** The rows of all logs of one kind. */
interface RecordedLog {
  readonly kind: string;
  readonly header: readonly string[];
  readonly rows: readonly string[];
}

const KINDS = ['my_stats_node', 'my_stats_variable', 'my_stats_connection', 'my_stats', 'loaded_scripts', 'cluster'];

export function recordedLogs(folder: string): RecordedLog[] {
  const found = new Map<string, { header: string[]; rows: string[] }>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const name = file.split('/').at(-1)!;
    const kind = KINDS.find((one) => name.startsWith(`${one}.`) && name.includes('.log'));
    if (kind === undefined) continue;
    const bytes = readFileSync(join(folder, file));
    const lines = (file.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes).toString('utf8').split('\n');
    const header = lines.filter((line) => line.startsWith('#') && !line.startsWith('#close'));
    const rows = lines.filter((line) => line !== '' && !line.startsWith('#'));
    const known = found.get(kind);
    if (known === undefined) found.set(kind, { header, rows });
    else known.rows.push(...rows);
  }
  return [...found].map(([kind, log]) => ({ kind, ...log }));
}

export interface Arrangement {
  readonly order: 'as-written' | 'shuffled' | 'reversed' | number;
  /** Every row goes to one of so many files, or the files follow one another. */
  readonly files: number;
  readonly dealt: boolean;
  readonly doubled: boolean;
  /** Whether all rows lie beside in JSON once more. */
  readonly beside: boolean;
  readonly seed: number;
}

export const arrangements: fc.Arbitrary<Arrangement> = fc.record({
  order: fc.oneof(fc.constantFrom('as-written', 'shuffled', 'reversed'), fc.nat({ max: 7 })),
  files: fc.integer({ min: 1, max: 4 }),
  dealt: fc.boolean(),
  doubled: fc.boolean(),
  beside: fc.boolean(),
  seed: fc.nat(),
});

export function writeArranged(folder: string, logs: readonly RecordedLog[], arrangement: Arrangement): string {
  mkdirSync(folder, { recursive: true });
  const random = randomOf(arrangement.seed);
  for (const log of logs) {
    const rows = arranged(log, arrangement, random);
    const files = Array.from({ length: arrangement.files }, (): string[] => []);
    rows.forEach((row, i) => {
      const inTurn = Math.floor((i * arrangement.files) / rows.length);
      files[arrangement.dealt ? Math.floor(random() * arrangement.files) : inTurn]!.push(row);
    });
    files.forEach((lines, i) => {
      if (lines.length === 0) return;
      const close = log.header.length > 0 ? ['#close\t2026-11-24-23-00-00'] : [];
      writeRested(join(folder, `${log.kind}.part-${i}.log`), [...log.header, ...lines, ...close]);
    });
    if (arrangement.beside && log.header.length > 0)
      writeRested(
        join(folder, `${log.kind}.beside.log`),
        rows.map((row) => jsonOf(log, row)),
      );
  }
  return folder;
}

/** A log that was written just now may be in the middle of a run. */
function writeRested(path: string, lines: readonly string[]): void {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

function arranged({ header, rows }: RecordedLog, { order, doubled }: Arrangement, random: () => number): string[] {
  const all = doubled ? rows.flatMap((row) => [row, row]) : [...rows];
  if (order === 'reversed') return all.reverse();
  if (order === 'shuffled') {
    return all
      .map((row) => ({ row, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
  }
  if (order === 'as-written') return all;
  const names = fieldsOf(header, '#fields');
  const cell = (row: string) =>
    names.length > 0
      ? row.split('\t')[order % names.length]!
      : JSON.stringify(Object.values(JSON.parse(row) as object)[order] ?? null);
  return all
    .map((row) => ({ row, by: cell(row) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    .map(({ row }) => row);
}

function fieldsOf(header: readonly string[], line: '#fields' | '#types'): string[] {
  return (header.find((one) => one.startsWith(line)) ?? '').split('\t').slice(1);
}

function jsonOf({ header, kind }: RecordedLog, row: string): string {
  const types = fieldsOf(header, '#types');
  const cells = row.split('\t');
  const named = fieldsOf(header, '#fields').flatMap((name, i): [string, unknown][] => {
    const text = cells[i]!;
    if (text === '-') return [];
    const type = types[i]!;
    if (/^(vector|set)/.test(type)) return [[name, text === '(empty)' ? [] : text.split(',').map(unescaped)]];
    if (type === 'bool') return [[name, text === 'T']];
    return [
      [
        name,
        /^(time|interval|count|int|double)$/.test(type) ? Number(text) : text === '(empty)' ? '' : unescaped(text),
      ],
    ];
  });
  return JSON.stringify({ _path: kind, ...Object.fromEntries(named) });
}

/** As Zeek writes bytes that would end a field. */
function unescaped(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Numbers from 0 to 1 that look random and are the same in every run of a test. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
