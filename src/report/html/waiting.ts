/** What is shown while the first report is made: how far that is, until the page loads itself again. */

import type { Progress } from '../../model/progress.ts';
import { visible } from '../text/sanitize.ts';
import { html } from './markup.ts';

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
