/** What can be done with the rows of a piece, in this thread or another. Jobs and their results are plain data. */

import { StringPool } from '../format/string-pool.ts';
import type { RangeQuery } from '../model/range.ts';
import type { SeriesQuery } from '../model/series.ts';
import { LoadScan, type RowBatch } from './load-scan.ts';
import { type NodePart, RangeScan } from './range-scan.ts';
import { type Piece, type PieceReading, scanPiece } from './scan.ts';
import type { Segment } from './segment.ts';
import { SeriesScan } from './series-scan.ts';

export type ScanJob =
  | { readonly kind: 'range'; readonly query: RangeQuery }
  | { readonly kind: 'series'; readonly query: SeriesQuery }
  | { readonly kind: 'load' };

export interface PieceResult {
  readonly reading: PieceReading;
  /** Of a range job. */
  readonly parts: readonly NodePart[];
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
    const reading = await scanPiece(piece, pool, scan, onRead);
    return { reading, parts: scan.finish(), segments: [] };
  }
  if (job.kind === 'series') {
    const scan = new SeriesScan(job.query, pool);
    const reading = await scanPiece(piece, pool, scan, onRead);
    return { reading, parts: [], segments: scan.finish() };
  }
  const scan = new LoadScan(pool, onBatch);
  const reading = await scanPiece(piece, pool, scan, onRead);
  scan.finish();
  return { reading, parts: [], segments: [] };
}
