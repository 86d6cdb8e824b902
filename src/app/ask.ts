import { rankSnapshot } from '../analysis/top.ts';
import { type AskResult, type NodeAnswers, USUAL_ADDRESS, USUAL_TIMEOUT } from '../model/answers/ask.ts';
import { ExpectedError } from '../model/errors/catalogue.ts';
import { nobodyAnswered, notAnAddress, requestRefused } from '../model/errors/zeek-errors.ts';
import type { NodeKnowledge } from '../model/logged/description.ts';
import { Descriptions } from '../model/logged/description.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/logged/reading.ts';
import type { NodeRun, Snapshot } from '../model/logged/sample.ts';
import { addSensor, readSensor, stripSensor } from '../model/names.ts';
import { askForRuns, parseAddress } from '../zeek/ask.ts';
import { isFiltered, nothingHeld, nothingMatches } from './source/nothing-matches.ts';
import { CHOICE, type Given, GROUPS, LIMIT, type Read, readOptions, SCRIPTS, SORT, SOURCE } from './source/options.ts';
import { readScripts } from './source/scripts.ts';
import { openLogs, refuseSkipped } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';

/** Nodes measure at the same time, a few milliseconds at a stretch; one that is this much later than another is not coming. */
const QUIET_SECONDS = 2;

const NO_TYPES =
  "No logs are given in which my_stats_variable.log tells the variables' types, so sizes are counts, not bytes.";

/** Logs tell what the answers do not. */
const ASK = {
  ...SOURCE,
  ...CHOICE,
  ...GROUPS,
  ...SORT,
  ...SCRIPTS,
  ...LIMIT,
  /** `HOST:PORT`, or a whole address; if nobody says, the one that zeekctl and Zeek preset. */
  url: USUAL_ADDRESS as string,
  /** The name of the node to ask, instead of all. */
  node: null as string | null,
  /** Which sensor the cluster is, where the logs are of several. */
  sensor: null as string | null,
  /** Seconds to wait for answers. */
  timeout: USUAL_TIMEOUT as number,
  signal: undefined as AbortSignal | undefined,
};

type Question = Read<typeof ASK>;
export type AskOptions = Given<typeof ASK>;

/**
 * Has the nodes of a cluster measure now, and groups what they answer.
 *
 * Logs, if any are given, tell what the answers do not: the types of variables, and which nodes there are.
 *
 * @throws ExpectedError where no node can be asked or none answers, for logs that cannot be used, and where the filters
 *   match nothing
 */
export async function ask(given: AskOptions = {}): Promise<AskResult> {
  const options = readOptions(ASK, given);
  const url = parseAddress(options.url);
  if (url === null) throw notAnAddress(options.url);
  const scripts = readScripts(options.scripts);
  const { knowledge, reporting, reading } = await readKnownOrNone(options);
  const { node, sensor, timeout, signal, onProgress } = options;
  const total = reporting.length;
  const answers = nameBySensor(
    sensor,
    await askForRuns({
      url,
      node,
      expected: reporting.map(stripSensor),
      timeout,
      quiet: QUIET_SECONDS,
      signal,
      onAnswer: (done) =>
        onProgress?.({ phase: `${done} ${done === 1 ? 'node has' : 'nodes have'} answered`, done, total }),
    }),
  );
  if (answers.answers.length === 0) throw describeSilence(answers, url, options);

  const zeekVersions = new Map([...knowledge.zeekVersions, ...readVersions(answers)]);
  const told = { knowledge: { ...knowledge, zeekVersions }, reading: EMPTY_READING };
  const { weigher } = await openWeigher({ knowledge: async () => told }, scripts);
  const unit = options.unit ?? (weigher.knowsTypes ? 'bytes' : 'objects');
  const notes = options.unit === null && !weigher.knowsTypes ? [NO_TYPES] : [];
  const snapshot = makeSnapshot(answers);
  const top = {
    ...rankSnapshot(snapshot, { ...options, unit }, weigher),
    reading: addReadings(reading, { ...EMPTY_READING, notes: [...told.reading.notes, ...notes] }),
  };
  const { filters, packages } = options;
  if (isFiltered(filters, packages) && top.sections.length === 0)
    throw nothingHeld(snapshot.nodes, filters, { packages, weigher });
  const heard = new Set([...answers.answers, ...answers.refusals].map((one) => one.node));
  return {
    url,
    answered: answers.answers.map(({ samples: _, ...answer }) => answer),
    refused: answers.refusals,
    silent: node === null ? reporting.filter((name) => !heard.has(name)) : [],
    unreadable: answers.unreadable,
    top,
  };
}

interface Known {
  readonly knowledge: NodeKnowledge;
  readonly reporting: readonly string[];
  readonly reading: Reading;
}

/** What the logs say of the nodes; of their rows it is only told that they were read. */
async function readKnownOrNone(options: Question): Promise<Known> {
  try {
    return await readKnown(options);
  } catch (error) {
    // Nobody asked for the logs of this machine: the answer does without them.
    if (options.paths.length > 0 || !(error instanceof ExpectedError)) throw error;
    const knowledge = { descriptions: new Descriptions([]), zeekVersions: new Map(), loadedScripts: [] };
    return { knowledge, reporting: [], reading: EMPTY_READING };
  }
}

async function readKnown(options: Question): Promise<Known> {
  const store = await openLogs(options);
  const { knowledge, reading } = await store.knowledge();
  const { snapshot, reading: ofRows } = await store.snapshot(null);
  const sum = addReadings(ofRows, { ...reading, rows: 0, files: [] });
  refuseSkipped(sum, options.strict);
  const { sensor } = options;
  const all = snapshot.nodes.map(({ node }) => node);
  const nodes = all.filter((node) => sensor === null || readSensor(node) === sensor);
  if (nodes.length === 0)
    throw nothingMatches(
      { sensor: [{ kind: 'exact', text: sensor ?? '' }] },
      { sensor: all.flatMap((node) => readSensor(node) ?? []) },
    );
  return { knowledge, reporting: nodes, reading: sum };
}

/** The nodes of a cluster do not know which sensor it is to the logs. */
function nameBySensor(sensor: string | null, { answers, refusals, unreadable }: NodeAnswers): NodeAnswers {
  if (sensor === null) return { answers, refusals, unreadable };
  const named = <Heard extends { readonly node: string }>(heard: Heard) => ({
    ...heard,
    node: addSensor(heard.node, sensor),
  });
  return { answers: answers.map(named), refusals: refusals.map(named), unreadable };
}

function describeSilence({ refusals }: NodeAnswers, url: string, { node, timeout }: Question): Error {
  const first = refusals[0];
  return first === undefined ? nobodyAnswered(url, node, timeout) : requestRefused(first.node, first.reason);
}

function readVersions({ answers }: NodeAnswers): [string, string][] {
  return answers.flatMap(({ node, measurement: { zeekVersion } }) =>
    zeekVersion === null ? [] : [[node, zeekVersion]],
  );
}

function makeSnapshot({ answers }: NodeAnswers): Snapshot {
  const nodes = answers.map(({ node, run, samples, measurement }): NodeRun => {
    const { ts, residentMemory, zeekVersion } = measurement;
    return { node, run, ts, complete: true, residentMemory, zeekVersion, samples };
  });
  return { ts: Math.max(...nodes.map(({ ts }) => ts)), asked: null, nodes, stopped: [] };
}
