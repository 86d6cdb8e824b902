/** How the gauges of a process went, run by run. */

import type { GrowthSeries } from '../../model/answers/growth.ts';
import { addBytes, type ByteRange } from '../../model/bytes.ts';
import type { NodeGauge, NodeSeries } from '../../model/logged/node-series.ts';
import { SERIES_BUCKETS, type Stretch } from '../../model/logged/series.ts';
import type { Points } from '../judge/points.ts';

/** A run's rows may be written by so many seconds apart in different logs. */
const SLACK = 5;

/** A life without the run made as the process ended: it has closed its connections, and says nothing of how it went. */
export function withoutExit(life: NodeSeries): NodeSeries {
  if (life.trigger.at(-1) !== 'exit' || life.ts.length < 2) return life;
  // A run that was under way by then found no timers any more, of which a process that goes on has some.
  const kept = life.ts.length > 2 && life.gauges.timers.at(-2) === 0 ? -2 : -1;
  const gauges = Object.entries(life.gauges).map(([name, values]) => [name, values.slice(0, kept)]);
  return {
    ...life,
    ts: life.ts.slice(0, kept),
    run: life.run.slice(0, kept),
    trigger: life.trigger.slice(0, kept),
    gauges: Object.fromEntries(gauges) as NodeSeries['gauges'],
  };
}

/** The lives of all processes, as `my_stats_node.log` tells them, to be found by the stretches of their nodes. */
export class Processes {
  readonly #ofNodes = new Map<string, NodeSeries[]>();

  constructor(lives: readonly NodeSeries[]) {
    for (const life of lives) {
      const list = this.#ofNodes.get(life.node);
      if (list === undefined) this.#ofNodes.set(life.node, [life]);
      else list.push(life);
    }
  }

  /** The life that a stretch is of; null where the log does not tell. */
  lifeOf({ node, boot, firstTs, lastTs }: Stretch): NodeSeries | null {
    const lives = this.#ofNodes.get(node) ?? [];
    const isWithin = ({ ts }: NodeSeries) => ts[0]! <= lastTs + SLACK && ts.at(-1)! >= firstTs - SLACK;
    return lives.findLast((life) => isWithin(life) && (boot === null || life.boot === boot)) ?? null;
  }

  /** True where the last run of a stretch was made as the process ended. */
  endsWithExit(stretch: Stretch): boolean {
    const life = this.lifeOf(stretch);
    return life?.trigger.at(-1) === 'exit' && Math.abs(life.ts.at(-1)! - stretch.lastTs) < SLACK;
  }
}

/** Of as many equal spans of time as a series has at most, the last run's value each; hours since the first run. */
export function gaugePoints({ ts, gauges }: Pick<NodeSeries, 'ts' | 'gauges'>, gauge: NodeGauge): Points {
  const points: { t: number[]; y: number[] } = { t: [], y: [] };
  const values = gauges[gauge];
  const width = (ts.at(-1)! - ts[0]!) / SERIES_BUCKETS || 1;
  let last = -1;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const span = ts.length <= SERIES_BUCKETS ? i : Math.floor((ts[i]! - ts[0]!) / width);
    if (span !== last) {
      points.t.push(0);
      points.y.push(0);
      last = span;
    }
    points.t[points.t.length - 1] = (ts[i]! - ts[0]!) / 3600;
    points.y[points.y.length - 1] = value;
  });
  return points;
}

/**
 * Memory that was freed is used again, and resident memory does not rise before that is over: what grows in it goes on all the same.
 *
 * @param resident bytes per hour of its resident memory; null where that does not grow
 * @param series of the process
 * @returns bytes per hour; null where nothing grows
 */
export function fillingOf(resident: ByteRange | null, series: readonly GrowthSeries[]): ByteRange | null {
  const rates = series.flatMap(({ source, trend, bytesPerHour }) => {
    return source !== 'process' && trend.verdict === 'growing' && bytesPerHour !== null ? [bytesPerHour] : [];
  });
  const inside = rates.length === 0 ? null : rates.reduce(addBytes);
  return (inside?.likely ?? 0) > (resident?.likely ?? 0) ? inside : resident;
}
