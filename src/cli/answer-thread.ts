/** Asks a thread for answers, so that this one goes on with what people do meanwhile. */

import { Worker } from 'node:worker_threads';
import type { InventoryOptions } from '../app/inventory.ts';
import type { DoctorResult } from '../model/answers/doctor.ts';
import { readError, type ToldError } from '../model/errors/system-errors.ts';
import type { Progress, ProgressListener } from '../model/progress.ts';
import type { DashboardAssets } from '../report/html/document.ts';
import type { SharedChoice } from './command.ts';

/** Where the program is one file, which threads are started with as well. */
declare const MY_STATS_WORKER: string | undefined;

/** Else it lies beside the bundle. */
const WORKER = new URL(typeof MY_STATS_WORKER === 'string' ? MY_STATS_WORKER : './answer-worker.js', import.meta.url);

/** What all answers of a thread are of: plain data. */
export type AnswerChoice = Omit<InventoryOptions, 'at' | 'filters' | 'onProgress'> & SharedChoice;

/** What can be asked of the thread. */
export interface Answers {
  /** Reads the ends of the logs only, and only if they changed. */
  newest(): Promise<{ readonly version: string; readonly rows: number }>;
  page(assets: DashboardAssets, feedPath: string): Promise<{ readonly version: string; readonly body: string }>;
  metrics(): Promise<string>;
  doctor(): Promise<DoctorResult>;
  /** In JSON, what a command answers to `serve`. */
  command(name: string, parameters: object): Promise<string>;
}

export interface AnswerRequest {
  readonly id: number;
  readonly name: keyof Answers;
  readonly given: readonly unknown[];
}

export type AnswerReply =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ToldError };

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class AnswerThread {
  readonly #chosen: AnswerChoice;
  readonly #onProgress: ProgressListener;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;

  constructor(chosen: AnswerChoice, onProgress: ProgressListener = () => {}) {
    this.#chosen = chosen;
    this.#onProgress = onProgress;
  }

  /** @throws what the thread throws; where that ended it, the next who asks starts another */
  ask<Name extends keyof Answers>(name: Name, ...given: Parameters<Answers[Name]>): ReturnType<Answers[Name]> {
    this.#worker ??= this.#start();
    const request: AnswerRequest = { id: this.#asked++, name, given };
    this.#worker.postMessage(request);
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
    }) as ReturnType<Answers[Name]>;
  }

  #start(): Worker {
    const worker = new Worker(WORKER, { workerData: this.#chosen });
    worker.on('message', (reply: AnswerReply) => {
      if (reply.kind === 'progress') {
        this.#onProgress(reply.progress);
        return;
      }
      const { resolve, reject } = this.#waiting.get(reply.id)!;
      this.#waiting.delete(reply.id);
      if (reply.kind === 'answer') resolve(reply.answer as never);
      else reject(readError(reply.error));
    });
    worker.on('error', (error) => {
      this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
    return worker;
  }
}
