/** What every rule gets. */

import type { Evidence, Finding } from '../../../model/answers/doctor.ts';
import type { StoppedNode } from '../../../model/logged/sample.ts';
import type { Assessment } from '../assessment.ts';
import type { Records } from '../records.ts';

export interface RuleInput extends Records {
  /** One per node, by name. */
  readonly assessments: readonly Assessment[];
  readonly stopped: readonly StoppedNode[];
  /** False where no `my_stats_node.log` was found. */
  readonly hasNodeLog: boolean;
}

export type Rule = (input: RuleInput) => readonly Finding[];

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
export function listResidentEvidence({ node }: Assessment): Evidence[] {
  const { resident, memory } = node;
  if (resident === null) return [];
  const { first, last, slope } = resident;
  return [
    evidence(node.node, memory.replace('_', ' '), 'bytes', { first, last, perHour: slope === 0 ? null : slope * 3600 }),
  ];
}
