/**
 * How the fields of a TSV row map to the columns of a kind of log.
 *
 * A row is read in segments. Neighbouring fields whose values recur together (a variable and its module)
 * are one segment, whose bytes are recognised at one go; every other field is a segment of its own.
 */

import { columnType, missingColumns } from '../model/errors/catalogue.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { type LogColumn, type LogKind, ZEEK_TYPES } from './log-kind.ts';
import type { TsvHeader } from './tsv-header.ts';

/** What is done with a segment, as small numbers for the reader's inner loop. */
export const SEGMENT = { skip: 0, count: 1, decimal: 2, recurring: 3 } as const;

export class LayoutPart {
  readonly kind: number;
  /** The columns its fields fill, -1 for none. */
  readonly columns: number[];
  readonly specs: LogColumn[];
  /** True where it holds the variable's name, which tells best what the next row will be. */
  isKey = false;
  /** Of a recurring segment: its byte strings, and the values of each, one after another. */
  dictionary = new ByteDictionary();
  values: number[] = [];
  /** What is wrong with an entry, for those that are not good. */
  problems = new Map<number, string>();
  /** Of the key segment: per 1 + its entry in the row before, the entry to expect; -1 where that is not known. */
  follow = new Int32Array(256).fill(-1);
  /** The entry whose values stand in the row; -1 where they do not. */
  current = -1;
  /** Of a decimal segment: where in the buffer it was last, to see at a glance that it is the same again; -1 if unknown. */
  lastAt = -1;
  lastLength = 0;

  constructor(kind: number, column: number, spec: LogColumn | null) {
    this.kind = kind;
    this.columns = [column];
    this.specs = spec === null ? [] : [spec];
  }

  /** Forgets what it has learnt: so much of it is new that remembering costs more than it saves. */
  reset(): void {
    this.dictionary = new ByteDictionary();
    this.values = [];
    this.problems = new Map();
    this.follow.fill(-1);
    this.current = -1;
  }
}

/**
 * @param file named in errors
 * @throws ExpectedError where a required column is missing, or one is declared as a type it cannot be read from
 */
export function makeTsvLayout(kind: LogKind, header: TsvHeader, file: string): readonly LayoutPart[] {
  const missing = kind.columns.filter((c) => c.required && !header.fields.includes(c.name)).map((c) => c.name);
  if (missing.length > 0) throw missingColumns(file, header.fieldsLine, kind.name, missing);
  const segments: LayoutPart[] = [];
  header.fields.forEach((name, field) => {
    const column = kind.columns.findIndex((c) => c.name === name);
    const spec = kind.columns[column];
    if (spec === undefined) {
      segments.push(new LayoutPart(SEGMENT.skip, -1, null));
      return;
    }
    const type = header.types[field];
    if (type !== undefined && !ZEEK_TYPES[spec.kind].includes(type))
      throw columnType(file, header.typesLine, name, type, ZEEK_TYPES[spec.kind]);
    const last = segments.at(-1);
    if (spec.recursWith !== null && last?.specs[0]?.recursWith === spec.recursWith) {
      last.columns.push(column);
      last.specs.push(spec);
    } else {
      const how =
        spec.recursWith !== null ? SEGMENT.recurring : spec.kind === 'count' ? SEGMENT.count : SEGMENT.decimal;
      segments.push(new LayoutPart(how, column, spec));
    }
    if (name === 'variable') segments.at(-1)!.isKey = true;
  });
  return segments;
}
