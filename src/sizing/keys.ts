/** What the keys of a table take: their parts one after the other, as CompositeHash in src/CompHash.cc writes them. */

import type { ZeekType } from '../model/zeek-type.ts';
import { type Envelope, fixed, growing } from './envelope.ts';
import { keyBytes, type Layout } from './layout.ts';

/** Bytes of a key before it is allocated, and Zeek's object count for it. */
interface KeySize {
  readonly objects: number;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  /** Bytes that each further object stands for, at least and at most; null where there can be none. */
  readonly more: { readonly low: number; readonly high: number } | null;
  /** The strings in it, whose text the likely size leaves out. */
  readonly strings: number;
  /** Fields of records in it that may be absent: each counts one object more if it is there. */
  readonly options: number;
}

/** A string that counts one object is shorter than this where longer ones count more (sizeof(Val) in src/Val.cc). */
export const OBJECT_OF_TEXT = 32;
/** How short strings are taken to be at least in keys of several parts. */
const SHORT_STRING = 3;
/** How long strings are taken to be at most where the footprint does not count their length. */
export const LONG_STRING = 200;
/** The length of a string of which nothing is known. */
export const LIKELY_STRING = 15;

const NONE: KeySize = { objects: 0, low: 0, likely: 0, high: 0, more: null, strings: 0, options: 0 };

export function measureKey(keys: readonly ZeekType[], layout: Layout): KeySize {
  const single = keys.length === 1;
  const parts = keys.map((key) => measurePart(key, layout, single, 0));
  return parts.reduce(join, { ...NONE, objects: keys.length });
}

function join(a: KeySize, b: KeySize): KeySize {
  const more =
    a.more === null || b.more === null
      ? (a.more ?? b.more)
      : { low: Math.min(a.more.low, b.more.low), high: Math.max(a.more.high, b.more.high) };
  return {
    objects: a.objects + b.objects,
    low: a.low + b.low,
    likely: a.likely + b.likely,
    high: a.high + b.high,
    more,
    strings: a.strings + b.strings,
    options: a.options + b.options,
  };
}

function exact(size: number): KeySize {
  return { ...NONE, objects: 1, low: size, likely: size, high: size };
}

/** @param single whether it is the only part: then a string is its text alone */
function measurePart(type: ZeekType, layout: Layout, single: boolean, depth: number): KeySize {
  switch (type.kind) {
    case 'scalar':
      return exact(8);
    case 'addr':
      return exact(16);
    case 'subnet':
      return exact(20);
    case 'function':
      return exact(4);
    case 'string': {
      // Beside others a string is written with its length, and is hardly ever empty.
      const length = single ? 0 : 4;
      const shortest = single ? 0 : SHORT_STRING;
      const longest = layout.stringsCountLength ? OBJECT_OF_TEXT - 1 : LONG_STRING;
      const more = layout.stringsCountLength ? { low: OBJECT_OF_TEXT, high: OBJECT_OF_TEXT } : null;
      return { ...exact(length), low: length + shortest, high: length + longest, more, strings: 1 };
    }
    case 'record': {
      if (depth > 6) return UNKNOWN_KEY;
      const fields = type.fields.map(({ type: field, optional }) => {
        const size = measurePart(field, layout, false, depth + 1);
        // A byte says whether it is there; the object it counts as may be missing then.
        return optional
          ? {
              ...size,
              objects: 0,
              low: 1,
              likely: size.likely / 2 + 1,
              high: 1,
              strings: size.strings / 2,
              options: size.options + 1,
              more: { low: SHORT_STRING, high: Math.max(size.high, OBJECT_OF_TEXT) },
            }
          : size;
      });
      return fields.reduce(join, { ...NONE, objects: type.fields.length });
    }
    case 'named':
      // Most are enums; else a record.
      return { ...exact(8), more: { low: 4, high: 32 } };
    case 'pattern':
      return { ...exact(60), low: 18, high: 400 };
    default:
      return UNKNOWN_KEY;
  }
}

/** A container, or what was not understood. */
const UNKNOWN_KEY: KeySize = {
  objects: 0,
  low: 4,
  likely: 30,
  high: 200,
  more: { low: 2, high: 32 },
  strings: 0,
  options: 0,
};

/** The allocated keys of a table: none at all up to 8 bytes. */
export function boundKeys(size: KeySize, layout: Layout): Envelope {
  const low = keyBytes(size.low, layout);
  const high = keyBytes(size.high, layout);
  if (size.more === null) return fixed(size.objects, low, high);
  const { lower, upper } = growing(size.objects, low, high, size.more.low, size.more.high);
  // What no longer fits into the slot is allocated as a whole, and in steps.
  const first = Math.max(size.more.high, keyBytes(size.high + size.more.high, layout) - high);
  return { lower, upper: { ...upper, segments: [{ length: 1, slope: first }] } };
}
