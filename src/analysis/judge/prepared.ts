/** What is worked out of a series before its last movement is judged. */

import type { Patterns } from './patterns.ts';
import type { Points } from './points.ts';
import type { StraightStretch } from './stretches.ts';

/**
 * What the values are: numbers of entries, whose own noise is known (the square root of them), a size in what the log counts, or
 * anything else a process has, of whatever magnitude.
 */
export type Counted = 'entries' | 'size' | 'gauge';

/** A series made ready to be judged. */
export interface PreparedSeries {
  readonly points: Points;
  readonly patterns: Patterns;
  /** What the patterns leave, in blocks, and how much that strays. */
  readonly blocks: Points;
  readonly noise: number;
  readonly stretches: readonly StraightStretch[];
  readonly neverShrank: boolean;
  readonly counts: Counted;
}
