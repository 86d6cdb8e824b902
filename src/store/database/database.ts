/** A DuckDB database in memory, with the public views over what is loaded into it. */

import { rmSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { badSql, diskFull, sqlReachesOut } from '../../model/errors/catalogue.ts';
import { temporaryFolder } from '../reading/spool.ts';
import { CREATE_TABLES } from './schema.ts';

/** DuckDB's own share of memory; more than this is kept in a temporary folder. */
const MEMORY_LIMIT = '128MB';

export class Database {
  readonly connection: DuckDBConnection;
  /** The folder for what does not fit into memory. */
  readonly temporary: string;
  readonly #instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, temporary: string) {
    this.#instance = instance;
    this.connection = connection;
    this.temporary = temporary;
  }

  static async open(): Promise<Database> {
    const temporary = temporaryFolder();
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY_LIMIT,
      temp_directory: temporary,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(CREATE_TABLES);
    return new Database(instance, connection, temporary);
  }

  async rows(sql: string): Promise<DuckDBValue[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }

  /** From here on queries reach no files, no network and no extensions, and change no settings. */
  async shut(): Promise<void> {
    for (const setting of ['enable_external_access = false', 'lock_configuration = true'])
      await this.connection.run(`SET ${setting}`);
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

/** What DuckDB reports of a query, as what its user can do about it. */
export function translateQueryError(error: unknown, temporary: string): unknown {
  if (!(error instanceof Error)) return error;
  const reason = readReason(error);
  if (isDiskFull(reason)) return diskFull(temporary);
  return /^Permission Error|configuration has been locked/.test(reason) ? sqlReachesOut(reason) : badSql(reason);
}

/** The first line of what DuckDB says. */
function readReason(error: unknown): string {
  return (error as Error).message
    .split('\n')[0]!
    .trim()
    .replace(/[.!]+$/, '');
}

function isDiskFull(reason: string): boolean {
  return /No space left|could not write all|disk (is )?full|File too large/i.test(reason);
}
