/** Nodes that do the same work should hold the same: which one does not. */

import type { GrowthSeries, GrowthStretch, UnlikeEquals } from '../../model/answers/growth.ts';

/** What one node has more of than all its equals is remarkable from three times as much on. */
const TIMES = 3;
/** Of anything; below this nobody has to care. */
const LEAST = 1000;
const FEWEST_NODES = 3;
/** At most this share of the nodes can be unlike the others. */
const LARGEST_MINORITY = 0.25;

/** `worker` of `worker-12`: nodes of one role are equals. */
function roleOf(node: string): string {
  return node.replace(/[-_]?\d{1,9}$/, '');
}

/**
 * @param series of variables, one per node and variable and unit
 * @param stopped nodes that no longer report: they are no equals
 */
export function unlikeEquals(
  series: readonly GrowthSeries[],
  stretches: readonly GrowthStretch[],
  stopped: ReadonlyMap<string, number>,
): UnlikeEquals[] {
  const ages = new Map(
    stretches.flatMap(({ node, judged, age }) => (judged && !stopped.has(node) ? [[node, age] as const] : [])),
  );
  const roles = new Map<string, string[]>();
  for (const node of ages.keys()) roles.set(roleOf(node), [...(roles.get(roleOf(node)) ?? []), node]);
  const groups = new Map<string, GrowthSeries[]>();
  for (const one of series) {
    const nodes = roles.get(roleOf(one.node)) ?? [];
    if (one.source !== 'variable' || stopped.has(one.node) || nodes.length < FEWEST_NODES) continue;
    const key = JSON.stringify([roleOf(one.node), one.variable, one.unit]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()]
    .flatMap((group) => unlikeIn(group, roles.get(roleOf(group[0]!.node))!, ages))
    .sort((a, b) => b.value / (b.equals.largest + LEAST) - a.value / (a.equals.largest + LEAST));
}

function unlikeIn(
  group: readonly GrowthSeries[],
  nodes: readonly string[],
  ages: ReadonlyMap<string, number>,
): UnlikeEquals[] {
  const measure = group.every((one) => one.now.entries !== null) ? 'entries' : 'size';
  const amountOf = (one: GrowthSeries | undefined) => one?.now[measure] ?? 0;
  // A node on which it was not logged has less than is logged.
  const byNode = new Map(group.map((one) => [one.node, one]));
  const sorted = nodes
    .map((node) => ({ node, one: byNode.get(node) }))
    .sort((a, b) => amountOf(a.one) - amountOf(b.one));
  for (let odd = 1; odd <= Math.max(1, Math.floor(nodes.length * LARGEST_MINORITY)); odd++) {
    const equals = sorted.slice(0, sorted.length - odd);
    const unlike = sorted.slice(sorted.length - odd);
    const largest = amountOf(equals.at(-1)!.one);
    if (amountOf(unlike[0]!.one) < TIMES * largest + LEAST) continue;
    const oldest = Math.max(...unlike.map(({ node }) => ages.get(node) ?? 0));
    const comparable = equals.filter(({ node }) => (ages.get(node) ?? 0) > oldest / 2);
    if (comparable.length < FEWEST_NODES - 1) continue;
    const median = amountOf(equals[Math.floor(equals.length / 2)]!.one);
    return unlike.flatMap(({ one }) =>
      one === undefined
        ? []
        : [
            {
              node: one.node,
              variable: one.variable,
              moduleName: one.moduleName,
              unit: one.unit,
              measure,
              value: amountOf(one),
              perHour:
                one.trend.verdict === 'growing' && one.measure === measure ? (one.trend.perHour?.likely ?? null) : null,
              equals: { nodes: equals.length, median, largest },
            } as const,
          ],
    );
  }
  return [];
}
