/** What this repository's collector wrote on real clusters is read whole, and adds up to what it says itself. */

import { expect, test } from 'vitest';
import { connections } from '../../src/app/connections.ts';
import { runs } from '../../src/app/runs.ts';
import { sql } from '../../src/app/sql.ts';
import { top } from '../../src/app/top.ts';
import { NO_FILTERS } from '../../src/model/names.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const SOURCE = { strict: true } as const;
const TOP = { ...SOURCE, filters: NO_FILTERS, at: null, since: null, until: null, sort: null, limit: null } as const;

test.each([CLUSTER, 'fixtures/collector-8.0.10-standalone'])(
  '%s: every run has the rows its node says it wrote',
  async (folder) => {
    const query = 'select count(*), count(*) filter (rows = variables_logged) from runs';
    const { rows, reading } = await sql({ ...SOURCE, paths: [folder], query });
    expect(rows[0]![0]).toBeGreaterThan(0);
    expect(rows[0]![1]).toBe(rows[0]![0]);
    expect(reading.skipped).toBe(0);
  },
);

test('all five nodes report to the end, over a restart of the logger and a rotation', async () => {
  const { nodes, stopped, sections } = await top({
    ...TOP,
    by: 'module',
    unit: 'objects',
    packages: [],
    scripts: [],
    paths: [CLUSTER],
  });
  expect(nodes.map(({ node, complete }) => [node, complete])).toEqual(
    ['logger-1', 'manager', 'proxy-1', 'worker-1', 'worker-2'].map((node) => [node, true]),
  );
  expect(stopped).toEqual([]);
  expect(sections.map(({ unit, rows }) => [unit, rows[0]!.group])).toEqual([
    ['objects', 'HostTracker'],
    ['characters', 'DomainTLD'],
  ]);
  const { rows } = await runs({ ...SOURCE, nodes: [], paths: [CLUSTER] });
  // The run at the end of a process is made in one piece, 3.7 to 8.8 ms here: it holds up nothing any more.
  for (const { longestPause } of rows) expect(longestPause).toBeLessThan(0.0061);
  expect(rows.map(({ node, boots }) => [node, boots])).toEqual([
    ['logger-1', 2],
    ...['manager', 'proxy-1', 'worker-1', 'worker-2'].map((node) => [node, 1]),
  ]);
});

test('both workers say which connection held the requests that nobody answered', async () => {
  const asked = { ...SOURCE, nodes: [], fields: [], limit: null, paths: [CLUSTER] };
  const { rows, reading } = await connections(asked);
  expect(reading.skipped).toBe(0);
  expect(rows.map(({ node, field, largest }) => [node, field, largest?.service]).sort()).toEqual(
    ['worker-1', 'worker-2'].map((node) => [node, 'http_state.pending', ['HTTP']]),
  );
  for (const { entries } of rows) expect(entries).toBeGreaterThan(14_000);
});
