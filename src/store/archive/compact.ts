/** Keeps one run an hour of what was archived long ago: enough to tell how sizes went, and a sixtieth of the rows. */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS, type LogKind, NODE_RUNS, SAMPLES } from '../../format/log-kind.ts';
import type { CompactedDays } from '../../model/answers/archive.ts';
import { ExpectedError } from '../../model/errors/catalogue.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { listEntries } from '../finding/names.ts';
import { type LogFile, openLog } from '../reading/log-file.ts';
import { findKeyPlaces, nameNode } from '../reading/node-names.ts';
import { type RowCells, readWholeLogs } from '../reading/whole-logs.ts';
import { sameRun } from '../runs/run-tracker.ts';
import { ArchivedLog, formatDay, locatePartition } from './archive-logs.ts';

/** Those that have rows of every run; what nodes say at their start is kept. */
const OF_RUNS: readonly LogKind[] = [SAMPLES, NODE_RUNS, CONNECTIONS];
const HOUR = 3600;
/** The name of what was compacted, in place of a log's. */
const HOURLY = 'hourly';

interface Run {
  readonly run: number;
  readonly ts: number;
}

/**
 * @param before days that ended by then, seconds since the epoch
 * @returns what was done; what cannot be read is left as it is and named
 * @throws ExpectedError where the archive cannot be written
 */
export async function compactArchive(
  folder: string,
  before: number,
  onProgress: ProgressListener = () => {},
): Promise<CompactedDays & { readonly reading: Reading }> {
  const old = listDays(folder).filter(({ day }) => day < formatDay(before));
  const sum = { days: 0, before: 0, after: 0 };
  let reading = EMPTY_READING;
  for (const [done, { sensor, day }] of old.entries()) {
    onProgress({ phase: 'compacting', done, total: old.length });
    const compacted = await compactDay(folder, sensor, day);
    if (typeof compacted === 'string') reading = addReadings(reading, { ...EMPTY_READING, notes: [compacted] });
    else {
      sum.days += compacted.days;
      sum.before += compacted.before;
      sum.after += compacted.after;
    }
  }
  return { ...sum, reading };
}

/** The last day there is in an archive, as a time after it: seconds since the epoch; null where there is none. */
export function endOfArchive(folder: string): number | null {
  const days = listDays(folder).map(({ day }) => Date.parse(day) / 1000);
  return days.length === 0 ? null : Math.max(...days) + 24 * HOUR;
}

function listDays(folder: string): { readonly sensor: string; readonly day: string }[] {
  const found = new Map<string, { sensor: string; day: string }>();
  for (const kind of OF_RUNS) {
    for (const sensor of listParts(join(folder, kind.name), 'sensor=')) {
      for (const day of listParts(join(folder, kind.name, `sensor=${sensor}`), 'date='))
        found.set(`${sensor}/${day}`, { sensor: decodeURIComponent(sensor), day });
    }
  }
  return [...found.values()].filter(({ day }) => /^\d{4}-\d{2}-\d{2}$/.test(day));
}

function listParts(folder: string, key: string): string[] {
  return listEntries(folder, () => {})
    .filter((name) => name.startsWith(key))
    .map((name) => name.slice(key.length));
}

/** A sentence where the day is left as it is. */
async function compactDay(folder: string, sensor: string, day: string): Promise<CompactedDays | string> {
  const logs: LogFile[] = [];
  for (const kind of OF_RUNS) {
    const partition = locatePartition(folder, kind, sensor, day);
    for (const name of existsSync(partition) ? readdirSync(partition) : []) {
      if (!name.endsWith('.parquet')) continue;
      const path = join(partition, name);
      try {
        const opened = await openLog(path);
        if (opened.state !== 'log') return `${path} is none of the archive, so its day is left as it is`;
        logs.push(...opened.logs);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        return `Its day is left as it is: ${error.oneLine}`;
      }
    }
  }
  const raw = logs.filter(({ path }) => !path.endsWith(`-${HOURLY}.parquet`));
  if (raw.length === 0) return { days: 0, before: 0, after: 0 };
  const last = new Map<string, Run>();
  const { rows: before, skipped } = await eachRun(logs, (node, run) => {
    const hour = findHour(node, run.ts);
    if (run.ts > (last.get(hour)?.ts ?? Number.NEGATIVE_INFINITY)) last.set(hour, run);
  });
  if (skipped > 0) return `${day} of ${sensor} is left as it is: ${skipped} of its rows cannot be read`;
  let after = 0;
  for (const kind of OF_RUNS) {
    const own = logs.filter(({ inspected }) => inspected.kind === kind);
    if (own.length === 0) continue;
    const archived = new ArchivedLog(folder, kind, HOURLY, sensor);
    try {
      await eachRun(own, (node, run, cells) => {
        const kept = last.get(findHour(node, run.ts))!;
        if (sameRun(run.run, run.ts, kept.run, kept.ts)) archived.add(cells, run.ts);
      });
      const files = archived.keep();
      for (const { path } of own) if (!files.includes(path)) rmSync(path, { force: true });
      after += archived.rows;
    } finally {
      archived.discard();
    }
  }
  return { days: 1, before, after };
}

function findHour(node: string, ts: number): string {
  return `${Math.floor(ts / HOUR)} ${node}`;
}

async function eachRun(
  logs: readonly LogFile[],
  take: (node: string, run: Run, cells: RowCells) => void,
): Promise<Reading> {
  let reading = EMPTY_READING;
  for (const log of logs) {
    const { node, run, ts } = findKeyPlaces(log.inspected.kind);
    const read = await readWholeLogs([log], (values, cells) =>
      take(nameNode(cells.text(node)), { run: values[run]!, ts: values[ts]! }, cells),
    );
    reading = addReadings(reading, read);
  }
  return reading;
}
