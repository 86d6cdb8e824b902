/** Which stretches at the end of a series belong together, as one movement upwards. */

import type { Points } from './points.ts';
import type { StraightStretch } from './stretches.ts';
import { CLEAR_JUMP, CLEAR_SLOPE, OTHER_SLOPE, SHORTEST_STRETCH } from './thresholds.ts';

export interface Movement {
  /** The block with which it begins. */
  readonly from: number;
  /** The stretch with which it begins. */
  readonly stretch: number;
  /** Blocks at which it jumps up. */
  readonly jumps: readonly number[];
  /** True where its last stretch rises; else it jumped, and stayed. */
  readonly isRising: boolean;
}

/** @returns null where a series does not rise at its end, and did not jump up to where it is */
export function findLastMovement(
  stretches: readonly StraightStretch[],
  blocks: Points,
  noise: number,
): Movement | null {
  const jumps: number[] = [];
  let stretch = stretches.length;
  let steepest = 0;
  while (stretch > 0) {
    const one = stretches[stretch - 1]!;
    if (one.slope < OTHER_SLOPE * steepest && rises(one, noise)) break;
    steepest = Math.max(steepest, one.slope);
    const jump = stretch > 1 ? jumpBetween(stretches[stretch - 2]!, one, blocks) : 0;
    const isJump = jump > CLEAR_JUMP * noise;
    if (!isJump && !rises(one, noise)) break;
    if (isJump) jumps.unshift(one.from);
    stretch--;
    if (jump < -CLEAR_JUMP * noise) break;
  }
  if (stretch === stretches.length) return null;
  return { from: stretches[stretch]!.from, stretch, jumps, isRising: rises(stretches.at(-1)!, noise) };
}

/** The stretches without those that are nothing but the way up or down of a jump, of which a point or two were seen. */
export function dropEdges(stretches: readonly StraightStretch[]): StraightStretch[] {
  const kept: StraightStretch[] = [];
  let from: number | null = null;
  for (const [i, one] of stretches.entries()) {
    const isEdge = i > 0 && i < stretches.length - 1 && one.to - one.from <= SHORTEST_STRETCH;
    if (isEdge) from ??= one.from;
    else {
      kept.push(from === null ? one : { ...one, from });
      from = null;
    }
  }
  return kept;
}

/** From where the line before would be to where the next begins. */
function jumpBetween(before: StraightStretch, next: StraightStretch, { t }: Points): number {
  return next.first - (before.last + before.slope * (t[next.from]! - t[before.to - 1]!));
}

/** Its rise is so many times the standard error of it that a line through as many points has. */
function rises({ from, to, first, last }: StraightStretch, noise: number): boolean {
  return last - first > CLEAR_SLOPE * noise * Math.sqrt(12 / (to - from));
}
