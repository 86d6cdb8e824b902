/**
 * Finds the last runs of every node in the logs of a cluster by reading as little of them as answers: the end of a
 * plain log, whatever its length, and the newest of the compressed ones.
 */

import { createReader } from '../format/inspect.ts';
import { SAMPLE } from '../format/log-kind.ts';
import { eachRow } from '../format/row-reader.ts';
import { StringPool } from '../format/string-pool.ts';
import { patience } from '../model/liveness.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import { isBeingWritten, type LogFile } from './log-file.ts';
import { linesBefore, RandomAccess } from './piece-plan.ts';
import { SampleTexts } from './sample-row.ts';
import { scanPiece } from './scan.ts';
import { joinRecentRuns, type RecentRun, SnapshotScan } from './snapshot-scan.ts';

export interface RecentRuns {
  readonly runs: ReadonlyMap<string, readonly RecentRun[]>;
  /** Nodes that only appear before the part that was read, with the time of the last row found of each. */
  readonly earlier: ReadonlyMap<string, number>;
  /** The newest row up to the time asked for. */
  readonly newest: number;
  /** True where the log goes on after the time asked for. */
  readonly passed: boolean;
  /** The node whose run ends the log, where it is still being written: that run may not be complete. */
  readonly writing: string | null;
  readonly reading: Reading;
}

const FIRST_WINDOW = 1 << 20;
/** Places between a log's start and the part read, at which nodes that have stopped since are looked for. */
const PROBES = 6;
const NEWLINE = 0x0a;

/** The last runs in one log up to a time. */
async function recentRuns(log: LogFile, until: number): Promise<RecentRuns> {
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file === null) return scanWindow(log, 0, Number.POSITIVE_INFINITY, until);
  try {
    const end = Number.isFinite(until) && (file.lastTime() ?? 0) >= log.firstTs ? file.offsetAfter(until) : log.size;
    for (let window = FIRST_WINDOW; ; window *= 4) {
      const wanted = end - window;
      const from = wanted <= log.inspected.dataOffset ? 0 : file.lineAt(wanted);
      const found = await scanWindow(log, from, end >= log.size ? Number.POSITIVE_INFINITY : end, until);
      if (from === 0) return found;
      if (found.runs.size > 0 && [...found.runs.values()].every((runs) => runs.length > 1)) {
        const earlier = probe(log, file, from, window / 2, found.runs);
        // Logs of several nodes put one after the other: a node's last runs may lie far from the end.
        if (![...earlier.values()].some((seen) => found.newest - seen <= patience(0))) return { ...found, earlier };
      }
    }
  } finally {
    file.close();
  }
}

async function scanWindow(log: LogFile, from: number, to: number, until: number): Promise<RecentRuns> {
  const pool = new StringPool();
  const scan = new SnapshotScan(pool, until, from === 0);
  const { rows, skipped, examples, unfinished, cutOff } = await scanPiece(
    { log, from, to },
    pool,
    eachRow((values) => scan.row(values)),
  );
  const runs = scan.finish();
  const before = skipped > 0 && from > 0 ? linesBefore(log, from) : 0;
  const live = !scan.passed && (unfinished > 0 || cutOff || isBeingWritten(log));
  return {
    runs,
    earlier: new Map(),
    newest: scan.newest,
    passed: scan.passed || to < log.size,
    writing: live ? scan.lastNode : null,
    reading: addReadings(EMPTY_READING, {
      files: [{ path: log.path, rows }],
      rows,
      skipped,
      examples: examples.map((row) => ({ ...row, line: row.line === null ? null : row.line + before })),
      unfinished,
      notes: [],
    }),
  };
}

/** Nodes seen at the start of a log or at places in between, but not in its last part; each with when it was last seen. */
function probe(
  log: LogFile,
  file: RandomAccess,
  end: number,
  width: number,
  known: ReadonlyMap<string, unknown>,
): Map<string, number> {
  const start = log.inspected.dataOffset;
  const nodesAt = (offset: number): Map<string, number> => {
    const pool = new StringPool();
    const texts = new SampleTexts(pool);
    const last = new Map<number, number>();
    readRows(log, file, file.lineAt(offset), Math.min(end, offset + width), pool, (values) => {
      last.set(texts.node(values), values[SAMPLE.ts]!);
    });
    return new Map([...last].map(([node, ts]) => [pool.text(node), ts]));
  };
  const lastAt = new Map<string, { offset: number; ts: number }>();
  const step = (end - start) / (PROBES + 1);
  for (let i = 0; i <= PROBES; i++) {
    const offset = Math.floor(start + i * step);
    for (const [node, ts] of nodesAt(offset)) if (!known.has(node)) lastAt.set(node, { offset, ts });
  }
  const earlier = new Map<string, number>();
  for (const [node, seen] of lastAt) {
    let { offset: low, ts } = seen;
    let high = Math.min(end, low + step + width);
    while (high - low > width / 2) {
      const middle = Math.floor((low + high) / 2);
      const found = nodesAt(middle).get(node);
      if (found === undefined) high = middle;
      else {
        low = middle;
        ts = Math.max(ts, found);
      }
    }
    earlier.set(node, ts);
  }
  return earlier;
}

function readRows(
  log: LogFile,
  file: RandomAccess,
  from: number,
  to: number,
  pool: StringPool,
  row: (values: Float64Array) => void,
): void {
  const bytes = file.bytes(from, to);
  createReader(log.inspected, pool, { rows: eachRow(row), skipped: () => {} }, log.path, 0).read(
    bytes,
    bytes.lastIndexOf(NEWLINE) + 1,
  );
}

/**
 * The last runs in logs that follow one another, newest first.
 *
 * @param enough tells whether what was found from `oldest` on answers; older logs are read as long as it does not
 */
export async function recentRunsOf(
  logs: readonly LogFile[],
  until: number,
  enough: (found: RecentRuns, oldest: LogFile, read: number) => boolean,
): Promise<RecentRuns | null> {
  let found: RecentRuns | null = null;
  let read = 0;
  for (const log of logs.toReversed()) {
    if (log.firstTs > until) continue;
    const older = await recentRuns(log, until);
    found = found === null ? older : joined(older, found);
    read++;
    if (enough(found, log, read)) break;
  }
  return found;
}

function joined(older: RecentRuns, newer: RecentRuns): RecentRuns {
  const runs = new Map(newer.runs);
  for (const [node, list] of older.runs) runs.set(node, joinRecentRuns(list, newer.runs.get(node) ?? []));
  const earlier = new Map([...older.earlier, ...newer.earlier].filter(([node]) => !runs.has(node)));
  return {
    runs,
    earlier,
    newest: Math.max(older.newest, newer.newest),
    passed: newer.passed,
    writing: newer.writing,
    reading: addReadings(older.reading, newer.reading),
  };
}
