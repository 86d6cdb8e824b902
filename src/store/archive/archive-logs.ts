/**
 * Puts logs that nobody writes to any more into an archive, each once, as Parquet: a file for each sensor and day, in folders
 * as Hive divides tables, so that every engine that reads Parquet knows what is where:
 * `my_stats/sensor=site-a/date=2026-11-24/my_stats-ID.parquet`.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_OF_ROWS } from '../../decoding/parquet.ts';
import type { LogColumn, LogKind } from '../../format/log-kind.ts';
import type { ArchiveResult } from '../../model/answers/archive.ts';
import { cannotWrite } from '../../model/errors/catalogue.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import { readSensor, stripSensor } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { OutputFile } from '../export/output-file.ts';
import { ParquetFile, type ParquetValue } from '../export/parquet-rows.ts';
import { countMicroseconds, writeCount } from '../export/rows.ts';
import type { Discovered } from '../finding/discover.ts';
import { LOADED_LOGS } from '../finding/needs.ts';
import { isClosed, type LogFile } from '../reading/log-file.ts';
import { findKeyPlaces, nameNode } from '../reading/node-names.ts';
import { type RowCells, readWholeLogs } from '../reading/whole-logs.ts';

/** What says which logs are in the archive: engines take folders that begin like this for none of a table's. */
const LEDGER = '_archived';

interface HowToArchive {
  /** What logs belong to that do not say. */
  readonly sensor: string;
  /** Throws where what was read of a log is not to be archived. */
  readonly refuse: (reading: Reading) => void;
}

/**
 * A log's rows are written beside their places first, and the ledger comes last: whoever is killed on the way leaves what the
 * next one begins anew, and the same rows go to the same files.
 *
 * @throws ExpectedError where the archive cannot be written
 */
export async function archiveLogs(
  { logs, notes }: Discovered,
  folder: string,
  { sensor, refuse }: HowToArchive,
  onProgress: ProgressListener = () => {},
): Promise<ArchiveResult> {
  makeFolder(join(folder, LEDGER));
  const all = LOADED_LOGS.flatMap((kind) => logs.get(kind.name) ?? []);
  const closed = all.filter(isClosed);
  const added: ArchiveResult['added'][number][] = [];
  let reading: Reading = { ...EMPTY_READING, notes };
  for (const [done, log] of closed.entries()) {
    onProgress({ phase: 'archiving', done, total: closed.length });
    const entry = join(folder, LEDGER, makeEntryName(log));
    if (existsSync(entry)) continue;
    const archived = await archiveLog(log, folder, { sensor, refuse }, entry);
    added.push({ path: log.path, rows: archived.rows, files: archived.files.length });
    reading = addReadings(reading, archived.reading);
  }
  const open = all.filter((log) => !closed.includes(log)).map(({ path }) => path);
  return { folder, added, known: closed.length - added.length, open, compacted: null, reading };
}

async function archiveLog(log: LogFile, folder: string, { sensor, refuse }: HowToArchive, entry: string) {
  const { kind } = log.inspected;
  const archived = new ArchivedLog(folder, kind, makeId(log), sensor);
  try {
    const reading = await readWholeLogs([log], (_, cells) => archived.add(cells, log.firstTs || log.modified));
    refuse(reading);
    const before = readEntries(folder, log);
    const most = Math.max(0, ...before.map(readRows));
    // A copy that was cut off takes nothing away from what was whole.
    const files = archived.rows < most ? [] : archived.keep();
    OutputFile.own(entry).write(JSON.stringify({ rows: Math.max(archived.rows, most) }));
    for (const old of before) rmSync(old, { force: true });
    return { rows: archived.rows, files, reading };
  } finally {
    archived.discard();
  }
}

/** The same for a log that was renamed, moved, compressed or has grown. */
function makeId({ inspected, identity }: LogFile): string {
  return createHash('sha256')
    .update(JSON.stringify([inspected.kind.name, identity]))
    .digest('hex')
    .slice(0, 16);
}

/** Differs where a log was written to since. */
function makeEntryName(log: LogFile): string {
  const mark = createHash('sha256')
    .update(JSON.stringify([log.size, log.modified]))
    .digest('hex')
    .slice(0, 8);
  return `${makeId(log)}-${mark}.json`;
}

/** What was noted of a log as it was before. */
function readEntries(folder: string, log: LogFile): string[] {
  const ledger = join(folder, LEDGER);
  const names = readdirSync(ledger).filter((name) => name.startsWith(`${makeId(log)}-`) && name.endsWith('.json'));
  return names.map((name) => join(ledger, name));
}

/** None where the entry is torn. */
function readRows(entry: string): number {
  try {
    return (JSON.parse(readFileSync(entry, 'utf8')) as { rows: number }).rows;
  } catch {
    return 0;
  }
}

/** Columns are only ever added, at the end; a higher number says that some were. */
const SCHEMA = { 'my_stats.schema': '1' };
/** So many rows may be in memory, in all files together. */
const MOST_ROWS = 200_000;

/** Where the rows of a log of one sensor and day are. */
export function locatePartition(folder: string, kind: LogKind, sensor: string, day: string): string {
  return join(folder, kind.name, `sensor=${encodeURIComponent(sensor)}`, `date=${day}`);
}

/** The day of a time, in UTC: `2026-11-24`. */
export function formatDay(ts: number): string {
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
  readonly #places: ReturnType<typeof findKeyPlaces>;
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
    this.#places = findKeyPlaces(kind);
  }

  /**
   * @param undated the time of a row that has none, seconds since the epoch
   * @throws ExpectedError where it cannot be written
   */
  add(cells: RowCells, undated: number): void {
    const node = nameNode(cells.text(this.#places.node));
    const day = formatDay(cells.number(this.#places.ts) ?? undated);
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
      const partition = locatePartition(this.#folder, this.#kind, sensor, day);
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
function makeFolder(path: string): void {
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
