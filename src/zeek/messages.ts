/** What Zeek says on standard error, taken apart. */

import { join } from 'node:path';
import type { ErrorPlace } from '../model/errors/catalogue.ts';
import { findCollector, findDriver } from './our-scripts.ts';
import { isBelow, resolvePath } from './package-path.ts';

export interface ZeekMessage {
  readonly level: 'fatal' | 'error' | 'warning' | 'other';
  /** Where, as Zeek names it; where it names two places, both. */
  readonly places: readonly ErrorPlace[];
  readonly text: string;
}

/**
 * `error in ./main.zeek, line 3: text`, `1700000000.0 expression error in a.zeek, lines 3-5: text`,
 * `error in addr and b.zeek, line 2: text`, `fatal error: text`.
 */
const LEVEL = /^(?:\d+\.\d+ )?((?:fatal |internal |expression |script )?(?:error|warning))(?: in |: )/;
const END_OF_PLACES = /, lines? (\d+)(?:-\d+)?: /;
const PLACE = /^(.*?), lines? (\d+)(?:-\d+)?$/;

/** Lines that say how Zeek ends, not that anything is wrong. */
const ROUTINE =
  /^(?:\d+\.\d+ )?(?:<params>, line 1: )?(?:received termination signal|listening on |\d+ packets received)|^$/;
const LONGEST = 8192;

/** A message that comes again and again is told once, with how often. */
export function parseMessages(stderr: string): ZeekMessage[] {
  const messages = new Map<string, { message: ZeekMessage; count: number }>();
  for (const line of stderr.split(/\r?\n/)) {
    const text = line.slice(0, LONGEST).trimEnd();
    if (ROUTINE.test(text)) continue;
    const message = parseMessage(text);
    const key = `${message.level} ${writeMessageLine(message)}`;
    const known = messages.get(key);
    if (known === undefined) messages.set(key, { message, count: 1 });
    else known.count++;
  }
  return Array.from(messages.values(), ({ message, count }) => {
    return count === 1 ? message : { ...message, text: `${message.text} (${count} times)` };
  });
}

function parseMessage(line: string): ZeekMessage {
  const start = LEVEL.exec(line);
  if (start === null) return { level: 'other', places: [], text: line };
  const level = /^(fatal|internal e)/.test(start[1]!) ? 'fatal' : start[1]!.endsWith('error') ? 'error' : 'warning';
  const rest = line.slice(start[0].length);
  if (!start[0].endsWith(' in ')) return { level, places: [], text: rest };
  const end = END_OF_PLACES.exec(rest);
  if (end === null) return { level, places: [], text: rest };
  const named = `${rest.slice(0, end.index)}, line ${end[1]}`.split(' and ');
  const places = named.flatMap((text) => {
    const found = PLACE.exec(text);
    return found === null ? [] : [{ file: found[1]!, line: Number(found[2]) }];
  });
  return { level, places, text: rest.slice(end.index + end[0].length).trim() };
}

/** The place that says most: the first one that is the user's own, else the first. */
export function placeOf({ places }: ZeekMessage, isOwn: (file: string) => boolean = () => false): ErrorPlace {
  return places.find(({ file }) => file !== undefined && isOwn(file)) ?? places[0] ?? {};
}

/** `FILE:LINE: text`, as compilers write it. */
export function writeMessageLine(message: ZeekMessage, isOwn?: (file: string) => boolean): string {
  const { file, line } = placeOf(message, isOwn);
  return file === undefined ? message.text : `${file}:${line}: ${message.text}`;
}

const RANKS: readonly ZeekMessage['level'][] = ['fatal', 'error', 'warning', 'other'];
/** Lines of a file that one message names. */
const MOST_LINES = 4;

/** All of them, errors first; what is said of several lines of a file is one. */
export function writeMessageLines(messages: readonly ZeekMessage[], isOwn?: (file: string) => boolean): string[] {
  const found = new Map<string, { text: string; file: string | undefined; lines: number[] }>();
  for (const message of messages.toSorted((a, b) => RANKS.indexOf(a.level) - RANKS.indexOf(b.level))) {
    const { file, line } = placeOf(message, isOwn);
    const key = JSON.stringify([message.level, file, message.text]);
    const known = found.get(key) ?? { text: message.text, file, lines: [] };
    found.set(key, known);
    if (line !== undefined) known.lines.push(line);
  }
  return Array.from(found.values(), ({ text, file, lines }) => {
    if (file === undefined) return text;
    const more = lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more lines` : '';
    return `${file}:${lines.slice(0, MOST_LINES).join(', ')}${more}: ${text}`;
  });
}

/** `names.dat/Input::READER_ASCII: Init: cannot open names.dat`, and what other readers say. */
const CANNOT_OPEN = /\/Input::READER_\w+: (?:Init: )?cannot open (.+?)(?: \(\d+ times\))?$/;

/** Data files that scripts wanted to read and could not. */
export function findMissingFiles(messages: readonly ZeekMessage[]): string[] {
  return [...new Set(messages.flatMap(({ text }) => CANNOT_OPEN.exec(text)?.[1] ?? []))];
}

/** The first message that kept Zeek from going on; null where there is none. */
export function findFirstError(messages: readonly ZeekMessage[]): ZeekMessage | null {
  // A syntax error comes with consequences: the first one is the cause.
  return messages.find(({ level }) => level === 'error' || level === 'fatal') ?? null;
}

/**
 * Paths of a run's own folders are nobody's but ours.
 *
 * @param links where packages are under their names
 * @param folder where the run begins
 */
export function restoreNames(text: string, links: string, folder: string): string {
  const isName = /^(?:packages\/)?[^/\s]+(?=\/)/;
  const [head = '', ...parts] = text.split(`${links}/`);
  const named = parts.map((part) => part.replace(isName, (name) => resolvePath(join(links, name))));
  return [head, ...named].join('').replaceAll(`${folder}/`, '');
}

/** Of what we load ourselves; should it keep Zeek from going on, that is told all the same. */
export function isOfDriver({ places }: ZeekMessage): boolean {
  const ours = [findCollector(), findDriver('profile'), findDriver('lab')];
  const isOurs = (file: string) =>
    /(^|\/)(settings|first|layout)\.zeek$/.test(file) || ours.some((path) => isBelow(file, path));
  return places.length > 0 && places.every(({ file }) => isOurs(file ?? ''));
}
