/** Several packages, each profiled by itself: what a site asks before it installs them. */

import { basename, resolve } from 'node:path';
import { findGrowing, isWithoutExpiry } from '../../analysis/profile.ts';
import type { PackagesResult, ProfiledPackage, ProfileResult } from '../../model/answers/profile.ts';
import { translateError } from '../../model/errors/system-errors.ts';
import { noPackageGiven, nothingMeasured } from '../../model/errors/zeek-errors.ts';
import type { Progress } from '../../model/progress.ts';
import { findPackage } from '../../zeek/package.ts';
import { resolvePath } from '../../zeek/package-path.ts';
import { prepareTrace } from '../../zeek/trace/prepare.ts';
import { completeOptions } from '../source/options.ts';
import { measure, PROFILE, type ProfileOptions, prepareProfile, runWithout } from './profile.ts';
import type { LoadedRun } from './profile-run.ts';
import { lendWorkFolder, openTrace } from './zeek-run.ts';

/**
 * What each of several packages holds by itself. One that cannot be profiled says why, and the others are profiled all the
 * same.
 *
 * @throws ExpectedError where there is no Zeek, and where the traces cannot be used
 */
export async function profileEach(given: Omit<ProfileOptions, 'against' | 'check'>): Promise<PackagesResult> {
  const options = completeOptions(PROFILE, given);
  const wishes = [...new Map(options.packages.map((wish) => [resolvePath(resolve(wish)), wish])).values()];
  if (wishes.length === 0) throw noPackageGiven();
  return lendWorkFolder(options, async (shared) => {
    const zeek = await prepareProfile(shared, options);
    const trace = await prepareTrace(options.traces, shared.path, openTrace, options.onProgress);
    let base: Promise<LoadedRun | null> | null = null;
    const profileOne = (wish: string) => {
      if (options.signal?.aborted) throw nothingMeasured('it was interrupted before this package');
      const found = findPackage(wish, () => zeek.searchPath);
      return lendWorkFolder(options, (work) => {
        const loads = zeek.loads.filter((load) => typeof load === 'string' || load.scripts !== found.scripts);
        const { onProgress } = options;
        const tell = onProgress && ((at: Progress) => onProgress({ ...at, phase: `${found.name}, ${at.phase}` }));
        const setting = { ...zeek, work, trace, loads, measured: [found], options: { ...options, onProgress: tell } };
        // Without anything else loaded, it is the same run for all.
        const share = () => (base ??= runWithout({ ...setting, work: shared }));
        return measure(setting, { other: null, budgets: null, ...(zeek.loads.length === 0 && { base: share }) });
      });
    };
    const packages: ProfiledPackage[] = [];
    for (const wish of wishes)
      packages.push(await tellOutcome(namePackage(wish, wishes), async () => profileOne(wish)));
    const more = options.packages.length - wishes.length;
    return { packages, notes: more === 0 ? [] : [`Given more than once and profiled once: ${more} of the packages.`] };
  });
}

/** Its folder's name, unless another has the same. */
function namePackage(wish: string, wishes: readonly string[]): string {
  const name = basename(resolve(wish));
  return wishes.filter((other) => basename(resolve(other)) === name).length > 1 ? wish : name;
}

async function tellOutcome(name: string, run: () => Promise<ProfileResult>): Promise<ProfiledPackage> {
  try {
    const profile = await run();
    const growing = findGrowing(profile.variables);
    const withoutExpiry = profile.variables.filter((variable) => isWithoutExpiry(variable, growing.includes(variable)));
    return { name, failure: null, profile, growing, withoutExpiry };
  } catch (error) {
    const expected = translateError(error);
    if (expected === null) throw error;
    const { complaint, cure } = expected;
    return { name, failure: { what: complaint, cure }, profile: null, growing: [], withoutExpiry: [] };
  }
}
