/** Rows as columns of numbers, the way the database takes them: what a load job gives. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { sameRun } from '../runs/run-tracker.ts';
import { SampleTexts } from '../runs/sample-row.ts';

/** Rows of one piece; all indexes are into the batch's own lists. */
export interface RowBatch {
  readonly rows: number;
  readonly runs: readonly {
    readonly node: string;
    readonly run: number;
    /** Of its earliest row. */
    ts: number;
  }[];
  readonly variables: readonly { readonly moduleName: string; readonly variable: string }[];
  readonly units: readonly string[];
  /** Per row. */
  readonly runIndex: Uint32Array<ArrayBuffer>;
  readonly variableIndex: Uint32Array<ArrayBuffer>;
  readonly unitIndex: Uint16Array<ArrayBuffer>;
  /** NaN where unset. */
  readonly size: Float64Array<ArrayBuffer>;
  readonly entries: Float64Array<ArrayBuffer>;
}

export type BatchColumns = Pick<RowBatch, 'runIndex' | 'variableIndex' | 'unitIndex' | 'size' | 'entries'>;

const BATCH_ROWS = 1 << 16;
/** So many are kept for further batches. */
const MOST_SPARE = 16;

/** Of this thread's earlier batches. */
const spare: BatchColumns[] = [];

/** Takes the columns of a batch that is not needed any more: fresh memory for every batch would pile up as garbage. */
export function reuseColumns(columns: BatchColumns): void {
  if (spare.length < MOST_SPARE) spare.push(columns);
}

export function takeColumns({ runIndex, variableIndex, unitIndex, size, entries }: RowBatch): BatchColumns {
  return { runIndex, variableIndex, unitIndex, size, entries };
}

export function listBuffers(columns: BatchColumns): ArrayBuffer[] {
  return Object.values<BatchColumns[keyof BatchColumns]>(columns).map(({ buffer }) => buffer);
}

export class LoadScan {
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #emit: (batch: RowBatch) => void;
  #batch = createBatch();
  #rows = 0;
  /** Per node id: the index of its open run in the batch. */
  #openRuns: number[] = [];
  /** Per variable id and module id: the index in the batch. */
  #variables = new Map<number, number>();
  #units = new Map<number, number>();

  constructor(pool: StringPool, emit: (batch: RowBatch) => void) {
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#emit = emit;
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    for (let i = 0; i < count; i++) this.#row(values, from + i * stride);
  };

  #row(values: Float64Array, at: number): void {
    const batch = this.#batch;
    const row = this.#rows++;
    batch.runIndex[row] = this.#run(values, at);
    batch.variableIndex[row] = this.#variable(values, at);
    batch.unitIndex[row] = this.#unit(values, at);
    batch.size[row] = values[at + SAMPLE.size]!;
    batch.entries[row] = values[at + SAMPLE.entries]!;
    if (this.#rows === BATCH_ROWS) this.#flush();
  }

  finish(): void {
    if (this.#rows > 0) this.#flush();
  }

  #run(values: Float64Array, at: number): number {
    const node = this.#texts.node(values, at);
    const run = values[at + SAMPLE.run]!;
    const ts = values[at + SAMPLE.ts]!;
    const open = this.#openRuns[node];
    const last = open === undefined ? undefined : this.#batch.runs[open];
    if (last !== undefined && sameRun(run, ts, last.run, last.ts)) {
      last.ts = Math.min(last.ts, ts);
      return open!;
    }
    const index = this.#batch.runs.push({ node: this.#pool.text(node), run, ts }) - 1;
    this.#openRuns[node] = index;
    return index;
  }

  #variable(values: Float64Array, at: number): number {
    const variable = values[at + SAMPLE.variable]!;
    const moduleName = this.#texts.moduleName(values, at);
    const key = variable * 0x100000 + moduleName;
    let index = this.#variables.get(key);
    if (index === undefined) {
      const name = { moduleName: this.#pool.text(moduleName), variable: this.#pool.text(variable) };
      index = this.#batch.variables.push(name) - 1;
      this.#variables.set(key, index);
    }
    return index;
  }

  #unit(values: Float64Array, at: number): number {
    const unit = this.#texts.unit(values, at);
    let index = this.#units.get(unit);
    if (index === undefined) {
      index = this.#batch.units.push(this.#pool.text(unit)) - 1;
      this.#units.set(unit, index);
    }
    return index;
  }

  #flush(): void {
    this.#emit({ ...this.#batch, rows: this.#rows });
    this.#batch = createBatch();
    this.#rows = 0;
    this.#openRuns = [];
    this.#variables = new Map();
    this.#units = new Map();
  }
}

function createBatch(): {
  -readonly [K in keyof RowBatch]: RowBatch[K] extends readonly (infer T)[] ? T[] : RowBatch[K];
} {
  return { rows: 0, runs: [], variables: [], units: [], ...(spare.pop() ?? createColumns()) };
}

function createColumns(): BatchColumns {
  return {
    runIndex: new Uint32Array(BATCH_ROWS),
    variableIndex: new Uint32Array(BATCH_ROWS),
    unitIndex: new Uint16Array(BATCH_ROWS),
    size: new Float64Array(BATCH_ROWS),
    entries: new Float64Array(BATCH_ROWS),
  };
}
