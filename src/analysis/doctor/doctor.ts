/** What is wrong with the memory of a cluster: a verdict per node, and findings with their evidence. */

import { type DoctorResult, type Finding, isAtLeast } from '../../model/answers/doctor.ts';
import { patience } from '../../model/logged/liveness.ts';
import type { StoppedNode } from '../../model/logged/sample.ts';
import { casesOf } from './case.ts';
import { memoryCourseOf } from './memory-course.ts';
import { pictureOf } from './picture.ts';
import type { Records } from './records.ts';
import { growingConnections } from './rules/connections.ts';
import { intelStores, repeatedConstants } from './rules/constants.ts';
import { growingCounts } from './rules/counts.ts';
import { keptByEndedConnections } from './rules/ended-connections.ts';
import { growingNumberOfConnections } from './rules/live-connections.ts';
import { risingCostOfMeasuring } from './rules/measuring.ts';
import { missingNodeLog, mixedVersions, silentNodes, unjudgedGrowth } from './rules/nodes.ts';
import { growthOutsideScripts } from './rules/outside.ts';
import { growingQueues } from './rules/queues.ts';
import { restartingNodes } from './rules/restarts.ts';
import { retainedMemory } from './rules/retained.ts';
import type { Rule, Ward } from './rules/rule.ts';
import { keptSlots } from './rules/slots.ts';
import { steppedVariables } from './rules/stepped.ts';
import { unexplainedMemory } from './rules/unexplained.ts';
import { nodesUnlikeEquals } from './rules/unlike-equals.ts';
import { growingVariables } from './rules/variables.ts';
import { verdictOf } from './verdict.ts';

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
  records: Records & { readonly stopped: readonly StoppedNode[]; readonly hasNodeLog: boolean },
  coursePoints: number | null = null,
): Omit<DoctorResult, 'reading'> {
  const pictures = casesOf(records).map((node) => pictureOf(node, records.weigher));
  const ward: Ward = { ...records, pictures };
  const findings = RULES.flatMap((rule) => rule(ward)).sort(byLevel);
  const times = pictures.flatMap(({ node }) => (node.ts.length === 0 ? [] : [node.ts[0]!, node.ts.at(-1)!]));
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const { now } = records.judged;
  return {
    from: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    // A clock that is ahead of the others does not tell what time it is.
    to: last - now > patience(0) && Number.isFinite(now) ? now : last,
    nodes: pictures.map((picture) => {
      const verdict = verdictOf(picture);
      if (coursePoints === null) return verdict;
      const most = Math.max(FEWEST_POINTS, Math.min(coursePoints, Math.floor(ALL_POINTS / pictures.length)));
      return { ...verdict, memory: memoryCourseOf(picture.node, records.weigher, most) };
    }),
    findings,
  };
}

/** Points of all nodes together: more would only make a page larger. */
const ALL_POINTS = 2400;
const FEWEST_POINTS = 16;

function byLevel(a: Finding, b: Finding): number {
  if (a.level === b.level) return 0;
  return isAtLeast(a.level, b.level) ? -1 : 1;
}
