/** Where the growth of a process's memory is, as far as ranges allow to say. */

import type { ByteRange } from '../../model/bytes.ts';
import { addBytes } from '../../model/bytes.ts';
import type { Changes } from './changes.ts';
import { type Companion, companionOf } from './companion.ts';
import { EFFECT } from './thresholds.ts';

export interface GrowthPlace {
  /** `variables`, `connections`: at least half of it; `queue`: with what waits; `ended`: by what connections held that have ended; `outside`: less than half can be seen; else `unjudged`. */
  readonly where: 'variables' | 'connections' | 'queue' | 'ended' | 'outside' | 'unjudged';
  /** How much resident memory grew, in bytes. */
  readonly grown: number;
  readonly visible: ByteRange;
  /** What nothing visible explains. */
  readonly unexplained: { readonly low: number; readonly high: number };
  /** What rises with the part of it that is in no variable and no field of a connection; null where nothing does. */
  readonly companion: Companion | null;
}

/** @returns null where memory does not grow, or not enough to matter */
export function growthPlaceOf(changes: Changes): GrowthPlace | null {
  const { resident } = changes.node;
  if (resident === null || resident.kind !== 'growing') return null;
  const grown = resident.change;
  if (grown < EFFECT.minGrowthBytes || grown < EFFECT.minGrowthShare * resident.last) return null;
  const { variables, hanging, live } = changes;
  const known = addBytes(variables, hanging);
  const visible = addBytes(known, live);
  const unexplained = { low: grown - visible.high, high: grown - visible.low };
  const companion = companionOf(changes.node, grown - Math.max(0, known.likely));
  return { where: whereOf(changes, grown, visible, companion), grown, visible, unexplained, companion };
}

function whereOf(
  { node, variables, hanging, live, ended }: Changes,
  grown: number,
  visible: ByteRange,
  companion: Companion | null,
): GrowthPlace['where'] {
  if (visible.likely >= EFFECT.judged * grown)
    return hanging.likely + live.likely > variables.likely ? 'connections' : 'variables';
  if (companion !== null) return companion.gauge === 'connections' ? 'connections' : 'queue';
  const left = ended.reduce((most, { bytes }) => Math.max(most, bytes.high), 0);
  if (left >= EFFECT.judged * grown && ended.some(({ times }) => times > 1)) return 'ended';
  if (visible.high >= EFFECT.judged * grown) return 'unjudged';
  const least = grown - visible.high;
  const isMuch = least >= EFFECT.minOutsideBytes && least >= EFFECT.minOutsideShare * (node.resident?.first ?? 0);
  return isMuch ? 'outside' : 'unjudged';
}
