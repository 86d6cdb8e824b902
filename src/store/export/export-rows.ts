/** What was logged as rows of a file, with what is known of each besides. */

import { NODE_RUN, NODE_RUNS, SAMPLES } from '../../format/log-kind.ts';
import type { StringPool } from '../../format/string-pool.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import { addReadings, type Reading } from '../../model/logged/reading.ts';
import type { Sample } from '../../model/logged/sample.ts';
import { compareTexts, type NameFilters, readSensor } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { LoggedRuns, type RunsInOrder } from '../answers/logged-runs.ts';
import type { MergedRuns, WholeRun } from '../answers/run-merge.ts';
import type { Discovered } from '../finding/discover.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { sameRun } from '../runs/run-tracker.ts';
import { RUN_COLUMNS, UNMEASURED } from '../scans/group-totals.ts';
import { CsvRows } from './csv-rows.ts';
import type { OutputFile } from './output-file.ts';
import { ParquetRows } from './parquet-rows.ts';
import { type ExportedVariable, exportedColumns, type RowWriter } from './rows.ts';

interface RowsToExport {
  readonly format: 'csv' | 'parquet';
  readonly filters: NameFilters;
  /** Seconds since the epoch, both included; null for no bound. */
  readonly since: number | null;
  readonly until: number | null;
  /** Only these runs; null for all. */
  readonly runs: readonly { readonly node: string; readonly run: number; readonly ts: number }[] | null;
  /** How a name is written. */
  readonly nameText: (name: string) => string;
  readonly rowKnowledge: RowKnowledge;
}

/** What rows carry besides what was logged. */
export interface RowKnowledge {
  /** Null leaves out the rows of this variable. */
  of(node: string, variable: string): RowOrigin | null;
  bytes(
    node: string,
    sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'> & { readonly ts: number },
  ): ByteRange | null;
}

interface RowOrigin {
  readonly package: string | null;
  readonly script: string | null;
  /** From when on more is known of its bytes, seconds since the epoch: the same counts may come to others. */
  readonly knownSince: number;
}

/** A variable on a node, and its row of the last run it was in. */
interface LastRow<Row> {
  readonly number: number;
  readonly written: ExportedVariable;
  readonly name: string;
  readonly unit: string;
  readonly knownSince: number;
  size: number;
  entries: number;
  isKnown: boolean;
  row: Row | null;
}

interface NodeRows<Row> {
  readonly of: MergedRuns;
  /** How many of its variables have been looked at. */
  known: number;
  /** Those that are written, in their order. */
  order: LastRow<Row>[];
}

/**
 * Writes rows in the order of time, nodes and variables.
 *
 * @returns how many there were
 * @throws ExpectedError where logs cannot be read, or the file cannot be written
 */
export async function exportRows(
  { logs, notes }: Discovered,
  wanted: RowsToExport,
  file: OutputFile,
  onProgress: ProgressListener = () => {},
): Promise<{ readonly rows: number; readonly reading: Reading }> {
  const samples = logs.get(SAMPLES.name)!;
  const total = samples.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const onRead = (bytes: number) => {
    done += bytes;
    onProgress({ phase: 'reading', done: Math.min(done, total), total });
  };
  const { boots, reading } = await Boots.read(logs.get(NODE_RUNS.name) ?? []);
  const runs = new LoggedRuns(samples, wanted, onRead);
  const columns = exportedColumns(samples.some(({ sensors }) => sensors !== null));
  const rows =
    wanted.format === 'csv'
      ? await writeRows(runs, boots, wanted, new CsvRows(file, columns), file)
      : await writeRows(runs, boots, wanted, new ParquetRows(file, columns), file);
  const sum = addReadings(runs.reading.sum, { ...reading, rows: 0, files: [] });
  return { rows, reading: { ...sum, notes: [...notes, ...sum.notes] } };
}

async function writeRows<Row>(
  runs: LoggedRuns,
  boots: Boots,
  wanted: RowsToExport,
  writer: RowWriter<Row>,
  file: OutputFile,
): Promise<number> {
  // What has gone through a pipe cannot be written anew.
  const attempts = file.isRegular ? [runs.inOneGo(), runs.inSlices()] : [runs.inSlices()];
  for (const attempt of attempts) {
    const rows = await new RowExport(boots, wanted, writer).write(attempt);
    if (rows !== null) return rows;
  }
  throw new Error('rows in slices were not in order');
}

class RowExport<Row> {
  readonly #boots: Boots;
  readonly #wanted: RowsToExport;
  readonly #writer: RowWriter<Row>;
  readonly #nodes = new Map<string, NodeRows<Row>>();

  constructor(boots: Boots, wanted: RowsToExport, writer: RowWriter<Row>) {
    this.#boots = boots;
    this.#wanted = wanted;
    this.#writer = writer;
  }

  /** Null where it is to be done anew. */
  async write(all: AsyncIterable<RunsInOrder | null>): Promise<number | null> {
    let count = 0;
    this.#boots.begin();
    this.#writer.begin();
    for await (const some of all) {
      if (some === null) return null;
      for (const run of some.runs) count += this.#writeRun(run, some.texts);
    }
    this.#writer.end();
    return count;
  }

  #writeRun({ of, run, ts, cells }: WholeRun, texts: StringPool): number {
    const { node } = of;
    const { runs } = this.#wanted;
    const boot = this.#boots.of(node, run, ts);
    if (runs !== null && !runs.some((one) => one.node === node && sameRun(run, ts, one.run, one.ts))) return 0;
    const rows: Row[] = [];
    for (const last of this.#rowsOf(of, texts)) {
      const size = cells[last.number * RUN_COLUMNS];
      if (size === undefined || Number.isNaN(size)) continue;
      const entries = cells[last.number * RUN_COLUMNS + 1]!;
      rows.push(this.#rowOf(last, node, ts, size, entries));
    }
    if (rows.length > 0) this.#writer.write({ node: this.#wanted.nameText(node), run, ts, boot }, rows);
    return rows.length;
  }

  /** Most variables are as they were in the run before. */
  #rowOf(last: LastRow<Row>, node: string, ts: number, size: number, entries: number): Row {
    const isKnown = ts >= last.knownSince;
    if (last.row !== null && last.size === size && Object.is(last.entries, entries) && last.isKnown === isKnown)
      return last.row;
    const { written, name: variable, unit } = last;
    const sample = { variable, unit, size: size === UNMEASURED ? null : size, entries: readNumber(entries), ts };
    const bytes = this.#wanted.rowKnowledge.bytes(node, sample);
    const row = this.#writer.rowOf(written, sample.size, sample.entries, bytes);
    Object.assign(last, { size, entries, isKnown, row });
    return row;
  }

  #rowsOf(of: MergedRuns, texts: StringPool): readonly LastRow<Row>[] {
    let rows = this.#nodes.get(of.node);
    if (rows?.of !== of) {
      rows = { of, known: 0, order: [] };
      this.#nodes.set(of.node, rows);
    }
    if (rows.known === of.variables.length) return rows.order;
    for (; rows.known < of.variables.length; rows.known++) {
      const added = this.#lastRow(of, rows.known, texts);
      if (added !== null) rows.order.push(added);
    }
    rows.order.sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.unit, b.unit));
    return rows.order;
  }

  /** Null for a variable that is not written. */
  #lastRow({ node, variables }: MergedRuns, number: number, texts: StringPool): LastRow<Row> | null {
    const { nameText, rowKnowledge } = this.#wanted;
    const { variable, moduleName, unit } = variables[number]!;
    const name = texts.text(variable);
    const origin = rowKnowledge.of(node, name);
    if (origin === null) return null;
    const written = {
      moduleName: nameText(texts.text(moduleName)),
      variable: nameText(name),
      unit: nameText(texts.text(unit)),
      package: origin.package === null ? null : nameText(origin.package),
      script: origin.script === null ? null : nameText(origin.script),
      sensor: readSensor(nameText(node)),
    };
    const { knownSince } = origin;
    const nothing = { size: Number.NaN, entries: Number.NaN, isKnown: false, row: null };
    return { number, written, name, unit: texts.text(unit), knownSince, ...nothing };
  }
}

/** When the process of each run began, told run by run. */
class Boots {
  /** Of each node, those that are told, the latest first. */
  readonly #told: ReadonlyMap<string, readonly number[]>;
  /** Of each node, its last run and where the boot began that this is of. */
  readonly #last = new Map<string, { readonly run: number; readonly began: number }>();

  private constructor(told: ReadonlyMap<string, readonly number[]>) {
    this.#told = told;
  }

  /** @param logs `my_stats_node.log`s */
  static async read(logs: readonly LogFile[]): Promise<{ boots: Boots; reading: Reading }> {
    const told = new Map<string, Set<number>>();
    const reading = await readWholeLogs(logs, (_, { text, number }) => {
      const boot = number(NODE_RUN.boot);
      if (boot === null) return;
      const node = nameNode(text(NODE_RUN.node));
      told.set(node, (told.get(node) ?? new Set()).add(boot));
    });
    const sorted = [...told].map(([node, boots]) => [node, [...boots].sort((a, b) => b - a)] as const);
    return { boots: new Boots(new Map(sorted)), reading };
  }

  /** Forgets which runs there were. */
  begin(): void {
    this.#last.clear();
  }

  /**
   * Seconds since the epoch. Where no log tells, a boot begins with the run at which the counter did not go up.
   *
   * The runs of a node are asked for in their order, each once.
   */
  of(node: string, run: number, ts: number): number {
    const last = this.#last.get(node);
    const began = last !== undefined && run > last.run ? last.began : ts;
    this.#last.set(node, { run, began });
    return this.#told.get(node)?.find((boot) => boot <= ts) ?? began;
  }
}
