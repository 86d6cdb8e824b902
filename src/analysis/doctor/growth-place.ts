/** Where the growth of a process's memory is, as far as ranges allow to say. */

import { linearRegression, linearRegressionLine, sampleCorrelation, standardDeviation } from 'simple-statistics';
import { addBytes, type ByteRange } from '../../model/bytes.ts';
import type { NodeGauge } from '../../model/logged/node-series.ts';
import { measureRange } from '../judge/points.ts';
import type { Changes } from './changes.ts';
import { type ObservedNode, readEnds } from './observed-node.ts';
import { CONNECTIONS, EFFECT, QUEUES, STRAYING, STRAYING_TOGETHER, TOGETHER } from './thresholds.ts';

export interface GrowthPlace {
  /** `variables`, `connections`: at least half of it; `queue`: with what waits; `ended`: by what connections held that have ended; `outside`: less than half can be seen; else `unjudged`. */
  readonly where: 'variables' | 'connections' | 'queue' | 'ended' | 'outside' | 'unjudged';
  /** How much resident memory grew, in bytes. */
  readonly grown: number;
  readonly visible: ByteRange;
  /** What nothing visible explains. */
  readonly unexplained: { readonly low: number; readonly high: number };
  /** What rises with the part of it that is in no variable and no field of a connection; null where nothing does. */
  readonly companion: Companion | null;
}

/** @returns null where memory does not grow, or not enough to matter */
export function locateGrowth(changes: Changes): GrowthPlace | null {
  const { resident } = changes.node;
  if (resident === null || resident.kind !== 'growing') return null;
  const grown = resident.change;
  if (grown < EFFECT.minGrowthBytes || grown < EFFECT.minGrowthShare * resident.last) return null;
  const { variables, held, live } = changes;
  const known = addBytes(variables, held);
  const visible = addBytes(known, live);
  const unexplained = { low: grown - visible.high, high: grown - visible.low };
  const companion = findCompanion(changes.node, grown - Math.max(0, known.likely));
  return { where: chooseWhere(changes, grown, visible, companion), grown, visible, unexplained, companion };
}

function chooseWhere(
  { node, variables, held, live, ended }: Changes,
  grown: number,
  visible: ByteRange,
  companion: Companion | null,
): GrowthPlace['where'] {
  if (visible.likely >= EFFECT.judged * grown)
    return held.likely + live.likely > variables.likely ? 'connections' : 'variables';
  if (companion !== null) return companion.gauge === 'connections' ? 'connections' : 'queue';
  const left = ended.reduce((most, { bytes }) => Math.max(most, bytes.high), 0);
  if (left >= EFFECT.judged * grown && ended.some(({ times }) => times > 1)) return 'ended';
  if (visible.high >= EFFECT.judged * grown) return 'unjudged';
  const least = grown - visible.high;
  const isMuch = least >= EFFECT.minOutsideBytes && least >= EFFECT.minOutsideShare * (node.resident?.first ?? 0);
  return isMuch ? 'outside' : 'unjudged';
}

export type Queue = keyof typeof QUEUES & NodeGauge;

export interface Companion {
  readonly gauge: 'connections' | Queue;
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Bytes for each one that came. */
  readonly each: number;
}

/** Connections first: each has timers, files and buffers of its own. */
const CANDIDATES = { connections: { name: 'live connections', most: CONNECTIONS.most }, ...QUEUES } as const;

/** @param grown bytes of growth that nothing else explains */
function findCompanion(node: ObservedNode, grown: number): Companion | null {
  const { resident } = node;
  if (resident === null || grown <= 0) return null;
  for (const gauge of Object.keys(CANDIDATES) as (keyof typeof CANDIDATES)[]) {
    const { name, most } = CANDIDATES[gauge];
    const ends = readEnds(node, gauge, resident.from);
    const more = ends === null ? 0 : ends.last - ends.first;
    if (more * most < grown || !riseTogether(node, gauge, resident.from)) continue;
    return { gauge, name, ...ends!, each: grown / more };
  }
  return null;
}

function riseTogether({ ts, gauges, memory }: ObservedNode, gauge: NodeGauge, from: number): boolean {
  const known = Array.from(ts.keys()).filter((i) => {
    return ts[i]! >= from - 1 && !Number.isNaN(gauges![gauge][i]!) && !Number.isNaN(gauges![memory][i]!);
  });
  const of = (name: NodeGauge) => known.map((i) => gauges![name][i]!);
  if (known.length <= 2 || sampleCorrelation(of(gauge), of(memory)) < TOGETHER) return false;
  // Whatever rises goes along with all else that does: where it strays from its line, memory has to do so, too.
  const hours = known.map((i) => ts[i]!);
  const strays = strayFromLine(hours, of(gauge));
  const isStraight = standardDeviation(strays) < STRAYING * measureRange(of(gauge));
  return isStraight || sampleCorrelation(strays, strayFromLine(hours, of(memory))) >= STRAYING_TOGETHER;
}

function strayFromLine(t: readonly number[], y: readonly number[]): number[] {
  const line = linearRegressionLine(linearRegression(t.map((time, i) => [time, y[i]!])));
  return y.map((value, i) => value - line(t[i]!));
}
