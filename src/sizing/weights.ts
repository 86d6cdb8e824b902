/** What values of a type weigh at least and at most, over the objects Zeek counts for them. */

import type { ZeekType } from '../model/zeek-type.ts';
import { curveThrough, type Envelope, either, fixed, growing, maybe, plus, steepest } from './envelope.ts';
import { keyEnvelope, keySize, LONG_STRING, OBJECT_OF_TEXT } from './keys.ts';
import { ADDRESS, allocated, BOXED, ENTRY, type Layout, SUBNET_INDEX, stringBytes } from './layout.ts';
import { opaqueBytes, PATTERN_VALUE } from './opaque-sizes.ts';
import { tableSlots, vectorCells } from './slots.ts';

/** Where a value is: numbers are objects of their own in a table, not in a record or vector (since 4.1). */
export type Place = 'boxed' | 'inside';

/** Slots per entry, averaged over many tables of all sizes: between 1.33 (just before growing) and 2.67 (just after). */
const CROWDED_TABLE = 1;
const ROOMY_TABLE = 2;
const FEW: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 11];

/** Strings that are values may be one and the same in many places; then they are there once. */
const SHARED_STRINGS = 0.5;

export class Weights {
  readonly layout: Layout;
  readonly #known = { boxed: new Map<ZeekType, Envelope>(), inside: new Map<ZeekType, Envelope>() };

  constructor(layout: Layout) {
    this.layout = layout;
  }

  /** Of one value. The type must be resolved. */
  of(type: ZeekType, place: Place): Envelope {
    const known = this.#known[place].get(type);
    if (known !== undefined) return known;
    const weight = this.#weigh(type, place);
    this.#known[place].set(type, weight);
    return weight;
  }

  /** Of one entry of a table or set, without its slot; of one element of a vector, without its cell. */
  ofEntry(type: ZeekType & { kind: 'table' | 'vector' }): Envelope {
    if (type.kind === 'vector') return plus(fixed(1, 0), this.of(type.element, 'inside'));
    const key = keyEnvelope(keySize(type.keys, this.layout), this.layout);
    const index = type.keys.length === 1 && type.keys[0]!.kind === 'subnet' ? SUBNET_INDEX : { low: 0, high: 0 };
    const entry = plus(fixed(1, ENTRY + index.low, ENTRY + index.high), type.keys.length === 0 ? UNKNOWN : key);
    return type.value === null ? entry : plus(entry, this.of(type.value, 'boxed'));
  }

  #weigh(type: ZeekType, place: Place): Envelope {
    const layout = this.layout;
    switch (type.kind) {
      case 'scalar': {
        if (place === 'inside' && layout.inlineScalars) return fixed(1, 0);
        // Small numbers are shared, and so is a constant of the script; a time comes from a call that makes a new one.
        const shared = ['bool', 'enum', 'port'].includes(type.name);
        return fixed(1, type.name === 'time' ? BOXED : 0, shared ? 0 : BOXED);
      }
      case 'addr':
      case 'subnet':
        return fixed(1, ADDRESS);
      case 'string':
        return layout.stringsCountLength
          ? growing(1, SHARED_STRINGS * stringBytes(0), stringBytes(OBJECT_OF_TEXT - 1), 16, OBJECT_OF_TEXT)
          : fixed(1, SHARED_STRINGS * stringBytes(0), stringBytes(LONG_STRING));
      case 'function':
      case 'void':
      case 'type':
        return fixed(1, 0);
      case 'file':
        return fixed(1, 0, 1000);
      case 'pattern':
        return fixed(1, PATTERN_VALUE.low, PATTERN_VALUE.high);
      case 'opaque': {
        const { low, high } = opaqueBytes(type.of);
        return fixed(1, low, high);
      }
      case 'record':
        return this.#record(type);
      case 'table':
        return this.#container(layout.table, this.ofEntry(type), layout.slot, (entries) => tableSlots(entries, layout));
      case 'vector':
        return this.#container(layout.vector, this.ofEntry(type), layout.cell, (entries) =>
          vectorCells(entries, layout),
        );
      case 'named':
        return type.isRecord ? UNKNOWN_RECORD : either(fixed(1, 0, BOXED), UNKNOWN_RECORD);
      default:
        return UNKNOWN;
    }
  }

  #record({ fields }: ZeekType & { kind: 'record' }): Envelope {
    const layout = this.layout;
    let weight = fixed(fields.length, layout.record + allocated(layout.cell * fields.length));
    for (const { type, optional } of fields) {
      const field = this.of(type, 'inside');
      const lazy = layout.lazyFields && ['table', 'vector', 'record'].includes(type.kind);
      weight = plus(weight, optional || lazy ? maybe(field) : field);
    }
    return weight;
  }

  /** Between one container that holds all, and many that hold little. */
  #container(empty: number, entry: Envelope, room: number, roomFor: (entries: number) => number): Envelope {
    const { objects, bytes } = entry.upper;
    const few = FEW.map((entries) => {
      return { objects: entries * objects, bytes: empty + roomFor(entries) + entries * bytes };
    });
    return {
      lower: { objects: 0, bytes: empty, segments: [], tail: steepest(entry.lower, CROWDED_TABLE * room, 1) },
      upper: curveThrough(few, steepest(entry.upper, ROOMY_TABLE * room, -1), -1),
    };
  }
}

/** A value of any type: from a shared number to an empty table; per object from numbers in a vector to records. */
const UNKNOWN: Envelope = growing(0, 0, 400, 0, 200);
/** A record has at least a field and its value. */
const UNKNOWN_RECORD: Envelope = growing(2, 100, 500, 8, 150);
