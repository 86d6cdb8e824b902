/** Where the growth of a process's memory is, as far as ranges allow to say. */

import type { ByteRange } from '../../model/bytes.ts';
import { addBytes } from '../../model/bytes.ts';
import type { Picture } from './picture.ts';
import { EFFECT } from './thresholds.ts';

export interface GrowthPlace {
  /** `variables` and `connections`: at least half of it; `outside`: less than half can be seen; else `unjudged`. */
  readonly where: 'variables' | 'connections' | 'outside' | 'unjudged';
  /** How much resident memory grew, in bytes. */
  readonly grown: number;
  readonly visible: ByteRange;
  /** What nothing visible explains. */
  readonly unexplained: { readonly low: number; readonly high: number };
}

/** @returns null where memory does not grow, or not enough to matter */
export function growthPlaceOf(picture: Picture): GrowthPlace | null {
  const { resident } = picture.node;
  if (resident === null || resident.kind !== 'growing') return null;
  const grown = resident.change;
  if (grown < EFFECT.minGrowthBytes || grown < EFFECT.minGrowthShare * resident.last) return null;
  const visible = addBytes(picture.variables, picture.connections);
  const unexplained = { low: grown - visible.high, high: grown - visible.low };
  return { where: whereOf(picture, grown, visible, unexplained.low), grown, visible, unexplained };
}

function whereOf(
  { node, variables, connections }: Picture,
  grown: number,
  visible: ByteRange,
  least: number,
): GrowthPlace['where'] {
  if (visible.likely >= EFFECT.judged * grown)
    return connections.likely > variables.likely ? 'connections' : 'variables';
  const isMuch = least >= EFFECT.minOutsideBytes && least >= EFFECT.minOutsideShare * (node.resident?.first ?? 0);
  if (visible.high < EFFECT.judged * grown) return isMuch ? 'outside' : 'unjudged';
  return 'unjudged';
}
