/** One HTML file that needs nothing else: what all pages have in common. */

import { PAGE_DATA_ID, type ReportPage } from '../../model/answers/report.ts';
import { embeddedJson, html, Markup } from './markup.ts';
import type { Section } from './sections.ts';

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

interface HtmlDocument {
  readonly title: string;
  readonly heading: string;
  /** What it is about, below the heading. */
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
  /** What it was made from: `from …`. */
  readonly source: string;
  readonly page: ReportPage;
  /** Where a page that is served hears of newer versions; a file has none. */
  readonly feed?: PageFeed | undefined;
}

interface PageFeed {
  readonly path: string;
  /** The version of what the page shows, as the feed names it. */
  readonly version: string;
}

/** As a Content-Security-Policy has it: the page's own program and style run, and it may ask nobody, or its own server. */
export function pagePolicy(assets: DashboardAssets, isServed: boolean): string {
  const asks = isServed ? "; connect-src 'self'" : '';
  return `default-src 'none'; script-src '${assets.scriptHash}'; style-src '${assets.styleHash}'; img-src data:${asks}; base-uri 'none'; form-action 'none'`;
}

export function htmlDocument(
  { title, heading, lines, sections, source, page, feed }: HtmlDocument,
  assets: DashboardAssets,
): string {
  const follows = feed === undefined ? null : html` data-feed="${feed.path}" data-version="${feed.version}"`;
  const end =
    feed === undefined
      ? 'Nothing in this file is loaded from elsewhere, and nothing is sent.'
      : 'Nothing in this page is loaded from elsewhere, and it talks to nobody but its own server.';
  return html`<!doctype html>
<html lang="en"${follows}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(assets, feed !== undefined)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="my_stats">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(assets.style)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>${heading}</h1>
${lines.map((line, i) => html`${i === 0 ? null : '\n'}<p>${line}</p>`)}
<nav aria-label="Sections"><ul>
${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
<div id="theme-place" data-script></div>
${feed === undefined ? null : html`<div id="live-place" data-script></div>\n`}</header>
<main id="content" tabindex="-1">
${sections.map(
  ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
<footer>
<p>Made by my_stats ${source}. ${end}</p>
<details><summary>Licences of the code in this file</summary><pre>${assets.licences}</pre></details>
</footer>
<script type="application/json" id="${PAGE_DATA_ID}">${embeddedJson(page)}</script>
<script>${new Markup(assets.script)}</script>
</body>
</html>
`.text;
}
