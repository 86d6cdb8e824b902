import { NODE_GAUGES, type NodeSeries } from '../model/logged/node-series.ts';
import type { MetricsProcess, MetricsResult } from '../model/metrics.ts';
import { answerGrowth } from './growth.ts';
import { INVENTORY, type InventoryOptions, listStore } from './inventory.ts';
import { diagnoseWhole } from './report.ts';
import { readOptions } from './source/options.ts';
import { openStore } from './source/source.ts';

/**
 * What monitoring systems are told: the snapshot, what the nodes say of their processes, and what `growth` and `doctor`
 * judge of both. With `at`, all of it is as it was then.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function metrics(given: InventoryOptions = {}): Promise<MetricsResult> {
  const options = readOptions(INVENTORY, given);
  const store = await openStore(options, 'processes');
  const question = { ...options, since: null, until: options.at, by: 'variable', memory: null, limit: null } as const;
  const { result: growth, history } = await answerGrowth(store, question);
  const inventory = await listStore(store, options, history.scripts);
  const verdict = await diagnoseWhole(store, options, history, null);
  const processes = inventory.nodes.flatMap(({ node, ts }) => findProcessAt(node, ts, history.lives) ?? []);
  // All rows were read, those of the snapshot among them.
  const notes = [...new Set([...inventory.reading.notes, ...growth.reading.notes])];
  return { inventory, growth, verdict, processes, reading: { ...growth.reading, notes } };
}

/** Rows of one run may be written by so many seconds apart in different logs. */
const SLACK = 5;

/** Null where no log says anything of the process at that time. */
export function findProcessAt(node: string, ts: number, lives: readonly NodeSeries[]): MetricsProcess | null {
  const life = lives.findLast((one) => one.node === node && one.ts[0]! <= ts + SLACK);
  if (life === undefined) return null;
  const at = life.ts.findLastIndex((time) => time <= ts + SLACK);
  const known = NODE_GAUGES.flatMap((gauge) => {
    const value = life.gauges[gauge][at]!;
    return Number.isNaN(value) ? [] : [[gauge, value] as const];
  });
  return { node, ts: life.ts[at]!, boot: life.boot, gauges: Object.fromEntries(known) };
}
