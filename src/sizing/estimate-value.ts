/** One value of a known type, on one version of Zeek: where its bytes are. */

import { addBytes, type ByteRange, exactly } from '../model/bytes.ts';
import { at, type Envelope, mostObjects } from './envelope.ts';
import type { KnownType } from './known-type.ts';
import { exactCells, type Layout, tableCapacity, tableSlots, vectorCells } from './layout.ts';
import { type Amount, type Filling, findFilling, LikelySizes, makeFilling, USUAL_FILLING } from './likely.ts';
import type { PerValue } from './per-value.ts';
import { readSeenEntry } from './seen-entry.ts';
import type { Weights } from './weights.ts';

export interface ContainerInput {
  /** What was seen in some of the entries; none where nobody looked. */
  readonly contents: readonly string[];
  readonly size: number | null;
  readonly entries: number | null;
  readonly peak: number | null;
}

/** A part of the memory; its text is only put together where somebody reads it. */
export interface Step {
  readonly what: () => string;
  readonly bytes: ByteRange;
}

export interface Steps {
  /** The sum of all. */
  readonly bytes: ByteRange;
  readonly steps: () => readonly Step[];
  readonly notes: readonly string[];
}

/** Counts of the log may be from samples: this much beside what the type allows is not worth a word. */
const TOLERANCE = 0.02;
/** The likely value is never closer to the ends of its range than this, even where all is known. */
const LEAST_MARGIN = 0.02;
/**
 * How far of the way to what is just possible the range goes where there are containers inside. To get there, one of
 * them would have to hold everything, or each of them the least there can be.
 */
const REACH_OF_MIXTURES = 0.6;
/** Without a footprint: how full containers inside, and how long strings, are taken to be at most. */
const FULL = { present: 1, entries: 20, length: 100, unknown: 20 } as const;

/** A table, set or vector with so many entries. */
export function estimateContainer(
  known: KnownType,
  weights: Weights,
  { size, entries, peak, contents: texts }: ContainerInput,
): Steps {
  const type = known.type;
  if (type.kind !== 'table' && type.kind !== 'vector') throw new TypeError('not a container');
  const { layout } = weights;
  const count = entries ?? 0;
  const held = Math.max(count, peak ?? 0);
  const isTable = type.kind === 'table';
  const own = isTable ? layout.table : layout.vector;
  const space = room(isTable, held, count, peak === null, layout);
  const empty: Steps = {
    bytes: { low: own + space.low, likely: own + space.likely, high: own + space.high },
    steps: () => [
      { what: () => (isTable ? 'the table itself' : 'the vector itself'), bytes: exactly(own) },
      { what: () => roomText(isTable, held, count, layout), bytes: space },
    ],
    notes: [],
  };
  if (count === 0) return empty;
  const objects = size === null ? null : size / count;
  const contents =
    readSeenEntry(known, type, weights, texts, objects, count) ??
    perValue(
      known,
      weights,
      objects,
      () => weights.ofEntry(type),
      (likely) => likely.ofEntry(type),
    );
  const bytes = scale(contents.bytes, count);
  return {
    bytes: addBytes(empty.bytes, bytes),
    steps: () => [...empty.steps(), { what: () => `${count} entries, ${contents.text}`, bytes }],
    notes: contents.notes,
  };
}

/** A record, a string or anything else that has no entries. */
export function estimateValue(known: KnownType, weights: Weights, { size }: Pick<ContainerInput, 'size'>): Steps {
  const { bytes, text, notes } = perValue(
    known,
    weights,
    size,
    () => weights.of(known.type, 'boxed'),
    (likely) => likely.of(known.type, 'boxed'),
  );
  return { bytes, steps: () => [{ what: () => `the value, ${text}`, bytes }], notes };
}

/**
 * Objects per entry to so many digits: the same few values then recur over nodes and runs, and what is worked out from
 * them once is right to a two-thousandth, within the margin of any range.
 */
const DIGITS = 3;

function toDigits(objects: number): number {
  if (objects === 0) return 0;
  const digits = DIGITS - 1 - Math.floor(Math.log10(objects));
  // A power of ten is a number without a fraction only where its exponent is not negative.
  if (digits < 0) return Math.round(objects / 10 ** -digits) * 10 ** -digits;
  return Math.round(objects * 10 ** digits) / 10 ** digits;
}

/** What was worked out before for this type on this version, by objects. */
function perValue(
  known: KnownType,
  weights: Weights,
  objects: number | null,
  envelopeOf: () => Envelope,
  amountOf: (likely: LikelySizes) => Amount,
): PerValue {
  const rounded = objects === null ? null : toDigits(objects);
  return weights.remembered.of(rounded, () => workOut(known, weights.layout, rounded, envelopeOf(), amountOf));
}

function workOut(
  known: KnownType,
  layout: Layout,
  objects: number | null,
  envelope: Envelope,
  amountOf: (likely: LikelySizes) => Amount,
): PerValue {
  const under = (filling: Filling) => amountOf(new LikelySizes(layout, filling));
  if (objects === null) {
    const usual = under(USUAL_FILLING);
    const low = Math.min(at(envelope.lower, envelope.lower.objects), usual.bytes);
    const high = Math.max(at(envelope.upper, under(FULL).objects), usual.bytes);
    const { containers, strings } = known.freedom;
    const assumed = [
      containers ? `every container inside has ${USUAL_FILLING.entries} entries` : '',
      strings ? `every string has ${USUAL_FILLING.length} characters` : '',
    ];
    const text = assumed.filter((part) => part !== '').join(' and ');
    const notes =
      text === ''
        ? []
        : [
            `Without a footprint the likely size assumes that ${text}; the range goes up to ${FULL.entries} entries and texts of ${FULL.length} characters.`,
          ];
    return { bytes: { low, likely: usual.bytes, high }, text: `about ${Math.round(usual.bytes)} B each`, notes };
  }
  const filling = findFilling(objects, known.freedom, under);
  const likely = under(filling);
  // A vector cut out of another has no cell to spare (index_slice() in src/Expr.cc), and all in a table may be.
  const cut = amountOf(new LikelySizes(layout, filling, exactCells)).bytes;
  const least = envelope.lower.objects;
  const most = mostObjects(envelope.upper);
  const fits = objects >= least * (1 - TOLERANCE) && objects <= most * (1 + TOLERANCE);
  const { containers, stringFields } = known.freedom;
  // Several strings will not all be made in the same way.
  const reach = Math.min(containers ? REACH_OF_MIXTURES : 1, 1 / Math.sqrt(Math.max(1, stringFields)));
  const toward = (extreme: number) => likely.bytes + reach * (extreme - likely.bytes);
  const low = toward(at(envelope.lower, objects)) * (fits ? 1 : Math.min(1, objects / least));
  const high = toward(at(envelope.upper, objects)) * (fits ? 1 : Math.max(1, objects / most));
  const notes = fits
    ? []
    : [
        `Zeek counts ${round(objects)} objects where the type allows ${round(least)} to ${round(most)}: the type may not be what it seems.`,
      ];
  return {
    bytes: {
      low: Math.min(low, Math.min(cut, likely.bytes) * (1 - LEAST_MARGIN)),
      likely: likely.bytes,
      high: Math.max(high, likely.bytes * (1 + LEAST_MARGIN)),
    },
    text: `${round(objects)} objects${describeFilling(filling, known)}`,
    notes,
  };
}

function describeFilling(filling: Filling, { freedom }: KnownType): string {
  if (freedom.containers) return `; likely ${round(filling.entries)} elements in each container inside`;
  if (freedom.strings && filling.length > makeFilling(0, freedom).length)
    return `; likely strings of ${Math.round(filling.length)} characters`;
  return freedom.options && filling.present < 1
    ? `; likely ${Math.round(100 * filling.present)} % of optional fields`
    : '';
}

function roomText(isTable: boolean, held: number, count: number, layout: Layout): string {
  const before = held > count ? `, kept from when there were ${held}` : '';
  return isTable
    ? `${tableCapacity(held)} slots of ${layout.slot} B for ${count} entries${before}`
    : `cells of ${layout.cell} B for ${count} elements${before}`;
}

/** What is there for entries to be put into. */
function room(isTable: boolean, held: number, count: number, historyUnknown: boolean, layout: Layout): ByteRange {
  if (isTable) {
    const likely = tableSlots(held, layout);
    // Nobody saw the table before: it may have been larger, and would have kept its slots.
    return { low: tableSlots(count, layout), likely, high: historyUnknown && count > 0 ? 2 * likely : likely };
  }
  const likely = vectorCells(held, layout);
  return { low: exactCells(count, layout), likely, high: likely };
}

function scale({ low, likely, high }: ByteRange, factor: number): ByteRange {
  return { low: low * factor, likely: likely * factor, high: high * factor };
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
