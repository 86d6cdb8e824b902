import { heldByNodes } from '../analysis/weighing/holdings.ts';
import type { CheckResult } from '../model/answers/budget.ts';
import { noBudgets } from '../model/errors/catalogue.ts';
import { addReadings } from '../model/logged/reading.ts';
import { NO_FILTERS, nameMatcher } from '../model/name-filter.ts';
import { BUDGET_PLACES, findBudgets, judge } from './budgets.ts';
import { nothingIn } from './source/nothing-matches.ts';
import { type Given, MOMENT, NODES, readOptions, SCRIPTS, SOURCE } from './source/options.ts';
import { timeOf } from './source/period.ts';
import { readScripts } from './source/scripts.ts';
import { openStore, refuseSkipped } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';

const CHECK = {
  ...SOURCE,
  ...NODES,
  ...SCRIPTS,
  ...MOMENT,
  /** The budget file, instead of `my-stats.json` or `package.json` in the working directory. */
  budget: null as string | null,
  /** Compares with the sizes of now instead of the baseline. */
  update: false as boolean,
};

export type CheckOptions = Given<typeof CHECK>;

/**
 * Compares the last complete run of every node with budgets, and with a baseline.
 *
 * Nothing is written: with `update` the result is as it would be with the new baseline, whose text it holds.
 *
 * @throws ExpectedError for files, paths, times or rows that cannot be used, and where there is no budget
 */
export async function check(given: CheckOptions = {}): Promise<CheckResult> {
  const options = readOptions(CHECK, given);
  const file = findBudgets(options.budget);
  if (file === null) throw noBudgets(BUDGET_PLACES);
  const store = await openStore(options);
  const { snapshot, reading } = await store.snapshot(await timeOf(store, options.at));
  const { weigher, knowledge, reading: told } = await openWeigher(store, readScripts(options.scripts));
  const sum = addReadings(reading, told);
  refuseSkipped(sum, options.strict);
  const wanted = [file.nodes, options.nodes].map(nameMatcher);
  const nodes = snapshot.nodes.filter(({ node }) => wanted.every((isWanted) => isWanted(node)));
  if (nodes.length === 0) {
    const names = [...file.nodes, ...options.nodes];
    const asked = `nodes ${names.map(({ text }) => text).join(' and ')}`;
    throw nothingIn(snapshot.nodes, asked, { ...NO_FILTERS, node: names });
  }
  return {
    ...judge(file, heldByNodes(nodes, knowledge.descriptions.all(), weigher), options.update),
    from: nodes.reduce((earliest, { ts }) => Math.min(earliest, ts), Number.POSITIVE_INFINITY),
    to: nodes.reduce((latest, { ts }) => Math.max(latest, ts), Number.NEGATIVE_INFINITY),
    nodes: nodes.length,
    reading: sum,
  };
}
