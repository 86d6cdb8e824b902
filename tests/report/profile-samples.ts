/** Answers of `profile` and `lab`, small enough to read. */

import type { LabNodeResult, LabResult } from '../../src/model/answers/lab.ts';
import type {
  PackagesResult,
  ProfileProcess,
  ProfileResult,
  ProfileVariable,
} from '../../src/model/answers/profile.ts';
import type { ByteRange } from '../../src/model/bytes.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { CHECK } from './check-samples.ts';

const START = Date.UTC(2026, 10, 24, 3, 0, 0) / 1000;

function around(likely: number): ByteRange {
  return { low: Math.round(likely * 0.8), likely, high: Math.round(likely * 1.5) };
}

function process(label: string, more: Partial<ProfileProcess> = {}): ProfileProcess {
  return {
    label,
    resident: 126_000_000,
    residentAtFirst: 124_000_000,
    inUse: 125_500_000,
    peakConnections: 60,
    peakTimers: 300,
    liveConnections: 40,
    peakResident: 127_000_000,
    cpu: 1.9,
    elapsed: 2.4,
    measurements: 61,
    measuring: 0.6,
    interrupted: false,
    endedEarly: false,
    messages: [],
    lacks: [],
    printed: 0,
    ...more,
  };
}

function variable(name: string, sizes: readonly number[], more: Partial<ProfileVariable> = {}): ProfileVariable {
  const peak = Math.max(...sizes);
  return {
    variable: name,
    moduleName: name.split('::')[0]!,
    packageName: 'lookups',
    origin: 'package',
    type: 'table[string] of set[addr]',
    method: 'modelled',
    measured: { size: 1800, unit: 'objects' },
    points: sizes.map((bytes, i) => ({ ts: START + i * 10, bytes, entries: Math.round(bytes / 500) })),
    peak: around(peak),
    final: around(sizes.at(-1)!),
    peakEntries: Math.round(peak / 500),
    finalEntries: Math.round(sizes.at(-1)! / 500),
    perThousandConnections: ((sizes.at(-1)! - sizes[0]!) * 1000) / 400,
    script: 'scripts/main.zeek',
    line: 12,
    expiry: null,
    replaced: null,
    before: null,
    present: true,
    ...more,
  };
}

const TRACE = {
  files: [{ path: 'office.pcap', packets: 1040, first: START, last: START + 600, linkType: 1, cut: false }],
  packets: 1040,
  connections: 400,
  first: START,
  last: START + 600,
};

export const PROFILE: ProfileResult = {
  packages: ['lookups'],
  zeekVersion: '8.0.10',
  trace: TRACE,
  addedFields: [{ record: 'connection', field: 'lookups', type: 'set[string]', script: 'scripts/main.zeek', line: 30 }],
  stores: [],
  functions: null,
  process: process('with it', { resident: 127_100_000, inUse: 126_400_000, peakTimers: 340 }),
  without: process('without it'),
  against: null,
  variables: [
    variable('Lookups::names', [500, 40_000, 80_000, 160_000]),
    variable('Lookups::clients', [0, 20_000, 45_000, 45_000], {
      expiry: '&create_expire=1min',
      replaced: { script: 'scripts/main.zeek', line: 25, expiry: 'lost' },
    }),
    variable('Lookups::ignored', [87_000, 87_000], { peakEntries: null, finalEntries: null, type: 'pattern' }),
    variable('Notice::tracked', [9_000, 12_000], {
      origin: 'other',
      script: 'base/frameworks/notice/main.zeek',
      line: null,
    }),
  ],
  total: { final: around(304_000), peak: around(304_000), before: null },
  failures: null,
  budgets: null,
  kept: null,
  notes: [],
  reading: EMPTY_READING,
};

export const FUNCTIONS: ProfileResult = {
  ...PROFILE,
  functions: {
    functions: [
      {
        ...{ name: 'Lookups::note', kind: 'hook', packageName: 'lookups', script: 'scripts/main.zeek', line: 30 },
        ...{ calls: 2400, cpu: 0.81, ownCpu: 0.4, memory: 2_359_296, ownMemory: 131_072 },
      },
      {
        ...{ name: 'lambda_<17>', kind: 'function', packageName: 'lookups', script: 'scripts/main.zeek', line: 41 },
        ...{ calls: 1, cpu: 0, ownCpu: 0, memory: 0, ownMemory: 0 },
      },
      {
        ...{ name: null, kind: null, packageName: null, script: null, line: null },
        ...{ calls: 75_800, cpu: null, ownCpu: 0.632, memory: null, ownMemory: 5_120_000 },
      },
    ],
    stacks: [],
  },
};

export const COMPARED: ProfileResult = {
  ...PROFILE,
  against: process('v1.2'),
  variables: [
    ...PROFILE.variables.slice(0, 2).map((v, i) => ({
      ...v,
      before: {
        peak: around(i === 0 ? 160_000 : 5_000),
        final: around(i === 0 ? 160_000 : 4_000),
        peakEntries: 300,
        finalEntries: 290,
        expiry: i === 0 ? null : '&create_expire=1min',
        replaced: null,
      },
    })),
    variable('Lookups::added', [0, 20_000], { expiry: null }),
    variable('Lookups::dropped', [7_000], {
      present: false,
      peak: null,
      final: null,
      peakEntries: null,
      finalEntries: null,
      perThousandConnections: null,
      before: {
        peak: around(7_000),
        final: around(7_000),
        peakEntries: 10,
        finalEntries: 10,
        expiry: '&read_expire=5min',
        replaced: null,
      },
    }),
  ],
  total: { final: around(225_000), peak: around(225_000), before: around(172_000) },
  failures: [
    { variable: 'Lookups::clients', what: 'holds up to 45.0 kB, 5.00 kB before' },
    { variable: 'Lookups::added', what: 'new, and holds 20.0 kB' },
  ],
};

/** Budgets besides: those of `check`'s own sample. */
export const CHECKED: ProfileResult = { ...COMPARED, budgets: CHECK };

/** Interrupted, and with names that try to be more than text. */
export const HOSTILE_PROFILE: ProfileResult = {
  ...PROFILE,
  packages: ['evil\x1b[31m|<img src=x>`@somebody'],
  trace: { ...TRACE, packets: 1, connections: 12, last: START },
  process: process('with it', {
    interrupted: true,
    endedEarly: false,
    measurements: 2,
    messages: ['/x/main.zeek:3: no such index (t[\x1b]0;title\x07])', '[click](http://example.invalid) **bold** @all'],
    printed: 73_600_000,
    resident: null,
    inUse: null,
  }),
  without: null,
  variables: [
    variable('Evil::`x`|y\n| z |', [1, 2_000], { script: 'a|b`c.zeek', expiry: '&create_expire=<b>1' }),
    ...Array.from({ length: 22 }, (_, i) =>
      variable(`Evil::v${i}`, [10 + i], { peak: null, final: null, perThousandConnections: null }),
    ),
  ],
  total: { final: around(2_000), peak: around(2_000), before: null },
  failures: [],
  kept: '/tmp/my-stats-\x1b[0m',
  notes: ['office.pcap ends in the middle of a packet; the 12 before it were used.'],
};

function node(name: string, role: LabNodeResult['role'], more: Partial<LabNodeResult> = {}): LabNodeResult {
  return {
    node: name,
    role,
    firstReport: 9.2,
    runs: 7,
    boots: 1,
    resident: 111_000_000,
    held: around(87_600),
    messages: [],
    ...more,
  };
}

export const LAB: LabResult = {
  packages: ['lookups'],
  zeekVersion: '8.0.10',
  nodes: [
    node('manager', 'manager'),
    node('logger-1', 'logger', { resident: 115_000_000 }),
    node('proxy-1', 'proxy', { boots: 2, messages: ['fatal error: \x1b[31mred'] }),
    node('worker-1', 'worker', { held: around(281_000), runs: 101 }),
    node('worker-2', 'worker', { firstReport: null, runs: 0, boots: 0, resident: null, held: null }),
  ],
  ready: null,
  ran: 30,
  stopping: 1.9,
  forced: true,
  interrupted: true,
  kept: '/tmp/my-stats-x/logger-1',
  notes: [],
  reading: EMPTY_READING,
};

/** One that grows, one that only has messages and data that is missing, and one that does not run. */
export const PACKAGES: PackagesResult = {
  packages: [
    {
      name: 'lookups',
      failure: null,
      profile: {
        ...FUNCTIONS,
        functions: {
          ...FUNCTIONS.functions!,
          stacks: [
            { frames: [{ name: 'Lookups::note', script: null, line: null }], calls: 2400, cpu: 0.81, memory: 0 },
          ],
        },
      },
      growing: PROFILE.variables.slice(0, 1),
      withoutExpiry: PROFILE.variables.slice(0, 2),
    },
    {
      name: 'quiet\x1b[2J|pkg',
      failure: null,
      profile: {
        ...PROFILE,
        process: process('with it', { messages: ['main.zeek:3: deprecated'], lacks: ['names.dat'] }),
        variables: [variable('Quiet::filter', [0], { peak: null, final: null })],
        total: { final: around(0), peak: around(0), before: null },
      },
      growing: [],
      withoutExpiry: [],
    },
    {
      name: 'broken',
      failure: { what: 'broken/main.zeek:7: syntax error, at or near "@all"', cure: 'Mend the script' },
      profile: null,
      growing: [],
      withoutExpiry: [],
    },
  ],
  notes: ['Given more than once and profiled once: 1 of the packages.'],
};
