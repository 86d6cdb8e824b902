/** Inventories to export: one that can be checked by head, and any there could be. */

import fc from 'fast-check';
import type { InventoryResult } from '../../../src/model/answers/inventory.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { EMPTY_READING } from '../../../src/model/logged/reading.ts';
import { HOSTILE_NAMES, TS } from '../samples.ts';

export function inventoryOf(rows: readonly Entry[]): InventoryResult {
  const nodes = [...new Set(rows.map(({ node }) => node))];
  return {
    start: TS - 9,
    end: TS,
    filters: { module: [], variable: [], node: [], package: [] },
    rows,
    nodes: nodes.map((node) => ({
      node,
      run: 7,
      ts: TS,
      complete: true,
      runs: null,
      boots: null,
      residentMemory: null,
      zeekVersion: null,
    })),
    stopped: [],
    reading: EMPTY_READING,
  };
}

function row(node: string, variable: string, more: Partial<Entry>): Entry {
  const moduleName = variable.split('::')[0]!;
  return {
    node,
    ts: TS,
    moduleName,
    variable,
    size: 0,
    unit: 'objects',
    entries: null,
    bytes: null,
    method: null,
    type: null,
    from: UNKNOWN,
    ...more,
  };
}

const UNKNOWN = {
  package: 'unknown',
  kind: 'unknown',
  version: null,
  script: null,
  line: null,
  expiry: null,
  evidence: null,
} as const;

const TRACKER = {
  package: 'host-tracker',
  kind: 'package',
  version: '1.2.0',
  script: 'host-tracker/scripts/main.zeek',
  line: 14,
  expiry: null,
  evidence: 'script',
} as const;

/** Two nodes; every unit, a variable without a size, and one that was logged twice. */
export const SMALL: InventoryResult = {
  ...inventoryOf([
    ...['worker-1', 'worker-2'].map((node, i) =>
      row(node, 'HostTracker::seen', {
        size: 400 + 100 * i,
        entries: 100 + 25 * i,
        bytes: { low: 7_000 + i, likely: 10_000 + i, high: 14_000 + i },
        from: TRACKER,
      }),
    ),
    row('worker-1', 'HostTracker::names', { size: null, entries: 5, from: TRACKER }),
    row('worker-1', 'DomainTLD::words', { size: 58_670, unit: 'characters' }),
    row('worker-1', 'Old::table', { size: 12, unit: 'unknown' }),
    row('worker-1', 'Twice::set', { size: 30, entries: 10 }),
    row('worker-1', 'Twice::set', { size: 33, entries: 11 }),
    row('worker-1', 'Reported::table', { size: 77, unit: 'bytes', bytes: { low: 77, likely: 77, high: 77 } }),
  ]),
  stopped: [{ node: 'proxy-1', lastSeen: TS - 400 }],
};

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'M::v'),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: 'binary' }),
);
const count = fc.oneof(fc.maxSafeNat(), fc.nat(9));

export const anyInventory: fc.Arbitrary<InventoryResult> = fc
  .array(
    fc.record({
      node: name,
      moduleName: name,
      variable: name,
      size: fc.option(count),
      unit: fc.oneof(fc.constantFrom('bytes', 'objects', 'characters', 'unknown'), name),
      entries: fc.option(count),
      bytes: fc.option(fc.nat(1e6).map((low) => ({ low, likely: low * 2, high: low * 3 + 0.5 }))),
      method: fc.constantFrom('modelled', 'assumed', null),
      type: fc.option(name),
      from: fc.oneof(
        fc.constant(UNKNOWN),
        name.map((text) => ({ ...TRACKER, package: text, script: text })),
      ),
    }),
    { maxLength: 12 },
  )
  .map((rows) => inventoryOf(rows.map((one) => ({ ...one, ts: TS }))));
