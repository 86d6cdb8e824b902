/** One entry of a container of which some were looked into: bytes as a range. */

import type { ZeekType } from '../model/zeek-type.ts';
import { type Contents, readContents } from './contents.ts';
import type { KnownType } from './known-type.ts';
import { LikelySizes, USUAL_FILLING } from './likely.ts';
import type { PerValue } from './per-value.ts';
import { type SeenSize, SeenSizes } from './seen-sizes.ts';
import type { Weights } from './weights.ts';

/** Of the standard error of what was sampled: what it may be off by in 95 of 100; more where few were seen. */
const ERRORS = 2;
const ERRORS_OF_FEW = 6;
/** Of what containers inside differ by, what is left when the objects of all of them are known. */
const LEFT_BY_OBJECTS = 0.4;
/** The likely value is never closer to the ends of its range than this. */
const LEAST_MARGIN = 0.07;
/** How much more or fewer entries containers inside may have than those that were seen. */
const MOST_FACTOR = 20;
const ROUNDS = 6;
const LEAST_OBJECTS = 0.01;
/** Objects that differ by more than this share are of contents that are no longer those that were seen. */
const UNLIKE = 0.1;

/** Objects are told apart to so many digits, so that what was worked out serves again. */
const OBJECTS_DIGITS = 4;

interface Looked {
  readonly contents: Contents;
  /** By versions of Zeek and objects; null where what was seen does not fit these. */
  readonly sizes: Map<string, SeenSize | null>;
}

const LOOKED = new WeakMap<readonly string[], Looked>();

/** @param objects of one entry, by Zeek's count; null where it was not counted. @returns null where nobody looked, or at what is gone */
export function readSeenEntry(
  known: KnownType,
  type: ZeekType & { kind: 'table' | 'vector' },
  { layout }: Weights,
  texts: readonly string[],
  objects: number | null,
  entries: number,
): PerValue | null {
  // Of a value of any type only the value tells what it is.
  if (texts.length === 0 || known.freedom.anything) return null;
  const { contents, sizes } = lookedAt(texts);
  const seen = contents.get('[]')?.seen ?? contents.get('[key]')?.seen ?? 0;
  if (seen === 0) return null;
  const counted = objects === null ? null : Number(objects.toPrecision(OBJECTS_DIGITS));
  const key = `${layout.from.join('.')} ${counted}`;
  let size = sizes.get(key);
  if (size === undefined) {
    const sizesBy = (factor: number) =>
      new SeenSizes(layout, contents, new LikelySizes(layout, USUAL_FILLING), factor).ofEntry(type);
    size = withObjects(sizesBy, counted, known.freedom.containers);
    sizes.set(key, size);
  }
  if (size === null) return null;
  return { bytes: makeRange(size, seen, entries, objects !== null), text: `${seen} of them looked into`, notes: [] };
}

function lookedAt(texts: readonly string[]): Looked {
  let looked = LOOKED.get(texts);
  if (looked === undefined) {
    looked = { contents: readContents(texts), sizes: new Map() };
    LOOKED.set(texts, looked);
  }
  return looked;
}

/**
 * The entry as it was seen, with as many more entries inside as there are objects of all that were not seen; null where what was
 * seen does not come to that.
 *
 * @param mayHoldMore whether there are containers inside
 */
function withObjects(
  sizes: (factor: number) => SeenSize,
  objects: number | null,
  mayHoldMore: boolean,
): SeenSize | null {
  const seen = sizes(1);
  if (objects === null) return seen;
  const rest = sizes(0).objects;
  // Without entries in containers inside there is nothing that could be more; if there is, they were empty when they were seen.
  if (seen.objects - rest < LEAST_OBJECTS) return objects > (mayHoldMore ? 1 + UNLIKE : 2) * seen.objects ? null : seen;
  let [low, high] = [1 / MOST_FACTOR, MOST_FACTOR];
  let factor = 1;
  let size = seen;
  for (let round = 0; round < ROUNDS && Math.abs(size.objects - objects) > 0.002 * objects; round++) {
    factor = Math.min(high, Math.max(low, (factor * (objects - rest)) / (size.objects - rest)));
    size = sizes(factor);
    if (size.objects > objects) high = factor;
    else low = factor;
  }
  return Math.abs(size.objects - objects) > UNLIKE * objects ? null : size;
}

function makeRange(size: SeenSize, seen: number, entries: number, isCounted: boolean) {
  const unseen = Math.max(0, 1 - seen / Math.max(seen, entries));
  const variance = size.variance + size.ofContainers * (isCounted ? LEFT_BY_OBJECTS ** 2 : 1);
  const error = (ERRORS + ERRORS_OF_FEW / seen) * Math.sqrt((variance / seen) * unseen);
  const least = LEAST_MARGIN * size.bytes;
  return {
    low: Math.max(0, size.bytes - Math.hypot(error, size.less, least)),
    likely: size.bytes,
    high: size.bytes + Math.hypot(error, size.more, least),
  };
}
