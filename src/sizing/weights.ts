/** What values of a type weigh at least and at most, over the objects Zeek counts for them. */

import type { ZeekType } from '../model/zeek-type.ts';
import { isConnectionId } from './builtin-types.ts';
import { curveThrough, type Envelope, either, fixed, growing, maybe, plus, steepest } from './envelope.ts';
import { boundKeys, LONG_STRING, measureKey, OBJECT_OF_TEXT } from './keys.ts';
import {
  ADDRESS,
  allocated,
  BOXED,
  ENTRY,
  type Layout,
  roomyStringBytes,
  SUBNET_INDEX,
  stringBytes,
  tableSlots,
  vectorCells,
} from './layout.ts';
import { estimateOpaque, PATTERN_VALUE } from './opaque-sizes.ts';
import { RememberedValues } from './per-value.ts';

/** Where a value is: numbers are objects of their own in a table, not in a record or vector (since 4.1). */
export type Place = 'boxed' | 'inside';

/** Room per entry: a small table may be full, a larger one grows to twice its slots at 75 % (src/Dict.h). */
const CROWDED = 1;
const ROOMY_TABLE = 2 / 0.75;
/** A vector that grows doubles its cells. */
const ROOMY_VECTOR = 2;
const FEW: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 11];

const PARTLY_SHARED = 0.5;

export class Weights {
  readonly layout: Layout;
  readonly remembered = new RememberedValues();
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
    const key = boundKeys(measureKey(type.keys, this.layout), this.layout);
    const index = type.keys.length === 1 && type.keys[0]!.kind === 'subnet' ? SUBNET_INDEX : { low: 0, high: 0 };
    const entry = plus(fixed(1, ENTRY + index.low, ENTRY + index.high), type.keys.length === 0 ? UNKNOWN : key);
    return type.value === null ? entry : plus(entry, this.of(type.value, 'boxed'));
  }

  #weigh(type: ZeekType, place: Place): Envelope {
    const layout = this.layout;
    switch (type.kind) {
      case 'scalar': {
        if (place === 'inside' && layout.inlineScalars) return fixed(1, 0);
        switch (type.name) {
          case 'bool':
          case 'enum':
          case 'port':
            return fixed(1, 0);
          case 'count':
          case 'int':
            // Those below 4,096 are there once for all (PREALLOCATED_COUNTS in src/Val.h).
            return fixed(1, 0, BOXED);
          default:
            // A constant of the script is there once as well, so of some there may be few.
            return fixed(1, type.name === 'time' ? BOXED : PARTLY_SHARED * BOXED, BOXED);
        }
      }
      case 'addr':
      case 'subnet':
        return fixed(1, ADDRESS);
      case 'string':
        return layout.stringsCountLength ? longString() : fixed(1, stringBytes(0), roomyStringBytes(LONG_STRING));
      case 'function':
      case 'void':
      case 'type':
        return fixed(1, 0);
      case 'file':
        return fixed(1, 0, 1000);
      case 'pattern':
        return fixed(1, PATTERN_VALUE.low, PATTERN_VALUE.high);
      case 'opaque': {
        const { low, high } = estimateOpaque(type.of);
        return fixed(1, low, high);
      }
      case 'record':
        return this.#record(type);
      case 'table':
        return this.#container(
          layout.table,
          this.ofEntry(type),
          { low: CROWDED * layout.slot, high: ROOMY_TABLE * layout.slot },
          (entries) => tableSlots(entries, layout),
        );
      case 'vector':
        return this.#container(
          layout.vector,
          this.ofEntry(type),
          { low: CROWDED * layout.cell, high: ROOMY_VECTOR * layout.cell },
          (entries) => vectorCells(entries, layout),
        );
      case 'named':
        return type.isRecord ? UNKNOWN_RECORD : either(fixed(1, 0, BOXED / 4), UNKNOWN_RECORD);
      default:
        return UNKNOWN;
    }
  }

  #record({ fields }: ZeekType & { kind: 'record' }): Envelope {
    const layout = this.layout;
    let weight = fixed(fields.length, layout.record + allocated(layout.cell * fields.length));
    for (const { type, optional } of fields) {
      let field = this.of(type, 'inside');
      // A field is assigned a value, not a copy (RecordVal::Assign() in src/Val.h): a text may be a constant or default of
      // the script, and a conn_id the one that all events of the connection hand over (Connection::GetVal() in src/Conn.cc).
      if (type.kind === 'string' || isConnectionId(type)) field = { ...field, lower: { ...field.lower, bytes: 0 } };
      const lazy = layout.lazyFields && ['table', 'vector', 'record'].includes(type.kind);
      weight = plus(weight, optional || lazy ? maybe(field) : field);
    }
    return weight;
  }

  /** Between one container that holds all, and many that hold little. */
  #container(
    empty: number,
    entry: Envelope,
    room: { readonly low: number; readonly high: number },
    roomFor: (entries: number) => number,
  ): Envelope {
    const { objects, bytes } = entry.upper;
    const few = FEW.map((entries) => {
      return { objects: entries * objects, bytes: empty + roomFor(entries) + entries * bytes };
    });
    return {
      lower: { objects: 0, bytes: empty, segments: [], tail: steepest(entry.lower, room.low, 1) },
      upper: curveThrough(few, steepest(entry.upper, room.high, -1), -1),
    };
  }
}

/**
 * A string whose text counts: one object for each 32 characters, of which the first ones may be in the smallest piece
 * that malloc gives; at most in a buffer that is as much larger as such buffers are on average.
 */
function longString(): Envelope {
  const { lower, upper } = growing(1, stringBytes(0), roomyStringBytes(0), OBJECT_OF_TEXT, 1.5 * OBJECT_OF_TEXT);
  return { lower: { ...lower, segments: [{ length: 1, slope: OBJECT_OF_TEXT / 2 }] }, upper };
}

/** A value of any type: a shared number, a string, an empty table; with more objects, from numbers to records. */
const UNKNOWN: Envelope = growing(1, 0, roomyStringBytes(0), 4, 150);
/** A record has at least a field and its value. */
const UNKNOWN_RECORD: Envelope = growing(2, 100, 400, 8, 150);
