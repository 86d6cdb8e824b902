/** What a check finds wrong with a package: what budgets judge, and a comparison with a version that is known to be good. */

import type { CheckRow } from '../../model/answers/budget.ts';
import type { ProfileFailure, ProfileProcess, ProfileVariable } from '../../model/answers/profile.ts';
import { formatSize } from '../../model/quantity.ts';
import type { Held, Owners } from '../weighing/holdings.ts';

/** Less than this is not worth a failed check, bytes. */
const SMALLEST = 4096;

/** A run that a script has ended has not shown all that the package would hold. */
export function listEndedRuns(runs: readonly (ProfileProcess | null)[]): ProfileFailure[] {
  return runs.flatMap((run) =>
    run?.endedEarly
      ? [{ variable: null, what: `the run ${run.label} was ended by a script, so what it would hold is not known` }]
      : [],
  );
}

/**
 * @param tolerance how much larger than before a peak may be, as a fraction
 * @param judged limits of budgets: variables whose growth they limit are left to them
 */
export function compareVersions(
  variables: readonly ProfileVariable[],
  tolerance: number,
  judged: readonly CheckRow[],
): ProfileFailure[] {
  const limited = new Set(judged.filter(({ kind, limit }) => kind === 'variable' && limit === 'growth').map(nameOf));
  const failures: ProfileFailure[] = [];
  for (const { variable, present, peak, before, expiry, replaced } of variables) {
    if (!present) continue;
    const now = peak?.likely ?? 0;
    const then = before?.peak?.likely ?? 0;
    if (!limited.has(variable) && now - then > SMALLEST && now > then * (1 + tolerance)) {
      const sizes = [now, then].map((bytes) => formatSize(Math.round(bytes), 'bytes'));
      const what = before === null ? `new, and holds ${sizes[0]}` : `holds up to ${sizes[0]}, ${sizes[1]} before`;
      failures.push({ variable, what });
    }
    if (before !== null && before.expiry !== null && expiry === null)
      failures.push({ variable, what: `has lost its expiry (${before.expiry})` });
    else if (before !== null && expiry !== null && replaced?.expiry === 'lost' && before.replaced?.expiry !== 'lost') {
      const where = `${replaced.script}:${replaced.line}`;
      failures.push({ variable, what: `loses its expiry (${expiry}) where ${where} assigns it as a whole` });
    }
  }
  return failures;
}

function nameOf({ name }: CheckRow): string {
  return name;
}

const NODE = 'zeek';

/** The peaks, as budgets see them. */
export function collectPeaks(
  variables: readonly ProfileVariable[],
  declared: readonly Owners[],
  zeekVersion: string | null,
): Held {
  return {
    variables: variables.flatMap((v) =>
      v.present ? [{ node: NODE, names: nameOwners(v), bytes: v.peak, entries: v.peakEntries }] : [],
    ),
    declared,
    knowsBytes: true,
    zeekVersion,
  };
}

/** The peaks in the version that is compared with. */
export function collectEarlierPeaks(variables: readonly ProfileVariable[], zeekVersion: string | null): Held {
  return {
    variables: variables.flatMap((v) =>
      v.before === null
        ? []
        : [{ node: NODE, names: nameOwners(v), bytes: v.before.peak, entries: v.before.peakEntries }],
    ),
    declared: [],
    knowsBytes: true,
    zeekVersion,
  };
}

function nameOwners({ variable, moduleName, packageName }: ProfileVariable): Owners {
  return { variable, module: moduleName, package: packageName };
}
