/** How the variables that grow went, in few enough points to be drawn. */

import type { GrowthResult, GrowthRow, GrowthSeries } from '../../model/answers/growth.ts';
import type { ReportCourse, ReportCurve } from '../../model/answers/report.ts';
import type { SeriesResult } from '../../model/logged/series.ts';

/** Variables drawn, points of a line: what more there were would only make the page larger. */
const MOST_CURVES = 12;
const MOST_POINTS = 64;
/** Of a variable that does not grow, on all nodes together. */
const QUIET_POINTS = 500;
const FEWEST_POINTS = 12;

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
    since: series.reduce((first, { trend }) => Math.min(first, trend.since), Number.POSITIVE_INFINITY),
    lines: linesOf(series, data, MOST_POINTS),
  };
}

function linesOf(series: readonly GrowthSeries[], data: SeriesResult, most: number): ReportCourse['lines'] {
  const measure = series[0]?.measure;
  return series
    .filter((one) => one.measure === measure)
    .map((one) => ({ node: one.node, points: pointsOf(one, data, most) }));
}

/** How other variables went, in fewer points the more nodes there are. */
export function quietCourses(
  variables: readonly string[],
  { series }: GrowthResult,
  data: SeriesResult,
): ReportCourse[] {
  return variables.flatMap((variable) => {
    const own = series.filter((one) => one.source === 'variable' && one.variable === variable);
    const first = own[0];
    if (first === undefined) return [];
    const most = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, Math.floor(QUIET_POINTS / own.length)));
    const lines = linesOf(own, data, most).filter(({ points }) => points.length > 1);
    return [{ variable, unit: first.measure === 'entries' ? 'entries' : first.unit, lines }];
  });
}

/** When each finding began: what it is about, or the memory of the processes. */
export function beginningsOf(
  findings: readonly { readonly subject: string | null; readonly nodes: readonly string[] }[],
  { series, nodes }: GrowthResult,
): (number | null)[] {
  const grew = ({ trend }: Pick<GrowthSeries, 'trend'>) => trend.verdict === 'growing' || trend.verdict === 'stepped';
  return findings.map((finding) => {
    const times =
      finding.subject === null
        ? nodes.flatMap(({ node, residentTrend }) =>
            finding.nodes.includes(node) && residentTrend?.verdict === 'growing' ? [residentTrend.since] : [],
          )
        : series.flatMap((one) =>
            one.variable === finding.subject && finding.nodes.includes(one.node) && grew(one) ? [one.trend.since] : [],
          );
    return times.length === 0 ? null : Math.min(...times);
  });
}

/** The values the trend was judged by, thinned; the last one stays. */
function pointsOf(
  { variable, stretch, unit, measure }: GrowthSeries,
  data: SeriesResult,
  most: number,
): [number, number][] {
  const series = data.series.find((one) => {
    return one.source === 'variable' && one.stretch === stretch && one.key === variable && one.unit === unit;
  });
  const times = data.stretches[stretch]?.ts;
  if (series === undefined || times === undefined) return [];
  const points: [number, number][] = [];
  series[measure].forEach((value, i) => {
    if (!Number.isNaN(value)) points.push([Math.round(times[i]!), value]);
  });
  const step = Math.ceil(points.length / most);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
