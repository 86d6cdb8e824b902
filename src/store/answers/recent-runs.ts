/**
 * Finds the last runs of every node in the logs of a cluster by reading as little of them as answers: the ends of the
 * plain logs, whatever their length, and the newest of the compressed ones. Where a log is not in the order of time, or
 * what is needed does not lie at the ends, all of it is read.
 */

import { createReader } from '../../format/inspect.ts';
import { SAMPLE } from '../../format/log-kind.ts';
import { eachRow } from '../../format/row-reader.ts';
import { StringPool } from '../../format/string-pool.ts';
import { computePatience } from '../../model/clock.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import { isBeingWritten, type LogFile } from '../reading/log-file.ts';
import { qualifyNodes } from '../reading/node-names.ts';
import { countLinesBefore, RandomAccess } from '../reading/piece-plan.ts';
import { scanPiece } from '../reading/scan.ts';
import { type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { SampleTexts } from '../runs/sample-row.ts';
import { addRuns, type KeptRun, type NodeRuns, type SeenRows, SnapshotScan } from '../scans/snapshot-scan.ts';

const FIRST_WINDOW = 1 << 20;
/** Places between a log's start and the part read, at which nodes that have stopped since are looked for. */
const PROBES = 6;
const NEWLINE = 0x0a;

/** What was read of one log. */
interface ReadLog {
  readonly log: LogFile;
  /** Where what was read begins, in bytes; 0 for the whole log. */
  readonly offset: number;
  readonly seen: SeenRows;
  /** True where it goes on after what was asked for. */
  readonly passed: boolean;
  /** True where Zeek may be in the middle of a run. */
  readonly isLive: boolean;
  /** Nodes that only appear before the part that was read, with the time of the last row found of each. */
  readonly earlier: ReadonlyMap<string, number>;
  readonly reading: Reading;
}

/** Up to when runs are looked at, seconds since the epoch: the clocks of nodes may differ. */
export interface Until {
  readonly of: (node: string) => number;
  /** By how much they do where that is known, in seconds. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly latest: number;
}

export class RecentRuns {
  readonly #logs: readonly LogFile[];
  readonly #ends: ReadonlyMap<LogFile, number>;
  readonly #until: Until;
  readonly nodes = new Map<string, NodeRuns>();
  readonly #read: ReadLog[] = [];

  constructor(logs: readonly LogFile[], until: Until) {
    this.#until = until;
    const ends = new Map(logs.map((log) => [log, findEnd(log)]));
    // Logs that begin later than asked for can only hold something where they are not in order: they come last.
    const rank = (log: LogFile) => (log.firstTs > until.latest ? Number.NEGATIVE_INFINITY : ends.get(log)!);
    this.#logs = logs.toSorted((a, b) => rank(a) - rank(b) || a.firstTs - b.firstTs);
    this.#ends = ends;
  }

  /** When the last row of a log was, as far as that can be told without reading it. */
  endOf(log: LogFile): number {
    return this.#ends.get(log)!;
  }

  /** When the earliest of the logs that were read was begun. */
  get begun(): number {
    return Math.min(...this.#read.map(({ log }) => log.firstTs));
  }

  /** Reads one more log, the newest of those that were not; false where there is none. */
  async readMore(): Promise<boolean> {
    const log = this.nextLog;
    if (log === undefined) return false;
    this.#take(await readEnd(log, this.#until));
    return true;
  }

  /** Reads all logs again, each as a whole. */
  async readAll(): Promise<void> {
    this.nodes.clear();
    this.#read.length = 0;
    for (const log of this.#logs.toReversed()) this.#take(await readPart(log, 0, END, this.#until, null));
  }

  #take({ nodes, ...read }: Found): void {
    this.#read.push(read);
    for (const [name, runs] of nodes) addRuns(this.#nodeOf(name), runs, false);
  }

  /** Fetches the rows of runs whose rows were not kept, from what was read. */
  async fetch(keeps: KeptRun): Promise<void> {
    for (const { log, offset } of this.#read) {
      const { nodes } = await readPart(log, offset, END, this.#until, keeps);
      for (const [name, runs] of nodes) addRuns(this.#nodeOf(name), runs, true);
    }
  }

  #nodeOf(name: string): NodeRuns {
    let node = this.nodes.get(name);
    if (node === undefined) {
      node = { runs: new RunSet(), samples: new Map() };
      this.nodes.set(name, node);
    }
    return node;
  }

  get nextLog(): LogFile | undefined {
    return this.#logs[this.#logs.length - 1 - this.#read.length];
  }

  get logsRead(): number {
    return this.#read.length;
  }

  /** False where a log turned out not to be in the order of time, but was not read as a whole. */
  get isReliable(): boolean {
    const isWhole = this.nextLog === undefined && this.#read.every(({ offset }) => offset === 0);
    return isWhole || this.#read.every(({ seen }) => seen.inOrder);
  }

  /** When the first row of what was read was. */
  get from(): number {
    return Math.min(...this.#read.map(({ seen }) => seen.first));
  }

  get newest(): number {
    return Math.max(
      Number.NEGATIVE_INFINITY,
      ...this.#read.map(({ seen }) => seen.newest?.run.ts ?? Number.NEGATIVE_INFINITY),
    );
  }

  /** True where the logs go on after the time asked for. */
  get passed(): boolean {
    return this.#read.some(({ passed }) => passed);
  }

  /** The run that is newest in a log that is being written: it may have rows to come. */
  get writing(): { readonly node: string; readonly run: KnownRun } | null {
    const live = this.#read.flatMap(({ isLive, seen }) => (isLive && seen.newest !== null ? [seen.newest] : []));
    return live.reduce<(typeof live)[number] | null>((a, b) => (a === null || b.run.ts > a.run.ts ? b : a), null);
  }

  /** Nodes that only appear before what was read, with the time of the last row found of each. */
  get earlier(): Map<string, number> {
    const earlier = new Map<string, number>();
    for (const read of this.#read)
      for (const [node, ts] of read.earlier)
        if (!this.nodes.has(node)) earlier.set(node, Math.max(ts, earlier.get(node) ?? ts));
    return earlier;
  }

  /** True where rows of a run may lie before what was read of a log. */
  isCut(node: string, { ts }: KnownRun): boolean {
    const hasMore = this.nextLog !== undefined;
    return (
      this.#read.some(({ offset, seen }) => offset > 0 && ts <= (seen.firstOfNode.get(node) ?? seen.first)) ||
      (hasMore && ts <= this.from)
    );
  }

  get reading(): Reading {
    return this.#read.map(({ reading }) => reading).reduceRight(addReadings, EMPTY_READING);
  }
}

const END = Number.POSITIVE_INFINITY;

/** The end of a compressed log can only be told by reading it: it is not before its beginning. */
function findEnd(log: LogFile): number {
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file === null) return log.firstTs;
  try {
    return Math.max(log.firstTs, file.lastTime() ?? log.firstTs);
  } finally {
    file.close();
  }
}

/** A log as far as it was read, and the runs found in it. */
type Found = ReadLog & { readonly nodes: ReadonlyMap<string, NodeRuns> };

/** Reads the end of a log, wider until every node has a run that lies in it as a whole. */
async function readEnd(log: LogFile, until: Until): Promise<Found> {
  const file = log.compression === 'none' && log.size > FIRST_WINDOW ? RandomAccess.open(log) : null;
  if (file === null) return readPart(log, 0, END, until, null);
  try {
    if (!file.looksOrdered()) return await readPart(log, 0, END, until, null);
    const end = Number.isFinite(until.latest) ? file.offsetAfter(until.latest) : log.size;
    for (let window = FIRST_WINDOW; ; window *= 4) {
      const wanted = end - window;
      const from = wanted <= log.inspected.dataOffset ? 0 : file.lineAt(wanted);
      const found = await readPart(log, from, end >= log.size ? END : end, until, null);
      if (from === 0) return found;
      if (found.nodes.size === 0 || [...found.nodes.values()].some(({ runs }) => runs.size < 2)) continue;
      const earlier = probe(log, file, from, window / 2, found.nodes);
      const newest = found.seen.newest!.run.ts;
      // Logs of several nodes put one after the other: a node's last runs may lie far from the end.
      if (![...earlier.values()].some((seen) => newest - seen <= computePatience(0))) return { ...found, earlier };
    }
  } finally {
    file.close();
  }
}

async function readPart(log: LogFile, from: number, to: number, until: Until, keeps: KeptRun | null): Promise<Found> {
  const pool = new StringPool();
  const scan = new SnapshotScan(pool, until.of, keeps);
  const { rows, skipped, examples, unfinished, cutOff, notes } = await scanPiece({ log, from, to }, pool, scan.rows);
  const { seen, nodes } = scan;
  const before = skipped > 0 && from > 0 ? countLinesBefore(log, from) : 0;
  return {
    log,
    offset: from,
    seen,
    nodes,
    passed: seen.passed || to < log.size,
    isLive: !seen.passed && to === END && (unfinished > 0 || cutOff || isBeingWritten(log)),
    earlier: new Map(),
    reading: addReadings(EMPTY_READING, {
      files: [{ path: log.path, rows }],
      rows,
      skipped,
      examples: examples.map((row) => ({ ...row, line: row.line === null ? null : row.line + before })),
      unfinished,
      notes,
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
  const rows = qualifyNodes(log, pool, eachRow(row));
  createReader(log.inspected, pool, { rows, skipped: () => {} }, log.path, 0).read(
    bytes,
    bytes.lastIndexOf(NEWLINE) + 1,
  );
}
