/** A type as lines, with the records it names opened as far as the log tells their fields. */

import type { TypeLine } from '../../model/answers/explain.ts';
import type { ZeekType } from '../../model/zeek-type.ts';
import { printType } from '../../sizing/index.ts';
import { parseDeclaration, parseType } from '../../sizing/parse-type.ts';

/** Deeper or longer, and nobody reads it. */
const DEEPEST = 8;
const MOST_LINES = 60;

/** @param recordFields each `Name{field: type; field: type &optional}`, or `Name: type` as in scripts */
export function drawTypeTree(type: string, recordFields: readonly string[]): TypeLine[] {
  const records = new Map<string, ZeekType>();
  for (const text of recordFields) {
    const record = parseDeclaration(text);
    // One without fields may be anything of which the log can tell none: what a script says of it counts.
    const isEmpty = record?.type.kind === 'record' && record.type.fields.length === 0;
    if (record !== null && !(isEmpty && records.has(record.name))) records.set(record.name, record.type);
  }
  const tree = new Tree(records);
  tree.add(parseType(type).type, { depth: 0, label: null, optional: false }, new Set());
  return tree.lines;
}

class Tree {
  readonly lines: TypeLine[] = [];
  readonly #records: ReadonlyMap<string, ZeekType>;

  constructor(records: ReadonlyMap<string, ZeekType>) {
    this.#records = records;
  }

  /** @param within the records this one is part of: one that holds itself is not opened again */
  add(type: ZeekType, at: Omit<TypeLine, 'type'>, within: ReadonlySet<string>): void {
    if (this.lines.length >= MOST_LINES) return;
    if (this.lines.length === MOST_LINES - 1) {
      this.lines.push({ depth: 1, label: null, type: '…', optional: false });
      return;
    }
    this.lines.push({ ...at, type: type.kind === 'record' ? 'record' : printType(type) });
    if (at.depth >= DEEPEST) return;
    const below = (part: ZeekType, label: string, optional = false, inside = within) =>
      this.add(part, { depth: at.depth + 1, label, optional }, inside);
    switch (type.kind) {
      case 'table':
        for (const key of type.keys) below(key, 'key');
        if (type.value !== null && type.value.kind !== 'unknown') below(type.value, 'value');
        return;
      case 'vector':
        if (type.element.kind !== 'unknown') below(type.element, 'element');
        return;
      case 'record':
        for (const { name, type: part, optional } of type.fields) below(part, name, optional);
        return;
      case 'named': {
        const record = within.has(type.name) ? undefined : this.#records.get(type.name);
        if (record === undefined) return;
        const inside = new Set([...within, type.name]);
        if (record.kind !== 'record') below(record, 'stands for', false, inside);
        else for (const { name, type: part, optional } of record.fields) below(part, name, optional, inside);
      }
    }
  }
}
