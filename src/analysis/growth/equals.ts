/** Nodes that do the same work should hold the same: which one does not. */

import type { GrowthSeries, GrowthStretch, UnlikeEquals } from '../../model/answers/growth.ts';
import { stripSensor } from '../../model/names.ts';

/** What one node has more of than all its equals is remarkable from so many times as much on, and so much more. */
const REMARKABLE = {
  variable: { times: 3, more: 1000 },
  // Much of every process is the same, so that twice as much memory is many times as much of what differs.
  memory: { times: 2, more: 64e6 },
} as const;
const FEWEST_NODES = 3;
/** At most this share of the nodes can be unlike the others. */
const LARGEST_MINORITY = 0.25;

/** `worker` of `worker-12`: nodes of one role are equals, also those of other sensors. */
function nameRole(node: string): string {
  return stripSensor(node).replace(/[-_]?\d{1,9}$/, '');
}

/** The variables of a node, and its memory. */
function isCompared({ source, variable }: GrowthSeries): boolean {
  return source === 'variable' || (source === 'process' && variable === 'resident_memory');
}

/**
 * @param series one per node and variable and unit, and one of the memory of each node
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
  for (const node of ages.keys()) roles.set(nameRole(node), [...(roles.get(nameRole(node)) ?? []), node]);
  const groups = new Map<string, GrowthSeries[]>();
  for (const one of series) {
    const nodes = roles.get(nameRole(one.node)) ?? [];
    if (!isCompared(one) || stopped.has(one.node) || nodes.length < FEWEST_NODES) continue;
    const key = JSON.stringify([nameRole(one.node), one.source, one.variable, one.unit]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()]
    .flatMap((group) => findUnlikeIn(group, roles.get(nameRole(group[0]!.node))!, ages))
    .sort((a, b) => computeTimes(b) - computeTimes(a));
}

/** How many times as much it has, beside what is remarkable at all. */
function computeTimes({ source, value, equals }: UnlikeEquals): number {
  return value / (equals.largest + REMARKABLE[source === 'process' ? 'memory' : 'variable'].more);
}

function findUnlikeIn(
  group: readonly GrowthSeries[],
  nodes: readonly string[],
  ages: ReadonlyMap<string, number>,
): UnlikeEquals[] {
  const isMemory = group[0]!.source === 'process';
  const { times, more } = REMARKABLE[isMemory ? 'memory' : 'variable'];
  const measure = group.every((one) => one.now.entries !== null) ? 'entries' : 'size';
  const amountOf = (one: GrowthSeries | undefined) => one?.now[measure] ?? 0;
  // A node on which a variable was not logged has less than is logged; of its memory nothing is known.
  const byNode = new Map(group.map((one) => [one.node, one]));
  const sorted = nodes
    .map((node) => ({ node, one: byNode.get(node) }))
    .filter(({ one }) => one !== undefined || !isMemory)
    .sort((a, b) => amountOf(a.one) - amountOf(b.one));
  for (let odd = 1; odd <= Math.max(1, Math.floor(sorted.length * LARGEST_MINORITY)); odd++) {
    const equals = sorted.slice(0, sorted.length - odd);
    const unlike = sorted.slice(sorted.length - odd);
    const largest = amountOf(equals.at(-1)!.one);
    if (amountOf(unlike[0]!.one) < times * largest + more) continue;
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
              source: one.source,
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
