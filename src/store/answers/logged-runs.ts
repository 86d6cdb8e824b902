/**
 * All that was logged, run by run in the order of time, of logs of any length: those that were written side by side are
 * read side by side, and of a run only as much is kept as it takes until all its rows were met.
 */

import { StringPool } from '../../format/string-pool.ts';
import type { RangeQuery } from '../../model/answers/range.ts';
import type { LogFile } from '../reading/log-file.ts';
import { planPieces, type TimedPiece } from '../reading/piece-plan.ts';
import { ReadingSum } from '../reading/reading-sum.ts';
import { type PieceReading, scanInSteps } from '../reading/scan.ts';
import { DISORDER, type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { RUN_COLUMNS } from '../scans/group-totals.ts';
import { type RangePart, RangeScan } from '../scans/range-scan.ts';
import { RunMerge, type WholeRun } from './run-merge.ts';

/** Where rows are in no order, so many are put in order at a time. */
const ROWS_IN_MEMORY = 2_000_000;

/** The runs of some rows, those of all nodes, and the texts that their variables' names are among. */
export interface RunsInOrder {
  readonly runs: readonly WholeRun[];
  readonly texts: StringPool;
}

/** A log, as far as it was read. */
interface Source {
  readonly piece: TimedPiece;
  readonly scan: RangeScan;
  readonly steps: AsyncGenerator<undefined, PieceReading>;
}

export class LoggedRuns {
  readonly #logs: readonly LogFile[];
  readonly #query: Omit<RangeQuery, 'by'>;
  readonly #onRead: (bytes: number) => void;
  #reading = new ReadingSum();

  readonly #rowsInMemory: number;

  /** @param onRead hears how many bytes of the logs were taken */
  constructor(
    logs: readonly LogFile[],
    query: Omit<RangeQuery, 'by'>,
    onRead: (bytes: number) => void,
    rowsInMemory = ROWS_IN_MEMORY,
  ) {
    this.#rowsInMemory = rowsInMemory;
    this.#logs = logs;
    this.#query = query;
    this.#onRead = onRead;
  }

  /** What is to be said of the rows, when all were read. */
  get reading(): ReadingSum {
    return this.#reading;
  }

  /** Ends with null where the logs turn out not to be in the order of time: what was given so far was too early. */
  async *inOneGo(): AsyncGenerator<RunsInOrder | null> {
    const merge = new RunMerge();
    for await (const { part, reached } of this.#read()) {
      merge.add(part);
      if (merge.isLate) {
        yield null;
        return;
      }
      const runs = merge.takeBefore(reached - DISORDER);
      for (const run of runs) run.of.runs.forget(run);
      yield { runs, texts: merge.texts };
    }
  }

  /** The same of rows in any order, which are read several times for it. */
  async *inSlices(): AsyncGenerator<RunsInOrder> {
    const all = new Map<string, RunSet>();
    const rows = new Map<KnownRun, number>();
    for await (const { part } of this.#read()) countRows(part, all, rows);
    for (const [from, to] of cutSlices(rows, this.#rowsInMemory)) {
      const merge = new RunMerge();
      for await (const { part } of this.#read()) {
        const nodes = part.nodes.map((node) => {
          const timeOf = (run: KnownRun) => all.get(node.node)!.at(run.run, run.ts).ts;
          return { ...node, runs: node.runs.filter((run) => timeOf(run) >= from && timeOf(run) < to) };
        });
        merge.add({ ...part, nodes });
      }
      yield { runs: merge.takeBefore(Number.POSITIVE_INFINITY), texts: merge.texts };
    }
  }

  /** Parts of all logs, the one that is furthest behind next; and the time up to which all have been read. */
  async *#read(): AsyncGenerator<{ part: RangePart; reached: number }> {
    const { since, until } = this.#query;
    const pieces = planPieces(this.#logs, since, until, Number.POSITIVE_INFINITY);
    const waiting = [...pieces];
    const open: Source[] = [];
    const readings = new Map<TimedPiece, PieceReading>();
    const soonest = () => waiting[0]?.startsAt ?? Number.POSITIVE_INFINITY;
    for (;;) {
      const behind = open.toSorted((a, b) => findReached(a) - findReached(b))[0];
      if (waiting.length > 0 && (behind === undefined || soonest() <= findReached(behind))) {
        open.push(this.#open(waiting.shift()!));
        continue;
      }
      if (behind === undefined) break;
      const step = await behind.steps.next();
      if (step.done) {
        open.splice(open.indexOf(behind), 1);
        readings.set(behind.piece, step.value);
      }
      yield { part: behind.scan.take(), reached: Math.min(soonest(), ...open.map(findReached)) };
    }
    this.#reading = new ReadingSum();
    for (const piece of pieces) this.#reading.add(piece, readings.get(piece)!);
  }

  #open(piece: TimedPiece): Source {
    const pool = new StringPool();
    const scan = new RangeScan(this.#query, pool, null);
    return { piece, scan, steps: scanInSteps(piece, pool, scan.rowsOfPiece(), this.#onRead) };
  }
}

function findReached({ piece, scan }: Source): number {
  return Math.max(piece.startsAt, scan.latest);
}

function countRows({ nodes }: RangePart, all: Map<string, RunSet>, rows: Map<KnownRun, number>): void {
  for (const { node, runs } of nodes) {
    const ofNode = all.get(node) ?? new RunSet();
    all.set(node, ofNode);
    for (const { run, ts, cells } of runs) {
      const known = ofNode.at(run, ts);
      rows.set(known, (rows.get(known) ?? 0) + cells.length / RUN_COLUMNS);
    }
  }
}

/** Spans of time, end excluded, with not many more rows than may be in memory. */
function cutSlices(rows: ReadonlyMap<KnownRun, number>, most: number): [from: number, to: number][] {
  const runs = [...rows].sort(([a], [b]) => a.ts - b.ts);
  const slices: [number, number][] = [];
  let [from, count] = [Number.NEGATIVE_INFINITY, 0];
  for (const [{ ts }, more] of runs) {
    if (count + more > most && ts > from) {
      slices.push([from, ts]);
      [from, count] = [ts, 0];
    }
    count += more;
  }
  return [...slices, [from, Number.POSITIVE_INFINITY]];
}
