/**
 * All that can be asked of logs. What is to be said of the rows of a log (how many, which were skipped) is said with the
 * first answer that took them, and not again.
 */

import {
  CLUSTER,
  CONNECTIONS,
  LOADED_SCRIPTS,
  type LogKind,
  NODE_RUNS,
  SAMPLES,
  VARIABLES,
} from '../format/log-kind.ts';
import { eachRow } from '../format/row-reader.ts';
import { StringPool } from '../format/string-pool.ts';
import type { ConnectionField } from '../model/connection.ts';
import { Descriptions, type NodeKnowledge } from '../model/description.ts';
import { noRunAt } from '../model/errors.ts';
import type { NodeSeries } from '../model/node-series.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { RangeQuery, RangeResult } from '../model/range.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import type { Snapshot } from '../model/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';
import { formatTime } from '../model/time.ts';
import { readConnectionFields } from './connection-fields.ts';
import { readDescriptions } from './descriptions.ts';
import { shortAfterRotation } from './finding/archived.ts';
import { type Discovered, discover } from './finding/discover.ts';
import { readLoadedScripts } from './loaded-scripts.ts';
import type { LogFile } from './log-file.ts';
import { candidatesOf, snapshotOf } from './log-snapshot.ts';
import { NEEDED_LOGS, type Needs } from './needs.ts';
import { NodeRunTable, type WantedRun } from './node-run-table.ts';
import { type Measurements, readClusterRuns, readNodeRuns, readNodeSeries } from './node-runs.ts';
import { lastMeasurements } from './node-series.ts';
import { planPieces, RandomAccess } from './piece-plan.ts';
import { ProcessRecord } from './process-record.ts';
import { RangeMerge } from './range-merge.ts';
import { ReadingSum } from './reading-sum.ts';
import { type RecentRuns, recentRunsOf } from './recent-runs.ts';
import { scanPiece, wholeLog } from './scan.ts';
import { runPieces } from './scan-pool.ts';
import { SeriesMerge } from './series-merge.ts';
import { reachesFarEnough } from './snapshot-choice.ts';

/** Logs of runs that are looked at for a snapshot: enough to bridge a rotation. */
const NODE_LOGS_FOR_SNAPSHOT = 3;
/** The same in seconds, where all logs of runs were read anyway. */
const A_DAY = 86_400;
/** The log before the newest one tells of nodes that stopped just before it began; a larger one costs more than it tells. */
const LARGEST_SECOND_LOG = 8 * 1024 * 1024;

/** The first and last row there is, seconds since the epoch. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

export class LogStore {
  readonly discovered: Discovered;
  readonly #nodeRunsRead = new Map<string, ReturnType<typeof NodeRunTable.read>>();
  #lives: ReturnType<typeof readNodeSeries> | null = null;
  #livesTold = false;
  #known: Promise<{ knowledge: NodeKnowledge; reading: Reading }> | null = null;
  #knownTold = false;

  private constructor(discovered: Discovered) {
    this.discovered = discovered;
  }

  /** @throws ExpectedError where the paths do not lead to a log that is needed */
  static async open(paths: readonly string[], needs: Needs = 'samples', strict = false): Promise<LogStore> {
    const { wanted, helpful } = NEEDED_LOGS[needs];
    const found = await discover(paths, wanted, helpful, strict);
    const short = needs === 'processes' ? shortAfterRotation(paths, found.logs.get(SAMPLES.name)!) : [];
    return new LogStore({ ...found, notes: [...found.notes, ...short] });
  }

  #of(kind: LogKind): readonly LogFile[] {
    return this.discovered.logs.get(kind.name) ?? [];
  }

  /** From `my_stats_variable.log`, `my_stats_node.log` and `loaded_scripts.log`, as far as they are there. */
  async knowledge(): Promise<{ knowledge: NodeKnowledge; reading: Reading }> {
    this.#known ??= this.#readKnowledge();
    const { knowledge, reading } = await this.#known;
    const told = this.#knownTold ? EMPTY_READING : reading;
    this.#knownTold = true;
    return { knowledge, reading: told };
  }

  async #readKnowledge(): Promise<{ knowledge: NodeKnowledge; reading: Reading }> {
    const described = await readDescriptions(this.#of(VARIABLES));
    const zeekVersions = await this.#zeekVersions();
    const loaded = await readLoadedScripts(this.#of(LOADED_SCRIPTS));
    const descriptions = new Descriptions(described.rows);
    return {
      knowledge: { descriptions, zeekVersions, loadedScripts: loaded.scripts },
      reading: addReadings(described.reading, loaded.reading),
    };
  }

  /** Every life of every node, by node and time; none where there is no `my_stats_node.log`. */
  async nodeSeries(): Promise<{ series: readonly NodeSeries[]; reading: Reading }> {
    const { series, reading } = await this.#allLives();
    return { series, reading: this.#withNotes(reading) };
  }

  /** All rows there are of fields of connections, in the order of the logs. */
  async connectionFields(): Promise<{ rows: readonly ConnectionField[]; reading: Reading }> {
    const { rows, reading } = await readConnectionFields(this.#of(CONNECTIONS));
    return { rows, reading: this.#withNotes(reading) };
  }

  /** What the measurements cost, from `my_stats_node.log`, or from `cluster.log` where there is none. */
  async measurements(): Promise<Measurements & { source: 'my_stats_node' | 'cluster' }> {
    const nodeLogs = this.#of(NODE_RUNS);
    const source = nodeLogs.length > 0 ? 'my_stats_node' : 'cluster';
    const { rows, reading } =
      nodeLogs.length > 0 ? await readNodeRuns(nodeLogs) : await readClusterRuns(this.#of(CLUSTER));
    return { source, rows, reading: this.#withNotes(reading) };
  }

  /** All that the nodes say of their processes, read once. */
  async #allLives(): ReturnType<typeof readNodeSeries> {
    this.#lives ??= readNodeSeries(this.#of(NODE_RUNS));
    const { series, reading } = await this.#lives;
    const told = this.#livesTold ? EMPTY_READING : reading;
    this.#livesTold = true;
    return { series, reading: told };
  }

  /** What the last logs of runs before a time say of these runs. */
  async #toldOf(wants: WantedRun, until: number): Promise<Measurements> {
    if (this.#lives !== null) {
      const { series } = await this.#lives;
      return { rows: lastMeasurements(series, A_DAY, until, wants), reading: EMPTY_READING };
    }
    const { table, reading } = await this.#lastNodeRuns(until);
    return { rows: table.select(wants), reading };
  }

  async #zeekVersions(): Promise<Map<string, string>> {
    if (this.#lives === null) return (await this.#lastNodeRuns(Number.POSITIVE_INFINITY)).table.zeekVersions();
    const { series } = await this.#lives;
    return new Map(series.flatMap(({ node, zeekVersion }) => (zeekVersion === null ? [] : [[node, zeekVersion]])));
  }

  /** Each selection of logs is read once. */
  async #lastNodeRuns(until: number): ReturnType<typeof NodeRunTable.read> {
    const logs = this.#of(NODE_RUNS)
      .filter((log) => log.firstTs <= until)
      .slice(-NODE_LOGS_FOR_SNAPSHOT);
    const key = JSON.stringify(logs.map(({ path }) => path));
    let read = this.#nodeRunsRead.get(key);
    if (read === undefined) {
      read = NodeRunTable.read(logs);
      this.#nodeRunsRead.set(key, read);
    }
    return read;
  }

  async extent(): Promise<Extent> {
    const samples = this.#of(SAMPLES);
    const newest = samples.at(-1)!;
    return { first: samples[0]!.firstTs, last: Math.max(newest.firstTs, await lastTimeOf(newest)) };
  }

  /**
   * The latest complete run of every node, up to `at` (seconds since the epoch) or of all there is.
   *
   * @throws ExpectedError where there is no run up to then
   */
  async snapshot(at: number | null): Promise<{ snapshot: Snapshot; reading: Reading }> {
    const until = at ?? Number.POSITIVE_INFINITY;
    const found = await recentRunsOf(this.#of(SAMPLES), until, (sofar, oldest, read) =>
      this.#answers(sofar, oldest, read),
    );
    if (found === null || found.runs.size === 0) {
      const { first, last } = await this.extent();
      throw noRunAt(at === null ? 'any time' : formatTime(at), formatTime(first), formatTime(last));
    }
    const nodeRuns = await this.#toldOf((node, run) => {
      const logged = found.runs.get(node);
      return logged === undefined || logged.some((one) => one.run === run);
    }, until);
    const snapshot = snapshotOf(found, nodeRuns.rows, at);
    return {
      snapshot,
      reading: this.#withNotes(addReadings(found.reading, { ...nodeRuns.reading, rows: 0, files: [] })),
    };
  }

  async range(query: RangeQuery, onProgress?: ProgressListener): Promise<{ range: RangeResult; reading: Reading }> {
    const merge = new RangeMerge();
    const reading = new ReadingSum();
    const pieces = planPieces(this.#of(SAMPLES), query.since, query.until);
    for await (const { piece, result } of runPieces(pieces, { kind: 'range', query }, onProgress)) {
      merge.add(result.part!);
      reading.add(piece, result.reading);
    }
    return { range: merge.result(), reading: this.#withNotes(reading.sum) };
  }

  /** How every variable's size went, and what the nodes say of their processes besides. */
  async series(query: SeriesQuery, onProgress?: ProgressListener): Promise<{ series: SeriesResult; reading: Reading }> {
    const merge = new SeriesMerge();
    const reading = new ReadingSum();
    const pieces = planPieces(this.#of(SAMPLES), query.since, query.until);
    for await (const { piece, result } of runPieces(pieces, { kind: 'series', query }, onProgress)) {
      merge.add(result.segments);
      reading.add(piece, result.reading);
    }
    const lives = await this.#allLives();
    const sum = addReadings(reading.sum, { ...lives.reading, rows: 0, files: [] });
    return { series: merge.result(new ProcessRecord(lives.series)), reading: this.#withNotes(sum) };
  }

  #answers(found: RecentRuns, oldest: LogFile, read: number): boolean {
    const lists = candidatesOf(found.runs);
    if (!reachesFarEnough(lists, oldest.firstTs, found.newest)) return false;
    const samples = this.#of(SAMPLES);
    const next = samples[samples.indexOf(oldest) - 1];
    return read > 1 || next === undefined || (next.compression !== 'none' && next.size > LARGEST_SECOND_LOG);
  }

  #withNotes(reading: Reading): Reading {
    return { ...reading, notes: [...this.discovered.notes, ...reading.notes] };
  }
}

async function lastTimeOf(log: LogFile): Promise<number> {
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file !== null) {
    try {
      return file.lastTime() ?? log.firstTs;
    } finally {
      file.close();
    }
  }
  let last = log.firstTs;
  await scanPiece(
    wholeLog(log),
    new StringPool(),
    eachRow((values) => {
      last = Math.max(last, values[0]!);
    }),
  );
  return last;
}
