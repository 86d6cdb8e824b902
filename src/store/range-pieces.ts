/** What the runs of a span of time come to, from the pieces of logs, which threads read. */

import type { RangeQuery, RangeResult } from '../model/answers/range.ts';
import type { Reading } from '../model/logged/reading.ts';
import type { ProgressListener } from '../model/progress.ts';
import { RangeMerge } from './answers/range-merge.ts';
import type { LogFile } from './reading/log-file.ts';
import { groupPieces, planPieces } from './reading/piece-plan.ts';
import { ReadingSum } from './reading/reading-sum.ts';
import type { Piece } from './reading/scan.ts';
import { DISORDER } from './runs/run-tracker.ts';
import type { ScanJob } from './scans/scan-job.ts';
import { runPieces } from './scans/scan-pool.ts';

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
