/** What of a node's memory changed while it was looked at, and by how much at least and at most. */

import { median } from 'simple-statistics';
import { addBytes, type ByteRange, exactly, NO_BYTES } from '../../model/bytes.ts';
import type { NodeGauge } from '../../model/node-series.ts';
import { SizeModel } from '../../sizing/index.ts';
import { intervalOf, type NodeCase } from './case.ts';
import { BASE, EFFECT, TREND } from './thresholds.ts';
import { type Trend, trendOf } from './trend.ts';
import { lastCount, trendOfVariable, type VariableCase, type VariableTrend } from './variable-case.ts';

export interface GrowingVariable {
  readonly variable: VariableCase;
  /** Of its entries or its size. */
  readonly trend: VariableTrend;
  /** Likely growth in bytes per second. */
  readonly bytesPerSecond: number;
}

export interface SteppedVariable {
  readonly variable: VariableCase;
  readonly step: NonNullable<VariableTrend['step']>;
}

export interface CountedGrowth {
  readonly variable: VariableCase;
  readonly trend: VariableTrend;
}

export interface Picture {
  readonly node: NodeCase;
  /** Variables that grow, and by enough to matter; the largest growth first. */
  readonly growing: readonly GrowingVariable[];
  /** Variables that would be among them if live connections had not grown as much. */
  readonly withTraffic: readonly GrowingVariable[];
  /** Variables that rose at once and stayed, by enough to matter; the largest rise first. */
  readonly stepped: readonly SteppedVariable[];
  /** Variables that grow in what the log counts, of which nobody can say what that is in bytes. */
  readonly growingCounts: readonly CountedGrowth[];
  /** Of all variables together. */
  readonly variables: ByteRange;
  /** Of live connections, what hangs on them, reassembly, signature matchers. */
  readonly connections: ByteRange;
}

export function pictureOf(node: NodeCase): Picture {
  const mattering: GrowingVariable[] = [];
  const stepped: SteppedVariable[] = [];
  const growingCounts: CountedGrowth[] = [];
  for (const variable of node.variables) {
    const { canBeWeighed } = variable;
    if (canBeWeighed && variable.change.likely < EFFECT.minGrowthBytes) continue;
    const trend = trendOfVariable(variable);
    if (trend === null) continue;
    const seconds = variable.ts[variable.lastPoint]! - variable.ts[variable.firstPoint]!;
    if (!canBeWeighed) {
      if (trend.kind === 'growing' && countMatters(trend)) growingCounts.push({ variable, trend });
    } else if (trend.step !== null) {
      if (stepMatters(variable, node)) stepped.push({ variable, step: trend.step });
    } else if (trend.kind === 'growing' && seconds > 0 && matters(variable, trend, seconds, node))
      mattering.push({ variable, trend, bytesPerSecond: variable.change.likely / seconds });
  }
  mattering.sort((a, b) => b.variable.change.likely - a.variable.change.likely);
  stepped.sort((a, b) => b.variable.change.likely - a.variable.change.likely);
  const traffic = trafficOf(node);
  const follows = ({ trend }: GrowingVariable) => {
    return traffic > 0 && traffic >= (EFFECT.followsTraffic * trend.change) / Math.max(1, trend.first);
  };
  return {
    node,
    growing: mattering.filter((one) => !follows(one)),
    withTraffic: mattering.filter(follows),
    stepped,
    growingCounts,
    variables: node.variables.reduce((sum, { change }) => addBytes(sum, change), NO_BYTES),
    connections: connectionsChange(node),
  };
}

/** Growth that is worth a finding: in itself, for the process, for the variable, and for a day. */
function matters({ change }: VariableCase, trend: Trend, seconds: number, { resident }: NodeCase): boolean {
  const memory = resident?.first ?? 0;
  const grown = change.likely;
  if (grown < EFFECT.minGrowthBytes || grown < EFFECT.minGrowthShare * memory) return false;
  if (trend.change < EFFECT.minGrowthOfItself * Math.max(0, trend.first)) return false;
  return (grown / seconds) * 86_400 >= EFFECT.minSharePerDay * memory || grown >= 2 * EFFECT.minSharePerDay * memory;
}

/** A step that is worth a finding; not one back to where the variable was in a life before. */
function stepMatters(variable: VariableCase, { resident }: NodeCase): boolean {
  const { change, settledAt } = variable;
  if (settledAt !== null && lastCount(variable) <= settledAt) return false;
  return change.likely >= EFFECT.minStepBytes && change.likely >= EFFECT.minStepShare * (resident?.last ?? 0);
}

function countMatters({ change, first }: Trend): boolean {
  return change >= EFFECT.minGrowthCount && change >= EFFECT.minGrowthOfItself * Math.max(0, first);
}

/** Days in which growth at this rate comes to what the process holds now. */
export function daysToDouble(slope: number, { resident }: NodeCase): number | null {
  return resident === null || slope <= 0 ? null : resident.last / slope / 86_400;
}

/** How much live connections rose, as a share of what they were; 0 where they did not. */
function trafficOf({ ts, gauges }: NodeCase): number {
  const trend = gauges === null ? null : trendOf(ts, gauges.connections);
  if (trend === null || trend.kind === 'flat' || trend.kind === 'falling') return 0;
  return trend.change / Math.max(1, trend.first);
}

/** A gauge at both ends of what is looked at, each the middle of three runs; null where it was not logged. */
export function endsOf({ ts, gauges }: NodeCase, gauge: NodeGauge): { first: number; last: number } | null {
  const values = Array.from(gauges?.[gauge] ?? [])
    .slice(Math.floor(ts.length * TREND.settle))
    .filter((value) => !Number.isNaN(value));
  if (values.length === 0) return null;
  return { first: median(values.slice(0, 3)), last: median(values.slice(-3)) };
}

function connectionsChange(node: NodeCase): ByteRange {
  const changeOf = (gauge: NodeGauge) => {
    const ends = endsOf(node, gauge);
    return ends === null ? 0 : ends.last - ends.first;
  };
  const count = changeOf('connections');
  const { low, likely, high } = BASE.connection;
  const perConnection = count >= 0 ? { low: count * low, likely: count * likely, high: count * high } : NO_BYTES;
  const held = exactly(changeOf('reassembly_bytes') + changeOf('matcher_bytes'));
  return addBytes(addBytes(perConnection, held), fieldsChange(node));
}

/** What hangs on the connections that were looked into, at the last run less at the first. */
function fieldsChange(node: NodeCase): ByteRange {
  const { ts } = node;
  if (node.connections.length === 0 || ts.length === 0) return NO_BYTES;
  const first = fieldsAt(node, ts[Math.floor(ts.length * TREND.settle)]!);
  const last = fieldsAt(node, ts.at(-1)!);
  return { low: last.low - first.low, likely: last.likely - first.likely, high: last.high - first.high };
}

/** What hangs on the connections that were looked into in the run at a time. */
export function fieldsAt(node: NodeCase, at: number): ByteRange {
  const model = new SizeModel(node.zeekVersion);
  const near = Math.min(5, (intervalOf(node) ?? 10) / 2);
  return node.connections
    .filter(({ ts }) => Math.abs(ts - at) < near)
    .map(({ type, size, unit, entries }) => {
      const input = { type, recordFields: recordFieldsFor(node, type), size, unit, entries, peakEntries: null };
      return model.weigh(input).bytes ?? NO_BYTES;
    })
    .reduce(addBytes, NO_BYTES);
}

/** Records that variables' descriptions expand, for a field whose type names one of them. */
export function recordFieldsFor({ variables }: NodeCase, type: string | null): readonly string[] {
  const name = type?.match(/ of (?:record )?([\w:]+)$/)?.[1];
  if (name === undefined) return [];
  const all = variables.flatMap(({ description }) => description?.recordFields ?? []);
  return [...new Set(all.filter((text) => text.startsWith(`${name}{`)))];
}
