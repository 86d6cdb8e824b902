/** What `profile` checks: budgets, and the version that is compared with. */

import { makeBaseline } from '../../analysis/budget/baseline.ts';
import {
  collectEarlierPeaks,
  collectPeaks,
  compareVersions,
  listEndedRuns,
} from '../../analysis/budget/profile-check.ts';
import type { Owners } from '../../analysis/weighing/holdings.ts';
import type { BudgetFile } from '../../model/answers/budget.ts';
import type { ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import { nothingToCheck } from '../../model/errors/zeek-errors.ts';
import { BUDGET_PLACES, findBudgets, judge, judgeAgainst } from '../check.ts';

export interface ProfileCheck {
  /** The budget file; null for `my-stats.json` or `package.json` in the working directory. */
  readonly budget: string | null;
  /** How much larger than in `against` a variable may be, as a fraction, where no budget limits its growth. */
  readonly tolerance: number;
  /** The baseline is to become what is measured; it is in the result, and not written. */
  readonly update: boolean;
}

/**
 * Before anything is run.
 *
 * @param example a package's name
 * @returns null where there is no budget, and another version to compare with
 * @throws ExpectedError for a file that cannot be used, and where there is nothing to check
 */
export function readProfileBudgets(check: ProfileCheck, against: string | null, example: string): BudgetFile | null {
  const file = findBudgets(check.budget);
  if (file === null && (against === null || check.update)) throw nothingToCheck(BUDGET_PLACES, example);
  return file;
}

export interface Profiled extends Pick<ProfileResult, 'process' | 'against' | 'zeekVersion'> {
  readonly variables: readonly ProfileVariable[];
  readonly declared: readonly Owners[];
}

/** @returns nulls where what it takes was not measured, since it was interrupted */
export function checkProfile(
  { process, against, zeekVersion, variables, declared }: Profiled,
  file: BudgetFile | null,
  { tolerance, update }: ProfileCheck,
  comparing: boolean,
): Pick<ProfileResult, 'failures' | 'budgets'> {
  if (process.interrupted || (comparing && against === null)) return { failures: null, budgets: null };
  const held = collectPeaks(variables, declared, zeekVersion);
  const budgets =
    file === null
      ? null
      : against === null
        ? judge(file, held, update)
        : judgeAgainst(file, held, makeBaseline(file, collectEarlierPeaks(variables, zeekVersion)), update);
  const compared = against === null ? [] : compareVersions(variables, tolerance, budgets?.rows ?? []);
  return { failures: [...listEndedRuns([process, against]), ...compared], budgets };
}
