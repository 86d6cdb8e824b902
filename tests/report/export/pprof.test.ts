/** What pprof will see, read back with another implementation of protobuf than the one that wrote it. */

import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import type { InventoryResult } from '../../../src/model/answers/inventory.ts';
import { writeInventoryPprof } from '../../../src/report/export/pprof.ts';
import { TS } from '../samples.ts';
import { anyInventory, inventoryOf, SMALL } from './inventory.ts';

/** The fields of pprof's profile.proto that are used here, with their numbers. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Profile {
    repeated ValueType sample_type = 1;
    repeated Sample sample = 2;
    repeated Mapping mapping = 3;
    repeated Location location = 4;
    repeated Function function = 5;
    repeated string string_table = 6;
    int64 time_nanos = 9;
    repeated int64 comment = 13;
    int64 default_sample_type = 14;
  }
  message ValueType { int64 type = 1; int64 unit = 2; }
  message Sample { repeated uint64 location_id = 1; repeated int64 value = 2; repeated Label label = 3; }
  message Label { int64 key = 1; int64 str = 2; }
  message Mapping { uint64 id = 1; int64 filename = 5; bool has_functions = 7; }
  message Location { uint64 id = 1; uint64 mapping_id = 2; repeated Line line = 4; }
  message Line { uint64 function_id = 1; int64 line = 2; }
  message Function { uint64 id = 1; int64 name = 2; int64 system_name = 3; int64 filename = 4; int64 start_line = 5; }
`);

interface Decoded {
  sampleType: { type: number; unit: number }[];
  sample: { locationId: number[]; value: number[]; label: { key: number; str: number }[] }[];
  mapping: { id: number }[];
  location: { id: number; mappingId: number; line: { functionId: number; line: number }[] }[];
  function: { id: number; name: number; filename: number; startLine: number }[];
  stringTable: string[];
  timeNanos: string;
  comment: number[];
  defaultSampleType: number;
}

function decode(result: InventoryResult): Decoded {
  const type = root.lookupType('Profile');
  const numbers = type.toObject(type.decode(writeInventoryPprof(result)), {
    longs: Number,
    arrays: true,
    defaults: true,
  });
  const { timeNanos } = type.toObject(type.decode(writeInventoryPprof(result)), { longs: String });
  return { ...(numbers as Decoded), timeNanos };
}

/** Stack (outermost first), node and values by column, as pprof resolves them. */
function resolve(profile: Decoded) {
  const text = (index: number) => profile.stringTable[index]!;
  const functions = new Map(profile.function.map((one) => [one.id, one]));
  const locations = new Map(profile.location.map((one) => [one.id, one]));
  return profile.sample.map(({ locationId, value, label }) => {
    const frames = locationId.map((id) => functions.get(locations.get(id)!.line[0]!.functionId)!).reverse();
    const values = Object.fromEntries(
      profile.sampleType.map(({ type }, i) => [text(type), value[i]!] as const).filter(([, one]) => one !== 0),
    );
    const { filename, startLine } = frames.at(-1)!;
    return {
      stack: frames.map(({ name }) => text(name)),
      node: label.map(({ key, str }) => `${text(key)}=${text(str)}`).join(),
      declared: filename === 0 ? null : `${text(filename)}:${startLine}`,
      values,
    };
  });
}

describe('a small inventory', () => {
  const profile = decode(SMALL);

  test('has package, module and variable as its stacks, the node as a label, and a column per measure', () => {
    expect(resolve(profile)).toEqual([
      {
        stack: ['package host-tracker', 'module HostTracker', 'HostTracker::names'],
        node: 'node=worker-1',
        declared: 'host-tracker/scripts/main.zeek:14',
        values: { entries: 5 },
      },
      ...[0, 1].map((i) => ({
        stack: ['package host-tracker', 'module HostTracker', 'HostTracker::seen'],
        node: `node=worker-${i + 1}`,
        declared: 'host-tracker/scripts/main.zeek:14',
        values: {
          bytes: 10_000 + i,
          bytes_low: 7_000 + i,
          bytes_high: 14_000 + i,
          objects: 400 + 100 * i,
          entries: 100 + 25 * i,
        },
      })),
      {
        stack: ['package unknown', 'module DomainTLD', 'DomainTLD::words'],
        node: 'node=worker-1',
        declared: null,
        values: { characters: 58_670 },
      },
      {
        stack: ['package unknown', 'module Old', 'Old::table'],
        node: 'node=worker-1',
        declared: null,
        values: { unit_unknown: 12 },
      },
      {
        stack: ['package unknown', 'module Reported', 'Reported::table'],
        node: 'node=worker-1',
        declared: null,
        values: { bytes: 77, bytes_low: 77, bytes_high: 77 },
      },
      {
        stack: ['package unknown', 'module Twice', 'Twice::set'],
        node: 'node=worker-1',
        declared: null,
        values: { objects: 63, entries: 21 },
      },
    ]);
  });

  test('shows bytes first, says when it was, and what the numbers are', () => {
    expect(profile.stringTable[profile.defaultSampleType]).toBe('bytes');
    expect(profile.timeNanos).toBe(`${TS}000000000`);
    const said = profile.comment.map((index) => profile.stringTable[index]);
    expect(said).toContain(
      'Bytes are estimates where Zeek reports none: the likely value, and a low and a high bound.',
    );
    expect(said).toContain('1 row was logged without a size and was not added.');
    expect(said).toContain('proxy-1 stopped reporting at 2026-11-24T03:50:14Z; it is not counted.');
  });
});

test('shows objects where there are no bytes', () => {
  const profile = decode(inventoryOf(SMALL.rows.filter(({ unit, bytes }) => unit === 'objects' && bytes === null)));
  expect(profile.stringTable[profile.defaultSampleType]).toBe('objects');
});

test('is the same for the same rows in any order, so that profiles can be compared', () => {
  expect(writeInventoryPprof(inventoryOf(SMALL.rows.toReversed()))).toEqual(
    writeInventoryPprof(inventoryOf(SMALL.rows)),
  );
  const columns = (result: InventoryResult) => {
    const { sampleType, stringTable } = decode(result);
    return sampleType.map(({ type, unit }) => `${stringTable[type]}/${stringTable[unit]}`);
  };
  expect(columns(inventoryOf(SMALL.rows.slice(0, 1)))).toEqual(columns(SMALL));
});

test('is valid whatever the logs hold', () => {
  fc.assert(
    fc.property(anyInventory, (result) => {
      const profile = decode(result);
      expect(profile.stringTable[0]).toBe('');
      const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id);
      expect(ids(profile.location)).toEqual(profile.location.map((_, i) => i + 1));
      expect(ids(profile.function)).toEqual(profile.function.map((_, i) => i + 1));
      const stacks = new Set<string>();
      for (const { stack, node } of resolve(profile)) {
        for (const text of [...stack, node]) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        stacks.add(JSON.stringify([...stack, node]));
      }
      for (const { value } of profile.sample) expect(value).toHaveLength(profile.sampleType.length);
      const objects = profile.sampleType.findIndex(({ type }) => profile.stringTable[type] === 'objects');
      const sum = profile.sample.reduce((total, { value }) => total + BigInt(value[objects]!), 0n);
      const wanted = result.rows.reduce(
        (total, row) => total + BigInt(row.unit === 'objects' ? (row.size ?? 0) : 0),
        0n,
      );
      // Numbers near 2^53 are rounded when they are added up.
      expect(Math.abs(Number(sum - wanted))).toBeLessThanOrEqual(16);
    }),
  );
});
