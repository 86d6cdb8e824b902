/** How the variables that grow went, in few enough points to be drawn. */

import type { GrowthResult, GrowthRow, GrowthSeries } from '../../model/answers/growth.ts';
import type { ReportCurve } from '../../model/answers/report.ts';
import type { SeriesResult } from '../../model/logged/series.ts';

/** Variables drawn, points of a line: what more there were would only make the page larger. */
const MOST_CURVES = 12;
const MOST_POINTS = 64;

/** @returns the worst first; null where there was not enough data to judge anything */
export function growthCurves(
  growth: GrowthResult,
  data: SeriesResult,
  wantsPackage: (name: string) => boolean,
): ReportCurve[] | null {
  const rows = growth.sections.flatMap((section) => section.rows);
  if (rows.length === 0 && growth.counts.fine + growth.counts.watch === 0) return null;
  return rows
    .filter((row) => wantsPackage(growth.series[row.series[0]!]?.package ?? 'unknown'))
    .sort((a, b) => b.weight - a.weight || (a.group < b.group ? -1 : 1))
    .slice(0, MOST_CURVES)
    .flatMap((row) => curveOf(row, growth, data) ?? []);
}

function curveOf(row: GrowthRow, growth: GrowthResult, data: SeriesResult): ReportCurve | null {
  const series = row.series.map((index) => growth.series[index]!);
  const worst = series[0];
  if (worst === undefined) return null;
  const ofEntries = worst.measure === 'entries';
  return {
    variable: row.group,
    moduleName: worst.moduleName,
    package: worst.package,
    unit: ofEntries ? 'entries' : worst.unit,
    shape: row.shape,
    perHour: ofEntries ? row.entriesPerHour : row.perHour,
    bytesPerHour: row.bytesPerHour,
    worstNode: row.worstNode,
    nodes: row.nodes,
    lines: series
      .filter(({ measure }) => measure === worst.measure)
      .map((one) => ({ node: one.node, points: pointsOf(one, data) })),
  };
}

/** The values the trend was judged by, thinned; the last one stays. */
function pointsOf({ variable, stretch, unit, measure }: GrowthSeries, data: SeriesResult): [number, number][] {
  const series = data.series.find((one) => {
    return one.source === 'variable' && one.stretch === stretch && one.key === variable && one.unit === unit;
  });
  const times = data.stretches[stretch]?.ts;
  if (series === undefined || times === undefined) return [];
  const points: [number, number][] = [];
  series[measure].forEach((value, i) => {
    if (!Number.isNaN(value)) points.push([Math.round(times[i]!), value]);
  });
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
