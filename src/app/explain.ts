import { basename, resolve } from 'node:path';
import { findCloseNames } from '../analysis/close-names.ts';
import { explainVariable } from '../analysis/explain.ts';
import { Weigher } from '../analysis/weighing/weigh.ts';
import { locateScript } from '../attribution/script-path.ts';
import type { ExplainResult } from '../model/answers/explain.ts';
import { conflictingOptions, noSuchVariable } from '../model/errors/catalogue.ts';
import { Descriptions, type NodeKnowledge } from '../model/logged/description.ts';
import { addReadings, EMPTY_READING } from '../model/logged/reading.ts';
import type { Snapshot } from '../model/logged/sample.ts';
import { createMatcher, type NameFilter } from '../model/names.ts';
import { isPackageFolder } from '../zeek/script-folder.ts';
import { type Given, NODES, readOptions, SCRIPTS, SOURCE, SPAN } from './source/options.ts';
import { readPeriod } from './source/period.ts';
import { readScripts, type ScriptKnowledge } from './source/scripts.ts';
import { openLogs, refuseSkipped } from './source/source.ts';
import { openAttribution, openWeigher } from './source/weigher.ts';

/** Sizes are those of the last run up to `until`, the history is that of the span. */
const EXPLAIN = { ...SOURCE, ...NODES, ...SCRIPTS, ...SPAN };

/** The variable is with its module. */
export type ExplainOptions = Given<typeof EXPLAIN> & { readonly variable: string };

/**
 * All that is known of one variable: type, weight, package, script and line, declared expiry, and how it went.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where neither the logs nor the scripts know
 *   the variable
 */
export async function explain(given: ExplainOptions): Promise<ExplainResult> {
  const { variable } = given;
  const options = readOptions(EXPLAIN, given);
  const packages = options.paths.filter(isPackageFolder);
  if (packages.length > 0) return explainScripts(variable, packages, options);
  const scripts = readScripts(options.scripts);
  const store = await openLogs(options);
  const period = await readPeriod(store, options);
  const { weigher, knowledge, reading: described } = await openWeigher(store, scripts);
  const now = await store.snapshot(period.until);
  const filters = { module: [], variable: [{ kind: 'exact' as const, text: variable }], node: options.nodes };
  const then = await store.series({ filters, ...period }, options.onProgress);
  const snapshot = selectNodes(now.snapshot, options.nodes);
  const answer = explainVariable(variable, {
    snapshot,
    series: then.series,
    weigher,
    findings: { ...scripts, nameOf: (script) => locateScript(script).name },
    hasLogs: true,
  });
  const isKnown = answer.nodes.length + answer.history.length + answer.declarations.length > 0;
  if (!isKnown && knowledge.descriptions.of('', variable) === null)
    throw noSuchVariable(variable, findCloseNames(variable, listNames(now.snapshot, knowledge, scripts)));
  // Both readings go over the samples; the one over all of them counts.
  const reading = addReadings(then.reading, {
    ...EMPTY_READING,
    skipped: described.skipped,
    examples: described.examples,
  });
  const notes = [...then.reading.notes, ...described.notes];
  const result = { ...answer, reading: { ...reading, notes: [...new Set(notes)] } };
  refuseSkipped(result.reading, options.strict);
  return result;
}

/**
 * What scripts alone say: of packages given in the place of logs.
 *
 * @throws ExpectedError where they do not declare the variable, and for logs beside them, which have `--scripts`
 */
function explainScripts(
  variable: string,
  packages: readonly string[],
  {
    paths,
    scripts,
    strict,
  }: { readonly paths: readonly string[]; readonly scripts: readonly string[]; readonly strict: boolean },
): ExplainResult {
  if (packages.length < paths.length)
    throw conflictingOptions('folders of packages and logs are given together', 'Give the folders with `scripts`');
  const read = readScripts([...packages, ...scripts]);
  const knowledge = { descriptions: new Descriptions([]), zeekVersions: new Map(), loadedScripts: [] };
  const declares = read.declarations.some((declaration) => declaration.variable === variable);
  if (!declares) throw noSuchVariable(variable, findCloseNames(variable, listVariables(read)));
  const answer = explainVariable(variable, {
    snapshot: { ts: 0, asked: null, nodes: [], stopped: [] },
    series: { stretches: [], series: [] },
    weigher: new Weigher(knowledge, openAttribution(knowledge, read)),
    findings: { ...read, nameOf: (script) => locateScript(script).name },
    hasLogs: false,
  });
  const { attribution } = answer;
  // What was named as a package is not a script of the site.
  const name = attribution.kind === 'local' && packages.length === 1 ? basename(resolve(packages[0]!)) : null;
  const reading = { ...EMPTY_READING, notes: read.notes };
  refuseSkipped(reading, strict);
  return { ...answer, attribution: { ...attribution, package: name ?? attribution.package }, reading };
}

function selectNodes(snapshot: Snapshot, nodes: readonly NameFilter[]): Snapshot {
  const wanted = createMatcher(nodes);
  return { ...snapshot, nodes: snapshot.nodes.filter(({ node }) => wanted(node)) };
}

function* listNames(snapshot: Snapshot, { descriptions }: NodeKnowledge, scripts: ScriptKnowledge): Iterable<string> {
  for (const { samples } of snapshot.nodes) for (const { variable } of samples) yield variable;
  for (const { variable } of descriptions.all()) yield variable;
  yield* listVariables(scripts);
}

function* listVariables({ declarations }: ScriptKnowledge): Iterable<string> {
  for (const { variable, type } of declarations)
    if (type === null || !/^(function|event|hook)\b/.test(type)) yield variable;
}
