/**
 * A profile for pprof: package, module and variable are the stack, and each sample is a variable on a node.
 *
 * The format is https://github.com/google/pprof/blob/main/proto/profile.proto. `pprof -base` and `-diff_base` compare
 * profiles only if they have the same columns in the same order, so all profiles have; and what is the same in two
 * profiles must be found in the same place in both only for people who compare bytes: ids follow the sorted names.
 */

import { Profile, StringTable } from 'pprof-format';
import type { InventoryResult } from '../../model/answers/inventory.ts';
import type { Entry } from '../../model/entry.ts';
import { visibleName } from '../text/sanitize.ts';
import { inventoryNotes } from './notes.ts';
import { type Measure, measuresOf, stackOf, summedBy, sumOf } from './values.ts';

/** The names of columns, which pprof's option `-sample_index` takes. */
function columnOf(measure: Measure): { type: string; unit: string } {
  if (measure.kind === 'bytes') {
    return { type: measure.bound === 'likely' ? 'bytes' : `bytes_${measure.bound}`, unit: 'bytes' };
  }
  if (measure.kind === 'entries') return { type: 'entries', unit: 'count' };
  const { unit } = measure;
  return { type: unit === 'unknown' ? 'unit_unknown' : visibleName(unit), unit: 'count' };
}

interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** @returns the profile as protobuf, which files of pprof have gzipped */
export function inventoryPprof(result: InventoryResult): Uint8Array {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const measures = measuresOf(result);
  const groups = summedBy(result.rows, (row) => JSON.stringify([...framesOf(row).map(keyOf), row.node]));
  const samples = [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      row: group[0]!,
      values: measures.map((measure) => wholeNumber(sumOf(group, measure) ?? 0)),
    }))
    .filter(({ values }) => values.some((value) => value !== 0));

  const frames = new Map<string, { id: number; frame: Frame }>();
  for (const frame of samples.flatMap(({ row }) => framesOf(row))) frames.set(keyOf(frame), { id: 0, frame });
  const sorted = [...frames.keys()].sort();
  for (const [i, key] of sorted.entries()) frames.set(key, { id: i + 1, frame: frames.get(key)!.frame });

  const columns = measures.map(columnOf);
  const totals = columns.map((_, i) => samples.reduce((sum, { values }) => sum + values[i]!, 0));
  const shown = Math.max(
    0,
    totals.findIndex((total) => total > 0),
  );
  const nodeKey = text('node');
  const encoded = {
    sampleType: columns.map(({ type, unit }) => ({ type: text(type), unit: text(unit) })),
    sample: samples.map(({ row, values }) => ({
      // pprof wants the innermost frame first.
      locationId: framesOf(row)
        .map((frame) => frames.get(keyOf(frame))!.id)
        .reverse(),
      value: values,
      label: [{ key: nodeKey, str: text(visibleName(row.node)) }],
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
    comment: inventoryNotes(result).map(text),
    timeNanos: BigInt(Math.round(result.end * 1e6)) * 1000n,
    defaultSampleType: text(columns[shown]!.type),
  };
  return new Profile({ ...encoded, stringTable: strings }).encode();
}

/** The stack; the innermost frame is where the variable is declared. */
function framesOf(row: Entry): Frame[] {
  const names = stackOf(row);
  return names.map((name, i) => {
    const declared = i === names.length - 1 ? row.from : null;
    return { name, file: declared?.script ? visibleName(declared.script) : '', line: declared?.line ?? 0 };
  });
}

function keyOf({ name, file, line }: Frame): string {
  return `${name}\n${file}\n${line}`;
}

/** A value a profile can hold, and everything that reads one can add up. */
function wholeNumber(value: number): number {
  return Math.min(Math.round(value), Number.MAX_SAFE_INTEGER);
}
