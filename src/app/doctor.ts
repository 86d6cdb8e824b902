import { diagnose } from '../analysis/doctor/doctor.ts';
import { proposeRemedy } from '../analysis/doctor/remedy.ts';
import {
  type DoctorResult,
  type Finding,
  findMemoryAtEnd,
  isRestartLoop,
  type NodeVerdict,
} from '../model/answers/doctor.ts';
import { addReadings, EMPTY_READING } from '../model/logged/reading.ts';
import { createMatcher, NO_FILTERS } from '../model/names.ts';
import { type History, readHistory } from './source/history.ts';
import { nothingStored } from './source/nothing-matches.ts';
import { type Given, MEMORY, NODES, type Read, readOptions, SCRIPTS, SOURCE, SPAN } from './source/options.ts';
import { noRunIn, readPeriod } from './source/period.ts';
import { readScripts } from './source/scripts.ts';
import { answerFrom, refuseSkipped, type Store } from './source/source.ts';
import { openAttribution } from './source/weigher.ts';

const DOCTOR = { ...SOURCE, ...NODES, ...SCRIPTS, ...SPAN, ...MEMORY };

export type DoctorOptions = Given<typeof DOCTOR>;

/**
 * What is wrong with the memory of a cluster: where each process's memory sits, what grows, and what to do about it.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used
 */
export async function doctor(given: DoctorOptions = {}): Promise<DoctorResult> {
  const options = readOptions(DOCTOR, given);
  return answerFrom('doctor', options, 'processes', (store) => diagnoseStore(store, options));
}

/**
 * @param known how everything went on these nodes in this time, where that was read already: its rows are not counted again
 * @param coursePoints see `diagnose`
 */
export async function diagnoseStore(
  store: Store,
  options: Omit<Read<typeof DOCTOR>, 'paths'>,
  known?: History,
  coursePoints: number | null = null,
): Promise<DoctorResult> {
  const period = await readPeriod(store, options);
  const filters = { ...NO_FILTERS, node: options.nodes };
  const history =
    known ?? (await readHistory(store, filters, period, readScripts(options.scripts), options.onProgress));
  const { snapshot, reading: ofSnapshot } = await store.snapshot(period.until);
  const { data, judged, weigher, knowledge, scripts } = history;
  const told = known === undefined ? history.reading : { ...history.reading, rows: 0, files: [] };
  const reading = addReadings(told, { ...EMPTY_READING, notes: ofSnapshot.notes });
  refuseSkipped(reading, options.strict);
  const wanted = createMatcher(options.nodes);
  const lives = history.lives.filter(({ node }) => wanted(node));
  // Nothing found where nothing was looked at is no verdict.
  if (data.stretches.length + lives.length === 0) {
    if (options.nodes.length === 0) throw await noRunIn(store, period);
    throw await nothingStored(store, filters);
  }
  const attributor = openAttribution(knowledge, scripts);
  const records = {
    data,
    judged,
    lives,
    connections: history.connections.filter(({ node }) => wanted(node)),
    weigher,
    zeekVersions: knowledge.zeekVersions,
    attributor,
    assignments: scripts.assignments,
    stopped: snapshot.stopped.filter(({ node }) => wanted(node)),
    hasNodeLog: history.lives.length > 0,
  };
  const result = diagnose(records, coursePoints);
  const findings = result.findings.map((finding) => {
    const { subject, nodes } = finding;
    const described = subject === null ? null : knowledge.descriptions.of(nodes[0] ?? '', subject);
    if (described === null) return finding;
    const attribution = attributor.attribute(described);
    const declaration =
      scripts.declarations.find(({ variable, keyword, line }) => {
        return variable === subject && keyword !== 'redef' && line === attribution.line;
      }) ?? null;
    const remedy = proposeRemedy(finding, { attribution, declaration, type: described.type });
    return remedy === null ? finding : { ...finding, remedy };
  });
  const verdicts = result.nodes.map((verdict) => ({
    ...verdict,
    limit: options.memory ?? findLimit(verdict, findings),
  }));
  return { ...result, findings, nodes: verdicts, reading };
}

/** What the log says that it may have, or what it had when it ended again and again, if that is less. */
function findLimit({ node, limit }: NodeVerdict, findings: readonly Finding[]): number | null {
  const loop = findings.find((finding) => isRestartLoop(finding) && finding.nodes.includes(node));
  const end = loop === undefined ? null : findMemoryAtEnd(loop);
  return end === null ? limit : Math.min(end, limit ?? end);
}
