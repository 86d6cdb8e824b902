/** The thread that reads pieces for `ScanPool`. */

import { parentPort } from 'node:worker_threads';
import { ExpectedError } from '../model/errors.ts';
import type { RowBatch } from './load-scan.ts';
import type { Piece } from './scan.ts';
import { type PieceResult, runJob, type ScanJob } from './scan-job.ts';

export interface WorkRequest {
  readonly job: ScanJob;
  readonly piece: Piece;
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
port?.on('message', ({ job, piece }: WorkRequest) => {
  const reply = (message: WorkReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const onBatch = (batch: RowBatch) =>
    reply({ kind: 'batch', batch }, [
      batch.runIndex.buffer,
      batch.variableIndex.buffer,
      batch.unitIndex.buffer,
      batch.size.buffer,
      batch.entries.buffer,
    ]);
  runJob(job, piece, onBatch, (bytes) => reply({ kind: 'read', bytes })).then(
    (result) =>
      reply(
        { kind: 'done', result },
        result.segments.flatMap(({ values }) => values.map(({ buffer }) => buffer)),
      ),
    (error: Error) => {
      if (error instanceof ExpectedError)
        reply({ kind: 'expected', code: error.code, place: error.place, what: error.message, cure: error.cure });
      else reply({ kind: 'defect', message: error.message, stack: error.stack ?? '' });
    },
  );
});
