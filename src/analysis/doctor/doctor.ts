/** What is wrong with the memory of a cluster: a verdict per node, and findings with their evidence. */

import { type DoctorResult, type Finding, isAtLeast } from '../../model/answers/doctor.ts';
import { computePatience } from '../../model/clock.ts';
import { assess } from './assessment.ts';
import { traceMemory } from './memory-course.ts';
import { observeNodes } from './observed-node.ts';
import { growingConnections, growingNumberOfConnections, keptByEndedConnections } from './rules/connections.ts';
import { intelStores, repeatedConstants } from './rules/constants.ts';
import { keptSlots, retainedMemory } from './rules/kept.ts';
import { risingCostOfMeasuring } from './rules/measuring.ts';
import { missingNodeLog, mixedVersions, silentNodes, unjudgedGrowth } from './rules/nodes.ts';
import { growthOutsideScripts, unexplainedMemory } from './rules/outside.ts';
import { growingQueues } from './rules/queues.ts';
import { restartingNodes } from './rules/restarts.ts';
import type { Rule, RuleInput } from './rules/rule.ts';
import { steppedVariables } from './rules/stepped.ts';
import { nodesUnlikeEquals } from './rules/unlike-equals.ts';
import { growingCounts, growingVariables } from './rules/variables.ts';
import { giveVerdict } from './verdict.ts';

/** Of findings of one level, those come first that say most about where memory is. */
const RULES: readonly Rule[] = [
  growingVariables,
  growingCounts,
  growingConnections,
  growingNumberOfConnections,
  keptByEndedConnections,
  growthOutsideScripts,
  restartingNodes,
  growingQueues,
  risingCostOfMeasuring,
  intelStores,
  repeatedConstants,
  steppedVariables,
  keptSlots,
  nodesUnlikeEquals,
  retainedMemory,
  unexplainedMemory,
  unjudgedGrowth,
  silentNodes,
  mixedVersions,
  missingNodeLog,
];

/** @param coursePoints how many points of each node's memory over time are wanted at most; null for none */
export function diagnose(
  records: Omit<RuleInput, 'assessments'>,
  coursePoints: number | null = null,
): Omit<DoctorResult, 'reading'> {
  const assessments = observeNodes(records).map((node) => assess(node, records.weigher));
  const input = { ...records, assessments };
  const findings = RULES.flatMap((rule) => rule(input)).sort(compareLevels);
  const times = assessments.flatMap(({ node }) => (node.ts.length === 0 ? [] : [node.ts[0]!, node.ts.at(-1)!]));
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const { now } = records.judged;
  return {
    from: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    // A clock that is ahead of the others does not tell what time it is.
    to: last - now > computePatience(0) && Number.isFinite(now) ? now : last,
    nodes: assessments.map((assessment) => {
      const verdict = giveVerdict(assessment);
      if (coursePoints === null) return verdict;
      const most = Math.max(FEWEST_POINTS, Math.min(coursePoints, Math.floor(ALL_POINTS / assessments.length)));
      return { ...verdict, memory: traceMemory(assessment.node, records.weigher, most) };
    }),
    findings,
  };
}

/** Points of all nodes together: more would only make a page larger. */
const ALL_POINTS = 2400;
const FEWEST_POINTS = 16;

function compareLevels(a: Finding, b: Finding): number {
  if (a.level === b.level) return 0;
  return isAtLeast(a.level, b.level) ? -1 : 1;
}
