/** How everything went that the logs tell of, as `growth` and `doctor` judge it. */

import type { Records } from '../../analysis/doctor/records.ts';
import { FieldWeigher, makeConnectionSeries } from '../../analysis/growth/connection-series.ts';
import type { VariableKnowledge } from '../../analysis/growth/growth-series.ts';
import { judgeAll } from '../../analysis/growth/judged-series.ts';
import type { Weigher } from '../../analysis/weighing/weigh.ts';
import type { NodeKnowledge } from '../../model/logged/description.ts';
import { addReadings, type Reading } from '../../model/logged/reading.ts';
import type { NameFilters } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { chooseLifeRuns } from '../../store/answers/node-series.ts';
import type { ScriptKnowledge } from './scripts.ts';
import type { Store } from './source.ts';
import { openWeigher } from './weigher.ts';

/** Within the time asked for. */
export interface History extends Pick<Records, 'data' | 'judged' | 'lives' | 'connections' | 'weigher'> {
  readonly knowledge: NodeKnowledge;
  readonly scripts: ScriptKnowledge;
  readonly reading: Reading;
}

interface Span {
  readonly since: number | null;
  readonly until: number | null;
}

export async function readHistory(
  store: Store,
  filters: NameFilters,
  span: Span,
  scripts: ScriptKnowledge,
  onProgress?: ProgressListener,
): Promise<History> {
  const { series, reading } = await store.series({ filters, ...span }, onProgress);
  const nodes = await store.nodeSeries();
  const logged = await store.connectionFields();
  const { weigher, knowledge, reading: told } = await openWeigher(store, scripts);
  const within = (ts: number) => (span.since === null || ts >= span.since) && (span.until === null || ts <= span.until);
  const lives = nodes.series.flatMap((life) => chooseLifeRuns(life, within) ?? []);
  const connections = logged.rows.filter(({ ts }) => within(ts));
  const data = { ...series, series: [...series.series, ...makeConnectionSeries(connections, series)] };
  const known = new FieldWeigher(connections, weigher, weigher.knowsTypes ? weigher : leaveOutBytes(weigher));
  const beside = [nodes.reading, logged.reading, told].map((one) => ({ ...one, rows: 0, files: [] }));
  return {
    data,
    judged: judgeAll(data, lives, known),
    lives,
    connections,
    weigher,
    knowledge,
    scripts,
    reading: [reading, ...beside].reduce(addReadings),
  };
}

/** Without types every estimate is a guess. */
function leaveOutBytes(weigher: Weigher): VariableKnowledge {
  return { origin: (node, variable) => weigher.origin(node, variable), estimate: () => ({ bytes: null }) };
}
