/** The thread that reads pieces for `ScanPool`. */

import { parentPort } from 'node:worker_threads';
import { ExpectedError } from '../../model/errors/catalogue.ts';
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
  | {
      readonly kind: 'expected';
      readonly code: string;
      readonly place: ExpectedError['place'];
      readonly what: string;
      readonly cure: string;
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

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
    (error: Error) => {
      if (error instanceof ExpectedError)
        reply({ kind: 'expected', code: error.code, place: error.place, what: error.message, cure: error.cure });
      else reply({ kind: 'defect', message: error.message, stack: error.stack ?? '' });
    },
  );
});

function buffersIn({ series, part }: PieceResult): ArrayBuffer[] {
  const segments = (series?.segments ?? []).map(({ values }) => values.buffer);
  const runs = (part?.nodes ?? []).flatMap((node) => node.runs.map(({ cells }) => cells.buffer));
  return [...segments, ...runs];
}
