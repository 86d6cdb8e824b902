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
import type { RangeQuery, RangeResult } from '../model/answers/range.ts';
import { type AgreedTime, agreeOnTime, isMisdated } from '../model/clock.ts';
import { noRunAt } from '../model/errors/catalogue.ts';
import type { ConnectionField } from '../model/logged/connection.ts';
import { Descriptions, type NodeKnowledge } from '../model/logged/description.ts';
import type { NodeSeries } from '../model/logged/node-series.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/logged/reading.ts';
import type { Snapshot } from '../model/logged/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/logged/series.ts';
import type { ProgressListener } from '../model/progress.ts';
import { formatTime } from '../model/time.ts';
import { readConnectionFields } from './answers/connection-fields.ts';
import { readDescriptions, readLoadedScripts } from './answers/descriptions.ts';
import { type FoundSnapshot, takeSnapshot } from './answers/log-snapshot.ts';
import { type Measurements, readClusterRuns, readNodeRuns, readNodeSeries } from './answers/node-runs.ts';
import { agreeOnLives, chooseLifeRuns, listMeasurements, NodeRunTable, type WantedRun } from './answers/node-series.ts';
import { readRange } from './answers/range-merge.ts';
import { RecentRuns, type Until } from './answers/recent-runs.ts';
import { SeriesMerge } from './answers/series-merge.ts';
import type { ClosedLogs, Found } from './cache/closed-logs.ts';
import { shortAfterRotation } from './finding/archived.ts';
import { type Discovered, discover, type LogChoice } from './finding/discover.ts';
import { NEEDED_LOGS, type Needs } from './finding/needs.ts';
import type { LogFile } from './reading/log-file.ts';
import { planPieces } from './reading/piece-plan.ts';
import { ReadingSum } from './reading/reading-sum.ts';
import { describeClocks } from './runs/clock-notes.ts';
import { ProcessRecord } from './runs/process-record.ts';
import { DISORDER, SAME_RUN_WITHIN } from './runs/run-tracker.ts';
import { reachesFarEnough } from './runs/snapshot-choice.ts';
import type { StretchesOfNode } from './runs/stretch-table.ts';
import { agreeOnRuns } from './runs/stretches.ts';
import { SeriesPieces } from './series-pieces.ts';

/** Logs of runs that are looked at for a snapshot: enough to bridge a rotation. */
const NODE_LOGS_FOR_SNAPSHOT = 3;
/** In bytes of text: so much is read as a whole. */
const SHORT_NODE_LOGS = 8 * 1024 * 1024;
/** How many times smaller a log is when compressed, about. */
const USUAL_COMPRESSION = 8;
/** So many logs are looked at for rows that are missing. */
const MOST_LOGS_FOR_MISSING = 8;
/** The log before the newest one tells of nodes that stopped just before it began; a larger one costs more than it tells. */
const LARGEST_SECOND_LOG = 8 * 1024 * 1024;

/** The first and last row there is, seconds since the epoch. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

export class LogStore {
  readonly discovered: Discovered;
  readonly #closed: ClosedLogs | null;
  readonly #nodeRunsRead = new Map<string, ReturnType<typeof NodeRunTable.read>>();
  readonly #recentRead = new Map<number | null, Promise<{ found: FoundSnapshot | null; reading: Reading }>>();
  #lives: ReturnType<typeof readNodeSeries> | null = null;
  #livesTold = false;
  #known: Promise<{ knowledge: NodeKnowledge; reading: Reading }> | null = null;
  #knownTold = false;

  private constructor(discovered: Discovered, closed: ClosedLogs | null) {
    this.discovered = discovered;
    this.#closed = closed;
  }

  /**
   * @param closed what is known of logs that do not change any more; null reads them anew
   * @throws ExpectedError where the paths do not lead to a log that is needed
   */
  static async open(
    paths: readonly string[],
    needs: Needs = 'samples',
    choice: LogChoice = {},
    closed: ClosedLogs | null = null,
  ): Promise<LogStore> {
    const { wanted, helpful } = NEEDED_LOGS[needs];
    const found = await discover(paths, wanted, helpful, choice, closed?.open);
    await closed?.keepOpened([...found.logs.values()].flat());
    const short = needs === 'processes' ? shortAfterRotation(paths, found.logs.get(SAMPLES.name)!) : [];
    return new LogStore({ ...found, notes: [...found.notes, ...short] }, closed);
  }

  /**
   * The answer to a question about all logs there are, from before where they are as they were then.
   *
   * @param question all that it depends on besides the logs
   */
  remember<T extends Found>(question: unknown, answer: () => Promise<T>): Promise<T> {
    if (this.#closed === null) return answer();
    const logs = [...this.discovered.logs.values()].flat();
    // Which sensor a log is of may be told by the folder it lies in.
    const sensors = logs.map(({ sensors }) => sensors?.sensor ?? null);
    return this.#closed.remember(logs, [question, this.discovered.notes, sensors], answer);
  }

  #of(kind: LogKind): readonly LogFile[] {
    return this.discovered.logs.get(kind.name) ?? [];
  }

  /** About how much text all logs of sizes have, in bytes: what their whole history takes to read. */
  get samplesLength(): number {
    return this.#of(SAMPLES).reduce((sum, log) => sum + textLength(log), 0);
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
    const time = agreeOnLives(series);
    const dated = series.flatMap((life) => chooseLifeRuns(life, (ts) => !isMisdated(time, life.node, ts)) ?? []);
    const notes = [...reading.notes, ...describeClocks(time)];
    return { series: dated, reading: this.#withNotes({ ...reading, notes }) };
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
    const time = agreeOnRuns(rows.flatMap((row) => (row.run === null ? [] : [{ ...row, run: row.run }])));
    const dated = rows.filter(({ node, ts }) => !isMisdated(time, node, ts));
    const notes = [...reading.notes, ...describeClocks(time)];
    return { source, rows: dated, reading: this.#withNotes({ ...reading, notes }) };
  }

  /** All that the nodes say of their processes, read once. */
  async #allLives(): ReturnType<typeof readNodeSeries> {
    this.#lives ??= readNodeSeries(this.#of(NODE_RUNS));
    const { series, reading } = await this.#lives;
    const told = this.#livesTold ? EMPTY_READING : reading;
    this.#livesTold = true;
    return { series, reading: told };
  }

  /** What the logs of runs say of these. */
  async #toldOf(wants: WantedRun): Promise<Measurements> {
    if (this.#lives !== null) {
      const { series } = await this.#lives;
      return { rows: listMeasurements(series, wants), reading: EMPTY_READING };
    }
    const { table, reading } = await this.#lastNodeRuns(Number.POSITIVE_INFINITY);
    return { rows: table.select(wants), reading };
  }

  async #zeekVersions(): Promise<Map<string, string>> {
    if (this.#lives === null) return (await this.#lastNodeRuns(Number.POSITIVE_INFINITY)).table.zeekVersions();
    const { series } = await this.#lives;
    return new Map(series.flatMap(({ node, zeekVersion }) => (zeekVersion === null ? [] : [[node, zeekVersion]])));
  }

  /** Each selection of logs is read once. */
  async #lastNodeRuns(until: number): ReturnType<typeof NodeRunTable.read> {
    const logs = lastLogs(this.#of(NODE_RUNS), until);
    const key = JSON.stringify(logs.map(({ path }) => path));
    let read = this.#nodeRunsRead.get(key);
    if (read === undefined) {
      read = NodeRunTable.read(logs);
      this.#nodeRunsRead.set(key, read);
    }
    return read;
  }

  /** The time of the first run, and what most nodes agree is now. */
  async extent(): Promise<Extent> {
    const { found } = await this.#recent(null);
    const first = Math.min(...this.#of(SAMPLES).map(({ firstTs }) => firstTs));
    return { first, last: found?.time.now ?? first };
  }

  /**
   * The latest complete run of every node, up to `at` (seconds since the epoch) or of all there is.
   *
   * @throws ExpectedError where there is no run up to then
   */
  async snapshot(at: number | null): Promise<{ snapshot: Snapshot; reading: Reading }> {
    const { found, reading } = await this.#recent(at);
    if (found === null) {
      const { first, last } = await this.extent();
      throw noRunAt(at === null ? 'any time' : formatTime(at), formatTime(first), formatTime(last));
    }
    return {
      snapshot: found.snapshot,
      reading: this.#withNotes({ ...reading, notes: [...reading.notes, ...found.notes] }),
    };
  }

  /** The last runs up to a time, read once; null where there are none. */
  #recent(at: number | null): Promise<{ found: FoundSnapshot | null; reading: Reading }> {
    let read = this.#recentRead.get(at);
    if (read === undefined) {
      read = this.#readRecent(at);
      this.#recentRead.set(at, read);
    }
    return read;
  }

  async #readRecent(at: number | null): Promise<{ found: FoundSnapshot | null; reading: Reading }> {
    const until = await this.#untilOf(at);
    const recent = new RecentRuns(this.#of(SAMPLES), until);
    for (;;) {
      while (await recent.readMore()) if (recent.isReliable && isEnough(recent)) break;
      if (!recent.isReliable) await recent.readAll();
      if (recent.nodes.size === 0) {
        if (recent.nextLog === undefined) return { found: null, reading: recent.reading };
        continue;
      }
      const nodeRuns = await this.#toldOf((node, run) => {
        const logged = recent.nodes.get(node);
        return logged === undefined || logged.runs.hasCounter(run);
      });
      const found = await takeSnapshot(recent, nodeRuns.rows, at, until);
      // Rows that are missing may stand in a log that was written beside.
      if (found.isIncomplete && recent.nextLog !== undefined && recent.logsRead < MOST_LOGS_FOR_MISSING) continue;
      return { found, reading: addReadings(recent.reading, { ...nodeRuns.reading, rows: 0, files: [] }) };
    }
  }

  /** A time as the clocks of the nodes have it; null for the end. */
  async #untilOf(at: number | null): Promise<Until> {
    const none = new Map<string, number>();
    if (at === null) return { of: () => Number.POSITIVE_INFINITY, offsets: none, latest: Number.POSITIVE_INFINITY };
    const offsets = (await this.#recent(null)).found?.time.offsets ?? none;
    return { of: (node) => at + (offsets.get(node) ?? 0), offsets, latest: at + Math.max(0, ...offsets.values()) };
  }

  async range(asked: RangeQuery, onProgress?: ProgressListener): Promise<{ range: RangeResult; reading: Reading }> {
    const query = await this.#shiftByClocks(asked);
    const { range, reading } = await readRange(this.#of(SAMPLES), query, onProgress);
    return { range, reading: this.#withNotes(addReadings(reading, await this.#oddities(asked.until))) };
  }

  /** A span as the clocks of the nodes have it, as far as these were right. */
  async #shiftByClocks(query: RangeQuery): Promise<RangeQuery> {
    const { since, until } = query;
    const { found } = await this.#recent(until);
    if (found === null) return query;
    const { now, ahead, offsets } = found.time;
    const last = now + SAME_RUN_WITHIN;
    const lives = since === null ? (await this.#allLives()).series : [];
    const unset = [...agreeOnLives(lives).behind.values()].map(({ last }) => last);
    return {
      ...query,
      since: unset.length === 0 ? since : Math.max(...unset) + SAME_RUN_WITHIN,
      until: ahead.size === 0 ? until : Math.min(until ?? last, last),
      offsets,
    };
  }

  /** How every variable's size went, and what the nodes say of their processes besides. */
  async series(query: SeriesQuery, onProgress?: ProgressListener): Promise<{ series: SeriesResult; reading: Reading }> {
    const lives = await this.#allLives();
    const processes = new ProcessRecord(lives.series);
    const samples = this.#of(SAMPLES);
    const from = Math.max(query.since ?? Number.NEGATIVE_INFINITY, samples[0]!.firstTs);
    const to = Math.min(query.until ?? Number.POSITIVE_INFINITY, samples.at(-1)!.firstTs);
    const first = await this.#readSeries(query, processes, processes.expectedStretches(from, to), onProgress);
    // Where rows stand in an order in which their runs could not be told apart, they are read again knowing the runs.
    const series = isTable(first.found)
      ? (await this.#readSeries(query, processes, first.found, onProgress)).found
      : first.found;
    if (isTable(series)) throw new Error('rows of known runs were not put into their stretches');
    const time = agreeOnTime(series.stretches);
    const reading = addReadings(first.reading, { ...lives.reading, rows: 0, files: [] });
    const odd = { ...EMPTY_READING, notes: describeClocks(time) };
    const all = [reading, odd, await this.#oddities(query.until)].reduce(addReadings);
    return { series: dropUnset(series, time), reading: this.#withNotes(all) };
  }

  /** What is odd about clocks, and which rows are missing, as the last runs show. */
  async #oddities(until: number | null): Promise<Reading> {
    const { found } = await this.#recent(until);
    return { ...EMPTY_READING, notes: found?.notes ?? [] };
  }

  async #readSeries(
    query: SeriesQuery,
    processes: ProcessRecord,
    stretches: readonly StretchesOfNode[],
    onProgress?: ProgressListener,
  ): Promise<{ found: ReturnType<SeriesMerge['result']>; reading: Reading }> {
    const merge = new SeriesMerge();
    const reading = new ReadingSum();
    const pieces = planPieces(this.#of(SAMPLES), query.since, query.until);
    const found = new SeriesPieces(query, stretches, this.#closed).read(pieces, onProgress);
    for await (const { piece, series, reading: read } of found) {
      merge.add(series);
      reading.add(piece, read);
    }
    return { found: merge.result(processes), reading: reading.sum };
  }

  #withNotes(reading: Reading): Reading {
    return { ...reading, notes: [...this.discovered.notes, ...reading.notes] };
  }
}

/** Without what was logged before clocks were set. */
function dropUnset({ stretches, series }: SeriesResult, { behind }: AgreedTime): SeriesResult {
  const kept = stretches.filter(({ node, lastTs }) => !(lastTs <= (behind.get(node)?.last ?? Number.NaN)));
  if (kept.length === stretches.length) return { stretches, series };
  const places = new Map(kept.map((stretch, i) => [stretch, i]));
  return {
    stretches: kept,
    series: series.flatMap((one) => {
      const stretch = places.get(stretches[one.stretch]!);
      return stretch === undefined ? [] : [{ ...one, stretch }];
    }),
  };
}

function isTable(found: ReturnType<SeriesMerge['result']>): found is readonly StretchesOfNode[] {
  return Array.isArray(found);
}

/** True where no older log is needed to tell the last runs of all nodes, and who has stopped. */
function isEnough(recent: RecentRuns): boolean {
  const { nextLog, nodes, from, newest } = recent;
  if (nextLog === undefined) return true;
  const runs = [...nodes].map(([node, { runs }]) =>
    runs.sorted().map((run) => ({ ...run, cut: recent.isCut(node, run) })),
  );
  if (!reachesFarEnough(runs, from, newest)) return false;
  // Logs that were begun together are those of several loggers, which share the rows of each run.
  if (nextLog.firstTs > recent.begun - DISORDER || recent.endOf(nextLog) > from) return false;
  return recent.logsRead > 1 || (nextLog.compression !== 'none' && nextLog.size > LARGEST_SECOND_LOG);
}

/** The logs of the last runs: all of them where they are short. */
function lastLogs(logs: readonly LogFile[], until: number): readonly LogFile[] {
  if (logs.reduce((sum, log) => sum + textLength(log), 0) <= SHORT_NODE_LOGS) return logs;
  const before = logs.filter(({ firstTs }) => firstTs <= until);
  let first = Math.max(0, before.length - NODE_LOGS_FOR_SNAPSHOT);
  // Those of several loggers, which were begun together, belong together.
  while (first > 0 && before[first - 1]!.firstTs > before[first]!.firstTs - DISORDER) first--;
  return before.slice(first);
}

function textLength({ size, compression }: LogFile): number {
  return compression === 'none' ? size : size * USUAL_COMPRESSION;
}
