/** What a row of `my_stats.log` means where the log leaves something out. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { readModule, STANDALONE_NODE } from '../../model/logged/sample.ts';

/** What the rows of a run have in common, as ids in the pool; `unit` is the row's own, `unitId` with the default. */
export interface Turn {
  ts: number;
  run: number;
  node: number;
  unit: number;
  unitId: number;
}

/** Before any row. */
export const NO_TURN: Turn = { ts: Number.NaN, run: 0, node: 0, unit: 0, unitId: 0 };

/** Whether a row has the same in common: the rows of a run mostly stand together, so all but one of them have. */
export function isOfTurn(turn: Turn, values: Float64Array, at: number): boolean {
  return (
    values[at + SAMPLE.ts] === turn.ts &&
    values[at + SAMPLE.run] === turn.run &&
    values[at + SAMPLE.node] === turn.node &&
    values[at + SAMPLE.unit] === turn.unit
  );
}

export function turnToRow(turn: Turn, values: Float64Array, at: number, texts: SampleTexts): void {
  turn.ts = values[at + SAMPLE.ts]!;
  turn.run = values[at + SAMPLE.run]!;
  turn.node = values[at + SAMPLE.node]!;
  turn.unit = values[at + SAMPLE.unit]!;
  turn.unitId = texts.unit(values, at);
}

/** Ids of a row's texts in the pool, the row's first column being `values[at]`, with the defaults the log contract gives. */
export class SampleTexts {
  readonly #pool: StringPool;
  readonly #standalone: number;
  readonly #unknown: number;
  readonly #empty: number;
  readonly #modules = new Map<number, number>();

  constructor(pool: StringPool) {
    this.#pool = pool;
    this.#standalone = pool.id(STANDALONE_NODE);
    this.#unknown = pool.id('unknown');
    this.#empty = pool.id('');
  }

  /** A process outside a cluster names itself with nothing. */
  node(values: Float64Array, at = 0): number {
    const id = values[at + SAMPLE.node]!;
    return id < 0 || id === this.#empty ? this.#standalone : id;
  }

  /** A log without the column still has it in the variable's name. */
  moduleName(values: Float64Array, at = 0): number {
    const id = values[at + SAMPLE.module_name]!;
    if (id >= 0) return id;
    const variable = values[at + SAMPLE.variable]!;
    let module = this.#modules.get(variable);
    if (module === undefined) {
      module = this.#pool.id(readModule(this.#pool.text(variable)));
      this.#modules.set(variable, module);
    }
    return module;
  }

  /** The origin's log states none. */
  unit(values: Float64Array, at = 0): number {
    const id = values[at + SAMPLE.unit]!;
    return id < 0 || id === this.#empty ? this.#unknown : id;
  }
}
