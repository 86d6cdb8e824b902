/** A DuckDB database of this program: opened, checked, and its errors told as what the user can do. */

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DOUBLE,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  badSql,
  cannotWrite,
  databaseBusy,
  diskFull,
  ExpectedError,
  newerDatabase,
  notADatabase,
  olderDatabase,
} from '../model/errors.ts';
import { CREATE_LAYOUT, LAYOUT_VERSION } from './schema.ts';

/** DuckDB's own share of memory; more than this is kept on disk. */
const MEMORY_LIMIT = '128MB';
/** While logs are imported into a file, beside which this program has its own work in memory. */
const IMPORT_MEMORY_LIMIT = '64MB';

export class Database {
  readonly path: string;
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #temporary: string | null;

  private constructor(path: string, instance: DuckDBInstance, connection: DuckDBConnection, temporary: string | null) {
    this.path = path;
    this.#instance = instance;
    this.connection = connection;
    this.#temporary = temporary;
  }

  /**
   * @param path null for one in memory, which goes with the process
   * @param write false opens an existing file for reading only, so that several programs can at once
   * @throws ExpectedError where the file is not one of ours, is newer, is in use or cannot be written
   */
  static async open(path: string | null, write = true): Promise<Database> {
    const temporary = path === null ? mkdtempSync(join(tmpdir(), 'my-stats-')) : null;
    const name = path ?? ':memory:';
    const isNew = path === null || !existsSync(path) || statSync(path).size === 0;
    const options: Record<string, string> = {
      memory_limit: write && path !== null ? IMPORT_MEMORY_LIMIT : MEMORY_LIMIT,
      autoinstall_known_extensions: 'false',
    };
    if (temporary !== null) options.temp_directory = temporary;
    if (!write && !isNew) options.access_mode = 'READ_ONLY';
    try {
      const instance = await DuckDBInstance.create(name, options);
      const connection = await instance.connect();
      const database = new Database(name, instance, connection, temporary);
      if (isNew) await connection.run(CREATE_LAYOUT);
      else await database.#check();
      return database;
    } catch (error) {
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
      throw told(error, name);
    }
  }

  /** Leaves the memory to answers that imports had to share. */
  async endImport(): Promise<void> {
    await this.connection.run(`SET memory_limit = '${MEMORY_LIMIT}'`);
  }

  /** False for one that goes with the process. */
  get isKept(): boolean {
    return this.#temporary === null;
  }

  /**
   * The rows of a query.
   *
   * @param types of the values; where none are given, numbers are bound as doubles, which is what the tables hold
   */
  async rows(sql: string, values: DuckDBValue[] = [], types = typesOf(values)): Promise<DuckDBValue[][]> {
    return (await this.connection.runAndReadAll(sql, values, types)).getRows();
  }

  /** The rows of a query that may have many, some thousand at a time. */
  async *chunks(sql: string, values: DuckDBValue[] = [], types: DuckDBType[] = []): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.connection.stream(sql, values, types);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
      yield chunk;
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.#instance.closeSync();
    if (this.#temporary !== null) rmSync(this.#temporary, { recursive: true, force: true });
  }

  /** Work that is kept whole or not at all. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.connection.run('BEGIN TRANSACTION');
      const result = await work();
      await this.connection.run('COMMIT');
      return result;
    } catch (error) {
      await this.connection.run('ROLLBACK').catch(() => {});
      throw told(error, this.path);
    }
  }

  async #check(): Promise<void> {
    let found: DuckDBValue[][];
    try {
      found = await this.rows(`SELECT version FROM stored.layout WHERE program = 'my_stats'`);
    } catch {
      throw notADatabase(this.path, 'it is a DuckDB file without the tables of this program');
    }
    const version = Number(found[0]?.[0] ?? 0);
    if (version > LAYOUT_VERSION) throw newerDatabase(this.path, version, LAYOUT_VERSION);
    if (version < LAYOUT_VERSION) throw olderDatabase(this.path, version, LAYOUT_VERSION);
  }
}

function typesOf(values: readonly DuckDBValue[]): DuckDBType[] {
  return values.map((value) => (typeof value === 'number' ? DOUBLE : undefined)) as DuckDBType[];
}

/** What DuckDB reports, as an expected error where it is one. */
function told(error: unknown, path: string): unknown {
  if (error instanceof ExpectedError || !(error instanceof Error)) return error;
  const { message } = error;
  const reason = firstLine(message);
  if (/No space left|could not write all|disk (is )?full|File too large/i.test(message)) return diskFull(path);
  if (/Conflicting lock|could not set lock/i.test(message)) return databaseBusy(path);
  if (/not a valid DuckDB database|older version|newer version|Serialization Error|checksum/i.test(message))
    return notADatabase(path, 'DuckDB cannot read it');
  if (/^IO Error|Cannot open file|Permission denied/i.test(message))
    return cannotWrite(path, reason.replace(/^IO Error: /, ''));
  return error;
}

/** A query of the user's that fails is the user's to mend. */
export function toldOfQuery(error: unknown, path: string): unknown {
  const known = told(error, path);
  return known instanceof Error && !(known instanceof ExpectedError) ? badSql(firstLine(known.message)) : known;
}

function firstLine(message: string): string {
  return message
    .split('\n')[0]!
    .trim()
    .replace(/[.!]+$/, '');
}
