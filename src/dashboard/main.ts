/** The program in the page: draws the pictures, and makes the tables sortable. The page says everything without it. */

import { PAGE_DATA_ID, type ReportPage } from '../model/answers/report.ts';
import { followLinks } from './address.ts';
import { drawBars } from './bars.ts';
import { drawCurves } from './curves.ts';
import { follow } from './live.ts';
import { drawMap } from './map.ts';
import { drawMemory } from './memory.ts';
import { drawStrip } from './strip.ts';
import { enhanceTables } from './tables.ts';
import { addThemeChoice } from './theme.ts';
import { addVariablePage } from './variable-page.ts';

const page = JSON.parse(document.getElementById(PAGE_DATA_ID)!.textContent!) as ReportPage;
document.documentElement.classList.add('with-script');
const place = (id: string) => document.getElementById(id);

const theme = place('theme-place');
if (theme !== null) addThemeChoice(theme);
followLinks();
const [map, nodes, growth] = [place('map-place'), place('nodes-place'), place('growth-place')];
if (page.measures.length > 0) {
  if (map !== null) drawMap(map, page);
  if (nodes !== null) drawBars(nodes, page);
}
if (growth !== null) drawCurves(growth, page.curves);
const [memory, strip, main] = [place('memory-place'), place('strip-place'), document.querySelector('main')];
if (memory !== null) drawMemory(memory, page);
if (strip !== null) drawStrip(strip, page);
if (main !== null && page.nodes.length > 0) addVariablePage(main, page);
enhanceTables();
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.printed')) details.open = true;
});
const [live, { feed, version }] = [place('live-place'), document.documentElement.dataset];
if (live !== null && feed !== undefined && version !== undefined) follow(live, version, feed);
