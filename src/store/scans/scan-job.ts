/** What can be done with the rows of a piece, in this thread or another. Jobs and their results are plain data. */

import { StringPool } from '../../format/string-pool.ts';
import type { RangeQuery } from '../../model/answers/range.ts';
import type { SeriesQuery } from '../../model/logged/series.ts';
import { type Piece, type PieceReading, scanInSteps, scanPiece } from '../reading/scan.ts';
import { type StretchesOfNode, StretchTable } from '../runs/stretch-table.ts';
import { LoadScan, type RowBatch } from './load-scan.ts';
import { type RangePart, RangeScan } from './range-scan.ts';
import { type SeriesPart, SeriesScan } from './series-scan.ts';

export type ScanJob =
  /** See `RangeScan` for what `addsUp` allows. Pieces of other logs, in which the same runs have rows, are read as one with it. */
  | {
      readonly kind: 'range';
      readonly query: RangeQuery;
      readonly addsUp: boolean;
      readonly beside: readonly Piece[];
    }
  | { readonly kind: 'series'; readonly query: SeriesQuery; readonly stretches: readonly StretchesOfNode[] }
  /** Rows as columns. */
  | { readonly kind: 'load' };

export interface PieceResult {
  readonly reading: PieceReading;
  /** Of those beside it. */
  readonly beside: readonly PieceReading[];
  /** Of a range job; null of others. */
  readonly part: RangePart | null;
  /** Of a series job; null of others. */
  readonly series: SeriesPart | null;
}

/**
 * @param onBatch receives the rows of a load job
 * @param onRead hears how many bytes of the file were taken
 */
export async function runJob(
  job: ScanJob,
  piece: Piece,
  onBatch: (batch: RowBatch) => void,
  onRead: (bytes: number) => void,
): Promise<PieceResult> {
  const pool = new StringPool();
  if (job.kind === 'range') {
    const scan = new RangeScan(job.query, pool, job.addsUp ? job.query.by : null);
    const pieces = [piece, ...job.beside];
    const steps = pieces.map((one) => scanInSteps(one, pool, scan.rowsOfPiece(), onRead));
    const readings: PieceReading[] = [];
    for (let left = [...steps.keys()]; left.length > 0; ) {
      const behind = scan.findBehind(left);
      const step = await steps[behind]!.next();
      if (!step.done) continue;
      readings[behind] = step.value;
      left = left.filter((one) => one !== behind);
    }
    const [reading, ...beside] = readings;
    return { reading: reading!, beside, part: scan.take(), series: null };
  }
  if (job.kind === 'series') {
    const scan = new SeriesScan(job.query, new StretchTable(job.stretches), pool);
    const reading = await scanPiece(piece, pool, scan.rows, onRead);
    return { reading, beside: [], part: null, series: scan.finish() };
  }
  const load = new LoadScan(pool, onBatch);
  const reading = await scanPiece(piece, pool, load.rows, onRead);
  load.finish();
  return { reading, beside: [], part: null, series: null };
}
