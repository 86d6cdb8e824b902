/** How far a piece of work has come. Whoever does the work reports; whoever shows it decides when. */
export interface Progress {
  /** What is being done, e.g. `reading`. */
  readonly phase: string;
  /** Bytes done and to do; `total` is 0 while it is not known. */
  readonly done: number;
  readonly total: number;
}

export type ProgressListener = (progress: Progress) => void;
