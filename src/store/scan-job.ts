/** What can be done with the rows of a piece, in this thread or another. Jobs and their results are plain data. */

import { StringPool } from '../format/string-pool.ts';
import type { RangeQuery } from '../model/range.ts';
import type { SeriesQuery } from '../model/series.ts';
import { LoadScan, type RowBatch } from './load-scan.ts';
import { type RangePart, RangeScan } from './range-scan.ts';
import { type Piece, type PieceReading, scanPiece } from './scan.ts';
import type { Segment } from './segment.ts';
import { SeriesScan } from './series-scan.ts';

export type ScanJob =
  | { readonly kind: 'range'; readonly query: RangeQuery }
  | { readonly kind: 'series'; readonly query: SeriesQuery }
  /** Rows as columns. */
  | { readonly kind: 'load' };

export interface PieceResult {
  readonly reading: PieceReading;
  /** Of a range job; null of others. */
  readonly part: RangePart | null;
  /** Of a series job. */
  readonly segments: readonly Segment[];
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
    const scan = new RangeScan(job.query, pool);
    const reading = await scanPiece(piece, pool, scan.rows, onRead);
    return { reading, part: scan.finish(), segments: [] };
  }
  if (job.kind === 'series') {
    const scan = new SeriesScan(job.query, pool);
    const reading = await scanPiece(piece, pool, scan.rows, onRead);
    return { reading, part: null, segments: scan.finish() };
  }
  const load = new LoadScan(pool, onBatch);
  const reading = await scanPiece(piece, pool, load.rows, onRead);
  load.finish();
  return { reading, part: null, segments: [] };
}
