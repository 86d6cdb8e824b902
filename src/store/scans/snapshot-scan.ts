/** Keeps the last runs of every node while rows go by, in whatever order and from however many logs. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { numberOrNull } from '../../model/logged/node-series.ts';
import type { Sample } from '../../model/logged/sample.ts';
import { DISORDER, type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { SampleTexts } from '../runs/sample-row.ts';

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

export class SnapshotScan {
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #untilOf: (node: string) => number;
  readonly nodes = new Map<string, NodeRuns>();
  readonly #keeps: KeptRun | null;
  readonly #byId: { readonly until: number; node: NodeRuns | null }[] = [];
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

  row(values: Float64Array): void {
    const ts = values[SAMPLE.ts]!;
    if (ts < this.#latest - DISORDER) this.#inOrder = false;
    if (ts > this.#latest) this.#latest = ts;
    if (ts < this.#first) this.#first = ts;
    const id = this.#texts.node(values);
    const of = this.#byId[id] ?? { until: this.#untilOf(this.#pool.text(id)), node: null };
    this.#byId[id] = of;
    if (ts > of.until) {
      this.#passed = true;
      return;
    }
    of.node ??= this.#nodeOf(this.#pool.text(id), ts);
    const { node } = of;
    const run = node.runs.at(values[SAMPLE.run]!, ts);
    if (this.#newest === null || ts > this.#newest.run.ts) this.#newest = { node: this.#pool.text(id), run };
    const samples = node.samples.get(run) ?? this.#keep(node, this.#pool.text(id), run);
    if (samples !== null) this.#put(samples, values);
  }

  #nodeOf(name: string, ts: number): NodeRuns {
    this.#firstOfNode.set(name, ts);
    const node = { runs: new RunSet(), samples: new Map() };
    this.nodes.set(name, node);
    return node;
  }

  #keep({ samples }: NodeRuns, name: string, run: KnownRun): Map<string, Sample> | null {
    if (this.#keeps !== null && !this.#keeps(name, run)) return null;
    const oldest = this.#keeps === null && samples.size === KEEP ? oldestOf(samples) : null;
    if (oldest !== null && oldest.ts >= run.ts) return null;
    if (oldest !== null) samples.delete(oldest);
    const kept = new Map<string, Sample>();
    samples.set(run, kept);
    return kept;
  }

  #put(samples: Map<string, Sample>, values: Float64Array): void {
    putSample(samples, {
      moduleName: this.#pool.text(this.#texts.moduleName(values)),
      variable: this.#pool.text(values[SAMPLE.variable]!),
      size: numberOrNull(values[SAMPLE.size]!),
      unit: this.#pool.text(this.#texts.unit(values)),
      entries: numberOrNull(values[SAMPLE.entries]!),
    });
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
  while (!keepsAll && into.samples.size > KEEP) into.samples.delete(oldestOf(into.samples));
}

function oldestOf(samples: NodeRuns['samples']): KnownRun {
  return [...samples.keys()].reduce((a, b) => (b.ts < a.ts ? b : a));
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
