/** The thread that reads pieces for `ScanPool`. */

import { parentPort } from 'node:worker_threads';
import { type ToldError, tellError } from '../../model/errors/system-errors.ts';
import type { Piece } from '../reading/scan.ts';
import { type BatchColumns, listBuffers, type RowBatch, reuseColumns, takeColumns } from './load-scan.ts';
import { type PieceResult, runJob, type ScanJob } from './scan-job.ts';

export interface WorkRequest {
  readonly kind: 'read';
  readonly job: ScanJob;
  readonly piece: Piece;
}

/** Gives the memory of a batch back. */
export interface ReuseRequest {
  readonly kind: 'reuse';
  readonly columns: BatchColumns;
}

export type WorkReply =
  | { readonly kind: 'read'; readonly bytes: number }
  | { readonly kind: 'batch'; readonly batch: RowBatch }
  | { readonly kind: 'done'; readonly result: PieceResult }
  | ToldError;

const port = parentPort;
port?.on('message', (request: WorkRequest | ReuseRequest) => {
  if (request.kind === 'reuse') {
    reuseColumns(request.columns);
    return;
  }
  const { job, piece } = request;
  const reply = (message: WorkReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const onBatch = (batch: RowBatch) => reply({ kind: 'batch', batch }, listBuffers(takeColumns(batch)));
  runJob(job, piece, onBatch, (bytes) => reply({ kind: 'read', bytes })).then(
    (result) => reply({ kind: 'done', result }, buffersIn(result)),
    (error) => reply(tellError(error)),
  );
});

function buffersIn({ series, part }: PieceResult): ArrayBuffer[] {
  const segments = (series?.segments ?? []).map(({ values }) => values.buffer);
  const runs = (part?.nodes ?? []).flatMap((node) => node.runs.map(({ cells }) => cells.buffer));
  return [...segments, ...runs];
}
