/**
 * What Zeek's objects take in memory, by version, with glibc's malloc on 64-bit systems.
 *
 * The sizes of the structures follow from the member lists in Zeek's source, named beside each figure; those of 8.0
 * were measured besides (docs/accuracy.md). Versions differ in these tables only, never in the code that uses them.
 */

export interface Layout {
  /** The first version it holds for, as [major, minor]. */
  readonly from: readonly [number, number];
  /** One slot of a table: DictEntry in src/Dict.h. 24 while a key's length had 16 bits, 32 since it has 32. */
  readonly slot: number;
  /** TableVal (src/Val.h), its Dictionary (src/Dict.h) and, before 6.1, its own CompositeHash (src/CompHash.h). */
  readonly table: number;
  /** RecordVal (src/Val.h), with the header of a vector of its own before 6.1. */
  readonly record: number;
  /** One field of a record or element of a vector: a pointer in 4.0, `optional<ZVal>` (src/ZVal.h) since. */
  readonly cell: number;
  /** VectorVal (src/Val.h), as above. */
  readonly vector: number;
  /** Whether numbers are inside the cell (ZVal, since 4.1) or are objects of their own. */
  readonly inlineScalars: boolean;
  /** Whether a record's containers are created when first looked at (`deferred_inits` in src/Type.h, src/Val.h). */
  readonly lazyFields: boolean;
  /** Whether a string counts `1 + length/32` objects (StringVal::ComputeFootprint in src/Val.cc) or 1. */
  readonly stringsCountLength: boolean;
  /** Whether keys are allocated in units of 8 bytes with one to spare (HashKey::Allocate in src/Hash.cc). */
  readonly roundedKeys: boolean;
}

const LAYOUTS: readonly Layout[] = [
  {
    from: [4, 0],
    slot: 24,
    table: 304,
    record: 112,
    cell: 8,
    vector: 96,
    inlineScalars: false,
    lazyFields: false,
    stringsCountLength: false,
    roundedKeys: false,
  },
  {
    from: [4, 1],
    slot: 24,
    table: 304,
    record: 128,
    cell: 16,
    vector: 128,
    inlineScalars: true,
    lazyFields: false,
    stringsCountLength: false,
    roundedKeys: true,
  },
  {
    from: [5, 0],
    slot: 32,
    table: 320,
    record: 128,
    cell: 16,
    vector: 128,
    inlineScalars: true,
    lazyFields: false,
    stringsCountLength: false,
    roundedKeys: true,
  },
  {
    from: [6, 0],
    slot: 32,
    table: 336,
    record: 128,
    cell: 16,
    vector: 128,
    inlineScalars: true,
    lazyFields: true,
    stringsCountLength: false,
    roundedKeys: true,
  },
  {
    from: [6, 1],
    slot: 32,
    table: 288,
    record: 112,
    cell: 16,
    vector: 112,
    inlineScalars: true,
    lazyFields: true,
    stringsCountLength: false,
    roundedKeys: true,
  },
  {
    from: [7, 0],
    slot: 32,
    table: 288,
    record: 112,
    cell: 16,
    vector: 112,
    inlineScalars: true,
    lazyFields: true,
    stringsCountLength: true,
    roundedKeys: true,
  },
  {
    from: [8, 1],
    slot: 32,
    table: 288,
    record: 80,
    cell: 16,
    vector: 96,
    inlineScalars: true,
    lazyFields: true,
    stringsCountLength: true,
    roundedKeys: true,
  },
];

/** The newest version whose source was read. */
const NEWEST_KNOWN = [9, 0] as const;

/** A number, time or interval in an object of its own: 40 bytes (IntValImplementation and others in src/Val.h). */
export const BOXED = 48;
/** AddrVal and IPAddr, SubNetVal and IPPrefix (src/Val.h, src/IPAddr.h): 40 and 16 or 20 bytes. */
export const ADDRESS = 80;
/** StringVal and String (src/Val.h, src/ZeekString.h), without the text: 40 and 16 bytes. */
const STRING = 80;
/** TableEntryVal (src/Val.h): 16 bytes. */
export const ENTRY = 32;
/** What a subnet takes in the tree beside the table (src/PrefixTable.cc): one node and prefix each, and inner nodes. */
export const SUBNET_INDEX = { low: 112, likely: 160, high: 176 } as const;

/** What malloc takes for this many bytes: units of 16 with 8 of its own, at least 32 (glibc's malloc/malloc.c). */
export function allocated(bytes: number): number {
  return Math.max(32, 16 * Math.ceil((bytes + 8) / 16));
}

/** A string of this length, which ends with a NUL. */
export function stringBytes(length: number): number {
  return STRING + allocated(length + 1);
}

/**
 * The same where fmt(), cat() or another function that describes values made it: it keeps the buffer, which has 128
 * bytes or a power of 2 times as many (ODesc in src/Desc.cc). What it came from leaves a piece that is of little use.
 */
export function roomyStringBytes(length: number): number {
  return STRING + 16 + allocated(128 * 2 ** Math.max(0, Math.ceil(Math.log2((length + 11) / 128))));
}

/** A key of this many bytes: up to 8 are kept in the slot (DictEntry in src/Dict.h). */
export function keyBytes(size: number, { roundedKeys }: Layout): number {
  if (size <= 8) return 0;
  return allocated(roundedKeys ? 8 * (Math.floor(size / 8) + 1) : size);
}

interface ChosenLayouts {
  /** One, or all where the version is not known. */
  readonly layouts: readonly Layout[];
  readonly note: string | null;
}

/** @param version as Zeek names it: `8.0.10`, `7.2.0-dev.12`; null or nonsense if not known */
export function chooseLayouts(version: string | null): ChosenLayouts {
  const parts = /^(\d{1,3})(?:\.(\d{1,3}))?/.exec(version ?? '');
  if (parts === null)
    return {
      layouts: LAYOUTS,
      note: `The version of Zeek is not known: the range covers 4.0 to ${NEWEST_KNOWN.join('.')}.`,
    };
  const asked = [Number(parts[1]), Number(parts[2] ?? 0)] as const;
  const layout = LAYOUTS.findLast(({ from }) => isAtLeast(asked, from));
  if (layout === undefined)
    return { layouts: LAYOUTS.slice(0, 1), note: `Sizes are those of Zeek 4.0, not of ${parts[0]}.` };
  const note = isAtLeast(asked, [NEWEST_KNOWN[0], NEWEST_KNOWN[1] + 1])
    ? `Sizes are those of Zeek ${NEWEST_KNOWN.join('.')}, not of ${parts[0]}.`
    : null;
  return { layouts: [layout], note };
}

function isAtLeast(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);
}

/** A small table is filled to the last slot before it grows, a larger one to 75 %: src/Dict.h, ThresholdEntries(). */
const FULL_UP_TO_STEP = 3;
const LOAD = 0.75;

/** Slots of a table that has held so many entries: 2^k + k, for the smallest k whose threshold is not exceeded. */
export function tableCapacity(entries: number): number {
  if (entries <= 0) return 0;
  // No table of so many entries has fewer slots than entries.
  let step = Math.max(0, Math.floor(Math.log2(entries)) - 1);
  for (let power = 2 ** step; ; step++, power *= 2) {
    const capacity = power + step;
    if (entries <= (step <= FULL_UP_TO_STEP ? capacity : Math.floor(capacity * LOAD))) return capacity;
  }
}

/** Bytes of the slots of a table that has held so many entries. They are not given back when entries go. */
export function tableSlots(entries: number, { slot }: Layout): number {
  return entries <= 0 ? 0 : allocated(slot * tableCapacity(entries));
}

/** Bytes of the cells of a vector that grew element by element: std::vector doubles. */
export function vectorCells(elements: number, { cell }: Layout): number {
  return elements <= 0 ? 0 : allocated(cell * 2 ** Math.ceil(Math.log2(elements)));
}

/** Bytes of the cells of a vector that was made in its size, as a copy is. */
export function exactCells(elements: number, { cell }: Layout): number {
  return elements <= 0 ? 0 : allocated(cell * elements);
}
