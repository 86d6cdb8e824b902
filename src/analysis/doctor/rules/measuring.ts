/** What measuring itself costs, and that it costs more and more. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { readNumber } from '../../../model/logged/node-series.ts';
import { formatDuration } from '../../../model/time.ts';
import type { Assessment } from '../assessment.ts';
import { judgeGauge } from '../observed-node.ts';
import type { ObservedVariable } from '../observed-variable.ts';
import { MEASURING } from '../thresholds.ts';
import type { Trend } from '../trend.ts';
import { describeSteadiness } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';

export const risingCostOfMeasuring: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) => {
    const { node } = assessment;
    if (node.gauges === null) return [];
    const trend = judgeGauge({ ts: node.ts, gauges: node.gauges }, 'duration');
    if (trend?.kind !== 'growing') return [];
    const isLarge = trend.last >= MEASURING.minRatio * Math.max(0, trend.first);
    return isLarge && trend.change >= MEASURING.minSeconds ? [describeFinding(assessment, trend)] : [];
  });

function describeFinding(assessment: Assessment, trend: Trend): Finding {
  const { node } = assessment.node;
  const cause = findCause(assessment);
  const by = cause === null ? 'which variable causes it cannot be told from the logs' : cause.why;
  return {
    kind: 'measuring-cost-rises',
    level: 'warning',
    certainty: cause?.isCertain ? 'likely' : 'possible',
    because: `of the duration of a run, ${describeSteadiness(trend)}; ${by}`,
    nodes: [node],
    subject: cause?.variable.variable ?? null,
    what: `measuring takes longer and longer on ${node}: from ${formatDuration(Math.max(0, trend.first))} to ${formatDuration(trend.last)} a run in ${formatDuration(trend.to - trend.from)}; ${by}`,
    evidence: [
      evidence(node, 'duration of a run', 'seconds', {
        first: Math.max(0, trend.first),
        last: trend.last,
        perHour: trend.slope * 3600,
      }),
      ...(cause === null ? [] : listCauseEvidence(node, cause.variable)),
      ...listResidentEvidence(assessment),
    ],
    advice: [
      {
        text: 'Measure less often, and update the collector: this one looks at a bounded number of entries in a run, however many there are.',
        command: 'redef my_stats::run_interval = 10min;',
      },
    ],
  };
}

interface Cause {
  readonly variable: ObservedVariable;
  readonly why: string;
  readonly isCertain: boolean;
}

/** Patterns as keys are compiled anew by every look at them; otherwise what grew most is what takes longer to visit. */
function findCause({ node }: Assessment): Cause | null {
  const byPattern = node.variables.find(({ description }) =>
    /^(table|set)\[[^\]]*pattern/.test(description?.type ?? ''),
  );
  if (byPattern !== undefined) {
    const why = `${byPattern.variable} has patterns as keys, which Zeek compiles anew whenever its size is asked for`;
    return { variable: byPattern, why, isCertain: true };
  }
  const grown = node.variables
    .map((variable) => ({ variable, by: measureGrowth(variable) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by);
  const [most, next] = grown;
  if (most === undefined || most.variable.trend?.kind !== 'growing') return null;
  const all = grown.reduce((sum, { by }) => sum + by, 0);
  if (most.by < 0.5 * all) return null;
  const why = `${most.variable.variable} grew most over the same time`;
  return { variable: most.variable, why, isCertain: next === undefined || most.by > 3 * next.by };
}

function measureGrowth({ size, firstPoint, lastPoint }: ObservedVariable): number {
  const first = Number.isNaN(size[firstPoint]!) ? 0 : size[firstPoint]!;
  return Number.isNaN(size[lastPoint]!) ? 0 : size[lastPoint]! - first;
}

function listCauseEvidence(
  node: string,
  { variable, size, unit, firstPoint, lastPoint, description }: ObservedVariable,
) {
  const unitOf = unit === 'bytes' ? 'bytes' : unit === 'characters' ? 'characters' : 'count';
  const first = readNumber(size[firstPoint]!);
  const last = readNumber(size[lastPoint]!);
  return [evidence(node, variable, unitOf, { first, last, detail: description?.type ?? null })];
}
