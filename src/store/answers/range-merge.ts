/** What the runs of a span of time come to: threads read pieces of the logs, and what these logged is added up here. */

import type { Pivot, RangeGroup, RangeNode, RangeQuery, RangeResult } from '../../model/answers/range.ts';
import type { AgreedTime } from '../../model/clock.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import type { Reading } from '../../model/logged/reading.ts';
import type { ProgressListener } from '../../model/progress.ts';
import type { LogFile } from '../reading/log-file.ts';
import { groupPieces, planPieces } from '../reading/piece-plan.ts';
import { ReadingSum } from '../reading/reading-sum.ts';
import type { Piece } from '../reading/scan.ts';
import { describeSetBack } from '../runs/clock-notes.ts';
import { DISORDER } from '../runs/run-tracker.ts';
import { cutStretches, describeSpan, listMisdated } from '../runs/stretches.ts';
import { GroupTotals, type NodeTotals, RUN_COLUMNS, TOTAL, TOTAL_COLUMNS } from '../scans/group-totals.ts';
import type { RangePart } from '../scans/range-scan.ts';
import type { ScanJob } from '../scans/scan-job.ts';
import { runPieces } from '../scans/scan-pool.ts';
import { type MergedRuns, RunMerge } from './run-merge.ts';

export class RangeMerge {
  readonly #by: Pivot;
  readonly #runs = new RunMerge();
  readonly #totals = new Map<MergedRuns, GroupTotals>();
  readonly #offsets: AgreedTime['offsets'];
  /** What is odd about clocks, one sentence each. */
  readonly notes: string[] = [];

  constructor({ by, offsets = new Map() }: Pick<RangeQuery, 'by' | 'offsets'>) {
    this.#by = by;
    this.#offsets = offsets;
  }

  /** Takes what a piece holds, which is used up. */
  add(part: RangePart): void {
    for (const { of, totals, ids } of this.#runs.add(part)) this.#totalsOf(of).join(totals, ids);
  }

  /** Adds up the runs before a time, of which there are no rows to come: their rows need not be kept. */
  closeBefore(ts: number): void {
    for (const run of this.#runs.takeBefore(ts)) this.#totalsOf(run.of).addRun(run, run.cells, run.of.variables);
  }

  /** Nothing can be added afterwards. Null where runs had been added up of which rows came, or that do not count. */
  result(): RangeResult | null {
    const described = new Map([...this.#runs.nodes.values()].map((of) => [of, this.#describeRuns(of)]));
    if (this.#runs.isLate) return null;
    this.closeBefore(Number.POSITIVE_INFINITY);
    const all = [...this.#totals].sort(([a], [b]) => (a.node < b.node ? -1 : 1));
    return {
      nodes: all.map(([of, { totals }]) => ({ node: of.node, runs: totals.runs, ...described.get(of)! })),
      groups: all.flatMap(([{ node }, { totals }]) => this.#groupsOf(node, totals)),
    };
  }

  /** Leaves out what is misdated. That tells the processes all the same: without it, one looks like two. */
  #describeRuns(of: MergedRuns): Pick<RangeNode, 'boots' | 'spans'> {
    const stretches = cutStretches(of.runs.sorted(), () => null);
    // A clock that is off in the end was right before it was set.
    const misdated = new Set(this.#offsets.has(of.node) ? [] : listMisdated(stretches));
    for (const run of misdated) this.#runs.leaveOut(of, run);
    if (misdated.size > 0) this.notes.push(describeSetBack(of.node, misdated.size));
    return {
      boots: stretches.filter(({ begins }) => begins === 'first' || begins === 'restart').length,
      spans: stretches.flatMap((stretch) => {
        const runs = misdated.size === 0 ? stretch.runs : stretch.runs.filter((run) => !misdated.has(run));
        return runs.length === 0 ? [] : [describeSpan(of.node, { ...stretch, runs })];
      }),
    };
  }

  #groupsOf(node: string, { runs, groups, cells, first, last }: NodeTotals): RangeGroup[] {
    const { texts } = this.#runs;
    const named = groups.map(({ key, unit, variables, unmeasured }, group): RangeGroup => {
      const total = (column: number) => cells[group * TOTAL_COLUMNS + column]!;
      return {
        node,
        key: texts.text(key),
        unit: texts.text(unit),
        first: readSizeIn(first!.sums, group),
        last: readSizeIn(last!.sums, group),
        max: total(TOTAL.max),
        mean: total(TOTAL.sum) / runs,
        entries: readNumber(total(TOTAL.entries)),
        variables: Array.from(variables, (id) => texts.text(id)).sort(),
        unmeasured,
      };
    });
    return named.sort((a, b) => (a.key === b.key ? (a.unit < b.unit ? -1 : 1) : a.key < b.key ? -1 : 1));
  }

  #totalsOf(of: MergedRuns): GroupTotals {
    let totals = this.#totals.get(of);
    if (totals === undefined) {
      totals = new GroupTotals(this.#by, of.node, this.#runs.texts);
      this.#totals.set(of, totals);
    }
    return totals;
  }
}

/** A run in which nothing of a group was logged counts 0. */
function readSizeIn(run: Float64Array, group: number): number {
  const size = run[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}

export async function readRange(
  logs: readonly LogFile[],
  query: RangeQuery,
  onProgress?: ProgressListener,
): Promise<{ range: RangeResult; reading: Reading }> {
  const inOrder = await readPieces(logs, query, true, onProgress);
  // Where rows turn out not to be in the order of time, all runs are kept until the end.
  const { range, reading } = inOrder ?? (await readPieces(logs, query, false, onProgress))!;
  return { range, reading };
}

/**
 * @param inOrder whether runs are added up as soon as none of their rows should be left to read
 * @returns null where that was too early
 */
async function readPieces(
  logs: readonly LogFile[],
  query: RangeQuery,
  inOrder: boolean,
  onProgress?: ProgressListener,
): Promise<{ range: RangeResult; reading: Reading } | null> {
  const merge = new RangeMerge(query);
  const reading = new ReadingSum();
  const { since, until, offsets = new Map() } = query;
  const pieces = planPieces(
    logs,
    since === null ? null : since + Math.min(0, ...offsets.values()),
    until === null ? null : until + Math.max(0, ...offsets.values()),
  );
  const groups = inOrder ? groupPieces(pieces) : pieces.map((piece) => [piece]);
  const firsts = groups.map(([first]) => first!);
  const besideOf = new Map<Piece, readonly Piece[]>(groups.map(([first, ...beside]) => [first!, beside]));
  const jobOf = (piece: Piece): ScanJob => ({ kind: 'range', query, addsUp: inOrder, beside: besideOf.get(piece)! });
  for await (const { piece, result } of runPieces(firsts, jobOf, onProgress)) {
    const readings = [result.reading, ...result.beside];
    // Where a layout changes along the way, the rest of the log is one piece, and none of another log is beside it.
    if (groups.length < pieces.length && readings.some(({ layoutChanged }) => layoutChanged)) return null;
    merge.add(result.part!);
    [piece, ...(besideOf.get(piece) ?? [])].forEach((one, i) => {
      reading.add(one, readings[i]!);
    });
    const next = firsts.find((_, i) => firsts[i - 1] === piece);
    if (inOrder && next !== undefined) merge.closeBefore(next.startsAt - DISORDER);
  }
  const range = merge.result();
  return range === null ? null : { range, reading: { ...reading.sum, notes: [...reading.sum.notes, ...merge.notes] } };
}
