/** What Prometheus would have, had it scraped `serve` since the beginning of some logs: metrics of every run, as OpenMetrics. */

import { INVENTORY, listStore } from '../../src/app/inventory.ts';
import { findProcessAt, metrics } from '../../src/app/metrics.ts';
import { readOptions } from '../../src/app/source/options.ts';
import { NO_SCRIPTS } from '../../src/app/source/scripts.ts';
import { openMetrics } from '../../src/report/export/openmetrics.ts';
import { LogStore } from '../../src/store/log-store.ts';

export async function metricsHistory(paths: readonly string[]): Promise<string> {
  const last = await metrics({ paths });
  const store = await LogStore.open(paths, 'processes');
  const { series: lives } = await store.nodeSeries();
  const runs = lives.flatMap(({ node, ts }) => [...ts].map((at) => ({ node, at }))).sort((a, b) => a.at - b.at);
  // Before any node runs again.
  const scrapes: number[] = [];
  let seen = new Set<string>();
  for (const [i, { node }] of runs.entries()) {
    if (seen.has(node)) {
      scrapes.push(runs[i - 1]!.at);
      seen = new Set();
    }
    seen.add(node);
  }
  scrapes.push(runs.at(-1)!.at);
  const families = new Map<string, { readonly head: string; readonly samples: Map<string, number> }>();
  const add = (text: string) => {
    for (const [family] of text.matchAll(/^# TYPE [\s\S]*?(?=^# TYPE|^# EOF)/gm)) {
      const [head] = /^(#.*\n)+/.exec(family)!;
      const known = families.get(head) ?? { head, samples: new Map() };
      families.set(head, known);
      for (const line of family.slice(head.length).trimEnd().split('\n'))
        known.samples.set(line, Number(line.slice(line.lastIndexOf(' '))));
    }
  };
  for (const at of scrapes) {
    const options = readOptions(INVENTORY, { at: String(at + 0.001) });
    const inventory = await listStore(store, options, NO_SCRIPTS);
    const processes = inventory.nodes.flatMap(({ node, ts }) => findProcessAt(node, ts, lives) ?? []);
    add(openMetrics({ ...last, verdict: null, inventory, processes }, { dated: true }));
  }
  add(openMetrics(last, { dated: true }));
  const texts = [...families.values()].map(({ head, samples }) => {
    // An engine wants the samples of each series in the order of time.
    const sorted = [...samples].sort(([a, at], [b, bt]) => at - bt || (a < b ? -1 : 1));
    return `${head}${sorted.map(([line]) => `${line}\n`).join('')}`;
  });
  return `${texts.join('')}# EOF\n`;
}
