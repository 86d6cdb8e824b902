/** Bytes of texts of which the length is known, and of patterns of which the states were counted. */

import type { ByteRange } from '../model/bytes.ts';
import type { PatternAutomaton } from '../model/logged/description.ts';
import type { SizeStep } from '../model/size-estimate.ts';
import type { ZeekType } from '../model/zeek-type.ts';
import { roomyStringBytes, stringBytes } from './layout.ts';

/** Bytes of what there is once, for each state, character class and character. */
interface Automaton {
  readonly parsed: { readonly empty: number; readonly state: number };
  readonly later: { readonly empty: number; readonly state: number };
  readonly class: number;
  readonly character: number;
}

interface TextSize {
  readonly steps: readonly SizeStep[];
  readonly note: string | null;
}

/**
 * A pattern is compiled twice, to match all of a text and anywhere in it (RE_Matcher in src/RE.h). By the length of its
 * text alone, measured bytes per character: words 860, names with escaped dots 720, classes and repetitions 290; twice
 * as much for a pattern put together from others by `+=`, which keeps them. Large ones mostly are.
 */
const PATTERN = { empty: 12_000, low: 240, likely: 1_550, high: 2_100 } as const;

/**
 * Of both automata together, by the states of one: what each state, character class and character of the text takes, as
 * measured over 44 kinds of pattern in docs/accuracy.md. What is made while scripts are parsed remembers where in them it
 * was made (Obj::SetLocationInfo() in src/Obj.cc), and so does each state.
 */
const AUTOMATON: Automaton = {
  parsed: { empty: 16_600, state: 451 },
  later: { empty: 12_900, state: 387 },
  class: 628,
  character: 2.7,
};
/** The same in Zeek 3.0, which remembers more of the place. */
const OLD_AUTOMATON: Automaton = {
  parsed: { empty: 17_000, state: 547 },
  later: { empty: 10_000, state: 419 },
  class: 826,
  character: 2.7,
};
/** The most of what is between the two, which was not measured: from 4.0 on a place takes as much as in 8.0 (src/Obj.h). */
const MOST_BETWEEN: Automaton = { ...OLD_AUTOMATON, parsed: { empty: 17_000, state: 419 + 64 } };
/** The piece that a first addition adds to. */
const PIECES = 3_700;
/** How far what was measured lies from that. */
const AUTOMATON_ERROR = 0.035;
/** Of a pattern's bytes, what states add that are made while it is matched: more in one of ten that are used much. */
const MATCHING = 0.15;

/** What malloc may give more than it is asked for: a piece that is too large by a little, whole pages. */
const WASTE = 64;
const SLACK = 0.02;

/** From this version on a pattern is as in 8.0, and before the other as in 3.0. */
const AUTOMATON_MEASURED = { from: 8, before: 4 } as const;

export function textSteps(kind: ZeekType['kind'] | null, length: number): TextSize {
  const exact = stringBytes(length);
  const string = { low: exact, likely: exact, high: roomyStringBytes(length) * (1 + SLACK) + WASTE };
  const { empty, low, likely, high } = PATTERN;
  const pattern = { low: empty + length * low, likely: empty + length * likely, high: 3 * empty + length * high };
  if (kind === 'string') return { steps: [{ what: `a string of ${length} characters`, bytes: string }], note: null };
  if (kind === 'pattern')
    return {
      steps: [{ what: `the states of a pattern of ${length} characters, ${low} to ${high} B each`, bytes: pattern }],
      note: 'A pattern written in one piece takes about half of the likely size, one with many classes less; it grows as it is used.',
    };
  return {
    steps: [{ what: `a string or pattern of ${length} characters`, bytes: { ...pattern, low: string.low } }],
    note: 'The type is not known: a string takes little, a pattern much.',
  };
}

/**
 * @param length of the pattern's text, characters
 * @param major version of Zeek; null where it is not known
 */
export function automatonSteps(
  { states, classes, origin }: PatternAutomaton,
  length: number,
  major: number | null,
): TextSize {
  const bytesOf = (automaton: Automaton, made: 'parsed' | 'later') =>
    automaton[made].empty + states * automaton[made].state + classes * automaton.class + length * automaton.character;
  const isOld = major !== null && major < AUTOMATON_MEASURED.before;
  const isNew = major !== null && major >= AUTOMATON_MEASURED.from;
  const [least, most] = [isOld ? OLD_AUTOMATON : AUTOMATON, isNew ? AUTOMATON : isOld ? OLD_AUTOMATON : MOST_BETWEEN];
  const parsed = bytesOf(least, 'parsed');
  const low = origin === null ? bytesOf(least, 'later') : parsed;
  const made = {
    low: low * (1 - AUTOMATON_ERROR),
    likely: (low + parsed) / 2,
    high: bytesOf(most, 'parsed') * (1 + AUTOMATON_ERROR),
  };
  const steps: SizeStep[] = [
    {
      what: `two automata of ${states} states and ${classes} character ${classes === 1 ? 'class' : 'classes'}`,
      bytes: made,
    },
  ];
  let all: ByteRange = made;
  if (origin === 'added') {
    const add = (bytes: number) => bytes + PIECES;
    const pieces = { low: add(made.low), likely: add(made.likely), high: add(made.high) };
    steps.push({ what: 'the same for the pieces it was put together from by +=, which Zeek keeps', bytes: pieces });
    all = { low: made.low + pieces.low, likely: made.likely + pieces.likely, high: made.high + pieces.high };
  }
  steps.push({
    what: 'states that are added while it is matched',
    bytes: { low: 0, likely: 0, high: all.likely * MATCHING },
  });
  return {
    steps,
    note: 'It grows as it is used: by a fifteenth after some hundred texts, by more than that of one in ten.',
  };
}
