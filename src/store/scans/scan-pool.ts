/** Runs a job on pieces of logs, on as many threads as pay, and hands the results out in the pieces' order. */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readError } from '../../model/errors/system-errors.ts';
import type { ProgressListener } from '../../model/progress.ts';
import type { LogFile } from '../reading/log-file.ts';
import type { Piece } from '../reading/scan.ts';
import { listBuffers, type RowBatch, reuseColumns, takeColumns } from './load-scan.ts';
import { type PieceResult, runJob, type ScanJob } from './scan-job.ts';
import type { ReuseRequest, WorkReply, WorkRequest } from './scan-worker.ts';

interface PieceOutcome {
  readonly piece: Piece;
  readonly result: PieceResult;
  /** Of a load job, in order. */
  readonly batches: readonly RowBatch[];
  /** To be called when the batches have been taken over: their memory serves further ones. */
  readonly release: () => void;
}

/** Less than this is read before a thread has started. */
const WORTH_THREADS = 24 * 1024 * 1024;
const MOST_THREADS = 8;
/** In megabytes. A reader makes few objects, so a thread need not fill the 48 that are usual before it cleans up. */
const YOUNG_GENERATION = { maxYoungGenerationSizeMb: 6 };
/** Relative to the program, where it is one file. */
declare const MY_STATS_WORKER: string | undefined;

/** Beside the bundle; when the sources are run as they are there is none, and this thread reads. */
const WORKER = new URL(typeof MY_STATS_WORKER === 'string' ? MY_STATS_WORKER : './scan-worker.js', import.meta.url);

/**
 * A log whose layout changes within a piece (several logs joined into one) is read on from there as one piece: what
 * the pieces after it were read with was the layout of its beginning.
 *
 * @throws ExpectedError of the first piece that has one, in the pieces' order
 */
export async function* runPieces(
  pieces: readonly Piece[],
  jobOf: (piece: Piece) => ScanJob,
  onProgress?: ProgressListener,
): AsyncGenerator<PieceOutcome> {
  const redone = new Set<LogFile>();
  for await (const outcome of runEachPiece(pieces, jobOf, onProgress)) {
    const { piece, result } = outcome;
    if (redone.has(piece.log)) continue;
    if (!result.reading.layoutChanged || piece.to === Number.POSITIVE_INFINITY) yield outcome;
    else {
      redone.add(piece.log);
      const batches: RowBatch[] = [];
      const rest = { ...piece, to: Number.POSITIVE_INFINITY };
      yield {
        piece: rest,
        result: await runJob(
          jobOf(piece),
          rest,
          (batch) => batches.push(batch),
          () => {},
        ),
        batches,
        release: () => batches.forEach(reuseOwn),
      };
    }
  }
}

async function* runEachPiece(
  pieces: readonly Piece[],
  jobOf: (piece: Piece) => ScanJob,
  onProgress?: ProgressListener,
): AsyncGenerator<PieceOutcome> {
  const total = pieces.reduce((sum, piece) => sum + countBytes(piece, jobOf(piece)), 0);
  let done = 0;
  const onRead = (bytes: number) => {
    done += bytes;
    onProgress?.({ phase: 'reading', done, total });
  };
  const threads = Math.min(pieces.length, availableParallelism(), MOST_THREADS);
  if (threads < 2 || total < WORTH_THREADS || !existsSync(fileURLToPath(WORKER))) {
    for (const piece of pieces) {
      const batches: RowBatch[] = [];
      const result = await runJob(jobOf(piece), piece, (batch) => batches.push(batch), onRead);
      yield { piece, result, batches, release: () => batches.forEach(reuseOwn) };
    }
    return;
  }
  yield* onThreads(pieces, jobOf, threads, onRead);
}

function reuseOwn(batch: RowBatch): void {
  reuseColumns(takeColumns(batch));
}

function countBytes(piece: Piece, job: ScanJob): number {
  const all = job.kind === 'range' ? [piece, ...job.beside] : [piece];
  const sizes = all.map(({ log, from, to }) => (log.compression === 'none' ? Math.min(to, log.size) - from : log.size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function* onThreads(
  pieces: readonly Piece[],
  jobOf: (piece: Piece) => ScanJob,
  threads: number,
  onRead: (bytes: number) => void,
): AsyncGenerator<PieceOutcome> {
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { resourceLimits: YOUNG_GENERATION }));
  const idle = [...workers];
  const waiting: ((worker: Worker) => void)[] = [];
  const acquire = () => {
    const worker = idle.pop();
    return worker === undefined ? new Promise<Worker>((resolve) => waiting.push(resolve)) : Promise.resolve(worker);
  };
  const release = (worker: Worker) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  const outcomes: Promise<PieceOutcome>[] = [];
  let started = 0;
  const start = () => {
    const piece = pieces[started++];
    if (piece === undefined) return;
    const outcome = acquire().then(async (worker) => {
      try {
        return await onWorker(worker, { kind: 'read', job: jobOf(piece), piece }, onRead);
      } finally {
        release(worker);
      }
    });
    outcome.catch(() => {}); // It is awaited in its turn; until then it must not count as unhandled.
    outcomes.push(outcome);
  };
  try {
    // One more than there are threads: results wait in memory for their turn.
    while (started < threads + 1 && started < pieces.length) start();
    for (let i = 0; i < pieces.length; i++) {
      const outcome = await outcomes[i]!;
      delete outcomes[i];
      start();
      yield outcome;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function onWorker(worker: Worker, request: WorkRequest, onRead: (bytes: number) => void): Promise<PieceOutcome> {
  return new Promise((resolve, reject) => {
    const batches: RowBatch[] = [];
    const release = () => {
      for (const batch of batches) {
        const columns = takeColumns(batch);
        worker.postMessage({ kind: 'reuse', columns } satisfies ReuseRequest, listBuffers(columns));
      }
    };
    const finish = (settle: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      settle();
    };
    const onError = (error: Error) => finish(() => reject(error));
    const onMessage = (reply: WorkReply) => {
      if (reply.kind === 'read') onRead(reply.bytes);
      else if (reply.kind === 'batch') batches.push(reply.batch);
      else if (reply.kind === 'done')
        finish(() => resolve({ piece: request.piece, result: reply.result, batches, release }));
      else finish(() => reject(readError(reply)));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(request);
  });
}
