/**
 * A log as Parquet: a file for each sensor and day, in folders as Hive divides tables, so that every engine that reads
 * Parquet knows what is where: `my_stats/sensor=site-a/date=2026-11-24/my_stats-ID.parquet`.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_OF_ROWS } from '../../decoding/parquet.ts';
import type { LogColumn, LogKind } from '../../format/log-kind.ts';
import { cannotWrite } from '../../model/errors/catalogue.ts';
import { readSensor, stripSensor } from '../../model/names.ts';
import { OutputFile } from '../export/output-file.ts';
import { ParquetFile, type ParquetValue } from '../export/parquet-rows.ts';
import { countMicroseconds, writeCount } from '../export/rows.ts';
import { keyPlaces, nameNode } from '../reading/node-names.ts';
import type { RowCells } from '../reading/whole-logs.ts';

/** Columns are only ever added, at the end; a higher number says that some were. */
const SCHEMA = { 'my_stats.schema': '1' };
/** So many rows may be in memory, in all files together. */
const MOST_ROWS = 200_000;

/** Where the rows of a log of one sensor and day are. */
export function partitionOf(folder: string, kind: LogKind, sensor: string, day: string): string {
  return join(folder, kind.name, `sensor=${encodeURIComponent(sensor)}`, `date=${day}`);
}

/** The day of a time, in UTC: `2026-11-24`. */
export function dayOf(ts: number): string {
  return new Date(ts * 1000).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

interface Part {
  readonly target: OutputFile;
  readonly file: ParquetFile;
}

/** The files that one log becomes; none of them is in its place before all are written. */
export class ArchivedLog {
  readonly #folder: string;
  readonly #kind: LogKind;
  readonly #id: string;
  readonly #sensor: string;
  readonly #places: ReturnType<typeof keyPlaces>;
  readonly #parts = new Map<string, Part>();
  #unwritten = 0;
  rows = 0;

  /**
   * @param id tells the file from those of other logs
   * @param sensor where the logs are of one that has no name
   */
  constructor(folder: string, kind: LogKind, id: string, sensor: string) {
    this.#folder = folder;
    this.#kind = kind;
    this.#id = id;
    this.#sensor = sensor;
    this.#places = keyPlaces(kind);
  }

  /**
   * @param undated the time of a row that has none, seconds since the epoch
   * @throws ExpectedError where it cannot be written
   */
  add(cells: RowCells, undated: number): void {
    const node = nameNode(cells.text(this.#places.node));
    const day = dayOf(cells.number(this.#places.ts) ?? undated);
    const part = this.#partOf(readSensor(node) ?? this.#sensor, day);
    part.file.add(this.#kind.columns.map((column, place) => cellOf(column, place, cells, node)));
    this.rows++;
    if (++this.#unwritten < MOST_ROWS) return;
    for (const { file } of this.#parts.values()) file.flush();
    this.#unwritten = 0;
  }

  /** Puts them in their places. */
  keep(): string[] {
    for (const { file } of this.#parts.values()) file.end();
    for (const { target } of this.#parts.values()) target.keep();
    return [...this.#parts.values()].map(({ target }) => target.path);
  }

  discard(): void {
    for (const { target } of this.#parts.values()) target.discard();
  }

  #partOf(sensor: string, day: string): Part {
    const key = JSON.stringify([sensor, day]);
    let part = this.#parts.get(key);
    if (part === undefined) {
      const partition = partitionOf(this.#folder, this.#kind, sensor, day);
      makeFolder(partition);
      const target = OutputFile.own(join(partition, `${this.#kind.name}-${this.#id}.parquet`));
      const file = new ParquetFile(target, this.#kind.columns, { [LOG_OF_ROWS]: this.#kind.name, ...SCHEMA });
      file.begin();
      part = { target, file };
      this.#parts.set(key, part);
    }
    return part;
  }
}

/** @throws ExpectedError where it cannot be made */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

function cellOf({ name, kind }: LogColumn, place: number, cells: RowCells, node: string): ParquetValue {
  if (name === 'node') return stripSensor(node);
  if (kind === 'string') return cells.text(place);
  if (kind === 'list') return JSON.parse(cells.text(place) ?? 'null') as readonly string[] | null;
  const value = cells.number(place);
  if (value === null) return null;
  if (kind === 'time') return countMicroseconds(value);
  if (kind === 'count') return writeCount(value);
  return kind === 'bool' ? value === 1 : value;
}
