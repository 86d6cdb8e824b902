/**
 * The forms in which people have logs and no reader takes them, told by a log's first bytes. Each is turned into what a
 * reader takes before it is read; a log as Zeek wrote it has none.
 */

import { chooseKind } from '../log-kind.ts';
import {
  CARRIAGE_RETURN,
  type Converter,
  decodeUtf16,
  dropMark,
  dropZeros,
  endInNewlines,
  findUtf16Order,
  isMarked,
  NEWLINE,
} from './characters.ts';
import { CsvConverter, SEPARATOR_LINE, SEPARATORS } from './csv.ts';
import { JsonValues, KEY_OF_ROWS } from './json-values.ts';
import { unwrappedIn, Wrapped } from './wrapped.ts';

const CONVERTERS = {
  mark: dropMark,
  'utf-16le': () => decodeUtf16('utf-16le'),
  'utf-16be': () => decodeUtf16('utf-16be'),
  zeros: dropZeros,
  cr: endInNewlines,
  'json-values': () => new JsonValues(),
  'csv,': () => new CsvConverter(','),
  'csv;': () => new CsvConverter(';'),
  'csv|': () => new CsvConverter('|'),
  wrapped: () => new Wrapped(),
} satisfies Record<string, () => Converter>;

export type Form = keyof typeof CONVERTERS;

/** Rows are looked at until one tells the form. */
const MOST_LOOKED_AT = 200;
/** Of rows of ours, and of others' that have ours in them. */
const CSV_COLUMNS = /(^|[,;|])"?([\w@.]+\.)?(_raw|variable|var_type|boot|_source|message|line|body)"?([,;|]|$)/i;
const ROWS_OF_ANSWER = new RegExp(`${KEY_OF_ROWS.source.replace('$', '')}\\s*[\\[{]`);
const DECODER = new TextDecoder();
const BRACE = 0x7b;

/** The forms a log is in, one within the other, and its first bytes as they are when these are taken off. */
export function findForms(head: Uint8Array): { readonly forms: readonly Form[]; readonly text: Uint8Array } {
  const forms: Form[] = [];
  let text = head;
  for (const form of [readCharacters, countZeros, findLineEnds, rowsOf, recordsOf]) {
    const found = form(text);
    if (found === null) continue;
    forms.push(found);
    const converter = CONVERTERS[found]();
    text = Buffer.concat([converter.push(text), converter.end()]);
  }
  return { forms, text };
}

/** Takes the forms off a stream of chunks. */
export async function* undoForms(
  chunks: AsyncIterable<Uint8Array>,
  forms: readonly Form[],
): AsyncGenerator<Uint8Array> {
  const converters = forms.map((form) => CONVERTERS[form]());
  const through = (bytes: Uint8Array, from: number) =>
    converters.slice(from).reduce((converted, converter) => converter.push(converted), bytes);
  for await (const chunk of chunks) yield through(chunk, 0);
  for (const [i, converter] of converters.entries()) yield through(converter.end(), i + 1);
}

function readCharacters(head: Uint8Array): Form | null {
  return isMarked(head) ? 'mark' : findUtf16Order(head);
}

function countZeros(head: Uint8Array): Form | null {
  return head.includes(0) ? 'zeros' : null;
}

function findLineEnds(head: Uint8Array): Form | null {
  return !head.includes(NEWLINE) && head.includes(CARRIAGE_RETURN) ? 'cr' : null;
}

/** JSON that is not one object a line, and CSV. */
function rowsOf(head: Uint8Array): Form | null {
  const line = readFirstLine(head);
  if (line.startsWith('[')) return 'json-values';
  if (line.startsWith('{')) return isObject(line) && !isAnswer(line) ? null : 'json-values';
  const names = SEPARATOR_LINE.test(line) ? readFirstLine(head.subarray(head.indexOf(NEWLINE))) : line;
  if (names.includes('\t') || !CSV_COLUMNS.test(names)) return null;
  return `csv${SEPARATORS.find((separator) => names.includes(separator)) ?? ','}`;
}

/** The first one that is not blank, without blanks before it. */
function readFirstLine(head: Uint8Array): string {
  let start = head.findIndex((byte) => byte > 0x20);
  if (start < 0) start = head.length;
  const end = head.indexOf(0x0a, start);
  return DECODER.decode(head.subarray(start, end < 0 ? head.length : end)).trim();
}

/** Rows within records of somebody else's. */
function recordsOf(head: Uint8Array): Form | null {
  if (!head.includes(BRACE)) return null;
  const lines = DECODER.decode(head).split('\n', MOST_LOOKED_AT);
  for (const line of lines) {
    const record = parsedObject(line);
    if (record !== null && chooseKind(record) !== null) return null;
    if (unwrappedIn(line) !== null) return 'wrapped';
  }
  return null;
}

function isObject(line: string): boolean {
  return parsedObject(line) !== null;
}

/** One object that has all the rows in an array. */
function isAnswer(line: string): boolean {
  return ROWS_OF_ANSWER.test(line) && chooseKind(parsedObject(line)!) === null;
}

function parsedObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
