/** What the build adds to the sources. */

import { readFileSync } from 'node:fs';
import type { DashboardAssets } from '../report/html/document.ts';

declare const MY_STATS_VERSION: string | undefined;

/** Written into the bundle: reading package.json at every start would cost time. */
export const VERSION = typeof MY_STATS_VERSION === 'string' ? MY_STATS_VERSION : '0.0.0-unbuilt';

/** In the program that is one file. */
declare const MY_STATS_ASSETS: DashboardAssets | undefined;

/** What pages of HTML are made with, from src/dashboard; it lies beside the program, or is in it. */
export function readAssets(): DashboardAssets {
  if (typeof MY_STATS_ASSETS === 'object') return MY_STATS_ASSETS;
  return JSON.parse(readFileSync(new URL('./report-assets.json', import.meta.url), 'utf8'));
}
