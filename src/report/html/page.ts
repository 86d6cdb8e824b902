/** The whole report as one HTML file that needs nothing else, and what is shown while the first is made. */

import type { ReportResult } from '../../model/answers/report.ts';
import type { Progress } from '../../model/progress.ts';
import { formatTime } from '../../model/time.ts';
import { describeVerdict } from '../doctor-words.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { formatPeriod } from '../words.ts';
import { type DashboardAssets, htmlDocument } from './document.ts';
import { html } from './markup.ts';
import { makePageData } from './page-data.ts';
import {
  mapSection,
  writeAboutSection,
  writeGrowthSection,
  writeNodesSection,
  writeVariablesSection,
} from './sections.ts';
import { knowsPackages, measuresOf, wholeVariables } from './variables.ts';
import { writeVerdictSection } from './verdict.ts';

/**
 * @param feedPath where a page that is served hears of newer versions
 */
export function reportHtml(result: ReportResult, assets: DashboardAssets, feedPath: string | null = null): string {
  const { inventory } = result;
  const variables = wholeVariables(inventory.rows);
  const measures = measuresOf(inventory);
  const sections = [
    ...(result.verdict === null ? [] : [writeVerdictSection(result.verdict, variables)]),
    mapSection(),
    writeGrowthSection(result.growth),
    writeNodesSection(result, measures),
    writeVariablesSection(variables, measures, knowsPackages(inventory.rows)),
    writeAboutSection(result),
  ];
  const nodes =
    inventory.nodes.length === 1 ? visibleName(inventory.nodes[0]!.node) : `${inventory.nodes.length} nodes`;
  const filters = (['package', 'module', 'variable', 'node'] as const).flatMap((field) =>
    inventory.filters[field].length === 0 ? [] : [`${field} ${inventory.filters[field].map(visibleName).join(' or ')}`],
  );
  return htmlDocument(
    {
      title: `Memory of ${nodes}, ${formatTime(inventory.end)}`,
      heading: `Memory of ${nodes}`,
      lines: [
        ...(result.verdict === null ? [] : [visible(describeVerdict(result.verdict))]),
        `Last complete run of every node, ${formatPeriod(inventory.start, inventory.end)}${filters.length === 0 ? '' : `; only ${filters.join(' and ')}`}`,
      ],
      sections,
      source: 'from the logs of its collector',
      page: makePageData(result, variables, measures),
      ...(feedPath === null ? {} : { feed: { path: feedPath, version: versionOf(inventory) } }),
    },
    assets,
  );
}

/** What tells one state of the logs from the next: the time of the newest run, and the nodes that are counted. */
export function versionOf({ end, nodes }: Pick<ReportResult['inventory'], 'end' | 'nodes'>): string {
  return `${end}-${nodes.length}`;
}

/** Seconds. */
const AGAIN_AFTER = 1;

export function waitingHtml(progress: Progress | null): string {
  const { phase = 'Reading the logs', done = 0, total = 0 } = progress ?? {};
  const bar =
    total > 0
      ? html`<progress max="${total}" value="${Math.min(done, total)}" aria-label="${visible(phase)}"></progress>`
      : null;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="${AGAIN_AFTER}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>my_stats: reading the logs</title>
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>Reading the logs</h1>
<p role="status">${visible(phase)} … ${bar}</p>
<p>The report shows as soon as it is there.</p>
</main>
</body>
</html>
`.text;
}
