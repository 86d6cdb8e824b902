/** The whole report as one HTML file that needs nothing else. */

import type { ReportResult } from '../../model/answers/report.ts';
import { formatTime } from '../../model/time.ts';
import { describeVerdict } from '../doctor-words.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { formatPeriod } from '../words.ts';
import { type DashboardAssets, htmlDocument } from './document.ts';
import { pageData } from './page-data.ts';
import { aboutSection, growthSection, mapSection, nodesSection, variablesSection } from './sections.ts';
import { knowsPackages, measuresOf, wholeVariables } from './variables.ts';
import { verdictSection } from './verdict.ts';

/**
 * @param feedPath where a page that is served hears of newer versions
 */
export function reportHtml(result: ReportResult, assets: DashboardAssets, feedPath: string | null = null): string {
  const { inventory } = result;
  const variables = wholeVariables(inventory.rows);
  const measures = measuresOf(inventory);
  const sections = [
    ...(result.verdict === null ? [] : [verdictSection(result.verdict, variables)]),
    mapSection(measures),
    growthSection(result.growth),
    nodesSection(result, measures),
    variablesSection(variables, measures, knowsPackages(inventory.rows)),
    aboutSection(result),
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
      page: pageData(result, variables, measures),
      ...(feedPath === null ? {} : { feed: { path: feedPath, version: versionOf(inventory) } }),
    },
    assets,
  );
}

/** What tells one state of the logs from the next: the time of the newest run, and the nodes that are counted. */
export function versionOf({ end, nodes }: Pick<ReportResult['inventory'], 'end' | 'nodes'>): string {
  return `${end}-${nodes.length}`;
}
