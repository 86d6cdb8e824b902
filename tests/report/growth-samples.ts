/** Answers of `growth`, for the reports' tests. */

import type { GrowthResult, GrowthRow, GrowthSeries, SeriesTrend } from '../../src/model/answers/growth.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { HOSTILE_NAMES, TS } from './samples.ts';

const DAY = 86_400;

const LINE: SeriesTrend = {
  shape: 'line',
  verdict: 'growing',
  why: null,
  since: TS - 26 * 3600,
  perHour: { low: 1190, likely: 1200, high: 1215 },
  confidence: 'high',
  rise: 31_200,
  plateau: null,
  steps: 0,
  neverShrank: true,
  restarts: 0,
  isOfEarlierLife: false,
};

function series(variable: string, more: Partial<GrowthSeries> = {}): GrowthSeries {
  return {
    source: 'variable',
    variable,
    moduleName: 'Known',
    package: 'zeek/protocols/conn',
    script: 'policy/protocols/conn/known-hosts.zeek',
    line: null,
    node: 'manager',
    stretch: 0,
    unit: 'objects',
    measure: 'entries',
    trend: LINE,
    now: { size: 124_800, entries: 31_200, bytes: { low: 4.6e6, likely: 4.7e6, high: 6.1e6 } },
    sizePerHour: 4800,
    bytesPerHour: { low: 175_000, likely: 181_000, high: 237_000 },
    expiry: { text: '&create_expire=1.0 day', kind: 'create', seconds: DAY },
    expiryFails: true,
    hoursToLimit: null,
    ...more,
  };
}

function row(group: string, more: Partial<GrowthRow> = {}): GrowthRow {
  return {
    group,
    shape: 'line',
    verdict: 'growing',
    why: null,
    confidence: 'high',
    since: LINE.since,
    expiryFails: null,
    series: [0],
    variables: 1,
    nodes: 1,
    ofNodes: 4,
    worstNode: 'manager',
    perHour: 181_000,
    bytesPerHour: { low: 175_000, likely: 181_000, high: 237_000 },
    entriesPerHour: 1200,
    now: 4.7e6,
    bytesNow: { low: 4.6e6, likely: 4.7e6, high: 6.1e6 },
    hoursToLimit: null,
    weight: 181_000,
    ...more,
  };
}

const WATCHED = series('DNS::cache', {
  expiry: null,
  expiryFails: false,
  trend: { ...LINE, verdict: 'watch', why: 'filling', shape: 'plateau', perHour: null, confidence: null, plateau: 4e4 },
});

/** Growth in bytes and in objects, expiry that fails, a bad worker, memory nobody explains, a restart. */
export const GROWTH: GrowthResult = {
  by: 'variable',
  from: TS - 26 * 3600,
  to: TS,
  filters: { module: [], variable: [], node: [] },
  growingFields: ['dce_rpc_backing'],
  limit: 8e9,
  sections: [
    {
      unit: 'bytes',
      rows: [
        row('Known::hosts', { expiryFails: series('').expiry, hoursToLimit: 41_000 }),
        row('Sumstats::results', {
          shape: 'accelerating',
          confidence: 'medium',
          perHour: 92_000,
          nodes: 3,
          hoursToLimit: 83_000,
        }),
      ],
      hidden: 2,
    },
    {
      unit: 'objects',
      rows: [
        row('Odd::opaques', { perHour: 4800, bytesPerHour: null, now: 124_800, bytesNow: null, confidence: 'low' }),
        row('Intel::data_store', {
          shape: 'step',
          verdict: 'stepped',
          confidence: null,
          perHour: null,
          bytesPerHour: null,
          entriesPerHour: null,
          now: 1_600_000,
          bytesNow: null,
        }),
      ],
      hidden: 0,
    },
  ],
  watched: [
    { unit: 'objects', rows: [row('DNS::cache', { shape: 'plateau', verdict: 'watch', why: 'filling' })], hidden: 0 },
  ],
  unlike: [
    {
      node: 'worker-2',
      source: 'variable',
      variable: 'Conn::state',
      moduleName: 'Conn',
      unit: 'objects',
      measure: 'entries',
      value: 90_000,
      perHour: null,
      equals: { nodes: 3, median: 4000, largest: 4300 },
    },
  ],
  nodes: [
    {
      node: 'logger-1',
      residentMemory: 1.2e9,
      residentTrend: { ...LINE, perHour: { low: 4.9e7, likely: 5e7, high: 5.1e7 } },
      measuringTrend: { ...LINE, perHour: { low: 0.01, likely: 0.02, high: 0.03 } },
      knownBytes: 1e8,
      bytesPerHour: null,
      growing: 0,
      fillsPerHour: { low: 4.9e7, likely: 5e7, high: 5.1e7 },
      limit: 8e9,
      timeLeft: { low: 133, likely: 136, high: 139 },
    },
  ],
  stretches: [
    {
      node: 'manager',
      boot: TS - 27 * 3600,
      begins: 'restart',
      firstTs: TS - 26 * 3600,
      lastTs: TS,
      runs: 1400,
      missing: 160,
      judged: true,
      latest: true,
      age: 27 * 3600,
    },
    {
      node: 'worker-1',
      boot: null,
      begins: 'first',
      firstTs: TS - 26 * 3600,
      lastTs: TS - 700,
      runs: 1500,
      missing: 0,
      judged: true,
      latest: false,
      age: 26 * 3600 - 700,
    },
    {
      node: 'worker-1',
      boot: TS - 65,
      begins: 'restart',
      firstTs: TS - 60,
      lastTs: TS,
      runs: 2,
      missing: 0,
      judged: false,
      latest: true,
      age: 65,
    },
  ],
  series: [series('Known::hosts'), WATCHED],
  counts: { growing: 8, stepped: 1, watch: 1, fine: 412, unclear: 0 },
  stopped: [{ node: 'worker-4', lastSeen: TS - 7200 }],
  reading: EMPTY_READING,
};

/** Nothing to tell. */
export const NO_GROWTH: GrowthResult = {
  ...GROWTH,
  limit: null,
  sections: [],
  growingFields: [],
  watched: [],
  unlike: [],
  nodes: [],
  series: [],
  stretches: [GROWTH.stretches[1]!],
  counts: { growing: 0, stepped: 0, watch: 0, fine: 412, unclear: 0 },
  stopped: [],
};

/** Every text in it is hostile. */
export const HOSTILE_GROWTH: GrowthResult = {
  ...GROWTH,
  filters: { module: ['\x1b[2J'], variable: [], node: [] },
  sections: HOSTILE_NAMES.slice(0, 4).map((unit) => ({
    unit,
    rows: HOSTILE_NAMES.map((name) => row(name, { worstNode: name })),
    hidden: 0,
  })),
  unlike: HOSTILE_NAMES.map((name) => ({
    ...GROWTH.unlike[0]!,
    node: name,
    variable: name,
    unit: name,
    measure: 'size',
  })),
  nodes: HOSTILE_NAMES.map((node) => ({ ...GROWTH.nodes[0]!, node })),
  stretches: HOSTILE_NAMES.map((node) => ({ ...GROWTH.stretches[0]!, node })),
  series: HOSTILE_NAMES.map((name, stretch) =>
    series(name, { node: name, stretch, expiry: { text: name, kind: 'create', seconds: DAY }, package: name }),
  ),
  stopped: HOSTILE_NAMES.map((node) => ({ node, lastSeen: TS })),
};
