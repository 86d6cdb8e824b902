/** Values of a type whose contents were looked into: bytes from what was seen, not from a count of objects. */

import type { ZeekType } from '../model/zeek-type.ts';
import { isConnectionId } from './builtin-types.ts';
import type { Contents, SeenPart } from './contents.ts';
import { measureKey } from './keys.ts';
import {
  ADDRESS,
  allocated,
  BOXED,
  ENTRY,
  keyBytes,
  type Layout,
  roomyStringBytes,
  SUBNET_INDEX,
  stringBytes,
} from './layout.ts';
import type { LikelySizes } from './likely.ts';
import { estimateOpaque } from './opaque-sizes.ts';
import type { Place } from './weights.ts';

/** A value as it is on average over those that were seen. */
export interface SeenSize {
  readonly objects: number;
  readonly bytes: number;
  /** The variance of the bytes from value to value, without and with what containers differ in their entries. */
  readonly variance: number;
  readonly ofContainers: number;
  /** How many bytes fewer and more it may be for what cannot be seen. */
  readonly less: number;
  readonly more: number;
}

const NOTHING: SeenSize = { objects: 0, bytes: 0, variance: 0, ofContainers: 0, less: 0, more: 0 };

/** Texts that fmt() or cat() made keep a larger buffer; nothing shows which: this share of them may have. */
const ROOMY_TEXTS = 0.95;
/** Texts and conn_id values of fields may be those of another variable or of the connection: this share of them. */
const SHARED_TEXTS = 0.4;
const SHARED_RECORDS = 0.3;
const SHARED_CONNECTION_IDS = 0.8;
const UNTYPED_VECTOR = 95;
/** Slots per entry of large tables, cells per element of large vectors, between just grown and about to grow. */
const ROOM_OF_TABLES = 1.9;
const ROOM_OF_VECTORS = 1.45;
/** Of the room that its entries take, what a container may have besides since it had more of them. */
const KEPT_ROOM = 0.5;

export class SeenSizes {
  readonly #layout: Layout;
  readonly #contents: Contents;
  /** For parts that were not looked into. */
  readonly #unseen: LikelySizes;
  /** By how much the containers inside have more entries than those that were seen. */
  readonly #factor: number;

  constructor(layout: Layout, contents: Contents, unseen: LikelySizes, factor = 1) {
    this.#layout = layout;
    this.#contents = contents;
    this.#unseen = unseen;
    this.#factor = factor;
  }

  /** Of one entry of a table or set, without its slot; of one element of a vector, without its cell. */
  ofEntry(type: ZeekType & { kind: 'table' | 'vector' }, name = ''): SeenSize {
    if (type.kind === 'vector') return add(fixed(1, 0), this.#of(type.element, 'inside', `${name}[]`));
    const index = type.keys.length === 1 && type.keys[0]!.kind === 'subnet' ? SUBNET_INDEX.likely : 0;
    const entry = add(fixed(1, ENTRY + index), this.#key(type.keys, `${name}[key]`));
    return type.value === null ? entry : add(entry, this.#of(type.value, 'boxed', `${name}[]`));
  }

  #key(keys: readonly ZeekType[], name: string): SeenSize {
    const size = measureKey(keys, this.#layout);
    const part = this.#contents.get(name);
    const unseen = this.#unseen.ofKey(keys);
    if (part === undefined) {
      const { low, likely, high } = size;
      const vague = size.strings > 0 || high > likely;
      const more = Math.max(high - likely, unseen.bytes);
      return { ...NOTHING, ...unseen, less: vague ? likely - low : 0, more: vague ? more : 0 };
    }
    const characters = part.sum / part.seen;
    const variance = Math.max(0, part.squares / part.seen - characters ** 2);
    const bytes = averageKey(size.likely + characters, variance, this.#layout);
    const isLong = this.#layout.stringsCountLength && characters > 32 * size.strings;
    const text = isLong ? characters / 32 - size.strings / 2 : 0;
    return { ...NOTHING, objects: size.objects + text, bytes, variance };
  }

  #of(type: ZeekType, place: Place, name: string): SeenSize {
    const part = this.#contents.get(name);
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type, place, part);
      case 'addr':
      case 'subnet':
        return part === undefined ? fixed(1, ADDRESS) : ofOwn(part, fixed(0, ADDRESS), 1);
      case 'string':
        return part === undefined ? this.#like(type, place) : this.#text(part);
      case 'record':
        if (type.fields.length === 0) return fixed(0, this.#layout.record + allocated(0));
        return part === undefined ? this.#like(type, place) : this.#record(type, part, name);
      case 'table':
      case 'vector':
        return part === undefined ? this.#like(type, place) : this.#container(type, part, name);
      case 'opaque': {
        const { low, likely, high } = estimateOpaque(type.of);
        return { ...fixed(1, likely), less: likely - low, more: high - likely };
      }
      case 'named':
        // An enum has nothing inside.
        return this.#hasInside(name) ? this.#like(type, place) : fixed(1, 0);
      default:
        return this.#like(type, place);
    }
  }

  #hasInside(name: string): boolean {
    return [...this.#contents.keys()].some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`));
  }

  #like(type: ZeekType, place: Place): SeenSize {
    const { objects, bytes } = this.#unseen.of(type, place);
    return { ...fixed(objects, bytes), less: bytes / 2, more: bytes };
  }

  #scalar(type: ZeekType & { kind: 'scalar' }, place: Place, part: SeenPart | undefined): SeenSize {
    const isObject =
      !['bool', 'enum', 'port'].includes(type.name) && (place === 'boxed' || !this.#layout.inlineScalars);
    if (!isObject) return fixed(1, 0);
    return part === undefined ? fixed(1, BOXED) : ofOwn(part, fixed(0, BOXED), 1);
  }

  #text(part: SeenPart): SeenSize {
    const header = stringBytes(0) - allocated(1);
    if (part.own === 0) return fixed(1, 0);
    const text = part.sum / part.own;
    const variance = Math.max(0, part.squares / part.own - text ** 2);
    // Of 32 characters each beyond the first ones; a piece of malloc's ends where the text may have been shorter.
    const objects = this.#layout.stringsCountLength ? Math.max(0, text - 32) / 32 : 0;
    const roomy = roomyStringBytes(Math.max(0, text - 16 + Math.sqrt(variance))) - header - text;
    const own: SeenSize = { ...NOTHING, objects, bytes: header + text, variance, more: ROOMY_TEXTS * roomy };
    return ofOwn(part, own, 1);
  }

  #record({ fields }: ZeekType & { kind: 'record' }, part: SeenPart, name: string): SeenSize {
    const { record, cell, lazyFields } = this.#layout;
    let size = fixed(fields.length, record + allocated(cell * fields.length));
    for (const { name: fieldName, type, optional } of fields) {
      const path = `${name}.${fieldName}`;
      const seen = this.#contents.get(path)?.seen ?? null;
      const isAlways = !optional && (seen === null || !lazyFields);
      // Of what is a number or has no parts, only what is not in every record is named.
      const isNamed = ['string', 'addr', 'subnet', 'record', 'table', 'vector'].includes(type.kind);
      const hasNothing = type.kind === 'record' && type.fields.length === 0;
      const share =
        isAlways || hasNothing || (seen === null && !isNamed) ? 1 : Math.min(1, (seen ?? 0) / Math.max(1, part.own));
      let field = this.#of(type, 'inside', path);
      if (hasNothing) field = { ...field, less: field.bytes };
      if (type.kind === 'string') field = { ...field, less: SHARED_TEXTS * field.bytes };
      if (type.kind === 'record') {
        const shared = isConnectionId(type) ? SHARED_CONNECTION_IDS : SHARED_RECORDS;
        field = { ...field, less: Math.hypot(field.less, shared * field.bytes) };
      }
      if (lazyFields) field = this.#withoutLazy(type, field, path);
      size = add(size, times(field, share));
    }
    return ofOwn(part, size, 0);
  }

  /** Containers that are empty may only have been made by the look at them (`deferred_inits` in src/Val.h). */
  #withoutLazy(type: ZeekType, field: SeenSize, path: string): SeenSize {
    const part = this.#contents.get(path);
    if (part === undefined || part.empty === 0 || (type.kind !== 'table' && type.kind !== 'vector')) return field;
    const own = type.kind === 'table' ? this.#layout.table : this.#layout.vector;
    const empty = part.empty / part.seen;
    // One that was set to vector() keeps the types of its elements besides (yield_types in src/Val.h).
    const more = empty * (own + (type.kind === 'vector' ? UNTYPED_VECTOR : 0));
    return { ...field, bytes: field.bytes - empty * own, more: field.more + more };
  }

  #container(type: ZeekType & { kind: 'table' | 'vector' }, part: SeenPart, name: string): SeenSize {
    const layout = this.#layout;
    const own = type.kind === 'table' ? layout.table : layout.vector;
    const unit = type.kind === 'table' ? layout.slot : layout.cell;
    if (part.own === 0) return NOTHING;
    const entries = (this.#factor * part.sum) / part.own;
    const spread = Math.max(0, this.#factor ** 2 * (part.squares / part.own) - entries ** 2);
    const cells = (Math.min(1, this.#factor) * part.room) / part.own;
    // Those with more entries than any that was seen are large, and have room as large ones do.
    const large = Math.max(0, 1 - 1 / this.#factor) * entries;
    const further = large * (type.kind === 'table' ? ROOM_OF_TABLES : ROOM_OF_VECTORS);
    const room = unit * (cells + further) + (16 * (part.own - part.empty)) / part.own;
    // A vector that was cut out of another has no cell to spare (index_slice() in src/Expr.cc); a table has had more
    // entries before, and kept their slots.
    const spare = unit * (type.kind === 'vector' ? Math.max(0, cells + further - entries) : large / 2);
    const kept = unit * (KEPT_ROOM * cells + large / 2);
    const entry = this.ofEntry(type, name);
    const perEntry = entry.bytes + (entries > 0 ? room / entries : 0);
    const inside: SeenSize = {
      objects: entries * entry.objects,
      bytes: own + room + entries * entry.bytes,
      variance: entries * entry.variance,
      ofContainers: spread * perEntry ** 2 + entries * entry.ofContainers,
      less: Math.hypot(entries * entry.less, spare),
      more: Math.hypot(entries * entry.more, kept),
    };
    return ofOwn(part, inside, 0);
  }
}

/** The value where it is its own; where it is another one's, only what Zeek counts for it: so many objects each time. */
function ofOwn(part: SeenPart, own: SeenSize, counted: number): SeenSize {
  const size = times(own, part.own / part.seen);
  // Zeek counts what is shared each time it comes across it.
  return { ...size, objects: own.objects + counted };
}

/** Keys of more than eight bytes are allocated, in steps of eight bytes and malloc's sixteen. */
function averageKey(size: number, variance: number, layout: Layout): number {
  const spread = Math.sqrt(variance);
  const lengths = [-1.2, -0.6, 0, 0.6, 1.2].map((step) => Math.max(0, size + step * spread));
  return lengths.reduce((sum, length) => sum + keyBytes(length, layout), 0) / lengths.length;
}

function fixed(objects: number, bytes: number): SeenSize {
  return { ...NOTHING, objects, bytes };
}

function add(a: SeenSize, b: SeenSize): SeenSize {
  return {
    objects: a.objects + b.objects,
    bytes: a.bytes + b.bytes,
    variance: a.variance + b.variance,
    ofContainers: a.ofContainers + b.ofContainers,
    // One text may be in a larger buffer, or shared; all of them hardly are.
    less: Math.hypot(a.less, b.less),
    more: Math.hypot(a.more, b.more),
  };
}

/** A value that is there in this share of the cases. */
function times(size: SeenSize, share: number): SeenSize {
  return {
    objects: size.objects * share,
    bytes: size.bytes * share,
    variance: size.variance * share + share * (1 - share) * size.bytes ** 2,
    ofContainers: size.ofContainers * share,
    less: size.less * share,
    more: size.more * share,
  };
}
