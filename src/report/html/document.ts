/** One HTML file that needs nothing else: what all pages have in common. */

import { PAGE_DATA_ID, type ReportPage } from '../../model/report-page.ts';
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

export interface HtmlDocument {
  readonly title: string;
  readonly heading: string;
  /** What it is about, below the heading. */
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
  /** What it was made from: `from …`. */
  readonly source: string;
  readonly page: ReportPage;
}

export function htmlDocument(
  { title, heading, lines, sections, source, page }: HtmlDocument,
  assets: DashboardAssets,
): string {
  const policy = `default-src 'none'; script-src '${assets.scriptHash}'; style-src '${assets.styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
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
</header>
<main id="content" tabindex="-1">
${sections.map(
  ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
<footer>
<p>Made by my_stats ${source}. Nothing in this file is loaded from elsewhere, and nothing is sent.</p>
<details><summary>Licences of the code in this file</summary><pre>${assets.licences}</pre></details>
</footer>
<script type="application/json" id="${PAGE_DATA_ID}">${embeddedJson(page)}</script>
<script>${new Markup(assets.script)}</script>
</body>
</html>
`.text;
}
