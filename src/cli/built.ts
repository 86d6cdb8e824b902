/** What the build adds to the sources. */

import { readFileSync } from 'node:fs';
import type { DashboardAssets } from '../report/html/document.ts';

declare const MY_STATS_VERSION: string | undefined;

/** Written into the bundle: reading package.json at every start would cost time. */
export const VERSION = typeof MY_STATS_VERSION === 'string' ? MY_STATS_VERSION : '0.0.0-unbuilt';

/** What pages of HTML are made with, from src/dashboard; it lies beside the program. */
export function readAssets(): DashboardAssets {
  return JSON.parse(readFileSync(new URL('./report-assets.json', import.meta.url), 'utf8'));
}
