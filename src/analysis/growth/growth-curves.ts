/** How the variables that grow went, in few enough points to be drawn. */

import type { GrowthResult, GrowthRow, GrowthSeries } from '../../model/answers/growth.ts';
import type { ReportCourse, ReportCurve } from '../../model/answers/report.ts';
import type { SeriesResult } from '../../model/logged/series.ts';
import type { JudgedSeries } from './judged-series.ts';

/** Variables drawn, points of a line: what more there were would only make the page larger. */
const MOST_CURVES = 12;
const MOST_POINTS = 64;
/** Of a variable that does not grow, on all nodes together. */
const QUIET_POINTS = 500;
const FEWEST_POINTS = 12;

/** What was judged, and when the points of a stretch were. */
interface Drawn extends Pick<JudgedSeries, 'logged'> {
  readonly stretches: SeriesResult['stretches'];
}

/** @returns the worst first; null where there was not enough data to judge anything */
export function drawCurves(
  growth: GrowthResult,
  drawn: Drawn,
  wantsPackage: (name: string) => boolean,
): ReportCurve[] | null {
  const rows = growth.sections.flatMap((section) => section.rows);
  if (rows.length === 0 && growth.counts.fine + growth.counts.watch === 0) return null;
  return rows
    .filter((row) => wantsPackage(growth.series[row.series[0]!]?.package ?? 'unknown'))
    .sort((a, b) => b.weight - a.weight || (a.group < b.group ? -1 : 1))
    .slice(0, MOST_CURVES)
    .flatMap((row) => drawCurve(row, growth, drawn) ?? []);
}

function drawCurve(row: GrowthRow, growth: GrowthResult, drawn: Drawn): ReportCurve | null {
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
    lines: drawLines(row.series, growth, drawn, MOST_POINTS),
  };
}

/** @param places of series that were judged, the one that is talked about first */
function drawLines(
  places: readonly number[],
  { series }: GrowthResult,
  drawn: Drawn,
  most: number,
): ReportCourse['lines'] {
  const measure = series[places[0]!]?.measure;
  return places
    .filter((i) => series[i]!.measure === measure)
    .map((i) => ({ node: series[i]!.node, points: choosePoints(i, series[i]!.measure, drawn, most) }));
}

/** How other variables went, in fewer points the more nodes there are. */
export function drawQuiet(variables: readonly string[], growth: GrowthResult, drawn: Drawn): ReportCourse[] {
  const { series } = growth;
  return variables.flatMap((variable) => {
    const own = [...series.keys()].filter((i) => series[i]!.source === 'variable' && series[i]!.variable === variable);
    if (own.length === 0) return [];
    const { measure, unit } = series[own[0]!]!;
    const most = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, Math.floor(QUIET_POINTS / own.length)));
    const lines = drawLines(own, growth, drawn, most).filter(({ points }) => points.length > 1);
    return [{ variable, unit: measure === 'entries' ? 'entries' : unit, lines }];
  });
}

/** When each finding began: what it is about, or the memory of the processes. */
export function findBeginnings(
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
function choosePoints(
  place: number,
  measure: GrowthSeries['measure'],
  { logged, stretches }: Drawn,
  most: number,
): [number, number][] {
  const series = logged[place]!;
  const { ts } = stretches[series.stretch]!;
  const points: [number, number][] = [];
  series[measure].forEach((value, i) => {
    if (!Number.isNaN(value)) points.push([Math.round(ts[i]!), value]);
  });
  const step = Math.ceil(points.length / most);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
