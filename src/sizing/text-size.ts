/** Bytes of texts of which the length is known. */

import type { SizeStep } from '../model/size-estimate.ts';
import type { ZeekType } from '../model/zeek-type.ts';
import { roomyStringBytes, stringBytes } from './layout.ts';

/**
 * A pattern is compiled twice, to match all of a text and anywhere in it (RE_Matcher in src/RE.h), into states for each
 * of its characters. Measured bytes per character of the text: words 860, names with escaped dots 720, classes and
 * repetitions 290; twice as much for a pattern put together from others, by `+=` or `|`, which keeps them. Large ones
 * mostly are: those of the package domain-tld take 1,550.
 */
const PATTERN = { empty: 12_000, low: 240, likely: 1_550, high: 2_100 } as const;

/** What malloc may give more than it is asked for: a piece that is too large by a little, whole pages. */
const WASTE = 64;
const SLACK = 0.02;

export function textStep(kind: ZeekType['kind'] | null, length: number): { step: SizeStep; note: string | null } {
  const exact = stringBytes(length);
  const string = { low: exact, likely: exact, high: roomyStringBytes(length) * (1 + SLACK) + WASTE };
  const { empty, low, likely, high } = PATTERN;
  const pattern = { low: empty + length * low, likely: empty + length * likely, high: 3 * empty + length * high };
  if (kind === 'string') return { step: { what: `a string of ${length} characters`, bytes: string }, note: null };
  if (kind === 'pattern')
    return {
      step: { what: `the states of a pattern of ${length} characters, ${low} to ${high} B each`, bytes: pattern },
      note: 'A pattern written in one piece takes about half of the likely size, one with many classes less; it grows as it is used.',
    };
  return {
    step: { what: `a string or pattern of ${length} characters`, bytes: { ...pattern, low: string.low } },
    note: 'The type is not known: a string takes little, a pattern much.',
  };
}
