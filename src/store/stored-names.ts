/** The ids that runs, variables and units get in the database. */

import type { Database } from './database.ts';
import type { RowBatch } from './load-scan.ts';
import { sameRun } from './run-tracker.ts';
import type { StoredIds } from './sample-appender.ts';

interface StoredRun {
  readonly id: number;
  readonly node: string;
  readonly run: number;
  readonly ts: number;
  lastTs: number;
  rows: number;
}

export class StoredNames {
  readonly #runs = new Map<string, StoredRun[]>();
  /** By module and variable. */
  readonly #variables = new Map<string, { readonly id: number; readonly module: string; readonly variable: string }>();
  readonly #units = new Map<string, number>();
  #runCount = 0;

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
    for (const run of [...this.#runs.values()].flat()) {
      runs.appendUInteger(run.id);
      runs.appendVarchar(run.node);
      runs.appendUBigInt(BigInt(run.run));
      runs.appendDouble(run.ts);
      runs.appendUInteger(run.rows);
      runs.appendNull();
      runs.endRow();
    }
    runs.closeSync();
  }

  #run({ node, run, ts, lastTs, rows }: RowBatch['runs'][number]): number {
    const key = `${run} ${node}`;
    const list = this.#runs.get(key) ?? [];
    const known = list.find((r) => sameRun(run, ts, r.run, r.lastTs) || sameRun(run, lastTs, r.run, r.ts));
    if (known !== undefined) {
      known.lastTs = Math.max(known.lastTs, lastTs);
      known.rows += rows;
      return known.id;
    }
    const id = this.#runCount++;
    list.push({ id, node, run, ts, lastTs, rows });
    this.#runs.set(key, list);
    return id;
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
