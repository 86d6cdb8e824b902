/**
 * How many states Zeek makes of a pattern: what a pattern takes follows from them, and not from its characters. The
 * collector counts the same (scripts/values/pattern.zeek).
 *
 * Source: the grammar of patterns (src/re-parse.y, src/re-scan.l) and how it puts machines together (src/NFA.cc).
 */

import type { PatternAutomaton } from '../model/logged/description.ts';

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
    const states = statesOf(group);
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
      group.alternatives = statesOf(group);
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
  return { states: statesOf(group) + 1, classes: classes.size };
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
function statesOf({ alternatives, series, last }: Group): number {
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
