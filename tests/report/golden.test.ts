/** What users see, kept as files: a change of any screen shows up as a change of its file. */

import { describe, expect, test } from 'vitest';
import { connectionsReport } from '../../src/report/answers/connections.ts';
import { diffReport } from '../../src/report/answers/diff.ts';
import { doctorReport } from '../../src/report/answers/doctor.ts';
import { explainReport } from '../../src/report/answers/explain.ts';
import { growthReport } from '../../src/report/answers/growth.ts';
import { runsReport } from '../../src/report/answers/runs.ts';
import { sqlReport } from '../../src/report/answers/sql.ts';
import { topReport } from '../../src/report/answers/top.ts';
import { type CheckFormat, checkReport } from '../../src/report/check/check.ts';
import type { OutputFormat, Report, Screen } from '../../src/report/output.ts';
import { CHECK, HOSTILE_CHECK } from './check-samples.ts';
import { CONNECTIONS, HOSTILE_CONNECTIONS, NO_CONNECTIONS } from './connection-samples.ts';
import { DIFF, HOSTILE_DIFF, SAME } from './diff-samples.ts';
import { DOCTOR, HEALTHY, HOSTILE_DOCTOR } from './doctor-samples.ts';
import { BARELY_EXPLAINED, EXPLAINED, HOSTILE_EXPLAINED } from './explain-samples.ts';
import { GROWTH, HOSTILE_GROWTH, NO_GROWTH } from './growth-samples.ts';
import {
  BY_MODULE,
  BY_NODE,
  BY_NODE_WHOLE,
  BY_PACKAGE,
  HOSTILE,
  QUERY,
  RUNS,
  RUNS_OF_ORIGIN,
  SPAN,
} from './samples.ts';

const reports: Record<string, (format: OutputFormat, screen: Screen) => Report> = {
  'top-module': (format, screen) => topReport(false)(BY_MODULE, format, screen),
  'top-node': (format, screen) => topReport(false)(BY_NODE, format, screen),
  'top-package': (format, screen) => topReport(true)(BY_PACKAGE, format, screen),
  'top-node-whole': (format, screen) => topReport(false)(BY_NODE_WHOLE, format, screen),
  'top-span': (format, screen) => topReport(false)(SPAN, format, screen),
  'top-hostile': (format, screen) => topReport(false)(HOSTILE, format, screen),
  growth: (format, screen) => growthReport(false)(GROWTH, format, screen),
  'growth-all': (format, screen) => growthReport(true)(GROWTH, format, screen),
  'growth-none': (format, screen) => growthReport(false)(NO_GROWTH, format, screen),
  'growth-hostile': (format, screen) => growthReport(true)(HOSTILE_GROWTH, format, screen),
  diff: (format, screen) => diffReport(DIFF, format, screen),
  'diff-same': (format, screen) => diffReport(SAME, format, screen),
  'diff-hostile': (format, screen) => diffReport(HOSTILE_DIFF, format, screen),
  check: (format, screen) => checkReport(CHECK, format, screen, true),
  'check-hostile': (format, screen) => checkReport(HOSTILE_CHECK, format, screen, false),
  connections: (format, screen) => connectionsReport(CONNECTIONS, format, screen),
  'connections-none': (format, screen) => connectionsReport(NO_CONNECTIONS, format, screen),
  'connections-hostile': (format, screen) => connectionsReport(HOSTILE_CONNECTIONS, format, screen),
  doctor: (format, screen) => doctorReport({ all: true, finding: null, logs: [] })(DOCTOR, format, screen),
  'doctor-healthy': (format, screen) => doctorReport({ all: true, finding: null, logs: [] })(HEALTHY, format, screen),
  'doctor-hostile': (format, screen) =>
    doctorReport({ all: true, finding: null, logs: [] })(HOSTILE_DOCTOR, format, screen),
  explain: (format, screen) => explainReport(EXPLAINED, format, screen),
  'explain-bare': (format, screen) => explainReport(BARELY_EXPLAINED, format, screen),
  'explain-hostile': (format, screen) => explainReport(HOSTILE_EXPLAINED, format, screen),
  runs: (format, screen) => runsReport(RUNS, format, screen),
  'runs-origin': (format, screen) => runsReport(RUNS_OF_ORIGIN, format, screen),
  sql: (format, screen) => sqlReport(QUERY, format, screen),
};

type DataFormat = Exclude<OutputFormat, 'table'>;
const DATA_FORMATS = Object.keys({ json: 0, csv: 0, tsv: 0 } satisfies Record<DataFormat, 0>) as DataFormat[];

function golden(name: string): string {
  return `../golden/${name}.txt`;
}

describe.each(Object.entries(reports))('%s', (name, report) => {
  test.each([60, 80, 120])('on a screen of %i columns', async (width) => {
    await expect(report('table', { width, color: false }).text).toMatchFileSnapshot(golden(`${name}-${width}`));
  });

  test('in a pipe', async () => {
    await expect(report('table', { width: null, color: false }).text).toMatchFileSnapshot(golden(`${name}-pipe`));
  });

  test('in colour', async () => {
    const text = report('table', { width: 80, color: true }).text;
    await expect(text.replaceAll('\x1b', '␛')).toMatchFileSnapshot(golden(`${name}-color`));
  });

  test.each(DATA_FORMATS)('as %s', async (format) => {
    const { text, asides } = report(format, { width: 80, color: true });
    await expect(text).toMatchFileSnapshot(golden(`${name}-${format}`));
    await expect(asides.join('\n')).toMatchFileSnapshot(golden(`${name}-${format}-asides`));
  });
});

test.each(['markdown', 'junit'] as CheckFormat[])('check as %s', async (format) => {
  const at = (result: typeof CHECK) => checkReport(result, format, { width: null, color: false }, false).text;
  await expect(at(CHECK)).toMatchFileSnapshot(golden(`check-${format}`));
  await expect(at(HOSTILE_CHECK)).toMatchFileSnapshot(golden(`check-hostile-${format}`));
});
