/** What of a node's memory changed while it was looked at, and by how much at least and at most. */

import type { MemoryAccount } from '../../model/answers/doctor.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { accountOf } from './account.ts';
import type { NodeCase } from './case.ts';
import { type Changes, changesOf } from './changes.ts';
import { type GrowthPlace, growthPlaceOf } from './growth-place.ts';
import { type Retained, retainedOf } from './retained.ts';
import { EFFECT } from './thresholds.ts';
import type { Trend } from './trend.ts';
import type { VariableCase } from './variable-case.ts';

export interface GrowingVariable {
  readonly variable: VariableCase;
  readonly trend: Trend;
  /** Likely growth in bytes per second; 0 where bytes are not known. */
  readonly bytesPerSecond: number;
}

export interface Picture extends Changes {
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
  /** Where the growth of its memory is; null where it does not grow, or not enough to matter. */
  readonly place: GrowthPlace | null;
  /** What variables gave up and the process kept, the largest first. */
  readonly retained: readonly Retained[];
  /** Null where memory was not logged. */
  readonly account: MemoryAccount | null;
}

export function pictureOf(node: NodeCase, weigher: Weigher): Picture {
  const growing = node.variables.flatMap((variable): GrowingVariable[] => {
    const { trend, judged } = variable;
    if (trend === null || trend.kind !== 'growing') return [];
    return [{ variable, trend, bytesPerSecond: (judged.bytesPerHour?.likely ?? 0) / 3600 }];
  });
  const because = (...reasons: readonly (Trend['why'] | undefined)[]) =>
    node.variables.filter(({ trend }) => reasons.includes(trend?.why));
  const changes = changesOf(node, weigher);
  const place = growthPlaceOf(changes);
  const retained = retainedOf(node);
  return {
    ...changes,
    place,
    retained,
    account: accountOf(changes, weigher, place, retained[0] ?? null),
    growing: growing
      .filter(({ variable }) => variable.canBeWeighed)
      .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond),
    withTraffic: because('with-traffic', 'like-others'),
    filling: because('before-expiry', 'filling', 'as-before'),
    stepped: node.variables
      .filter((variable) => variable.judged.trend.verdict === 'stepped' && stepMatters(variable, node))
      .sort((a, b) => b.change.likely - a.change.likely),
    growingCounts: growing.filter(({ variable, trend }) => !variable.canBeWeighed && countMatters(trend)),
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
