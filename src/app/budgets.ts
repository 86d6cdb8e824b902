/** Budgets and baselines, as files: for `check`, and for what `profile` checks. */

import { dirname, join } from 'node:path';
import { readBaseline, readBudgets } from '../analysis/budget/budget-file.ts';
import { type CheckAnswer, checkBudgets } from '../analysis/budget/check.ts';
import type { Held } from '../analysis/weighing/holdings.ts';
import type { Baseline, BudgetFile, CheckResult } from '../model/answers/budget.ts';
import { missingPath, noBudgets } from '../model/errors/catalogue.ts';
import { readTextFile } from '../store/reading/text-file.ts';

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
export type Judgement = CheckAnswer & Pick<CheckResult, 'file' | 'baseline' | 'updated'>;

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
