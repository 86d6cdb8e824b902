/** Answers from the logs as they are, without a database. */

import { CLUSTER, LOADED_SCRIPTS, NODE_RUNS, SAMPLES, VARIABLES } from '../format/log-kind.ts';
import { StringPool } from '../format/string-pool.ts';
import { Descriptions } from '../model/description.ts';
import { noRunAt } from '../model/errors.ts';
import type { Measurement } from '../model/measurement.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { RangeQuery, RangeResult } from '../model/range.ts';
import { addReadings, type Reading } from '../model/reading.ts';
import type { NodeRun, Sample, Snapshot } from '../model/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';
import { formatTime } from '../model/time.ts';
import { readDescriptions } from './descriptions.ts';
import { discover } from './discover.ts';
import type { Extent, MeasurementStore, NodeKnowledge, SampleStore } from './interface.ts';
import { readLoadedScripts } from './loaded-scripts.ts';
import type { LogFile } from './log-file.ts';
import { type Measurements, NodeRunIndex, readClusterRuns, readNodeRuns, readProcesses } from './node-runs.ts';
import { planPieces, RandomAccess } from './piece-plan.ts';
import { RangeMerge } from './range-merge.ts';
import { ReadingSum } from './reading-sum.ts';
import { type RecentRuns, recentRunsOf } from './recent-runs.ts';
import { scanPiece, wholeLog } from './scan.ts';
import { runPieces } from './scan-pool.ts';
import { SeriesMerge } from './series-merge.ts';
import { type CandidateRun, chooseRuns, reachesFarEnough } from './snapshot-choice.ts';
import type { RecentRun } from './snapshot-scan.ts';

/** Logs of runs that are looked at for a snapshot: enough to bridge a rotation. */
const NODE_LOGS_FOR_SNAPSHOT = 3;
/** The log before the newest one tells of nodes that stopped just before it began; a larger one costs more than it tells. */
const LARGEST_SECOND_LOG = 8 * 1024 * 1024;

export class LogStore implements SampleStore {
  readonly #samples: readonly LogFile[];
  readonly #nodeLogs: readonly LogFile[];
  readonly #nodeRunsRead = new Map<string, Promise<Measurements>>();
  readonly #variableLogs: readonly LogFile[];
  readonly #scriptLogs: readonly LogFile[];
  readonly #notes: readonly string[];

  private constructor(logs: ReadonlyMap<string, readonly LogFile[]>, notes: readonly string[]) {
    this.#samples = logs.get(SAMPLES.name) ?? [];
    this.#nodeLogs = logs.get(NODE_RUNS.name) ?? [];
    this.#variableLogs = logs.get(VARIABLES.name) ?? [];
    this.#scriptLogs = logs.get(LOADED_SCRIPTS.name) ?? [];
    this.#notes = notes;
  }

  /** @throws ExpectedError where the paths do not lead to a `my_stats.log` */
  static async open(paths: readonly string[]): Promise<LogStore> {
    const { logs, notes } = await discover(paths, [SAMPLES], [NODE_RUNS, VARIABLES, LOADED_SCRIPTS]);
    return new LogStore(logs, notes);
  }

  async knowledge(): Promise<{ knowledge: NodeKnowledge; reading: Reading }> {
    const described = await readDescriptions(this.#variableLogs);
    const nodeRuns = await this.#lastNodeRuns(Number.POSITIVE_INFINITY);
    const zeekVersions = new Map<string, string>();
    for (const { node, zeekVersion } of nodeRuns.rows) if (zeekVersion !== null) zeekVersions.set(node, zeekVersion);
    const loaded = await readLoadedScripts(this.#scriptLogs);
    const descriptions = new Descriptions(described.rows);
    return {
      knowledge: { descriptions, zeekVersions, loadedScripts: loaded.scripts },
      reading: addReadings(described.reading, loaded.reading),
    };
  }

  /** What the last logs of runs before a time say; each selection of logs is read once. */
  #lastNodeRuns(until: number): Promise<Measurements> {
    const logs = this.#nodeLogs.filter((log) => log.firstTs <= until).slice(-NODE_LOGS_FOR_SNAPSHOT);
    const key = JSON.stringify(logs.map(({ path }) => path));
    let read = this.#nodeRunsRead.get(key);
    if (read === undefined) {
      read = readNodeRuns(logs);
      this.#nodeRunsRead.set(key, read);
    }
    return read;
  }

  async extent(): Promise<Extent> {
    const newest = this.#samples.at(-1)!;
    return { first: this.#samples[0]!.firstTs, last: Math.max(newest.firstTs, await lastTimeOf(newest)) };
  }

  async snapshot(at: number | null): Promise<{ snapshot: Snapshot; reading: Reading }> {
    const until = at ?? Number.POSITIVE_INFINITY;
    const found = await recentRunsOf(this.#samples, until, (sofar, oldest, read) => this.#answers(sofar, oldest, read));
    if (found === null || found.runs.size === 0) {
      const { first, last } = await this.extent();
      throw noRunAt(at === null ? 'any time' : formatTime(at), formatTime(first), formatTime(last));
    }
    const nodeRuns = await this.#lastNodeRuns(until);
    const runs = withSilentNodes(found.runs, nodeRuns.rows, until);
    const index = new NodeRunIndex(nodeRuns.rows);
    const choice = chooseRuns(
      {
        runs: candidatesOf(runs),
        earlier: new Map([...found.earlier].filter(([node]) => !runs.has(node))),
        writing: found.writing,
        reference: found.passed && at !== null ? at : found.newest,
      },
      index,
    );
    const nodes: NodeRun[] = choice.nodes.map(({ node, index: chosen, complete }) => {
      const { run, ts, samples } = runs.get(node)![chosen]!;
      const { residentMemory = null, zeekVersion = null } = index.find(node, run, ts) ?? {};
      return { node, run, ts, complete, residentMemory, zeekVersion, samples };
    });
    const ts = nodes.reduce((latest, node) => Math.max(latest, node.ts), Number.NEGATIVE_INFINITY);
    const snapshot = { ts: Number.isFinite(ts) ? ts : found.newest, asked: at, nodes, stopped: choice.stopped };
    return {
      snapshot,
      reading: this.#withNotes(addReadings(found.reading, { ...nodeRuns.reading, rows: 0, files: [] })),
    };
  }

  async range(query: RangeQuery, onProgress?: ProgressListener): Promise<{ range: RangeResult; reading: Reading }> {
    const merge = new RangeMerge();
    const reading = new ReadingSum();
    const pieces = planPieces(this.#samples, query.since, query.until);
    for await (const { piece, result } of runPieces(pieces, { kind: 'range', query }, onProgress)) {
      merge.add(result.parts);
      reading.add(piece, result.reading);
    }
    return { range: merge.result(), reading: this.#withNotes(reading.sum) };
  }

  async series(query: SeriesQuery, onProgress?: ProgressListener): Promise<{ series: SeriesResult; reading: Reading }> {
    const merge = new SeriesMerge();
    const reading = new ReadingSum();
    const pieces = planPieces(this.#samples, query.since, query.until);
    for await (const { piece, result } of runPieces(pieces, { kind: 'series', query }, onProgress)) {
      merge.add(result.segments);
      reading.add(piece, result.reading);
    }
    const processes = await readProcesses(this.#nodeLogs);
    const sum = addReadings(reading.sum, { ...processes.reading, rows: 0, files: [] });
    return { series: merge.result(processes.record), reading: this.#withNotes(sum) };
  }

  #answers(found: RecentRuns, oldest: LogFile, read: number): boolean {
    const lists = candidatesOf(found.runs);
    if (!reachesFarEnough(lists, oldest.firstTs, found.newest)) return false;
    const next = this.#samples[this.#samples.indexOf(oldest) - 1];
    return read > 1 || next === undefined || (next.compression !== 'none' && next.size > LARGEST_SECOND_LOG);
  }

  #withNotes(reading: Reading): Reading {
    return { ...reading, notes: [...this.#notes, ...reading.notes] };
  }
}

/** The runs as the choice among them sees them. */
function candidatesOf(runs: RecentRuns['runs']): Map<string, readonly CandidateRun[]> {
  return new Map([...runs].map(([node, list]) => [node, list.map((run) => ({ ...run, rows: run.samples.length }))]));
}

/** Nodes that ran but had no variable large enough to be logged are nodes all the same. */
function withSilentNodes(
  runs: ReadonlyMap<string, readonly RecentRun[]>,
  nodeRuns: readonly Measurement[],
  until: number,
): Map<string, readonly RecentRun[]> {
  const all = new Map(runs);
  for (const { node, run, ts } of nodeRuns) {
    if (ts > until || runs.has(node) || run === null) continue;
    const list = all.get(node) ?? [];
    const samples: Sample[] = [];
    all.set(node, [...list.slice(-2), { run, ts, lastTs: ts, cut: false, samples }]);
  }
  return all;
}

async function lastTimeOf(log: LogFile): Promise<number> {
  if (log.compression === 'none') {
    const file = new RandomAccess(log);
    try {
      return file.lastTime() ?? log.firstTs;
    } finally {
      file.close();
    }
  }
  let last = log.firstTs;
  await scanPiece(wholeLog(log), new StringPool(), {
    row: (values) => {
      last = Math.max(last, values[0]!);
    },
  });
  return last;
}

/** What the measurements cost, from `my_stats_node.log`, or from `cluster.log` where there is none. */
export class LogMeasurements implements MeasurementStore {
  readonly #paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** @throws ExpectedError where the paths lead to neither log */
  async measurements(): ReturnType<MeasurementStore['measurements']> {
    const { logs, notes } = await discover(this.#paths, [NODE_RUNS, CLUSTER], [SAMPLES]);
    const nodeLogs = logs.get(NODE_RUNS.name) ?? [];
    const source = nodeLogs.length > 0 ? NODE_RUNS.name : CLUSTER.name;
    const { rows, reading } =
      nodeLogs.length > 0 ? await readNodeRuns(nodeLogs) : await readClusterRuns(logs.get(CLUSTER.name) ?? []);
    return {
      source: source as 'my_stats_node' | 'cluster',
      rows,
      reading: { ...reading, notes: [...notes, ...reading.notes] },
    };
  }
}
