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

export function estimateText(kind: ZeekType['kind'] | null, length: number): TextSize {
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
export function estimateAutomaton(
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

const ESCAPE = String.raw`\\(?:x[0-9a-f]{2}|[0-7]+|[^\n])`;
const NAMED = String.raw`\[:[a-z]+:\]`;
/** What a text leaves open ends with it. The first character of a class is no end of it, whatever it is. */
const TOKEN = new RegExp(
  [
    ESCAPE,
    String.raw`(?<characterClass>\[(?:${NAMED}|${ESCAPE}|[^\\\n])(?:${NAMED}|${ESCAPE}|[^\\\n\]])*(?:\]|$))`,
    String.raw`"(?<quoted>(?:${ESCAPE}|[^"\\\n])*)(?:"|$)`,
    String.raw`\{(?<least>\d+)(?<range>,?)(?<most>\d*)\}`,
    String.raw`(?<opening>\((?:\?[is]:)?)`,
    String.raw`[\s\S]`,
  ].join('|'),
  'gi',
);
const CHARACTER = new RegExp(String.raw`${ESCAPE}|[\s\S]`, 'gi');

/** A group that is open: the states of the alternatives before, of this one, and of its last part. */
interface Group {
  alternatives: number;
  series: number;
  last: number;
  /** Whether letters are classes of the two cases. */
  readonly isAnyCase: boolean;
}

/** @param text of a pattern as Zeek prints it, without the slashes: `^?(…)$?` */
export function countPatternStates(text: string): Pick<PatternAutomaton, 'states' | 'classes'> {
  const classes = new Set<string>();
  const groups: Group[] = [];
  let group = openGroup(false);
  const close = () => {
    const states = countStates(group);
    group = groups.pop()!;
    append(group, states);
  };
  for (const { 0: token, groups: found = {} } of text.matchAll(TOKEN)) {
    if (found.characterClass !== undefined) {
      classes.add(token);
      append(group, 1);
    } else if (found.quoted !== undefined) {
      append(group, 1 + (found.quoted.match(CHARACTER)?.length ?? 0));
    } else if (found.least !== undefined) {
      const least = Number(found.least);
      const isOpen = found.range !== '' && found.most === '';
      group.last = repeat(group.last, least, isOpen ? null : Number(found.most || least));
    } else if (found.opening !== undefined) {
      groups.push(group);
      group = openGroup(group.isAnyCase || /i/i.test(token));
    } else if (token === '|') {
      group.alternatives = countStates(group);
      group.series = 0;
      group.last = 0;
    } else if (token === '*') group.last += 3;
    else if (token === '+') group.last += 1;
    else if (token === '?') group.last += 2;
    else if (token === ')') {
      if (groups.length > 0) close();
    } else {
      if (token === '.') classes.add(token);
      else if (group.isAnyCase && /^[a-z]$/i.test(token)) classes.add(`[${token}]`);
      append(group, 1);
    }
  }
  while (groups.length > 0) close();
  // One more accepts.
  return { states: countStates(group) + 1, classes: classes.size };
}

function openGroup(isAnyCase: boolean): Group {
  return { alternatives: 0, series: 0, last: 0, isAnyCase };
}

/** AppendMachine(): one more state between two parts. */
function append(group: Group, states: number): void {
  if (group.last > 0) group.series += group.last + 1;
  group.last = states;
}

/** Of a group with all of its alternatives. One of nothing is one state; make_alternate() adds two for each pair. */
function countStates({ alternatives, series, last }: Group): number {
  const states = Math.max(series + last, 1);
  return alternatives === 0 ? states : alternatives + states + 2;
}

/** LinkCopies(), MakeRepl(): copies with one state between them, and two more for each that can be left out. */
function repeat(states: number, least: number, most: number | null): number {
  if (most === 0) return 1;
  if (least === 0) return most === null ? states + 3 : repeat(states, 1, most) + 2;
  const copies = least * states + least - 1;
  return most === null ? copies + states + 4 : copies + Math.max(most - least, 0) * (states + 3);
}
