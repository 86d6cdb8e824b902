/** Metrics of processes: what they hold, as they say it, and what was judged of that. */

import { type NodeVerdict, timeLeftOf } from '../../model/answers/doctor.ts';
import type { MetricsResult } from '../../model/answers/metrics.ts';
import { addBytes, NO_BYTES } from '../../model/bytes.ts';
import { NODE_GAUGES } from '../../model/logged/node-series.ts';
import { GAUGE_METRICS, NODE_METRICS } from '../../model/metrics.ts';
import { visible } from '../text/sanitize.ts';
import { type Family, familyOf, nodeLabels, rangeFamilies } from './metric-family.ts';

const SECONDS_PER_HOUR = 3600;

export function nodeFamilies({ inventory, processes, verdict, growth }: MetricsResult): Family[] {
  const nodes = inventory.nodes.map((one) => ({ ...one, labels: nodeLabels(one.node) }));
  const stopped = inventory.stopped.map(({ node, lastSeen }) => ({ labels: nodeLabels(node), ts: lastSeen }));
  const judged = (verdict?.nodes ?? []).map((one) => ({ ...one, labels: nodeLabels(one.node), ts: growth.to }));
  const { info, start, run, lastRun, explained, unexplained, growth: grows, timeToLimit } = NODE_METRICS;
  return [
    familyOf(
      info,
      nodes.map(({ node, ts, zeekVersion }) => ({
        labels: nodeLabels(node, { zeek_version: visible(zeekVersion ?? '') }),
        ts,
        value: 1,
      })),
    ),
    // Of nodes that stopped as well: how long ago that was is what one wants to know of them.
    familyOf(
      lastRun,
      [...nodes, ...stopped].map(({ labels, ts }) => ({ labels, ts, value: ts })),
    ),
    familyOf(
      run,
      nodes.map(({ labels, ts, run }) => ({ labels, ts, value: run })),
    ),
    familyOf(
      start,
      processes.map(({ node, ts, boot }) => ({ labels: nodeLabels(node), ts, value: boot })),
    ),
    ...NODE_GAUGES.map((gauge) =>
      familyOf(
        GAUGE_METRICS[gauge],
        processes.map(({ node, ts, gauges }) => ({ labels: nodeLabels(node), ts, value: gauges[gauge] ?? null })),
      ),
    ),
    ...rangeFamilies(
      explained,
      judged.map(({ labels, ts, account }) => {
        const parts = account?.parts.map(({ bytes }) => bytes) ?? null;
        return { labels, ts, value: parts?.reduce(addBytes, NO_BYTES) ?? null };
      }),
    ),
    ...rangeFamilies(
      unexplained,
      judged.map(({ labels, ts, account }) => ({ labels, ts, value: account?.unexplained ?? null })),
    ),
    ...rangeFamilies(
      grows,
      judged.map(({ labels, ts, course, fillsPerHour }) => {
        return { labels, ts, value: course.startsWith('grows') ? fillsPerHour : null };
      }),
    ),
    ...(['likely', 'low', 'high'] as const).map((bound) =>
      familyOf(
        timeToLimit[bound],
        judged.map((one) => ({ labels: one.labels, ts: one.ts, value: secondsLeft(one, bound) })),
      ),
    ),
  ];
}

/** Null where it does not grow, and where its slowest growth may be none. */
function secondsLeft(verdict: NodeVerdict, bound: 'likely' | 'low' | 'high'): number | null {
  const hours = timeLeftOf(verdict)?.[bound] ?? null;
  return hours === null ? null : Math.round(hours * SECONDS_PER_HOUR);
}
