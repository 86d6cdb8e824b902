/** The ids that runs, variables and units have in the database, and those they get when they are new. */

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
  isNew: boolean;
  changed: boolean;
}

export class StoredNames {
  readonly #runs = new Map<string, StoredRun[]>();
  readonly #variables = new Map<string, number>();
  readonly #units = new Map<string, number>();
  #runCount = 0;
  readonly #newVariables: [number, string, string][] = [];
  readonly #newUnits: [number, string][] = [];

  static async load(database: Database): Promise<StoredNames> {
    const names = new StoredNames();
    for (const [id, node, run, ts, lastTs, rows] of await database.rows(
      'SELECT run_id, node, run, ts, last_ts, row_count FROM stored.runs ORDER BY run_id',
    )) {
      const stored = {
        id: Number(id),
        node: String(node),
        run: Number(run),
        ts: Number(ts),
        lastTs: Number(lastTs),
        rows: Number(rows),
      };
      names.#add({ ...stored, isNew: false, changed: false });
      names.#runCount = Math.max(names.#runCount, stored.id + 1);
    }
    for (const [id, module, variable] of await database.rows('SELECT * FROM stored.variables'))
      names.#variables.set(variableKey(String(module), String(variable)), Number(id));
    for (const [id, unit] of await database.rows('SELECT * FROM stored.units'))
      names.#units.set(String(unit), Number(id));
    return names;
  }

  idsOf(batch: RowBatch): StoredIds {
    return {
      runs: Uint32Array.from(batch.runs, (run) => this.#run(run)),
      variables: Uint32Array.from(batch.variables, ({ moduleName, variable }) => this.#variable(moduleName, variable)),
      units: Uint16Array.from(batch.units, (unit) => this.#unit(unit)),
    };
  }

  /** Writes what is new or has changed. */
  async save(database: Database): Promise<void> {
    const variables = await database.connection.createAppender('variables', 'stored');
    for (const [id, module, variable] of this.#newVariables) {
      variables.appendUInteger(id);
      variables.appendVarchar(module);
      variables.appendVarchar(variable);
      variables.endRow();
    }
    variables.closeSync();
    for (const [id, unit] of this.#newUnits)
      await database.connection.run('INSERT INTO stored.units VALUES ($1, $2)', [id, unit]);
    const runs = await database.connection.createAppender('runs', 'stored');
    for (const run of [...this.#runs.values()].flat()) {
      if (!run.isNew) {
        if (run.changed)
          await database.connection.run('UPDATE stored.runs SET last_ts = $1, row_count = $2 WHERE run_id = $3', [
            run.lastTs,
            run.rows,
            run.id,
          ]);
        continue;
      }
      runs.appendUInteger(run.id);
      runs.appendVarchar(run.node);
      runs.appendUBigInt(BigInt(run.run));
      runs.appendDouble(run.ts);
      runs.appendDouble(run.lastTs);
      runs.appendUInteger(run.rows);
      runs.appendNull();
      runs.endRow();
    }
    runs.closeSync();
  }

  #run({ node, run, ts, lastTs, rows }: RowBatch['runs'][number]): number {
    const known = this.#runs
      .get(`${run} ${node}`)
      ?.find((r) => sameRun(run, ts, r.run, r.lastTs) || sameRun(run, lastTs, r.run, r.ts));
    if (known !== undefined) {
      known.lastTs = Math.max(known.lastTs, lastTs);
      known.rows += rows;
      known.changed = true;
      return known.id;
    }
    const id = this.#runCount++;
    this.#add({ id, node, run, ts, lastTs, rows, isNew: true, changed: false });
    return id;
  }

  #add(run: StoredRun): void {
    const key = `${run.run} ${run.node}`;
    const list = this.#runs.get(key);
    if (list === undefined) this.#runs.set(key, [run]);
    else list.push(run);
  }

  #variable(module: string, variable: string): number {
    const key = variableKey(module, variable);
    let id = this.#variables.get(key);
    if (id === undefined) {
      id = this.#variables.size;
      this.#variables.set(key, id);
      this.#newVariables.push([id, module, variable]);
    }
    return id;
  }

  #unit(unit: string): number {
    let id = this.#units.get(unit);
    if (id === undefined) {
      id = this.#units.size;
      this.#units.set(unit, id);
      this.#newUnits.push([id, unit]);
    }
    return id;
  }
}

/** Names may hold any character, so the first one's length tells where it ends. */
function variableKey(module: string, variable: string): string {
  return `${module.length} ${module}${variable}`;
}
