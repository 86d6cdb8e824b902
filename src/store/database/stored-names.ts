/** The ids that runs, variables and units get in the database. */

import { type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import type { RowBatch } from '../scans/load-scan.ts';
import type { Database } from './database.ts';
import type { StoredIds } from './sample-appender.ts';

interface StoredRun {
  readonly id: number;
  /** A bit per variable of which a row was taken. */
  variables: Uint32Array;
  rows: number;
}

export class StoredNames {
  readonly #ofNodes = new Map<string, RunSet>();
  readonly #stored = new Map<KnownRun, StoredRun>();
  readonly #runs: StoredRun[] = [];
  /** By module and variable. */
  readonly #variables = new Map<string, { readonly id: number; readonly module: string; readonly variable: string }>();
  readonly #units = new Map<string, number>();
  /** The bit of a variable by its id and its unit's. */
  readonly #bits = new VariableSlots();
  #bitCount = 0;

  idsOf(batch: RowBatch): StoredIds {
    return {
      runs: Uint32Array.from(batch.runs, (run) => this.#run(run)),
      variables: Uint32Array.from(batch.variables, ({ moduleName, variable }) => this.#variable(moduleName, variable)),
      units: Uint16Array.from(batch.units, (unit) => this.#unit(unit)),
    };
  }

  async save(database: Database): Promise<void> {
    const variables = await database.connection.createAppender('variables', 'stored');
    for (const { id, module, variable } of this.#variables.values()) {
      variables.appendUInteger(id);
      variables.appendVarchar(module);
      variables.appendVarchar(variable);
      variables.endRow();
    }
    variables.closeSync();
    const units = await database.connection.createAppender('units', 'stored');
    for (const [unit, id] of this.#units) {
      units.appendUSmallInt(id);
      units.appendVarchar(unit);
      units.endRow();
    }
    units.closeSync();
    const runs = await database.connection.createAppender('runs', 'stored');
    for (const [node, ofNode] of this.#ofNodes) {
      for (const known of ofNode.sorted()) {
        const { id, rows } = this.#stored.get(known)!;
        runs.appendUInteger(id);
        runs.appendVarchar(node);
        runs.appendUBigInt(BigInt(known.run));
        runs.appendDouble(known.ts);
        runs.appendUInteger(rows);
        runs.appendNull();
        runs.endRow();
      }
    }
    runs.closeSync();
  }

  /** False for a row that was taken already: what stands in the logs twice is one row. */
  takes(run: number, variable: number, unit: number): boolean {
    const stored = this.#runs[run]!;
    let bit = this.#bits.find(variable, unit);
    if (bit === NO_SLOT) {
      bit = this.#bitCount++;
      this.#bits.add(variable, bit);
    }
    const word = bit >> 5;
    if (word >= stored.variables.length) {
      const larger = new Uint32Array(Math.max(word + 1, (this.#bitCount >> 5) + 1));
      larger.set(stored.variables);
      stored.variables = larger;
    }
    const mask = 1 << (bit & 31);
    if ((stored.variables[word]! & mask) !== 0) return false;
    stored.variables[word]! |= mask;
    stored.rows++;
    return true;
  }

  #run({ node, run, ts }: RowBatch['runs'][number]): number {
    let ofNode = this.#ofNodes.get(node);
    if (ofNode === undefined) {
      ofNode = new RunSet();
      this.#ofNodes.set(node, ofNode);
    }
    const known = ofNode.at(run, ts);
    let stored = this.#stored.get(known);
    if (stored === undefined) {
      stored = { id: this.#runs.length, variables: new Uint32Array(0), rows: 0 };
      this.#runs.push(stored);
      this.#stored.set(known, stored);
    }
    return stored.id;
  }

  #variable(module: string, variable: string): number {
    // Names may hold any character, so the first one's length tells where it ends.
    const key = `${module.length} ${module}${variable}`;
    const known = this.#variables.get(key);
    if (known !== undefined) return known.id;
    const id = this.#variables.size;
    this.#variables.set(key, { id, module, variable });
    return id;
  }

  #unit(unit: string): number {
    const known = this.#units.get(unit);
    if (known !== undefined) return known;
    const id = this.#units.size;
    this.#units.set(unit, id);
    return id;
  }
}
