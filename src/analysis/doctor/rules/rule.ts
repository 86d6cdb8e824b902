/** What every rule gets. */

import type { Attributor } from '../../../attribution/attributor.ts';
import type { Assignment } from '../../../attribution/declaration.ts';
import type { Evidence, Finding } from '../../../model/answers/doctor.ts';
import type { NodeSeries } from '../../../model/logged/node-series.ts';
import type { StoppedNode } from '../../../model/logged/sample.ts';
import type { SeriesResult } from '../../../model/logged/series.ts';
import type { JudgedSeries } from '../../growth/judged-series.ts';
import type { Weigher } from '../../weighing/weigh.ts';
import type { Picture } from '../picture.ts';

export interface Ward {
  /** One per node, by name. */
  readonly pictures: readonly Picture[];
  /** All lives of all processes, by node and time. */
  readonly lives: readonly NodeSeries[];
  readonly data: SeriesResult;
  readonly judged: JudgedSeries;
  readonly weigher: Weigher;
  readonly stopped: readonly StoppedNode[];
  readonly attributor: Attributor;
  readonly assignments: readonly Assignment[];
  /** False where no `my_stats_node.log` was found. */
  readonly hasNodeLog: boolean;
}

export type Rule = (ward: Ward) => readonly Finding[];

/** Evidence with nothing but a name and values. */
export function evidence(
  node: string,
  what: string,
  unit: Evidence['unit'],
  values: Partial<Omit<Evidence, 'node' | 'what' | 'unit'>>,
): Evidence {
  return { node, what, unit, first: null, last: null, perHour: null, detail: null, ...values };
}

/** The row that most findings end in. */
export function residentEvidence({ node }: Picture): Evidence[] {
  const { resident, memory } = node;
  if (resident === null) return [];
  const { first, last, slope } = resident;
  return [
    evidence(node.node, memory.replace('_', ' '), 'bytes', { first, last, perHour: slope === 0 ? null : slope * 3600 }),
  ];
}
