import { describeRuns } from '../analysis/runs.ts';
import type { RunsResult } from '../model/answers/runs.ts';
import { noMeasurement } from '../model/errors/catalogue.ts';
import { createMatcher } from '../model/names.ts';
import type { LogStore } from '../store/log-store.ts';
import { nothingMatches } from './source/nothing-matches.ts';
import { type Given, NODES, type Read, readOptions, SOURCE } from './source/options.ts';
import { openLogs, refuseSkipped } from './source/source.ts';

type Measurements = Awaited<ReturnType<LogStore['measurements']>>;

const RUNS = { ...SOURCE, ...NODES };

export type RunsOptions = Given<typeof RUNS>;

/**
 * What each measurement cost, per node: from `my_stats_node.log`, or from `cluster.log` where there is none.
 *
 * @throws ExpectedError for paths or rows that cannot be used, and where no node is selected
 */
export async function runs(given: RunsOptions = {}): Promise<RunsResult> {
  const options = readOptions(RUNS, given);
  const store = await openLogs(options, 'measurements');
  return selectRuns(await store.measurements(), options);
}

function selectRuns({ source, rows, reading }: Measurements, options: Read<typeof RUNS>): RunsResult {
  refuseSkipped(reading, options.strict);
  const wanted = createMatcher(options.nodes);
  const result = describeRuns(
    rows.filter(({ node }) => wanted(node)),
    source,
  );
  if (result.rows.length === 0 && rows.length > 0)
    throw nothingMatches({ node: options.nodes }, { node: rows.map(({ node }) => node) });
  if (rows.length === 0) throw noMeasurement(reading.skipped, reading.examples[0]?.reason ?? null);
  return { ...result, reading };
}
