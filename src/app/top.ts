import { choosePivot, rankRange, rankSnapshot, type TopQuestion } from '../analysis/top.ts';
import type { Weigher } from '../analysis/weighing/weigh.ts';
import { computeExplainedShare } from '../model/answers/doctor.ts';
import type { TopResult, TopSort } from '../model/answers/top.ts';
import { conflictingOptions } from '../model/errors/catalogue.ts';
import { addReadings } from '../model/logged/reading.ts';
import { diagnoseStore } from './doctor.ts';
import { type History, readHistory } from './source/history.ts';
import { isFiltered, nothingStored } from './source/nothing-matches.ts';
import {
  CHOICE,
  type Given,
  GROUPS,
  LIMIT,
  MOMENT,
  type Read,
  readOptions,
  SCRIPTS,
  SORT,
  SOURCE,
  SPAN,
} from './source/options.ts';
import { noRunIn, readMoment, readPeriod } from './source/period.ts';
import { readScripts, type ScriptKnowledge } from './source/scripts.ts';
import { answerFrom, refuseSkipped, type Store } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';

/** `at` excludes the other two times. */
const TOP = {
  ...SOURCE,
  ...CHOICE,
  ...GROUPS,
  ...SORT,
  ...SCRIPTS,
  ...MOMENT,
  ...SPAN,
  ...LIMIT,
  /** Judges growth of a snapshot however much there is to read, or never; if nobody says, where that is little. */
  growth: null as boolean | null,
};

export type TopOptions = Given<typeof TOP>;

/**
 * What holds the memory: sizes grouped by module, variable, node, package, script or type.
 *
 * With `since` or `until` the answer covers all runs in between; without, it is the last complete run of every node,
 * up to `at`. Sizes are in bytes where the logs say what the variables' types are, and else as the log counts.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function top(given: TopOptions = {}): Promise<TopResult> {
  const options = readOptions(TOP, given);
  const { at, since, until, sort } = options;
  if (at !== null && (since !== null || until !== null))
    throw conflictingOptions('`at` asks for one time, `since` and `until` for a span', 'Give one or the other');
  if (sort !== null && SPAN_SORTS.includes(sort) && since === null && until === null)
    throw conflictingOptions(`\`sort\` ${sort} compares runs over a span of time`, 'Add `since` or `until`');
  const needs = options.by === 'node' ? 'processes' : 'samples';
  return answerFrom('top', options, needs, (store) => answerTop(store, options));
}

const SPAN_SORTS: readonly TopSort[] = ['first', 'last', 'max', 'mean'];

async function answerTop(store: Store, options: Read<typeof TOP>): Promise<TopResult> {
  const { since, until } = options;
  const scripts = readScripts(options.scripts);
  const { weigher, reading } = await openWeigher(store, scripts);
  const question = { ...options, unit: options.unit ?? (weigher.knowsTypes ? 'bytes' : 'objects') };
  const isSpan = since !== null || until !== null;
  const answer = isSpan ? await range(store, question, weigher) : await snapshot(store, question, weigher, scripts);
  const couldWeigh = answer.sections.some(({ unit }) => unit === 'objects' || unit === 'characters');
  const notes = options.unit === null && question.unit === 'objects' && couldWeigh ? [NO_TYPES] : [];
  const result = {
    ...answer,
    reading: addReadings(answer.reading, {
      ...reading,
      notes: [...reading.notes, ...notes],
    }),
  };
  refuseSkipped(result.reading, options.strict);
  const { filters, packages } = options;
  if (isFiltered(filters, packages) && result.sections.length === 0)
    throw await nothingStored(store, filters, { packages, weigher });
  return result;
}

/** Said where sizes could be bytes, if their types were known. */
export const NO_TYPES =
  "No my_stats_variable.log is among these logs to tell the variables' types, so sizes are counts, not bytes.";

type Question = Read<typeof TOP> & TopQuestion;

async function snapshot(
  store: Store,
  question: Question,
  weigher: Weigher,
  scripts: ScriptKnowledge,
): Promise<TopResult> {
  const at = await readMoment(store, question.at);
  const { snapshot, reading } = await store.snapshot(at);
  const series = snapshot.nodes.reduce((sum, { samples }) => sum + samples.length, 0);
  const isLong = store.samplesLength > QUICKLY_READ || series > QUICKLY_JUDGED;
  if (isLong && !(question.growth ?? question.sort === 'growth'))
    return { ...rankSnapshot(snapshot, question, weigher), growth: 'too-long', reading };
  const history = await readHistory(store, question.filters, { since: null, until: at }, scripts, question.onProgress);
  const answer = rankSnapshot(snapshot, question, weigher, history.judged);
  const explained = await computeExplainedShares(store, question, history);
  const nodes = answer.nodes.map((node) => ({ ...node, explained: explained?.get(node.node) ?? null }));
  // All rows were read, those of the snapshot among them.
  const notes = [...new Set([...reading.notes, ...history.reading.notes])];
  return { ...answer, nodes, reading: { ...history.reading, notes } };
}

/** Growth is judged without being asked for where that takes half a second: of so many bytes of text, and so many series. */
const QUICKLY_READ = 32e6;
const QUICKLY_JUDGED = 1500;

/** Of whole processes, as `doctor` says it. */
async function computeExplainedShares(store: Store, question: Question, history: History) {
  const { by, at, filters, packages } = question;
  if (by !== 'node' || filters.module.length + filters.variable.length + packages.length > 0) return null;
  const { nodes } = await diagnoseStore(
    store,
    { ...question, memory: null, nodes: filters.node, since: null, until: at },
    history,
  );
  return new Map(nodes.map((verdict) => [verdict.node, verdict.isEarlierLife ? null : computeExplainedShare(verdict)]));
}

async function range(store: Store, question: Question, weigher: Weigher): Promise<TopResult> {
  const period = await readPeriod(store, question);
  const query = { by: choosePivot(question), filters: question.filters, ...period };
  const { range, reading } = await store.range(query, question.onProgress);
  if (range.nodes.length === 0 && !isFiltered(question.filters, question.packages)) throw await noRunIn(store, period);
  return { ...rankRange(range, question, weigher), reading };
}
