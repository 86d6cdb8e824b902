/** A small cluster that is watched, with names nobody should trust. */

import type { WatchFrame, WatchRow } from '../../src/model/answers/watch.ts';
import { exactly } from '../../src/model/bytes.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';

export const END = Date.UTC(2026, 10, 24, 3, 56, 54) / 1000;
const WINDOW = 600;

/** Grows by `step` entries a run, ten seconds apart. */
function row(node: string, variable: string, entries: number, step: number, more: Partial<WatchRow> = {}): WatchRow {
  const runs = 30;
  const history = Array.from({ length: runs }, (_, i) => {
    const held = entries - step * (runs - 1 - i);
    return { ts: END - 10 * (runs - 1 - i), size: held * 4, entries: held, bytes: held * 120 };
  });
  const bytes = { low: entries * 100, likely: entries * 120, high: entries * 180 };
  const from = {
    package: 'zeek/base',
    kind: 'zeek',
    version: null,
    script: 'base/init-bare.zeek',
    line: null,
    expiry: null,
  };
  return {
    ...{ node, ts: END, moduleName: variable.split('::')[0]!, variable },
    ...{ size: entries * 4, unit: 'objects', entries, bytes, method: 'modelled', type: 'table[addr] of count' },
    from: from as WatchRow['from'],
    history,
    ...more,
  };
}

const pattern = (node: string): WatchRow => {
  const size = 131_824;
  return row(node, 'DomainTLD::effective_tlds', size, 0, {
    ...{ size, unit: 'characters', entries: null, type: 'pattern', bytes: exactly(204_187_650) },
    history: Array.from({ length: 30 }, (_, i) => {
      return { ts: END - 10 * (29 - i), size, entries: null, bytes: 204_187_650 };
    }),
  });
};

const NODES = ['worker-1', 'worker-2\x1b[31m'];

export const FRAME: WatchFrame = {
  start: END - 9,
  end: END,
  window: WINDOW,
  nodes: NODES.map((node) => ({
    ...{ node, run: 77, ts: END, complete: true, runs: null, boots: null },
    ...{ residentMemory: 487_000_000, zeekVersion: '8.0.10' },
  })),
  rows: NODES.flatMap((node, i) => [
    pattern(node),
    row(node, 'HostTracker::seen', 130_000 - i * 10_000, 2000),
    row(node, 'SessionCache::sessions', 6000, 0),
    row(node, 'A\x1b[2J::\u202Egnp', 400, -10),
    row(node, 'Shrinks::slowly', 900, -7),
  ]),
  memory: NODES.map((node, i) => ({
    node,
    limit: i === 0 ? 8e9 : null,
    points: [0, 1, 2, 3].map((k) => ({ ts: END - 600 + 200 * k, bytes: 487e6 - (3 - k) * 20e6 * (1 - i) })),
  })),
  stopped: [{ node: 'proxy-1', lastSeen: END - 400 }],
  reading: { ...EMPTY_READING, skipped: 3 },
};
