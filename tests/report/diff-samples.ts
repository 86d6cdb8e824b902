/** Answers of `diff`, for the reports' tests. */

import type { DiffResult, DiffRow } from '../../src/model/answers/diff.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { BY_MODULE, HOSTILE, HOSTILE_NAMES, TS } from './samples.ts';

function row(group: string, before: number | null, after: number | null): DiffRow {
  const bytes = (size: number | null) => (size === null ? null : { low: size * 0.9, likely: size, high: size * 1.5 });
  const change = (after ?? 0) - (before ?? 0);
  return {
    group,
    state: before === null ? 'appeared' : after === null ? 'gone' : change > 0 ? 'grown' : 'shrunk',
    before,
    after,
    change,
    relative: before === null || after === null ? null : change / before,
    beforeBytes: bytes(before),
    afterBytes: bytes(after),
    beforeEntries: before === null ? null : Math.round(before / 100),
    afterEntries: after === null ? null : Math.round(after / 100),
    beforeNodes: before === null ? 0 : 5,
    afterNodes: after === null ? 0 : 4,
  };
}

const SIDE = {
  name: '-1d',
  from: TS - 86_409,
  to: TS - 86_400,
  nodes: BY_MODULE.nodes,
  stopped: [],
  connections: null,
};

export const DIFF: DiffResult = {
  kind: 'times',
  by: 'module',
  unit: 'bytes',
  per: null,
  filters: { module: [], variable: [], node: [], package: [] },
  before: { ...SIDE, nodes: [...SIDE.nodes, { ...SIDE.nodes[0]!, node: 'worker-9' }] },
  after: { ...SIDE, name: '-0s', from: TS - 9, to: TS },
  sections: [
    {
      unit: 'bytes',
      before: 1.2e9,
      after: 1.5e9,
      rows: [
        row('Intel', 2e7, 4.1e8),
        row('HostTracker', null, 6.1e7),
        row('Burst', 2e7, null),
        row('DNS', 4e7, 3.1e7),
        row('HTTP', 1.1e7, 1.2e7),
      ],
      hidden: { groups: 3, change: -1200 },
      same: 40,
    },
  ],
  reading: EMPTY_READING,
};

export const SAME: DiffResult = {
  ...DIFF,
  kind: 'logs',
  per: 'connections',
  before: { ...DIFF.after, name: 'monday/', connections: 1830 },
  after: { ...DIFF.after, name: 'tuesday/', connections: 20 },
  sections: [{ ...DIFF.sections[0]!, rows: [], hidden: { groups: 0, change: 0 } }],
};

/** Every text in it is hostile. */
export const HOSTILE_DIFF: DiffResult = {
  ...DIFF,
  filters: HOSTILE.filters,
  before: { ...DIFF.before, name: HOSTILE_NAMES[2], nodes: HOSTILE.nodes },
  after: { ...DIFF.after, name: HOSTILE_NAMES[4] },
  sections: HOSTILE_NAMES.slice(0, 3).map((unit, i) => ({
    ...DIFF.sections[0]!,
    unit,
    rows: HOSTILE_NAMES.map((name, n) => ({
      ...row(name, n % 3 === 0 ? null : n, n % 3 === 1 ? null : 2 * i),
      beforeBytes: null,
      afterBytes: null,
    })),
  })),
  reading: HOSTILE.reading,
};
