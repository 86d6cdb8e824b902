/** Results as analysis makes them, small enough to read, for the reports' tests. */

import type { QueryResult } from '../../src/model/answers/query.ts';
import type { RunsResult, RunsRow } from '../../src/model/answers/runs.ts';
import type { TopNode, TopResult, TopRow } from '../../src/model/answers/top.ts';
import { exactly } from '../../src/model/bytes.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';

export const TS = Date.UTC(2026, 10, 24, 3, 56, 54) / 1000;

export function topRow(group: string, size: number, total: number, more: Partial<TopRow> = {}): TopRow {
  return {
    group,
    size,
    bytes: null,
    methods: [],
    versions: [],
    share: total === 0 ? 0 : size / total,
    largestNode: { node: 'worker-1', size: Math.ceil(size / 4) },
    entries: Math.round(size / 4),
    variables: 1,
    nodes: 5,
    unmeasured: 0,
    perHour: null,
    span: null,
    ...more,
  };
}

function topNode(node: string, secondsAgo: number): TopNode {
  return {
    node,
    run: 77,
    ts: TS - secondsAgo,
    complete: true,
    runs: null,
    boots: null,
    residentMemory: 487_000_000,
    zeekVersion: '8.0.10',
  };
}

/** By module: objects and characters, one hidden group, two nodes' worth of remarks. */
export const BY_MODULE: TopResult = {
  by: 'module',
  unit: 'objects',
  mode: 'snapshot',
  from: TS - 9,
  to: TS,
  filters: { module: [], variable: [], node: [], package: [] },
  sort: 'size',
  growth: 'not-asked',
  sections: [
    {
      unit: 'objects',
      total: 3_640_301,
      totalBytes: null,
      rows: [
        topRow('HostTracker', 3_104_000, 3_640_301, { variables: 1 }),
        topRow('SessionCache', 381_000, 3_640_301),
        topRow('DCE_RPC', 95_610, 3_640_301, { variables: 2, unmeasured: 2 }),
        topRow('Log', 999, 3_640_301, { entries: null }),
      ],
      hidden: { groups: 12, size: 58_692 },
    },
    {
      unit: 'characters',
      total: 658_515,
      totalBytes: null,
      rows: [topRow('DomainTLD', 658_515, 658_515, { entries: null, variables: 4 })],
      hidden: { groups: 0, size: 0 },
    },
  ],
  nodes: [
    topNode('logger-1', 0),
    topNode('manager', 4),
    { ...topNode('proxy-1', 9), complete: false },
    topNode('worker-1', 3),
  ],
  stopped: [{ node: 'worker-2', lastSeen: TS - 400 }],
  guessed: [],
  reading: {
    files: [{ path: 'logs/my_stats.log', rows: 7482 }],
    rows: 7482,
    skipped: 7,
    examples: [
      { file: 'logs/my_stats.log', line: 17, reason: '5 fields where the header names 8' },
      { file: 'logs/my_stats.log', line: null, reason: 'size is "many", not a number' },
    ],
    unfinished: 1,
    notes: ['logs/old.log names no unit.'],
  },
};

export const BY_NODE: TopResult = {
  ...BY_MODULE,
  by: 'node',
  unit: 'bytes',
  filters: { module: ['DomainTLD'], variable: [], node: ['worker-*', 'proxy-1'], package: [] },
  sections: [
    {
      unit: 'bytes',
      total: 408_000_000,
      totalBytes: exactly(408_000_000),
      rows: [
        topRow('worker-1', 204_000_512, 408_000_000, { nodes: 1, variables: 4 }),
        topRow('proxy-1', 203_999_488, 408_000_000, { nodes: 1, variables: 4 }),
      ],
      hidden: { groups: 0, size: 0 },
    },
  ],
  stopped: [],
  reading: EMPTY_READING,
};

/** Packages by estimated bytes, one of them a guess, one reported. */
export const BY_PACKAGE: TopResult = {
  ...BY_MODULE,
  by: 'package',
  unit: 'bytes',
  sections: [
    {
      unit: 'bytes',
      total: 1_100_000_000,
      totalBytes: { low: 940_000_000, likely: 1_100_000_000, high: 1_400_000_000 },
      rows: [
        topRow('domain-tld', 1_020_000_000, 1_100_000_000, {
          bytes: { low: 900_000_000, likely: 1_020_000_000, high: 1_120_000_000 },
          methods: ['modelled'],
          versions: ['1.0.2'],
          largestNode: { node: 'logger-1', size: 204_000_000 },
          entries: null,
          variables: 4,
        }),
        topRow('zeek/frameworks/intel', 60_000_000, 1_100_000_000, {
          bytes: exactly(60_000_000),
          methods: ['reported'],
        }),
        topRow('unknown', 20_000_000, 1_100_000_000, {
          bytes: { low: 1_000_000, likely: 20_000_000, high: 200_000_000 },
          methods: ['modelled', 'assumed'],
        }),
      ],
      hidden: { groups: 0, size: 0 },
    },
  ],
  guessed: [
    { variable: 'Odd::thing', type: 'table[Odd::Key] of Odd::V' },
    { variable: 'Other::thing', type: null },
  ],
  stopped: [],
  reading: EMPTY_READING,
};

/** The memory of processes beside what their variables come to. */
export const BY_NODE_WHOLE: TopResult = {
  ...BY_PACKAGE,
  by: 'node',
  sections: [
    {
      unit: 'bytes',
      total: 500_000_000,
      totalBytes: { low: 400_000_000, likely: 500_000_000, high: 700_000_000 },
      rows: ['worker-1', 'proxy-1'].map((node) => {
        return topRow(node, 250_000_000, 500_000_000, {
          bytes: { low: 200_000_000, likely: 250_000_000, high: 350_000_000 },
          methods: ['modelled'],
          variables: 30,
        });
      }),
      hidden: { groups: 0, size: 0 },
    },
  ],
  guessed: [],
};

/** By variable over a span, sorted by mean; the unit is not known. */
export const SPAN: TopResult = {
  ...BY_MODULE,
  by: 'variable',
  mode: 'span',
  from: TS - 7200,
  sort: 'mean',
  sections: [
    {
      unit: 'unknown',
      total: 20_100,
      totalBytes: null,
      rows: [
        topRow('HostTracker::seen', 18_000, 20_100, {
          span: { first: 7200, last: 18_000, max: 18_000, mean: 12_345.6 },
        }),
        topRow('Burst::pending', 2100, 20_100, { span: { first: 4200, last: 2100, max: 90_000, mean: 8000 } }),
        topRow('Steady::lookup', 0, 20_100, { span: { first: 0, last: 0, max: 0, mean: 0 } }),
      ],
      hidden: { groups: 0, size: 0 },
    },
  ],
  nodes: [
    { ...topNode('manager', 4), runs: 720, boots: 1 },
    { ...topNode('worker-2', 3), runs: 718, boots: 2 },
  ],
  stopped: [{ node: 'worker-1', lastSeen: TS - 3600 }],
  reading: EMPTY_READING,
};

/** Everything a name can do to a screen, a shell, a spreadsheet or a parser. */
export const HOSTILE_NAMES = [
  '',
  ' leading and trailing ',
  '\x1b[31mred\x1b[0m',
  '\x1b]0;title\x07\x9b2J',
  'line\nbreak\r\ttab',
  '=HYPERLINK("http://example.com";"x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '-2+3',
  'a;reboot $(reboot) `reboot`',
  'quote " and \' and \\x1b',
  '\u202Egnp.exe',
  'zero\u200Bwidth\uFEFFand\u{E0041}tag',
  'e\u0301\u0301\u0301\u0301 combining',
  '漢字かな交じり文',
  '👩‍👩‍👧‍👦 family 🇩🇪',
  'lone \uD800 surrogate',
  'x'.repeat(300),
  '__proto__',
] as const;

export const HOSTILE: TopResult = {
  ...BY_MODULE,
  filters: { module: ['\x1b[2J'], variable: [], node: [], package: [] },
  sections: [
    {
      unit: '\x1b[31mfurlongs',
      total: 1800,
      totalBytes: null,
      rows: HOSTILE_NAMES.map((name, i) => {
        return topRow(name, 100 + i, 1800, {
          largestNode: { node: HOSTILE_NAMES.at(-1 - i)!, size: 1 },
          unmeasured: i,
        });
      }),
      hidden: { groups: 0, size: 0 },
    },
  ],
  stopped: HOSTILE_NAMES.map((node) => ({ node, lastSeen: TS })),
  nodes: HOSTILE_NAMES.map((node) => ({
    node,
    run: 1,
    ts: TS,
    complete: false,
    runs: null,
    boots: null,
    residentMemory: null,
    zeekVersion: node,
  })),
  guessed: HOSTILE_NAMES.map((variable) => ({ variable, type: variable })),
  reading: {
    ...EMPTY_READING,
    skipped: 18,
    examples: HOSTILE_NAMES.map((file) => ({ file, line: 1, reason: file })),
    notes: [...HOSTILE_NAMES],
  },
};

function runsRow(node: string, more: Partial<RunsRow> = {}): RunsRow {
  return {
    node,
    source: 'my_stats_node',
    runs: 77,
    boots: 1,
    firstTs: TS - 760,
    lastTs: TS,
    duration: { median: 0.0161, max: 0.0381, maxTs: TS - 760, last: 0.0172, total: 1.26 },
    longestPause: 0.0381,
    busy: 0.00166,
    variablesSeen: 335,
    variablesLogged: 20,
    residentMemory: 354_000_896,
    zeekVersion: '8.0.10',
    ...more,
  };
}

export const RUNS: RunsResult = {
  from: TS - 760,
  to: TS,
  rows: [
    runsRow('logger-1'),
    runsRow('manager'),
    runsRow('worker-2', { boots: 2, runs: 74, residentMemory: 486_000_000 }),
  ],
  reading: EMPTY_READING,
};

/** From `cluster.log` alone, which says little. */
export const RUNS_OF_ORIGIN: RunsResult = {
  ...RUNS,
  rows: [
    runsRow('zeek', {
      source: 'cluster',
      boots: null,
      longestPause: null,
      busy: null,
      variablesSeen: null,
      variablesLogged: null,
      residentMemory: null,
      zeekVersion: null,
    }),
  ],
};

export const QUERY: QueryResult = {
  columns: [
    { name: 'variable', type: 'VARCHAR', numeric: false },
    { name: 'size', type: 'BIGINT', numeric: true },
    { name: 'size', type: 'DOUBLE', numeric: true },
    { name: 'nodes', type: 'VARCHAR[]', numeric: false },
    { name: 'wide text', type: 'VARCHAR', numeric: false },
  ],
  rows: [
    ['HostTracker::seen', 620_800, -1.5, ['manager', 'worker-1'], 'a'.repeat(70)],
    ['', null, 0, null, 'two\nlines'],
    [null, '92233720368547758070', 1e21, { node: '\x1b[31m' }, '=1+1'],
  ],
  reading: EMPTY_READING,
};
