/** What of a node's memory changed while it was looked at, and by how much at least and at most. */

import { addBytes, type ByteRange, exactly, NO_BYTES } from '../../model/bytes.ts';
import type { NodeGauge } from '../../model/logged/node-series.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { beginOf, endsOf, intervalOf, type NodeCase } from './case.ts';
import { BASE, EFFECT } from './thresholds.ts';
import type { Trend } from './trend.ts';
import { differenceOf, type VariableCase } from './variable-case.ts';

export interface GrowingVariable {
  readonly variable: VariableCase;
  readonly trend: Trend;
  /** Likely growth in bytes per second; 0 where bytes are not known. */
  readonly bytesPerSecond: number;
}

export interface Picture {
  readonly node: NodeCase;
  /** Variables that grow, in bytes; the fastest first. */
  readonly growing: readonly GrowingVariable[];
  /** Variables that would be among them if live connections had not grown as much. */
  readonly withTraffic: readonly VariableCase[];
  /** Variables that rise, and may stop by themselves: they fill, or their entries are not as old yet as they may get. */
  readonly filling: readonly VariableCase[];
  /** Variables that rose at once and stayed, by enough to matter; the largest rise first. */
  readonly stepped: readonly VariableCase[];
  /** Variables that grow in what the log counts, of which nobody can say what that is in bytes. */
  readonly growingCounts: readonly GrowingVariable[];
  /** Of all variables together, since the memory of the process grows (or has settled). */
  readonly variables: ByteRange;
  /** Of live connections, what hangs on them, reassembly, signature matchers. */
  readonly connections: ByteRange;
}

export function pictureOf(node: NodeCase, weigher: Weigher): Picture {
  const growing = node.variables.flatMap((variable): GrowingVariable[] => {
    const { trend, judged } = variable;
    if (trend === null || trend.kind !== 'growing') return [];
    return [{ variable, trend, bytesPerSecond: (judged.bytesPerHour?.likely ?? 0) / 3600 }];
  });
  const because = (...reasons: readonly (Trend['why'] | undefined)[]) =>
    node.variables.filter(({ trend }) => reasons.includes(trend?.why));
  const from = beginOf(node);
  return {
    node,
    growing: growing
      .filter(({ variable }) => variable.canBeWeighed)
      .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond),
    withTraffic: because('with-traffic', 'like-others'),
    filling: because('before-expiry', 'filling', 'as-before'),
    stepped: node.variables
      .filter((variable) => variable.judged.trend.verdict === 'stepped' && stepMatters(variable, node))
      .sort((a, b) => b.change.likely - a.change.likely),
    growingCounts: growing.filter(({ variable, trend }) => !variable.canBeWeighed && countMatters(trend)),
    variables: node.variables
      .map(({ now, bytesAt }) => differenceOf(now.bytes, bytesAt(from)))
      .reduce(addBytes, NO_BYTES),
    connections: connectionsChange(node, weigher, from),
  };
}

/** A step that is worth a finding. */
function stepMatters({ change }: VariableCase, { resident }: NodeCase): boolean {
  return change.likely >= EFFECT.minStepBytes && change.likely >= EFFECT.minStepShare * (resident?.last ?? 0);
}

function countMatters({ change, first }: Trend): boolean {
  return change >= EFFECT.minGrowthCount && change >= EFFECT.minGrowthOfItself * Math.max(0, first);
}

/** Days in which growth at this rate comes to what the process holds now. */
export function daysToDouble(slope: number, { resident }: NodeCase): number | null {
  return resident === null || slope <= 0 ? null : resident.last / slope / 86_400;
}

function connectionsChange(node: NodeCase, weigher: Weigher, from: number): ByteRange {
  const changeOf = (gauge: NodeGauge) => {
    const ends = endsOf(node, gauge, from);
    return ends === null ? 0 : ends.last - ends.first;
  };
  const count = changeOf('connections');
  const { low, likely, high } = BASE.connection;
  const perConnection = count >= 0 ? { low: count * low, likely: count * likely, high: count * high } : NO_BYTES;
  const held = exactly(changeOf('reassembly_bytes') + changeOf('matcher_bytes'));
  const fields = differenceOf(fieldsAt(node, weigher, node.ts.at(-1) ?? 0), fieldsAt(node, weigher, from));
  return [perConnection, held, fields].reduce(addBytes);
}

/** What hangs on the connections that were looked into in the run at a time. */
export function fieldsAt(node: NodeCase, weigher: Weigher, at: number): ByteRange {
  const near = Math.min(5, (intervalOf(node) ?? 10) / 2);
  return node.connections
    .filter(({ ts }) => Math.abs(ts - at) < near)
    .map(({ type, size, unit, entries }) => {
      const described = { type, recordFields: recordFieldsFor(node, type) };
      return weigher.bytesOf(node.node, described, { size, unit, entries }) ?? NO_BYTES;
    })
    .reduce(addBytes, NO_BYTES);
}

/** Records that variables' descriptions expand, for a field whose type names one of them. */
function recordFieldsFor({ variables }: NodeCase, type: string | null): readonly string[] {
  const name = type?.match(/ of (?:record )?([\w:]+)$/)?.[1];
  if (name === undefined) return [];
  const all = variables.flatMap(({ description }) => description?.recordFields ?? []);
  return [...new Set(all.filter((text) => text.startsWith(`${name}{`)))];
}
