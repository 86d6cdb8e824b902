/** Keeps the last runs of every node while rows go by, in whatever order and from however many logs. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import type { Sample } from '../../model/logged/sample.ts';
import { DISORDER, type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { isOfTurn, NO_TURN, SampleTexts, type Turn, turnToRow } from '../runs/sample-row.ts';

export interface NodeRuns {
  /** All that were met. */
  readonly runs: RunSet;
  /** Of those that are kept, the rows by variable. */
  readonly samples: Map<KnownRun, Map<string, Sample>>;
}

/** True for the runs whose rows are to be kept. */
export type KeptRun = (node: string, run: KnownRun) => boolean;

/** The last one may still be written, the one before it may be damaged; the third tells the interval. */
const KEEP = 3;

/** What the rows of one log, or of its end, tell of themselves. */
export interface SeenRows {
  readonly first: number;
  /** When each node was first met. */
  readonly firstOfNode: ReadonlyMap<string, number>;
  readonly newest: { readonly node: string; readonly run: KnownRun } | null;
  /** True where rows later than asked for went by. */
  readonly passed: boolean;
  /** False where rows went back in time by more than they do in a log as Zeek wrote it. */
  readonly inOrder: boolean;
}

/** The same while rows go by: of those that are kept `ROW_COLUMNS` numbers each, as most runs are dropped for a later one. */
interface ScannedNode {
  readonly name: string;
  readonly until: number;
  readonly runs: RunSet;
  readonly rows: Map<KnownRun, number[]>;
}

/** Ids of module and variable, size, id of the unit, entries. */
const ROW_COLUMNS = 5;

/** What the row before had, as read, and where it went. */
interface SnapshotTurn extends Turn {
  rows: number[] | null;
}

export class SnapshotScan {
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #untilOf: (node: string) => number;
  readonly #keeps: KeptRun | null;
  readonly #nodes: ScannedNode[] = [];
  readonly #turn: SnapshotTurn = { ...NO_TURN, rows: null };
  readonly #firstOfNode = new Map<string, number>();
  #first = Number.POSITIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;
  #newest: SeenRows['newest'] = null;
  #passed = false;
  #inOrder = true;

  /**
   * @param untilOf up to when the rows of a node are wanted, seconds since the epoch by its own clock
   * @param keeps null to keep the last of each node
   */
  constructor(pool: StringPool, untilOf: (node: string) => number, keeps: KeptRun | null) {
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#untilOf = untilOf;
    this.#keeps = keeps;
  }

  get seen(): SeenRows {
    return {
      first: this.#first,
      firstOfNode: this.#firstOfNode,
      newest: this.#newest,
      passed: this.#passed,
      inOrder: this.#inOrder,
    };
  }

  /** Of each node that was met, the runs and their rows. */
  get nodes(): Map<string, NodeRuns> {
    const met = this.#nodes.filter(({ runs }) => runs.size > 0);
    return new Map(
      met.map(({ name, runs, rows }) => [
        name,
        { runs, samples: new Map([...rows].map(([run, kept]) => [run, this.#samplesOf(kept)])) },
      ]),
    );
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    const turn = this.#turn;
    const end = from + count * stride;
    for (let at = from; at < end; at += stride) {
      if (!isOfTurn(turn, values, at)) this.#turnTo(values, at);
      turn.rows?.push(
        this.#texts.moduleName(values, at),
        values[at + SAMPLE.variable]!,
        values[at + SAMPLE.size]!,
        turn.unitId,
        values[at + SAMPLE.entries]!,
      );
    }
  };

  #turnTo(values: Float64Array, at: number): void {
    const turn = this.#turn;
    turnToRow(turn, values, at, this.#texts);
    turn.rows = null;
    const { ts } = turn;
    if (ts < this.#latest - DISORDER) this.#inOrder = false;
    if (ts > this.#latest) this.#latest = ts;
    if (ts < this.#first) this.#first = ts;
    const id = this.#texts.node(values, at);
    const node = this.#nodes[id] ?? this.#newNode(id);
    if (ts > node.until) {
      this.#passed = true;
      return;
    }
    if (node.runs.size === 0) this.#firstOfNode.set(node.name, ts);
    const run = node.runs.at(turn.run, ts);
    if (this.#newest === null || ts > this.#newest.run.ts) this.#newest = { node: node.name, run };
    turn.rows = node.rows.get(run) ?? this.#keep(node, run);
  }

  #newNode(id: number): ScannedNode {
    const name = this.#pool.text(id);
    const node = { name, until: this.#untilOf(name), runs: new RunSet(), rows: new Map() };
    this.#nodes[id] = node;
    return node;
  }

  #keep({ rows, name }: ScannedNode, run: KnownRun): number[] | null {
    if (this.#keeps !== null && !this.#keeps(name, run)) return null;
    const oldest = this.#keeps === null && rows.size === KEEP ? findOldest(rows) : null;
    if (oldest !== null && oldest.ts >= run.ts) return null;
    if (oldest !== null) rows.delete(oldest);
    const kept: number[] = [];
    rows.set(run, kept);
    return kept;
  }

  #samplesOf(rows: readonly number[]): Map<string, Sample> {
    const samples = new Map<string, Sample>();
    for (let at = 0; at < rows.length; at += ROW_COLUMNS) {
      const [moduleName, variable, size, unit, entries] = rows.slice(at, at + ROW_COLUMNS);
      putSample(samples, {
        moduleName: this.#pool.text(moduleName!),
        variable: this.#pool.text(variable!),
        size: readNumber(size!),
        unit: this.#pool.text(unit!),
        entries: readNumber(entries!),
      });
    }
    return samples;
  }
}

/** Adds what another log has of a node's runs. */
export function addRuns(into: NodeRuns, { runs, samples }: NodeRuns, keepsAll: boolean): void {
  for (const { run, ts } of runs.sorted()) into.runs.at(run, ts);
  for (const [run, rows] of samples) {
    const known = into.runs.at(run.run, run.ts);
    const kept = into.samples.get(known) ?? new Map<string, Sample>();
    into.samples.set(known, kept);
    for (const sample of rows.values()) putSample(kept, sample);
  }
  while (!keepsAll && into.samples.size > KEEP) into.samples.delete(findOldest(into.samples));
}

function findOldest(byRun: ReadonlyMap<KnownRun, unknown>): KnownRun {
  return [...byRun.keys()].reduce((a, b) => (b.ts < a.ts ? b : a));
}

/** Of two rows of one variable the larger one counts, so that copies add nothing. */
function putSample(samples: Map<string, Sample>, sample: Sample): void {
  const known = samples.get(sample.variable);
  const isOther = known !== undefined && known.unit !== sample.unit;
  const key = isOther ? `${sample.variable} ${sample.unit}` : sample.variable;
  const before = samples.get(key);
  if (before === undefined || isLarger(sample, before)) samples.set(key, sample);
}

function isLarger(one: Sample, other: Sample): boolean {
  const size = (one.size ?? -1) - (other.size ?? -1);
  return size > 0 || (size === 0 && (one.entries ?? -1) > (other.entries ?? -1));
}
