/** Reports to make pages of. */

import type { DoctorResult } from '../../../src/model/answers/doctor.ts';
import type { ReportResult } from '../../../src/model/answers/report.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { EMPTY_READING } from '../../../src/model/logged/reading.ts';
import { inventoryOf, SMALL } from '../export/inventory.ts';
import { HOSTILE_NAMES, TS } from '../samples.ts';

export const ASSETS = {
  script: 'void 0',
  style: 'p{margin:0}',
  scriptHash: 'sha256-script',
  styleHash: 'sha256-style',
  licences: 'a package 1.0\n\nMay be used & copied <freely>.',
};

/** Names that would run or break out, if a page let them. */
const ATTACKS = [
  '</script><script>window.hacked = true</script>',
  '<img src=x onerror="window.hacked = true">',
  '"><svg onload=window.hacked=true>',
  "' onfocus='window.hacked=true' autofocus='",
  '<!-- <script>',
  '-->',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text, here and in the page
  '${window.hacked = true}',
  ...HOSTILE_NAMES,
];

function reportOf(rows: readonly Entry[], more: Partial<ReportResult> = {}): ReportResult {
  const inventory = inventoryOf(rows);
  return { inventory, verdict: null, growth: [], others: [], began: [], parts: [], reading: EMPTY_READING, ...more };
}

function verdictOf(name: string): DoctorResult {
  return {
    from: TS - 3600,
    to: TS,
    nodes: [
      {
        node: 'worker-2',
        zeekVersion: '8.0.10',
        boot: null,
        from: TS - 3600,
        to: TS,
        isEarlierLife: false,
        runs: 60,
        course: 'grows-in-variables',
        sentence: `grows: ${name}`,
        fillsPerHour: { low: 0.9 * 130_000, likely: 130_000, high: 1.1 * 130_000 },
        account: null,
        limit: 600e6,
        memory: {
          ts: [TS - 7200, TS - 3600, TS],
          resident: [480e6, 487e6, 493e6],
          parts: [
            { what: 'Zeek, scripts, buffers', values: [470e6, 470e6, 470e6] },
            { what: name, values: [10e6, 15e6, 20e6] },
            { what: 'not explained', values: [0, 2e6, 3e6] },
          ],
        },
      },
    ],
    findings: [
      {
        kind: 'variable-grows',
        level: 'problem',
        certainty: 'certain',
        nodes: ['worker-2'],
        subject: name,
        what: `${name} grows`,
        because: `every run of ${name} had more`,
        evidence: [{ node: 'worker-2', what: name, unit: 'entries', first: 100, last: 420, perHour: 80, detail: name }],
        advice: [{ text: `Look at ${name}`, command: `my-stats growth --variable ${name}` }],
      },
    ],
    reading: EMPTY_READING,
  };
}

export const SMALL_REPORT: ReportResult = {
  ...reportOf([]),
  inventory: {
    ...SMALL,
    nodes: SMALL.nodes.map((node, i) => ({ ...node, zeekVersion: '8.0.10', residentMemory: i === 0 ? 493e6 : null })),
  },
  verdict: verdictOf('HostTracker::seen'),
  began: [TS - 3600],
  parts: [
    {
      variable: 'HostTracker::seen',
      node: 'worker-2',
      steps: [{ what: 'the table itself', bytes: { low: 200, likely: 288, high: 300 } }],
    },
  ],
  growth: [
    {
      variable: 'HostTracker::seen',
      moduleName: 'HostTracker',
      package: 'host-tracker',
      unit: 'entries',
      shape: 'line',
      perHour: 1200,
      bytesPerHour: { low: 80_000, likely: 110_000, high: 160_000 },
      worstNode: 'worker-2',
      nodes: 2,
      since: TS - 4 * 3600,
      lines: ['worker-1', 'worker-2'].map((node, i) => ({
        node,
        points: [0, 1, 2, 3, 4].map((k) => [TS - 3600 * (4 - k), 100 + 40 * k * (i + 1)] as const),
      })),
    },
  ],
};

/** Every name in the logs is an attack. */
export const HOSTILE_REPORT: ReportResult = reportOf(
  ATTACKS.map((name, i) => ({
    node: ATTACKS[i % 3]!,
    ts: TS,
    moduleName: name,
    variable: name,
    size: 100 + i,
    unit: i % 5 === 4 ? name : 'objects',
    entries: i,
    bytes: { low: 10 * i, likely: 20 * i, high: 30 * i },
    method: 'assumed',
    type: name,
    from: {
      package: ATTACKS.at(-1 - i)!,
      kind: 'package',
      version: name,
      script: name,
      line: 1,
      expiry: name,
      evidence: 'script',
    },
  })),
  {
    verdict: verdictOf(ATTACKS.join(' ')),
    growth: ATTACKS.slice(0, 7).map((name) => ({
      variable: name,
      moduleName: name,
      package: name,
      unit: name,
      shape: 'line',
      perHour: 5,
      bytesPerHour: null,
      worstNode: name,
      nodes: 1,
      since: TS - 60,
      lines: [{ node: name, points: [[TS - 60, 1] as const, [TS, 2] as const] }],
    })),
    reading: {
      ...EMPTY_READING,
      skipped: ATTACKS.length,
      examples: ATTACKS.map((file) => ({ file, line: 1, reason: file })),
      notes: ATTACKS,
    },
  },
);

/** A week of a 41-node cluster with everything in it that has a limit. */
export function largeReport(): ReportResult {
  const nodes = ['manager', 'logger-1', 'proxy-1', ...Array.from({ length: 38 }, (_, i) => `worker-${i + 1}`)];
  const rows = nodes.flatMap((node, n) =>
    Array.from({ length: 300 }, (_, v): Entry => {
      const likely = Math.round(5e7 / (v + 1) ** 1.3) + n * 1000;
      return {
        node,
        ts: TS - n,
        moduleName: `Module${v % 60}`,
        variable: `Module${v % 60}::some_variable_${v}`,
        size: likely >> 5,
        unit: v % 9 === 8 ? 'characters' : 'objects',
        entries: likely >> 7,
        bytes: { low: likely * 0.6, likely, high: likely * 1.7 },
        method: 'modelled',
        type: 'table[addr] of count',
        from: {
          package: `package-${v % 25}`,
          kind: 'package',
          version: '1.0',
          script: `package-${v % 25}/main.zeek`,
          line: v,
          expiry: null,
          evidence: 'script',
        },
      };
    }),
  );
  return reportOf(rows, {
    growth: Array.from({ length: 12 }, (_, v) => ({
      variable: `Module${v}::some_variable_${v}`,
      moduleName: `Module${v}`,
      package: `package-${v}`,
      unit: 'entries',
      shape: 'line',
      perHour: 1000 - v,
      bytesPerHour: { low: 1e5, likely: 2e5, high: 3e5 },
      worstNode: 'worker-3',
      nodes: nodes.length,
      since: TS - 6300,
      lines: nodes.map((node, n) => ({
        node,
        points: Array.from(
          { length: 96 },
          (_, k) => [TS - 6300 * (95 - k), 100_000 * v + k * (3000 + 17 * n)] as const,
        ),
      })),
    })),
  });
}
