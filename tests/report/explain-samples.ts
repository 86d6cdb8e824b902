/** Answers of `explain` whose screens are kept. */

import type { ExplainResult } from '../../src/model/answers/explain.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { HOSTILE_NAMES, TS } from './samples.ts';

const RANGE = { low: 3_720_000, likely: 4_690_000, high: 5_690_000 };

export const EXPLAINED: ExplainResult = {
  variable: 'SessionCache::sessions',
  moduleName: 'SessionCache',
  type: 'table[string] of SessionCache::Session',
  typeTree: [
    { depth: 0, label: null, type: 'table[string] of SessionCache::Session', optional: false },
    { depth: 1, label: 'key', type: 'string', optional: false },
    { depth: 1, label: 'value', type: 'SessionCache::Session', optional: false },
    { depth: 2, label: 'since', type: 'time', optional: false },
    { depth: 2, label: 'hosts', type: 'set[addr]', optional: true },
    { depth: 3, label: 'key', type: 'addr', optional: false },
  ],
  attribution: {
    package: 'session-cache',
    kind: 'package',
    version: 'v1.2.0',
    script: 'packages/session-cache/main.zeek',
    line: 14,
    expiry: '&create_expire=2min',
    evidence: 'script',
  },
  scripts: 812,
  declarations: [
    {
      script: 'packages/session-cache/main.zeek',
      line: 14,
      keyword: 'global',
      type: 'table[string] of Session',
      value: null,
      attributes: ['&create_expire=2min', '&redef'],
    },
    { script: 'local.zeek', line: 70, keyword: 'redef', type: null, value: null, attributes: ['&create_expire=1min'] },
  ],
  statements: [
    { script: 'packages/session-cache/main.zeek', line: 21, text: 'sessions[c$id] = Session();', does: 'adds' },
    { script: 'packages/session-cache/main.zeek', line: 30, text: 'delete sessions[c$id];', does: 'deletes' },
  ],
  assignments: [{ script: 'packages/session-cache/reset.zeek', line: 5, text: 'sessions = table();', expiry: 'lost' }],
  nodes: [
    {
      node: 'logger-1',
      run: 78,
      ts: TS,
      size: 76_200,
      unit: 'objects',
      entries: 6350,
      bytes: RANGE,
      method: 'modelled',
      residentMemory: 370_000_000,
    },
    {
      node: 'worker-1',
      run: 3,
      ts: TS - 9,
      size: null,
      unit: 'objects',
      entries: 12,
      bytes: null,
      method: 'assumed',
      residentMemory: null,
    },
  ],
  bytes: {
    node: 'logger-1',
    total: RANGE,
    method: 'modelled',
    steps: [
      { what: 'the table itself', bytes: { low: 284, likely: 288, high: 292 } },
      { what: '6350 entries', bytes: { low: 3_719_716, likely: 4_689_712, high: 5_689_708 } },
    ],
    notes: ['Lengths of strings are not known.'],
  },
  history: [
    {
      node: 'logger-1',
      begins: 'first',
      from: TS - 770,
      to: TS,
      runs: 78,
      unit: 'objects',
      first: 5400,
      last: 76_200,
      max: 77_400,
      mostEntries: 6450,
      points: [5400, 11_000, 23_000, null, 47_000, 59_000, 70_000, 77_400, 76_200],
      condensed: true,
    },
    {
      node: 'worker-1',
      begins: 'restart',
      from: TS - 30,
      to: TS - 9,
      runs: 3,
      unit: 'objects',
      first: 40,
      last: 40,
      max: 40,
      mostEntries: null,
      points: [40, 40, 40],
      condensed: false,
    },
  ],
  notes: [
    'packages/session-cache/reset.zeek:5 replaces it as a whole (sessions = table();): a value made so has no expiry, so &create_expire=2min is not in effect once this line has run.',
  ],
  reading: { ...EMPTY_READING, rows: 81 },
};

/** A variable of which no more than the name of its module is known. */
export const BARELY_EXPLAINED: ExplainResult = {
  ...EXPLAINED,
  variable: 'SSL::cipher_desc',
  moduleName: 'SSL',
  type: null,
  typeTree: [],
  attribution: {
    package: 'zeek/protocols/ssl',
    kind: 'zeek',
    version: null,
    script: null,
    line: null,
    expiry: null,
    evidence: 'module',
  },
  scripts: 0,
  declarations: [],
  assignments: [],
  statements: [],
  nodes: [],
  bytes: null,
  history: [],
  notes: ['It was never logged.'],
};

const [NAME = '', ...OTHERS] = HOSTILE_NAMES;

export function hostileExplained(name: string): ExplainResult {
  return {
    ...EXPLAINED,
    variable: name,
    moduleName: name,
    type: name,
    typeTree: [
      { depth: 0, label: null, type: name, optional: true },
      { depth: 8, label: name, type: name, optional: true },
    ],
    attribution: { ...EXPLAINED.attribution, package: name, version: name, script: name, expiry: name },
    declarations: EXPLAINED.declarations.map((one) => ({ ...one, script: name, attributes: [name] })),
    assignments: EXPLAINED.assignments.map((one) => ({ ...one, script: name, text: name })),
    statements: EXPLAINED.statements.map((one) => ({ ...one, script: name, text: name })),
    nodes: EXPLAINED.nodes.map((one) => ({ ...one, node: name, unit: name })),
    bytes: { ...EXPLAINED.bytes!, node: name, steps: [{ what: name, bytes: RANGE }], notes: [name] },
    history: EXPLAINED.history.map((one, i) => ({ ...one, node: name, unit: i === 0 ? name : 'objects' })),
    notes: [name],
    reading: { ...EMPTY_READING, notes: Array.from({ length: 7 }, (_, i) => `${name}${i}`) },
  };
}

export const HOSTILE_EXPLAINED: ExplainResult = hostileExplained(`${NAME}${OTHERS.join('')}`.slice(0, 200));
