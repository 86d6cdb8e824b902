/**
 * Profiles for pprof. In those of sizes package, module and variable are the stack, and each sample is a variable on a node.
 *
 * The format is https://github.com/google/pprof/blob/main/proto/profile.proto. `pprof -base` and `-diff_base` compare
 * profiles only if they have the same columns in the same order, so all profiles have; and what is the same in two
 * profiles must be found in the same place in both only for people who compare bytes: ids follow the sorted names.
 */

import { Profile, StringTable } from 'pprof-format';
import type { InventoryResult } from '../../model/answers/inventory.ts';
import type { Entry } from '../../model/entry.ts';
import { visibleName } from '../text/sanitize.ts';
import { inventoryNotes, type Measure, measuresOf, stackOf, summedBy, sumOf } from './values.ts';

/** The names of columns, which pprof's option `-sample_index` takes. */
function makeColumn(measure: Measure): { type: string; unit: string } {
  if (measure.kind === 'bytes') {
    return { type: measure.bound === 'likely' ? 'bytes' : `bytes_${measure.bound}`, unit: 'bytes' };
  }
  if (measure.kind === 'entries') return { type: 'entries', unit: 'count' };
  const { unit } = measure;
  return { type: unit === 'unknown' ? 'unit_unknown' : visibleName(unit), unit: 'count' };
}

interface PprofFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** @returns the profile as protobuf, which files of pprof have gzipped */
export function writeInventoryPprof(result: InventoryResult): Uint8Array {
  const measures = measuresOf(result);
  const groups = summedBy(result.rows, (row) => JSON.stringify([...listFrames(row).map(keyOf), row.node]));
  const samples = [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      frames: listFrames(group[0]!),
      values: measures.map((measure) => sumOf(group, measure) ?? 0),
      node: visibleName(group[0]!.node),
    }));
  return encodePprof({
    columns: measures.map(makeColumn),
    samples,
    comments: inventoryNotes(result),
    time: result.end,
  });
}

interface PprofProfile {
  readonly columns: readonly { readonly type: string; readonly unit: string }[];
  readonly samples: readonly {
    /** Outermost first. */
    readonly frames: readonly PprofFrame[];
    /** Of the columns; made whole numbers. */
    readonly values: readonly number[];
    readonly node?: string;
  }[];
  readonly comments: readonly string[];
  /** Seconds since the epoch. */
  readonly time: number;
}

/** Shown first is the first column that has anything; samples that have nothing are left out. */
export function encodePprof({ columns, samples: all, comments, time }: PprofProfile): Uint8Array {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const samples = all
    .map((sample) => ({ ...sample, values: sample.values.map(roundToWhole) }))
    .filter(({ values }) => values.some((value) => value !== 0));

  const frames = new Map<string, { id: number; frame: PprofFrame }>();
  for (const frame of samples.flatMap((sample) => sample.frames)) frames.set(keyOf(frame), { id: 0, frame });
  const sorted = [...frames.keys()].sort();
  for (const [i, key] of sorted.entries()) frames.set(key, { id: i + 1, frame: frames.get(key)!.frame });

  const totals = columns.map((_, i) => samples.reduce((sum, { values }) => sum + values[i]!, 0));
  const shown = Math.max(
    0,
    totals.findIndex((total) => total > 0),
  );
  const nodeKey = text('node');
  const encoded = {
    sampleType: columns.map(({ type, unit }) => ({ type: text(type), unit: text(unit) })),
    sample: samples.map((sample) => ({
      // pprof wants the innermost frame first.
      locationId: sample.frames.map((frame) => frames.get(keyOf(frame))!.id).reverse(),
      value: sample.values,
      label: sample.node === undefined ? [] : [{ key: nodeKey, str: text(sample.node) }],
    })),
    // Without a mapping that says its functions are known, pprof would look for a binary to name them.
    mapping: [{ id: 1, filename: text('zeek'), hasFunctions: true, hasFilenames: true, hasLineNumbers: true }],
    location: sorted.map((key, i) => ({
      id: i + 1,
      mappingId: 1,
      line: [{ functionId: i + 1, line: frames.get(key)!.frame.line }],
    })),
    function: sorted.map((key, i) => {
      const { name, file, line } = frames.get(key)!.frame;
      return { id: i + 1, name: text(name), systemName: text(name), filename: text(file), startLine: line };
    }),
    comment: comments.map(text),
    timeNanos: BigInt(Math.round(time * 1e6)) * 1000n,
    defaultSampleType: text(columns[shown]!.type),
  };
  return new Profile({ ...encoded, stringTable: strings }).encode();
}

/** The stack; the innermost frame is where the variable is declared. */
function listFrames(row: Entry): PprofFrame[] {
  const names = stackOf(row);
  return names.map((name, i) => {
    const declared = i === names.length - 1 ? row.from : null;
    return { name, file: declared?.script ? visibleName(declared.script) : '', line: declared?.line ?? 0 };
  });
}

function keyOf({ name, file, line }: PprofFrame): string {
  return `${name}\n${file}\n${line}`;
}

/** A value a profile can hold, and everything that reads one can add up. */
function roundToWhole(value: number): number {
  return Math.min(Math.round(value), Number.MAX_SAFE_INTEGER);
}
