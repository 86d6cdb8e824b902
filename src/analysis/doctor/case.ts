/** What is known of one node, put together for the rules: the life of its process that is looked at, and all series of it. */

import { median } from 'simple-statistics';
import type { Attributor } from '../../attribution/attributor.ts';
import type { Assignment } from '../../attribution/declaration.ts';
import type { ConnectionField } from '../../model/connection.ts';
import type { Descriptions } from '../../model/description.ts';
import type { NodeGauge, NodeSeries } from '../../model/node-series.ts';
import type { SeriesResult, Stretch } from '../../model/series.ts';
import { numberOrNull } from '../../model/unset.ts';
import { SizeModel } from '../../sizing/index.ts';
import { EarlierBoots } from '../earlier-boots.ts';
import { TREND } from './thresholds.ts';
import { type Trend, trendOf } from './trend.ts';
import { type VariableCase, variableCase } from './variable-case.ts';

/** What the logs hold, as the store gives it. */
export interface Records {
  readonly nodes: readonly NodeSeries[];
  readonly series: SeriesResult;
  readonly connections: readonly ConnectionField[];
  readonly descriptions: Descriptions;
  readonly attributor: Attributor;
  /** Statements of scripts at hand that replace a variable as a whole. */
  readonly assignments: readonly Assignment[];
  readonly zeekVersions: ReadonlyMap<string, string>;
}

export interface NodeCase {
  readonly node: string;
  readonly zeekVersion: string | null;
  readonly boot: number | null;
  /** True where the node started again since, too recently to say anything of that life. */
  readonly isEarlierLife: boolean;
  /** Seconds since the epoch, ascending: runs of that life, without the one made as it ended. */
  readonly ts: Float64Array;
  readonly run: Float64Array;
  readonly gauges: Readonly<Record<NodeGauge, Float64Array>> | null;
  readonly endedOrderly: boolean;
  readonly variables: readonly VariableCase[];
  /** All rows of that life. */
  readonly connections: readonly ConnectionField[];
  /** The gauge that tells the process's memory: before Zeek 7.0 there is only its peak. */
  readonly memory: 'resident_memory' | 'peak_memory';
  /** How its memory went; null where it was not logged, or not often enough. */
  readonly resident: Trend | null;
}

/** One case per node, by name. */
export function casesOf(records: Records): NodeCase[] {
  const earlier = new EarlierBoots(records.series);
  const names = new Set([
    ...records.nodes.map(({ node }) => node),
    ...records.series.stretches.map(({ node }) => node),
  ]);
  return [...names].sort().map((node) => caseOf(node, records, earlier));
}

function caseOf(node: string, records: Records, earlier: EarlierBoots): NodeCase {
  const lives = records.nodes.filter((life) => life.node === node).map(withoutExit);
  const life = chosen(lives, ({ series }) => series.ts.length);
  const stretches = records.series.stretches.map((stretch, index) => ({ stretch, index }));
  const own = stretches.filter(({ stretch }) => stretch.node === node);
  const stretch = life === null ? chosen(own, (one) => one.stretch.runs) : longest(own, life.series);
  const zeekVersion = life?.series.zeekVersion ?? records.zeekVersions.get(node) ?? null;
  const ts = life?.series.ts ?? stretch?.stretch.ts ?? new Float64Array(0);
  const boot = life?.series.boot ?? stretch?.stretch.boot ?? null;
  const gauges = life?.series.gauges ?? null;
  const isKnown = gauges === null || gauges.resident_memory.some((value) => !Number.isNaN(value));
  const memory = isKnown ? 'resident_memory' : 'peak_memory';
  const later = life === null ? [] : lives.slice(lives.indexOf(life) + 1);
  return {
    node,
    zeekVersion,
    boot,
    isEarlierLife: later.length > 0,
    ts,
    run: life?.series.run ?? new Float64Array(ts.length).fill(Number.NaN),
    gauges,
    endedOrderly: (lives.at(-1)?.ended ?? false) && later.length === 0,
    variables: stretch === null ? [] : variablesOf(stretch, node, records, new SizeModel(zeekVersion), earlier),
    connections: records.connections.filter((row) => row.node === node && (boot === null || row.boot === boot)),
    memory,
    resident: gauges === null ? null : trendOf(ts, gauges[memory]),
  };
}

/** As a process ends it has closed its connections: its last run says nothing of how it went. */
function withoutExit(life: NodeSeries): { series: NodeSeries; ended: boolean } {
  const ended = life.trigger.at(-1) === 'exit';
  const end = ended && life.ts.length > 1 ? life.ts.length - 1 : life.ts.length;
  const gauges = Object.fromEntries(Object.entries(life.gauges).map(([name, values]) => [name, values.slice(0, end)]));
  const series = {
    ...life,
    ts: life.ts.slice(0, end),
    run: life.run.slice(0, end),
    gauges: gauges as NodeSeries['gauges'],
  };
  return { series, ended };
}

/** The last that is long enough to tell anything; the last one, where none is. */
function chosen<Life>(lives: readonly Life[], runs: (life: Life) => number): Life | null {
  return lives.findLast((life) => runs(life) >= TREND.minRuns) ?? lives.at(-1) ?? null;
}

interface IndexedStretch {
  readonly stretch: Stretch;
  readonly index: number;
}

/** The longest stretch within a life. */
function longest(stretches: readonly IndexedStretch[], life: NodeSeries): IndexedStretch | null {
  const from = life.ts[0]! - 5;
  const to = life.ts.at(-1)! + 5;
  const within = stretches.filter(({ stretch }) => stretch.firstTs >= from && stretch.firstTs <= to);
  return within.toSorted((a, b) => b.stretch.runs - a.stretch.runs)[0] ?? null;
}

function variablesOf(
  { stretch, index }: IndexedStretch,
  node: string,
  { series, descriptions }: Records,
  model: SizeModel,
  earlier: EarlierBoots,
): VariableCase[] {
  const settled = stretch.ts[Math.floor(stretch.ts.length * TREND.settle)] ?? 0;
  return series.series
    .filter((one) => one.stretch === index && one.source === 'variable')
    .flatMap((one) => {
      const found = variableCase(one, stretch.ts, settled, descriptions.of(node, one.key), model);
      return found === null ? [] : [{ ...found, settledAt: earlier.settledAt(one) }];
    });
}

/** The last value there is of a gauge; null where there is none. */
export function lastOf({ gauges }: NodeCase, gauge: NodeGauge): number | null {
  const values = gauges?.[gauge] ?? new Float64Array(0);
  return numberOrNull(values.findLast((value) => !Number.isNaN(value)) ?? Number.NaN);
}

/** The process's memory in the run nearest to a time; null where it was not logged. */
export function memoryNear({ ts, gauges, memory }: NodeCase, at: number): number | null {
  let nearest: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  gauges?.[memory].forEach((value, i) => {
    const away = Math.abs(ts[i]! - at);
    if (Number.isNaN(value) || away >= distance) return;
    nearest = value;
    distance = away;
  });
  return nearest;
}

/** The middle one of the times between its runs, in seconds; null with fewer than two. */
export function intervalOf({ ts }: NodeCase): number | null {
  const gaps = Array.from(ts.subarray(1), (at, i) => at - ts[i]!);
  return gaps.length === 0 ? null : median(gaps);
}
