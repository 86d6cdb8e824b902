/** What `--check` finds wrong with a version of a package, compared with one that is known to be good. */

import type { ProfileFailure, ProfileVariable } from '../model/profile.ts';
import { formatSize } from '../model/quantity.ts';

/** Less than this is not worth a failed check, bytes. */
const SMALLEST = 4096;

/** @param tolerance how much larger than before a peak may be, as a fraction */
export function comparedFailures(variables: readonly ProfileVariable[], tolerance: number): ProfileFailure[] {
  const failures: ProfileFailure[] = [];
  for (const { variable, present, peak, before, expiry } of variables) {
    if (!present) continue;
    const now = peak?.likely ?? 0;
    const then = before?.peak?.likely ?? 0;
    if (now - then > SMALLEST && now > then * (1 + tolerance)) {
      const sizes = [now, then].map((bytes) => formatSize(Math.round(bytes), 'bytes'));
      const what = before === null ? `new, and holds ${sizes[0]}` : `holds up to ${sizes[0]}, ${sizes[1]} before`;
      failures.push({ variable, what });
    }
    if (before !== null && before.expiry !== null && expiry === null)
      failures.push({ variable, what: `has lost its expiry (${before.expiry})` });
  }
  return failures;
}
