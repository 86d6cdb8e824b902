/** The whole report as one HTML file that needs nothing else. */

import type { ReportResult } from '../../model/report.ts';
import { PAGE_DATA_ID, type ReportPage } from '../../model/report-page.ts';
import { formatTime } from '../../model/time.ts';
import { formatPeriod } from '../reading.ts';
import { visibleName } from '../text/sanitize.ts';
import { embeddedJson, html, Markup } from './markup.ts';
import { aboutSection, growthSection, mapSection, nodesSection, summarySection, variablesSection } from './sections.ts';
import { knowsPackages, measuresOf, pageVariables, wholeVariables } from './variables.ts';
import { verdictSection } from './verdict.ts';

/** What the build makes of src/dashboard: ready to stand in a page, with hashes that let a browser run nothing else. */
export interface DashboardAssets {
  readonly script: string;
  readonly style: string;
  /** As a Content-Security-Policy names them: `sha256-…`. */
  readonly scriptHash: string;
  readonly styleHash: string;
  /** Licences of the packages whose code is in the script. */
  readonly licences: string;
}

/** Variables whose pictures would only be hairs are left to the table. */
const MOST_VARIABLES = 2000;

export function reportHtml(result: ReportResult, assets: DashboardAssets): string {
  const { inventory } = result;
  const variables = wholeVariables(inventory.rows);
  const measures = measuresOf(inventory);
  const page: ReportPage = {
    measures,
    variables: pageVariables(variables.slice(0, MOST_VARIABLES), measures, knowsPackages(inventory.rows)),
    curves: (result.growth ?? []).map(({ variable, unit, worstNode, lines }) => ({
      variable: visibleName(variable),
      unit: visibleName(unit),
      estimated: false,
      lines: lines.map(({ node, points }) => ({ node: visibleName(node), worst: node === worstNode, points })),
    })),
  };
  const sections = [
    summarySection(result, variables),
    ...(result.verdict === null ? [] : [verdictSection(result.verdict)]),
    mapSection(measures),
    growthSection(result.growth),
    nodesSection(result, measures),
    variablesSection(variables, measures, knowsPackages(inventory.rows)),
    aboutSection(result),
  ];
  const nodes =
    inventory.nodes.length === 1 ? visibleName(inventory.nodes[0]!.node) : `${inventory.nodes.length} nodes`;
  const policy = `default-src 'none'; script-src '${assets.scriptHash}'; style-src '${assets.styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const filters = (['package', 'module', 'variable', 'node'] as const).flatMap((field) =>
    inventory.filters[field].length === 0 ? [] : [`${field} ${inventory.filters[field].map(visibleName).join(' or ')}`],
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="my_stats">
<title>Memory of ${nodes}, ${formatTime(inventory.end)}</title>
<link rel="icon" href="data:,">
<style>${new Markup(assets.style)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>Memory of ${nodes}</h1>
<p>Last complete run of every node, ${formatPeriod(inventory.start, inventory.end)}${filters.length === 0 ? null : `; only ${filters.join(' and ')}`}</p>
<nav aria-label="Sections"><ul>
${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
<div id="theme-place" data-script></div>
</header>
<main id="content" tabindex="-1">
${sections.map(
  ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
<footer>
<p>Made by my_stats from the logs of its collector. Nothing in this file is loaded from elsewhere, and nothing is sent.</p>
<details><summary>Licences of the code in this file</summary><pre>${assets.licences}</pre></details>
</footer>
<script type="application/json" id="${PAGE_DATA_ID}">${embeddedJson(page)}</script>
<script>${new Markup(assets.script)}</script>
</body>
</html>
`.text;
}
