/** Answers of `doctor`, for the reports' tests. */

import type { DoctorResult, Finding, NodeVerdict } from '../../src/model/answers/doctor.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { HOSTILE_NAMES, TS } from './samples.ts';

const MB = 1e6;

function verdict(node: string, more: Partial<NodeVerdict> = {}): NodeVerdict {
  return {
    node,
    zeekVersion: '8.0.10',
    boot: TS - 90_000,
    from: TS - 86_400,
    to: TS,
    runs: 1440,
    isEarlierLife: false,
    course: 'steady',
    sentence: '354 MB, no lasting growth over 24 h; largest: DomainTLD::tlds, 204 MB (66 MB to 277 MB)',
    fillsPerHour: { low: 0.9 * 12_000, likely: 12_000, high: 1.1 * 12_000 },
    limit: null,
    account: {
      resident: 354 * MB,
      parts: [
        {
          what: 'patterns and strings',
          bytes: { low: 66 * MB, likely: 204 * MB, high: 277 * MB },
          method: 'modelled',
          detail: '8 logged, the largest DomainTLD::tlds',
        },
        {
          what: 'Zeek, scripts, buffers',
          bytes: { low: 50 * MB, likely: 126 * MB, high: 270 * MB },
          method: 'modelled',
          detail: 'at its start, 326 MB less its variables; a default process takes 126 MB',
        },
      ],
      unexplained: { low: 0, likely: 9 * MB, high: 21 * MB },
      canBeJudged: true,
    },
    ...more,
  };
}

const EXPIRY: Finding = {
  kind: 'expiry-ineffective',
  level: 'problem',
  certainty: 'certain',
  nodes: ['worker-1', 'worker-2'],
  subject: 'Known::hosts',
  what: 'Known::hosts declares &create_expire=1day and still grows on worker-1 and worker-2: its expiry is not in effect; it grew by 48 MB (46 MB to 50 MB) in 2.7 days on worker-2, in a straight line (17.8 MB a day), which doubles the process in 20 days',
  because: 'it rose in nearly all of 198 runs 3 days after the process started, and memory with it',
  evidence: [
    {
      node: 'worker-2',
      what: 'Known::hosts',
      unit: 'entries',
      first: 3840,
      last: 432_011,
      perHour: 6600.4,
      detail: 'set[addr]',
    },
    {
      node: 'worker-2',
      what: 'resident memory',
      unit: 'bytes',
      first: 326 * MB,
      last: 354 * MB,
      perHour: 1.2e6,
      detail: null,
    },
    { node: 'worker-1', what: 'Known::hosts', unit: 'entries', first: null, last: 99, perHour: null, detail: null },
    {
      node: 'worker-1',
      what: 'duration of a run',
      unit: 'seconds',
      first: 0.013,
      last: 2.6,
      perHour: 0.01,
      detail: null,
    },
    ...Array.from({ length: 6 }, (_, i) => ({
      node: `worker-${i + 3}`,
      what: 'version of Zeek',
      unit: 'text' as const,
      first: null,
      last: null,
      perHour: null,
      detail: '8.0.10',
    })),
  ],
  advice: [
    { text: 'Look for an assignment of a new set to Known::hosts.', command: "grep -rn 'hosts *=' SCRIPTS" },
    { text: 'Empty it with clear_table() instead.', command: null },
  ],
};

const CONSTANT: Finding = {
  kind: 'repeated-constant',
  level: 'warning',
  certainty: 'likely',
  nodes: ['worker-1', 'worker-2'],
  subject: 'domain-tld',
  what: 'the constant patterns of domain-tld take 204 MB on each of 2 nodes',
  because: 'the text of the patterns did not change in any run; bytes are estimated',
  evidence: [],
  advice: [],
};

export const DOCTOR: DoctorResult = {
  from: TS - 86_400,
  to: TS,
  nodes: [
    verdict('manager', {
      isEarlierLife: false,
      course: 'not-enough-data',
      sentence: 'not enough data: 8 of the 20 runs it takes to tell; 12 min more',
      account: null,
      runs: 8,
    }),
    verdict('worker-1'),
    verdict('worker-2', {
      isEarlierLife: false,
      course: 'grows-outside-scripts',
      sentence: '1.20 GB, grows 30 MB an hour, outside scripts',
      account: {
        resident: 1200 * MB,
        parts: [],
        unexplained: { low: 850 * MB, likely: 875 * MB, high: 900 * MB },
        canBeJudged: true,
      },
    }),
    verdict('worker-3', {
      account: {
        resident: 400 * MB,
        parts: [],
        unexplained: { low: 0, likely: 0, high: 200 * MB },
        canBeJudged: false,
      },
    }),
  ],
  findings: [EXPIRY, CONSTANT],
  reading: { ...EMPTY_READING, notes: ['logs/old.log names no unit.'] },
};

const LEAK: Finding = {
  kind: 'variable-grows',
  level: 'problem',
  certainty: 'certain',
  nodes: ['worker-7', 'worker-8'],
  subject: 'HostTracker::seen',
  what: 'HostTracker::seen grows without an end in sight on worker-7 and worker-8: it grew by 1.1 GB in 12 h',
  because: 'it was larger at the later of two times in 100 % of all pairs, over 700 runs, and memory with it',
  evidence: [
    {
      node: 'worker-7',
      what: 'HostTracker::seen',
      unit: 'entries',
      first: 1e6,
      last: 9.7e6,
      perHour: 731e3,
      detail: null,
    },
    {
      node: 'worker-7',
      what: 'HostTracker::seen',
      unit: 'bytes',
      first: 1e8,
      last: 1.2e9,
      perHour: 88e6,
      detail: null,
    },
  ],
  advice: [
    { text: 'Give its entries a time to leave.', command: '&create_expire=1day, where it is declared' },
    { text: 'See how it went before.', command: 'my-stats top --by variable --variable HostTracker::seen LOGS' },
  ],
  remedy: {
    script: 'site/leaky.zeek',
    line: 12,
    before: 'global seen: table[addr] of count;',
    after: 'global seen: table[addr] of count &create_expire=1hr;',
    expiry: '&create_expire=1hr',
    entriesPerSecond: 203,
    settles: [
      { seconds: 3600, entries: 731e3, bytes: 109e6 },
      { seconds: 86_400, entries: 17.5e6, bytes: 2.6e9 },
    ],
  },
};

function worker(number: number): NodeVerdict {
  const resident = (450 + (number % 9)) * MB;
  const account = {
    resident,
    parts: [],
    unexplained: { low: 13 * MB, likely: 16 * MB, high: 20 * MB },
    canBeJudged: true,
  };
  return verdict(`worker-${number}`, { account, limit: 8e9 });
}

function leaking(number: number, resident: number): NodeVerdict {
  return {
    ...worker(number),
    course: 'grows-in-variables',
    fillsPerHour: { low: 120 * MB, likely: 132 * MB, high: 140 * MB },
    account: {
      resident,
      parts: [],
      unexplained: { low: 0.04 * resident, likely: 0.045 * resident, high: 0.05 * resident },
      canBeJudged: true,
    },
  };
}

/** A leak on two workers of a cluster, and nothing on the 38 others. */
export const LARGE_CLUSTER: DoctorResult = {
  ...DOCTOR,
  nodes: [
    verdict('manager'),
    ...Array.from({ length: 40 }, (_, i) => worker(i + 1)).map((one, i) =>
      i === 6 ? leaking(7, 5.1e9) : i === 7 ? leaking(8, 2.4e9) : one,
    ),
  ],
  findings: [LEAK, CONSTANT],
};

/** More than fits on a screen. */
export const MANY_FINDINGS: DoctorResult = {
  ...LARGE_CLUSTER,
  findings: Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? LEAK : CONSTANT)),
  nodes: Array.from({ length: 60 }, (_, i) => verdict(`${'abcdefghij'[i % 10]}-${i}`, { limit: (i + 1) * 1e9 })),
};

/** Nothing is known yet. */
export const TOO_EARLY: DoctorResult = {
  ...DOCTOR,
  nodes: [
    verdict('zeek', { course: 'not-enough-data', sentence: 'not enough data', account: null, fillsPerHour: null }),
  ],
  findings: [],
};

export const HEALTHY: DoctorResult = { ...DOCTOR, nodes: [verdict('zeek')], findings: [], reading: EMPTY_READING };

/** Every text in it is hostile. */
export const HOSTILE_DOCTOR: DoctorResult = {
  ...DOCTOR,
  nodes: HOSTILE_NAMES.map((name) => verdict(name, { sentence: name, zeekVersion: name })),
  findings: HOSTILE_NAMES.map((name) => ({
    ...EXPIRY,
    nodes: [name],
    subject: name,
    what: name,
    because: name,
    evidence: [{ node: name, what: name, unit: 'text', first: null, last: null, perHour: null, detail: name }],
    advice: [{ text: name, command: name }],
  })),
};
