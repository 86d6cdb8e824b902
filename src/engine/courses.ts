/** How sizes and gauges went, put together from answers about windows of time. */

import { NODE_GAUGES, type NodeGauge, type NodeSeries } from '../model/logged/node-series.ts';
import type { Unit } from '../model/logged/sample.ts';
import type { Series } from '../model/logged/series.ts';
import { GAUGE_METRICS, type Metric, VARIABLE_METRICS } from '../model/metrics.ts';
import type { EngineClient, EngineSeries } from './client.ts';
import type { Fleet } from './fleet.ts';
import type { Selection } from './queries.ts';
import { ask, type Timeline, type Window } from './timeline.ts';

/** Buckets that are so many intervals wide have several runs. */
const SEVERAL_RUNS = 1.5;

type Column = 'size' | 'entries' | 'lowest' | 'highest';

type Course = Pick<Series, 'stretch' | 'key' | 'moduleName'> & { unit: Unit } & { [Name in Column]?: Float64Array };

/**
 * Of variables.
 *
 * @param reported variables whose bytes Zeek reports, which have no other measure
 */
export async function readVariableCourses(
  client: EngineClient,
  fleet: Fleet,
  timeline: Timeline,
  { selection, reported }: { readonly selection: Selection; readonly reported: readonly string[] },
): Promise<Series[]> {
  const courses = new Map<string, Course>();
  const put = (window: Window, answers: readonly EngineSeries[], column: Column, unit: Unit | null) => {
    for (const { labels, points } of answers) {
      const { variable = '', module = '' } = labels;
      eachPlace(window, fleet, { labels, points }, ({ stretch, point }, value) => {
        const key = `${stretch} ${variable}`;
        const course = courses.get(key) ?? { stretch, key: variable, moduleName: module, unit: 'objects' };
        courses.set(key, course);
        if (unit !== null) course.unit = unit;
        course[column] ??= new Float64Array(timeline.stretches[stretch]!.ts.length).fill(Number.NaN);
        course[column][point] = value;
      });
    }
  };
  // One window after the other, so that no more than one is in memory as text.
  for (const window of timeline.windows) {
    const of = (metric: Metric, over?: 'min' | 'max') => ask(client, metric, window, { selection, over });
    put(window, await of(VARIABLE_METRICS.objects), 'size', 'objects');
    put(window, await of(VARIABLE_METRICS.characters), 'size', 'characters');
    for (const one of await of(VARIABLE_METRICS.size)) put(window, [one], 'size', one.labels.unit ?? 'unknown');
    put(window, await of(VARIABLE_METRICS.entries), 'entries', null);
    if (reported.length > 0) {
      const ofReported = { selection: { ...selection, variable: reported } };
      put(window, await ask(client, VARIABLE_METRICS.bytes.likely, window, ofReported), 'size', 'bytes');
    }
    if (window.steps.step <= SEVERAL_RUNS * fleet.interval) continue;
    put(window, await of(VARIABLE_METRICS.entries, 'min'), 'lowest', null);
    put(window, await of(VARIABLE_METRICS.entries, 'max'), 'highest', null);
  }
  const series = [...courses.values()].map((course): Series => {
    const none = new Float64Array(timeline.stretches[course.stretch]!.ts.length).fill(Number.NaN);
    const { size = none, entries = none } = course;
    const measure = course.entries ?? size;
    return {
      source: 'variable',
      ...course,
      size,
      entries,
      lowest: course.lowest ?? measure,
      highest: course.highest ?? measure,
    };
  });
  return series.sort((a, b) => a.stretch - b.stretch || (a.key < b.key ? -1 : 1));
}

/** One life of a process for each stretch, with its gauges at the points of it. */
export async function readProcessCourses(
  client: EngineClient,
  fleet: Fleet,
  timeline: Timeline,
): Promise<NodeSeries[]> {
  const gauges = timeline.stretches.map(({ ts }) => {
    const columns = NODE_GAUGES.map((gauge) => [gauge, new Float64Array(ts.length).fill(Number.NaN)]);
    return Object.fromEntries(columns) as Record<NodeGauge, Float64Array>;
  });
  await Promise.all(
    timeline.windows.flatMap((window) =>
      NODE_GAUGES.map(async (gauge) => {
        for (const answer of await ask(client, GAUGE_METRICS[gauge], window))
          eachPlace(window, fleet, answer, ({ stretch, point }, value) => {
            gauges[stretch]![gauge][point] = value;
          });
      }),
    ),
  );
  return timeline.stretches.map(({ node, boot, ts, runsPerPoint, firstRun }, i) => {
    let run = firstRun - runsPerPoint[0]!;
    const counters = runsPerPoint.map((count) => {
      run += count;
      return run;
    });
    return {
      node,
      boot,
      zeekVersion: null,
      ts,
      run: counters,
      gauges: gauges[i]!,
      trigger: Array.from(ts, () => null),
    };
  });
}

/** The measures of processes that are judged like variables. */
export function listJudgedGauges(timeline: Timeline, lives: readonly NodeSeries[]): Series[] {
  const measures = [
    ['resident_memory', 'bytes'],
    ['duration', 'seconds'],
  ] as const;
  return timeline.stretches.flatMap(({ ts }, stretch) =>
    measures.flatMap(([key, unit]): Series[] => {
      const size = lives[stretch]!.gauges[key];
      if (size.every(Number.isNaN)) return [];
      const entries = new Float64Array(ts.length).fill(Number.NaN);
      return [{ stretch, source: 'process', key, moduleName: '', unit, size, entries, lowest: size, highest: size }];
    }),
  );
}

function eachPlace(
  { places }: Window,
  { names }: Fleet,
  { labels, points }: EngineSeries,
  visit: (place: { readonly stretch: number; readonly point: number }, value: number) => void,
): void {
  const node = names.of(labels);
  const ofNode = node === null ? undefined : places.get(node);
  if (ofNode === undefined) return;
  for (const [at, value] of points) {
    const place = ofNode.get(at);
    if (place !== undefined) visit(place, value);
  }
}
