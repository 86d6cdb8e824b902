/** A row of an exported file, whatever its format. */

import type { ByteRange } from '../../model/bytes.ts';

/** Those of the table `samples` in their order, and then what is known besides. */
const COLUMNS = [
  'ts',
  'run',
  'node',
  'boot',
  'module_name',
  'variable',
  'size',
  'unit',
  'entries',
  'package',
  'script',
  'bytes_low',
  'bytes_likely',
  'bytes_high',
] as const;

export type ExportedColumn = (typeof COLUMNS)[number] | 'sensor';

/** @param hasSensors whether rows are of several sensors: else there is nothing to tell apart */
export function exportedColumns(hasSensors: boolean): readonly ExportedColumn[] {
  return hasSensors ? [...COLUMNS, 'sensor'] : COLUMNS;
}

export interface ExportedRun {
  readonly node: string;
  readonly run: number;
  /** Seconds since the epoch; `boot` is when its process began. */
  readonly ts: number;
  readonly boot: number;
}

/** What is known of a variable on a node; names are as they are written. */
export interface ExportedVariable {
  readonly moduleName: string;
  readonly variable: string;
  readonly unit: string;
  readonly package: string | null;
  readonly script: string | null;
  readonly sensor: string | null;
}

/** @typeParam Row what is written of a variable in all runs in which it is as it was */
export interface RowWriter<Row> {
  /** Before the first row, and where all are to be written anew. */
  begin(): void;
  rowOf(variable: ExportedVariable, size: number | null, entries: number | null, bytes: ByteRange | null): Row;
  write(run: ExportedRun, rows: readonly Row[]): void;
  /** After the last row. */
  end(): void;
}

const LARGEST_COUNT = 2n ** 64n - 1n;

/** The nearest double to the largest count lies just above it. */
export function writeCount(value: number): bigint {
  const count = BigInt(Math.round(value));
  return count > LARGEST_COUNT ? LARGEST_COUNT : count;
}

/** Microseconds since the epoch. */
export function countMicroseconds(seconds: number): bigint {
  return BigInt(Math.round(seconds * 1e6));
}
