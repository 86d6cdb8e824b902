/** Answers of `check`, for the reports' tests. */

import type { CheckResult, CheckRow } from '../../src/model/answers/budget.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { HOSTILE, HOSTILE_NAMES, TS } from './samples.ts';

function row(name: string, more: Partial<CheckRow> = {}): CheckRow {
  return {
    kind: 'package',
    name,
    state: 'failed',
    limit: 'max',
    allowed: '10 MB',
    unit: 'bytes',
    size: 2.6e7,
    bytes: { low: 2.4e7, likely: 2.6e7, high: 4e7 },
    node: 'worker-1',
    allowedSize: 1e7,
    before: null,
    because: { variable: 'HostTracker::seen', size: 1.8e7, change: null },
    place: { file: 'my-stats.json', line: 4 },
    reason: '',
    ...more,
  };
}

export const CHECK: CheckResult = {
  file: 'my-stats.json',
  baseline: 'my-stats-baseline.json',
  from: TS - 9,
  to: TS,
  nodes: 5,
  rows: [
    row('leaky'),
    row('Known::hosts', {
      kind: 'variable',
      limit: 'growth',
      allowed: '25 %',
      before: 1e7,
      allowedSize: 1.25e7,
      because: { variable: 'Known::hosts', size: 2.6e7, change: 1.6e7 },
    }),
    row('nothere', {
      state: 'missing',
      limit: null,
      allowed: '',
      size: null,
      bytes: null,
      node: null,
      allowedSize: null,
      because: null,
      reason: 'no package that was measured matches: check the name, and that what declares it is loaded',
    }),
    row('HostTracker', {
      kind: 'module',
      state: 'warned',
      limit: 'warn',
      allowed: '20000 entries',
      unit: 'entries',
      size: 155_000,
      bytes: null,
      allowedSize: 20_000,
    }),
    row('ja3', { state: 'kept', size: 2e6, bytes: null }),
  ],
  counts: { failed: 2, missing: 1, warned: 1, kept: 1 },
  stale: ['is of Zeek 7.0.0, and what was measured now is of 8.0.10'],
  newBaseline: '',
  newSizes: 30,
  updated: false,
  reading: EMPTY_READING,
};

/** Every text in it is hostile. */
export const HOSTILE_CHECK: CheckResult = {
  ...CHECK,
  file: HOSTILE_NAMES[2],
  baseline: HOSTILE_NAMES[4],
  rows: HOSTILE_NAMES.map((name) =>
    row(name, { allowed: name, because: { variable: name, size: 1, change: null }, place: { file: name, line: 1 } }),
  ),
  stale: [...HOSTILE_NAMES],
  reading: HOSTILE.reading,
};
