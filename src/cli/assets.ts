/** What pages of HTML are made with. */

import { readFileSync } from 'node:fs';
import type { DashboardAssets } from '../report/html/document.ts';

/** What the build made of src/dashboard; it lies beside the program. */
export function readAssets(): DashboardAssets {
  return JSON.parse(readFileSync(new URL('./report-assets.json', import.meta.url), 'utf8'));
}
