import { dirname, join } from 'node:path';
import { readBaseline } from '../analysis/budget/baseline.ts';
import { readBudgets } from '../analysis/budget/budget-file.ts';
import { type CheckAnswer, checkBudgets } from '../analysis/budget/check.ts';
import { type Held, listHeld } from '../analysis/weighing/holdings.ts';
import type { Baseline, BudgetFile, CheckResult } from '../model/answers/budget.ts';
import { missingPath, noBudgets } from '../model/errors/catalogue.ts';
import { addReadings } from '../model/logged/reading.ts';
import { createMatcher, NO_FILTERS } from '../model/names.ts';
import { readTextFile } from '../store/reading/text-file.ts';
import { nothingHeld } from './source/nothing-matches.ts';
import { type Given, MOMENT, NODES, readOptions, SCRIPTS, SOURCE } from './source/options.ts';
import { readMoment } from './source/period.ts';
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
  const { snapshot, reading } = await store.snapshot(await readMoment(store, options.at));
  const { weigher, knowledge, reading: told } = await openWeigher(store, readScripts(options.scripts));
  const sum = addReadings(reading, told);
  refuseSkipped(sum, options.strict);
  const wanted = [file.nodes, options.nodes].map(createMatcher);
  const nodes = snapshot.nodes.filter(({ node }) => wanted.every((isWanted) => isWanted(node)));
  if (nodes.length === 0) throw nothingHeld(snapshot.nodes, { ...NO_FILTERS, node: [...file.nodes, ...options.nodes] });
  return {
    ...judge(file, listHeld(nodes, knowledge.descriptions.all(), weigher), options.update),
    from: nodes.reduce((earliest, { ts }) => Math.min(earliest, ts), Number.POSITIVE_INFINITY),
    to: nodes.reduce((latest, { ts }) => Math.max(latest, ts), Number.NEGATIVE_INFINITY),
    nodes: nodes.length,
    reading: sum,
  };
}

/** Where budgets are looked for. */
export const BUDGET_PLACES = ['my-stats.json', 'package.json'];

/**
 * @param path null looks where budgets are looked for
 * @returns null where there is none, and none was named
 * @throws ExpectedError for a file that cannot be used
 */
export function findBudgets(path: string | null): BudgetFile | null {
  if (path !== null) {
    const text = readTextFile(path);
    if (text === null) throw missingPath(path);
    const file = readBudgets(path, text);
    if (file === null) throw noBudgets([path]);
    return file;
  }
  for (const place of BUDGET_PLACES) {
    const text = readTextFile(place);
    const file = text === null ? null : readBudgets(place, text);
    if (file !== null) return file;
  }
  return null;
}

/** What has no place in an answer but in its whole: when, where, and how it was read. */
type Judgement = CheckAnswer & Pick<CheckResult, 'file' | 'baseline' | 'updated'>;

/**
 * Compares what was measured with budgets and with the baseline's file. Nothing is written: with `update` the answer is
 * as it would be with the new baseline, whose text it holds.
 *
 * @throws ExpectedError for a baseline that cannot be used
 */
export function judge(file: BudgetFile, held: Held, update: boolean): Judgement {
  const baselinePath = join(dirname(file.path), file.baseline);
  const against = (text: string | null) =>
    checkBudgets(file, held, text === null ? null : readBaseline(baselinePath, text), baselinePath);
  // A new baseline replaces one that cannot be read as well.
  const text = update ? null : readTextFile(baselinePath);
  const first = against(text);
  const answer = update ? against(first.newBaseline) : first;
  return {
    ...answer,
    file: file.path,
    baseline: text === null && !update ? null : baselinePath,
    updated: update,
  };
}

/** The same, with growth in relation to what was measured of another version. */
export function judgeAgainst(file: BudgetFile, held: Held, before: Baseline, update: boolean): Judgement {
  const baselinePath = join(dirname(file.path), file.baseline);
  const answer = checkBudgets(file, held, before, baselinePath);
  return { ...answer, stale: [], file: file.path, baseline: update ? baselinePath : null, updated: update };
}
