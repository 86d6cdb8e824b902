/** Bytes of texts of which the length is known. */

import type { SizeStep } from '../model/size-estimate.ts';
import type { ZeekType } from '../model/zeek-type.ts';
import { stringBytes } from './layout.ts';

/**
 * A pattern is compiled twice, to match all of a text and anywhere in it (RE_Matcher in src/RE.h), into states of an
 * NFA of a few hundred bytes for each character. A class or an escape takes several characters of text for one.
 */
const PATTERN = { empty: 3_000, low: 500, likely: 1_550, high: 2_100 } as const;

export function textStep(kind: ZeekType['kind'] | null, length: number): { step: SizeStep; note: string | null } {
  const string = stringBytes(length);
  const { empty, low, likely, high } = PATTERN;
  const pattern = { low: length * low, likely: empty + length * likely, high: 2 * empty + length * high };
  if (kind === 'string')
    return {
      step: { what: `a string of ${length} characters`, bytes: { low: string, likely: string, high: string } },
      note: null,
    };
  if (kind === 'pattern')
    return {
      step: { what: `the states of a pattern of ${length} characters, ${low} to ${high} B each`, bytes: pattern },
      note: 'A pattern grows as it is used: states it comes to are kept.',
    };
  const bytes = { low: string, likely: pattern.likely, high: pattern.high };
  return {
    step: { what: `a string or pattern of ${length} characters`, bytes },
    note: 'The type is not known: a string takes little, a pattern much.',
  };
}
