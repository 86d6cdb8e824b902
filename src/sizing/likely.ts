/**
 * What is most likely inside, given how many objects Zeek counts: of all that the footprint allows, one plain filling.
 *
 * A filling has one unknown, `fill`: how much there is inside of whatever can be more or less. Objects and bytes grow
 * with it, so the footprint determines it. With containers inside, these grow; else fields that may be absent come
 * first, and then the text of strings.
 */

import type { ZeekType } from '../model/zeek-type.ts';
import { LIKELY_STRING, measureKey, OBJECT_OF_TEXT } from './keys.ts';
import {
  ADDRESS,
  allocated,
  BOXED,
  ENTRY,
  keyBytes,
  type Layout,
  SUBNET_INDEX,
  stringBytes,
  tableSlots,
  vectorCells,
} from './layout.ts';
import { estimateOpaque, PATTERN_VALUE } from './opaque-sizes.ts';
import type { Place } from './weights.ts';

export interface Amount {
  readonly objects: number;
  readonly bytes: number;
}

/** What can be more or less in a type. */
export interface Freedom {
  readonly containers: boolean;
  readonly options: boolean;
  readonly strings: boolean;
  /** Fields of records that are strings. */
  readonly stringFields: number;
  /** Parts of which nothing is known. */
  readonly unknowns: boolean;
  /** Of these, parts that may be of any type, by what the type says. */
  readonly anything: boolean;
}

export interface Filling {
  /** Share of the fields that may be absent that are there. */
  readonly present: number;
  /** Elements of every container inside. */
  readonly entries: number;
  /** Characters of every string. */
  readonly length: number;
  /** Objects of every part of which nothing is known. */
  readonly unknown: number;
}

/** Assumed where there is no footprint. */
export const USUAL_FILLING: Filling = { present: 0.5, entries: 4, length: LIKELY_STRING, unknown: 4 };

/** Where strings do not count, or the footprint is used up by something else. */
const MOST_FILL = 2 ** 40;
const STEPS = 60;
/** Of the fill that is looked for. */
const PRECISION = 1e-6;
/** Bytes per object over what was measured. */
const OF_UNKNOWN = 45;
const POINTER = 8;
const NOTHING: Amount = { objects: 0, bytes: 0 };

export function makeFilling(fill: number, { containers, options, unknowns }: Freedom): Filling {
  const present = options ? Math.min(1, fill) : 1;
  // What is left when all that may be absent is there.
  const more = options ? fill - present : fill;
  if (containers || unknowns) return { present, entries: more, length: LIKELY_STRING, unknown: 1 + more };
  return { present, entries: 0, length: LIKELY_STRING + OBJECT_OF_TEXT * more, unknown: 1 };
}

/** The filling with so many objects; the nearest one where none has as many. */
export function findFilling(objects: number, freedom: Freedom, amountOf: (filling: Filling) => Amount): Filling {
  let low = 0;
  let high = 1;
  const reaches = (fill: number) => amountOf(makeFilling(fill, freedom)).objects >= objects;
  if (reaches(0)) return makeFilling(0, freedom);
  while (!reaches(high)) {
    if (high >= MOST_FILL) return makeFilling(isEndless(freedom) ? 0 : 1, freedom);
    low = high;
    high *= 2;
  }
  for (let step = 0; step < STEPS && high - low > PRECISION * high; step++) {
    const middle = (low + high) / 2;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return makeFilling(high, freedom);
}

function isEndless({ containers, strings, unknowns }: Freedom): boolean {
  return containers || strings || unknowns;
}

export function findFreedom(type: ZeekType): Freedom {
  const seen = new Set<ZeekType>();
  const found = {
    containers: false,
    options: false,
    strings: false,
    stringFields: 0,
    unknowns: false,
    anything: false,
  };
  const visit = (part: ZeekType, inside: boolean): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === 'string') found.strings = true;
    if (['any', 'unknown', 'list'].includes(part.kind)) found.anything = true;
    if (part.kind === 'named' || found.anything) found.unknowns = true;
    if (part.kind === 'table' || part.kind === 'vector') {
      if (inside) found.containers = true;
      for (const child of part.kind === 'table' ? part.keys : [part.element]) visit(child, true);
      if (part.kind === 'table' && part.value !== null) visit(part.value, true);
    }
    if (part.kind === 'record')
      for (const field of part.fields) {
        if (field.optional) found.options = true;
        if (field.type.kind === 'string') found.stringFields++;
        visit(field.type, true);
      }
  };
  visit(type, false);
  return found;
}

/** Values of resolved types under one filling. */
export class LikelySizes {
  readonly #layout: Layout;
  readonly #filling: Filling;
  readonly #cells: typeof vectorCells;
  readonly #known = { boxed: new Map<ZeekType, Amount>(), inside: new Map<ZeekType, Amount>() };
  /** The same filling where every container has one element. */
  #withOne: LikelySizes | null = null;

  /** @param cells what vectors inside have: room to grow, unless they were made in their size */
  constructor(layout: Layout, filling: Filling, cells = vectorCells) {
    this.#layout = layout;
    this.#filling = filling;
    this.#cells = cells;
  }

  of(type: ZeekType, place: Place): Amount {
    const known = this.#known[place].get(type);
    if (known !== undefined) return known;
    const amount = this.#size(type, place);
    this.#known[place].set(type, amount);
    return amount;
  }

  /** Of one entry of a table or set, without its slot; of one element of a vector, without its cell. */
  ofEntry(type: ZeekType & { kind: 'table' | 'vector' }): Amount {
    if (type.kind === 'vector') {
      // The types of the elements, where these can differ (yield_types in src/Val.h), are beside them.
      const bytes = type.element.kind === 'any' ? POINTER : 0;
      return add({ objects: 1, bytes }, this.of(type.element, 'inside'));
    }
    const index = type.keys.length === 1 && type.keys[0]!.kind === 'subnet' ? SUBNET_INDEX.likely : 0;
    const entry = add({ objects: 1, bytes: ENTRY + index }, this.ofKey(type.keys));
    return type.value === null ? entry : add(entry, this.of(type.value, 'boxed'));
  }

  ofKey(keys: readonly ZeekType[]): Amount {
    const size = measureKey(keys, this.#layout);
    const short = keyBytes(size.likely + size.strings * LIKELY_STRING, this.#layout);
    const objects = size.objects + size.options * this.#filling.present + size.strings * this.#text();
    return { objects, bytes: short + size.strings * this.#moreText() };
  }

  /** Objects that the text of one string counts for. */
  #text(): number {
    return this.#layout.stringsCountLength ? (this.#filling.length - LIKELY_STRING) / OBJECT_OF_TEXT : 0;
  }

  /** Bytes that strings have on average above a short one: their text is allocated in pieces of 16. */
  #moreText(): number {
    return this.#filling.length - LIKELY_STRING;
  }

  #size(type: ZeekType, place: Place): Amount {
    const layout = this.#layout;
    switch (type.kind) {
      case 'scalar': {
        const alwaysBoxed = type.name === 'time' || type.name === 'double' || type.name === 'interval';
        const inside = place === 'inside' && layout.inlineScalars;
        return { objects: 1, bytes: alwaysBoxed && !inside ? BOXED : 0 };
      }
      case 'addr':
      case 'subnet':
        return { objects: 1, bytes: ADDRESS };
      case 'string':
        return { objects: 1 + this.#text(), bytes: stringBytes(LIKELY_STRING) + this.#moreText() };
      case 'file':
        return { objects: 1, bytes: 300 };
      case 'pattern':
        return { objects: 1, bytes: PATTERN_VALUE.likely };
      case 'opaque':
        return { objects: 1, bytes: estimateOpaque(type.of).likely };
      case 'record':
        return this.#record(type);
      case 'table':
        return this.#container(layout.table, this.ofEntry(type), (entries) => tableSlots(entries, layout));
      case 'vector':
        return this.#container(layout.vector, this.ofEntry(type), (entries) => this.#cells(entries, layout));
      case 'named':
      case 'any':
      case 'unknown':
      case 'list': {
        // One object is an enum or a shared number, more are taken for a record.
        const { unknown } = this.#filling;
        return { objects: unknown, bytes: OF_UNKNOWN * (unknown - 1) };
      }
      default:
        return { objects: 1, bytes: 0 };
    }
  }

  #record({ fields }: ZeekType & { kind: 'record' }): Amount {
    const { record, cell, lazyFields } = this.#layout;
    const { present, entries } = this.#filling;
    let amount: Amount = { objects: fields.length, bytes: record + allocated(cell * fields.length) };
    for (const { type, optional } of fields) {
      const isContainer = type.kind === 'table' || type.kind === 'vector';
      const there = isContainer && (optional || lazyFields) ? Math.min(1, entries) : optional ? present : 1;
      amount = add(amount, isContainer ? this.#fieldContainer(type, there) : times(this.of(type, 'inside'), there));
    }
    return amount;
  }

  /** Where only some records have the container, these have one element in it. */
  #fieldContainer(type: ZeekType & { kind: 'table' | 'vector' }, there: number): Amount {
    const { entries } = this.#filling;
    if (there === 0) return NOTHING;
    if (entries >= 1) return times(this.of(type, 'inside'), there);
    this.#withOne ??= new LikelySizes(this.#layout, { ...this.#filling, entries: 1 }, this.#cells);
    return times(this.#withOne.of(type, 'inside'), there);
  }

  /** Where the number of elements is no whole one, containers differ: an average of larger and smaller ones. */
  #container(empty: number, entry: Amount, roomFor: (entries: number) => number): Amount {
    const { entries } = this.#filling;
    const nearest = Math.round(entries);
    const room = Math.abs(entries - nearest) < 0.02 ? roomFor(nearest) : averageRoom(entries, roomFor);
    return { objects: entries * entry.objects, bytes: empty + room + entries * entry.bytes };
  }
}

const SPREAD: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75];

function averageRoom(entries: number, roomFor: (entries: number) => number): number {
  const rooms = SPREAD.map((share) => {
    const whole = Math.floor(entries * share);
    const rest = entries * share - whole;
    return (1 - rest) * roomFor(whole) + rest * roomFor(whole + 1);
  });
  return rooms.reduce((sum, room) => sum + room, 0) / SPREAD.length;
}

function add(a: Amount, b: Amount): Amount {
  return { objects: a.objects + b.objects, bytes: a.bytes + b.bytes };
}

function times(amount: Amount, factor: number): Amount {
  return { objects: amount.objects * factor, bytes: amount.bytes * factor };
}
