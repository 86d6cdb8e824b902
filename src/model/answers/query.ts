/** The answer of `sql`: a plain table. */

import type { Reading } from '../logged/reading.ts';

export type QueryValue =
  | string
  | number
  | boolean
  | null
  | readonly QueryValue[]
  | { readonly [key: string]: QueryValue };

export interface QueryColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
  /** True for numbers: right-aligned in a table. */
  readonly numeric: boolean;
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: readonly (readonly QueryValue[])[];
  readonly reading: Reading;
}
