/** What rises together with the memory of a process and is of a size to be its cause: live connections, or what waits. */

import { sampleCorrelation } from 'simple-statistics';
import type { NodeGauge } from '../../model/logged/node-series.ts';
import { endsOf, type NodeCase } from './case.ts';
import { CONNECTIONS, EFFECT, QUEUES, TOGETHER } from './thresholds.ts';

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
export function companionOf(node: NodeCase, grown: number): Companion | null {
  const { resident } = node;
  if (resident === null || grown <= 0) return null;
  for (const gauge of Object.keys(CANDIDATES) as (keyof typeof CANDIDATES)[]) {
    const { name, most } = CANDIDATES[gauge];
    const ends = endsOf(node, gauge, resident.from);
    const more = ends === null ? 0 : ends.last - ends.first;
    if (more * most < EFFECT.judged * grown || !risesTogether(node, gauge, resident.from)) continue;
    return { gauge, name, ...ends!, each: grown / more };
  }
  return null;
}

function risesTogether({ ts, gauges, memory }: NodeCase, gauge: NodeGauge, from: number): boolean {
  const known = Array.from(ts.keys()).filter((i) => {
    return ts[i]! >= from - 1 && !Number.isNaN(gauges![gauge][i]!) && !Number.isNaN(gauges![memory][i]!);
  });
  const of = (name: NodeGauge) => known.map((i) => gauges![name][i]!);
  return known.length > 2 && sampleCorrelation(of(gauge), of(memory)) >= TOGETHER;
}
