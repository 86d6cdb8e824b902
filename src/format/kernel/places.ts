/** Where the fields of `rows.ts`'s `Layout` and `Segment` stand in its memory, in numbers of 32 bits. */

/** Of `Layout`. */
export const LAYOUT = {
  segmentCount: 0,
  segments: 1,
  separator: 2,
  unset: 3,
  columns: 4,
  row: 5,
  lastKey: 6,
  stopped: 7,
};

/** Of `Segment`. */
export const PART = {
  kind: 0,
  column: 1,
  optional: 2,
  lastLength: 3,
  lastBytes: 4,
  isKey: 5,
  current: 6,
  width: 7,
  columns: 8,
  slots: 9,
  mask: 10,
  hashes: 11,
  offsets: 12,
  bytes: 13,
  values: 14,
  follow: 15,
} as const;
/** Numbers a segment has. */
export const PART_NUMBERS = 16;
/** The layout's own place, in bytes. */
export const LAYOUT_AT = 1024;
