/** What of a node's memory changed while it was looked at, and by how much at least and at most. */

import type { MemoryAccount } from '../../model/answers/doctor.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { accountFor } from './account.ts';
import { type Changes, measureChanges } from './changes.ts';
import { type GrowthPlace, locateGrowth } from './growth-place.ts';
import type { ObservedNode } from './observed-node.ts';
import type { ObservedVariable } from './observed-variable.ts';
import { findRetained, type Retained } from './retained.ts';
import { EFFECT } from './thresholds.ts';
import type { Trend } from './trend.ts';

export interface GrowingVariable {
  readonly variable: ObservedVariable;
  readonly trend: Trend;
  /** Likely growth in bytes per second; 0 where bytes are not known. */
  readonly bytesPerSecond: number;
}

export interface Assessment extends Changes {
  /** Variables that grow, in bytes; the fastest first. */
  readonly growing: readonly GrowingVariable[];
  /** Variables that would be among them if live connections had not grown as much. */
  readonly withTraffic: readonly ObservedVariable[];
  /** Variables that rise, and may stop by themselves: they fill, or their entries are not as old yet as they may get. */
  readonly filling: readonly ObservedVariable[];
  /** Variables that rose at once and stayed, by enough to matter; the largest rise first. */
  readonly stepped: readonly ObservedVariable[];
  /** Variables that grow in what the log counts, of which nobody can say what that is in bytes. */
  readonly growingCounts: readonly GrowingVariable[];
  /** Where the growth of its memory is; null where it does not grow, or not enough to matter. */
  readonly place: GrowthPlace | null;
  /** What variables gave up and the process kept, the largest first. */
  readonly retained: readonly Retained[];
  /** Null where memory was not logged. */
  readonly account: MemoryAccount | null;
}

export function assess(node: ObservedNode, weigher: Weigher): Assessment {
  const growing = node.variables.flatMap((variable): GrowingVariable[] => {
    const { trend, judged } = variable;
    if (trend === null || trend.kind !== 'growing') return [];
    return [{ variable, trend, bytesPerSecond: (judged.bytesPerHour?.likely ?? 0) / 3600 }];
  });
  const because = (...reasons: readonly (Trend['why'] | undefined)[]) =>
    node.variables.filter(({ trend }) => reasons.includes(trend?.why));
  const changes = measureChanges(node, weigher);
  const place = locateGrowth(changes);
  const retained = findRetained(node);
  return {
    ...changes,
    place,
    retained,
    account: accountFor(changes, weigher, place, retained[0] ?? null),
    growing: growing
      .filter(({ variable }) => variable.canBeWeighed)
      .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond),
    withTraffic: because('with-traffic', 'like-others'),
    filling: because('before-expiry', 'filling', 'as-before'),
    stepped: node.variables
      .filter((variable) => variable.judged.trend.verdict === 'stepped' && isNotableStep(variable, node))
      .sort((a, b) => b.change.likely - a.change.likely),
    growingCounts: growing.filter(({ variable, trend }) => !variable.canBeWeighed && isNotableCount(trend)),
  };
}

/** A step that is worth a finding. */
function isNotableStep({ change }: ObservedVariable, { resident }: ObservedNode): boolean {
  return change.likely >= EFFECT.minStepBytes && change.likely >= EFFECT.minStepShare * (resident?.last ?? 0);
}

function isNotableCount({ change, first }: Trend): boolean {
  return change >= EFFECT.minGrowthCount && change >= EFFECT.minGrowthOfItself * Math.max(0, first);
}

/** Days in which growth at this rate comes to what the process holds now. */
export function countDaysToDouble(slope: number, { resident }: ObservedNode): number | null {
  return resident === null || slope <= 0 ? null : resident.last / slope / 86_400;
}
