/**
 * The header of a Zeek TSV log: `#separator`, `#set_separator`, `#empty_field`, `#unset_field`, `#path`, `#fields`,
 * `#types`; and the bare line of names that the ASCII writer's `tsv` option leaves of it.
 *
 * Source: Zeek's `src/logging/writers/ascii/Ascii.cc` (`WriteHeader`) and the Log framework's documentation.
 */

import { badHeader } from '../model/errors/catalogue.ts';
import { unescapeField } from './escape.ts';
import { findKind, type LogKind, recognizeKind } from './log-kind.ts';

export interface TsvHeader {
  /** One byte. */
  readonly separator: number;
  readonly setSeparator: string;
  readonly emptyField: string;
  readonly unsetField: string;
  /** Null where the log does not say. */
  readonly path: string | null;
  readonly fields: readonly string[];
  /** Empty where the log does not say. */
  readonly types: readonly string[];
  /** The line that `#fields` and `#types` stand on, from 1. */
  readonly fieldsLine: number;
  readonly typesLine: number;
}

/** Tab, comma, semicolon, bar. */
const ADDED_SEPARATORS = [0x09, 0x2c, 0x3b, 0x7c];

export const ZEEK_DEFAULTS: TsvHeader = {
  separator: 0x09,
  setSeparator: ',',
  emptyField: '(empty)',
  unsetField: '-',
  path: null,
  fields: [],
  types: [],
  fieldsLine: 0,
  typesLine: 0,
};

/** True where both lay rows out alike. */
export function isSameLayout(a: TsvHeader, b: TsvHeader): boolean {
  return (
    a.separator === b.separator &&
    a.setSeparator === b.setSeparator &&
    a.emptyField === b.emptyField &&
    a.unsetField === b.unsetField &&
    a.fields.join('\t') === b.fields.join('\t')
  );
}

/**
 * The header after one more of its lines. `#open`, `#close` and lines this program does not know change nothing.
 *
 * @param line the bytes of the line, from `#`, without its end
 * @throws ExpectedError for a header that cannot be used
 */
export function addHeaderLine(header: TsvHeader, line: Uint8Array, file: string, lineNumber: number): TsvHeader {
  if (startsWith(line, '#separator ')) {
    const start = '#separator '.length;
    let end = line.length;
    // One may have been added at the end of every line.
    while (end > start + 1 && ADDED_SEPARATORS.includes(line[end - 1]!)) end--;
    const separator = unescapeField(line, start, end);
    if (separator.length !== 1 || separator.charCodeAt(0) > 0x7f)
      throw badHeader(file, lineNumber, 'only a separator of one ASCII character can be read');
    return { ...header, separator: separator.charCodeAt(0) };
  }
  const parts = split(line, header.separator);
  const [name, ...values] = parts;
  switch (name) {
    case '#set_separator':
      return { ...header, setSeparator: values[0] ?? '' };
    case '#empty_field':
      return { ...header, emptyField: values[0] ?? '' };
    case '#unset_field':
      return { ...header, unsetField: values[0] ?? '' };
    case '#path':
      return { ...header, path: values[0] ?? null };
    case '#fields':
      return { ...header, fields: makeUnique(values, file, lineNumber), types: [], fieldsLine: lineNumber };
    case '#types':
      if (stripBlanks(values).length !== stripBlanks(header.fields).length)
        throw badHeader(file, lineNumber, `${values.length} types for ${header.fields.length} fields`);
      return { ...header, types: values, typesLine: lineNumber };
    default:
      return header;
  }
}

/** The kind of log that a header tells of: by its path or, where a site writes our log under another name, its columns. */
export function recognizeHeader({ path, fields }: TsvHeader): LogKind | null {
  const named = path === null ? null : findKind(path);
  if (named !== null) return named;
  const kind = recognizeKind(new Set(fields));
  return path !== null && kind?.name === 'cluster' ? null : kind;
}

/** The header that a bare first line of names stands for. */
export function makeBareHeader(line: Uint8Array, file: string): TsvHeader {
  return { ...ZEEK_DEFAULTS, fields: makeUnique(split(line, ZEEK_DEFAULTS.separator), file, 1), fieldsLine: 1 };
}

function makeUnique(names: readonly string[], file: string, lineNumber: number): readonly string[] {
  // zeek-cut leaves the names empty of columns that it was asked for and the log does not have.
  const seen = new Set<string>();
  const twice = names.find((name) => name !== '' && (seen.has(name) || !seen.add(name)));
  if (twice !== undefined) throw badHeader(file, lineNumber, `the column ${twice} is named twice`);
  return names;
}

function stripBlanks(values: readonly string[]): readonly string[] {
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1);
}

function startsWith(line: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (line[i] !== text.charCodeAt(i)) return false;
  return true;
}

function split(line: Uint8Array, separator: number): string[] {
  const parts: string[] = [];
  let start = 0;
  for (;;) {
    const end = line.indexOf(separator, start);
    parts.push(unescapeField(line, start, end < 0 ? line.length : end));
    if (end < 0) return parts;
    start = end + 1;
  }
}
