/** All that is known of one variable: where it comes from, what it weighs and why, and how it went. */

import {
  type Assignment,
  type ContentStatement,
  type Declaration,
  isAssignedTo,
  resolveExpiry,
} from '../attribution/declaration.ts';
import type {
  ExplainedAssignment,
  ExplainedBytes,
  ExplainedDeclaration,
  ExplainedHistory,
  ExplainedNode,
  ExplainedStatement,
  ExplainResult,
} from '../model/answers/explain.ts';
import { readNumber } from '../model/logged/node-series.ts';
import { type NodeRun, readModule, type Snapshot } from '../model/logged/sample.ts';
import type { Series, SeriesResult, Stretch } from '../model/logged/series.ts';
import { formatSize } from '../model/quantity.ts';
import { drawTypeTree } from './weighing/type-tree.ts';
import type { Weigher } from './weighing/weigh.ts';

/** What scripts at hand say; the names are brought to those of the logs. */
interface ScriptFindings {
  readonly scripts: number;
  readonly declarations: readonly Declaration[];
  readonly assignments: readonly Assignment[];
  readonly statements: readonly ContentStatement[];
  readonly nameOf: (script: string) => string;
}

interface ExplainSources {
  readonly snapshot: Snapshot;
  readonly series: SeriesResult;
  readonly weigher: Weigher;
  readonly findings: ScriptFindings;
  /** False where scripts are all there is: then nothing is said of what is not logged. */
  readonly hasLogs: boolean;
}

/** A variable that neither logs nor scripts know gives an answer without anything in it. */
export function explainVariable(
  variable: string,
  { snapshot, series, weigher, findings, hasLogs }: ExplainSources,
): Omit<ExplainResult, 'reading'> {
  const history = listHistory(variable, series);
  const measured = snapshot.nodes.flatMap((run) => measureOn(variable, run, series, weigher));
  measured.sort((a, b) => compareWeight(b.row) - compareWeight(a.row) || (a.row.node < b.row.node ? -1 : 1));
  const largest = measured[0] ?? null;
  const node = largest?.row.node ?? history[0]?.node ?? '';
  const { description, attribution: owner } = weigher.origin(node, variable);
  const declarations = listDeclarations(variable, findings);
  const type = description?.type ?? declarations.find((one) => one.type !== null)?.type ?? null;
  const expiry = owner.expiry === null ? null : resolveExpiry(owner.expiry, variable, findings.declarations);
  const attribution = { ...owner, expiry };
  const assignments = listAssignments(variable, findings);
  const statements = listStatements(variable, findings);
  return {
    variable,
    moduleName: description?.moduleName ?? readModule(variable),
    type,
    typeTree: type === null ? [] : drawTypeTree(type, weigher.typeOf(node, variable).recordFields),
    attribution,
    scripts: findings.scripts,
    declarations,
    assignments,
    statements,
    nodes: measured.map(({ row }) => row),
    bytes: largest?.bytes ?? null,
    history,
    notes: [
      ...listNotes({
        variable,
        snapshot,
        weigher,
        measured: measured.length,
        node,
        history,
        findings,
        assignments,
        hasLogs,
      }),
      ...describeContents({ type, expiry, assignments, statements }),
    ],
  };
}

/** At most one: a variable stands once in a run. */
function measureOn(
  variable: string,
  { node, run, ts, residentMemory, samples }: NodeRun,
  series: SeriesResult,
  weigher: Weigher,
): { row: ExplainedNode; bytes: ExplainedBytes }[] {
  const logged = samples.find((sample) => sample.variable === variable);
  if (logged === undefined) return [];
  const sample = { ...logged, ts };
  const estimate = weigher.estimate(node, sample, findMostEntries(variable, node, series));
  const { bytes, method, steps } = estimate;
  const alone = weigher.weigh(node, sample).bytes;
  const isMore = bytes !== null && alone !== null && bytes.likely > NOTABLY_MORE * alone.likely;
  const notes = isMore ? [...estimate.notes, describeWithoutPast(alone.likely)] : estimate.notes;
  const { size, unit, entries } = sample;
  return [
    {
      row: { node, run, ts, size, unit, entries, bytes, method, residentMemory },
      bytes: { node, total: bytes, method, steps, notes },
    },
  ];
}

/** What other answers say of the same variable is as good as the same up to here. */
const NOTABLY_MORE = 1.005;

function describeWithoutPast(bytes: number): string {
  return `A table keeps the slots of its largest size. Answers that look at one run only, as top without --since, do not know that size and say ${formatSize(bytes, 'bytes')}.`;
}

function compareWeight({ bytes, size, entries }: ExplainedNode): number {
  return bytes?.likely ?? size ?? entries ?? 0;
}

/** In the last life of the node's process: tables keep the room that they had needed. */
function findMostEntries(variable: string, node: string, { stretches, series }: SeriesResult): number | null {
  const last = stretches.findLastIndex((stretch) => stretch.node === node);
  const found = series.find(
    ({ stretch, key, source }) => stretch === last && key === variable && source === 'variable',
  );
  if (found === undefined || found.entries.every(Number.isNaN)) return null;
  return findLargest(found.highest);
}

function listHistory(variable: string, { stretches, series }: SeriesResult): ExplainedHistory[] {
  return series
    .filter(({ source, key }) => source === 'variable' && key === variable)
    .map((one) => ({ one, stretch: stretches[one.stretch]! }))
    .sort((a, b) => a.one.stretch - b.one.stretch)
    .flatMap(({ one, stretch }) => describeStretch(one, stretch));
}

function describeStretch(
  { unit, size, entries, highest }: Series,
  { node, begins, firstTs, lastTs, runs, runsPerPoint }: Stretch,
): ExplainedHistory[] {
  // Where no size was ever measured, entries are what there is.
  const counted = size.every(Number.isNaN);
  const values = counted ? entries : size;
  const first = values.find((value) => !Number.isNaN(value));
  const last = values.findLast((value) => !Number.isNaN(value));
  if (first === undefined || last === undefined) return [];
  const most = entries.every(Number.isNaN) ? null : findLargest(highest);
  return [
    {
      node,
      begins,
      from: firstTs,
      to: lastTs,
      runs,
      unit: counted ? 'entries' : unit,
      first,
      last,
      max: counted ? (most ?? last) : findLargest(values),
      mostEntries: most,
      points: Array.from(values, readNumber),
      condensed: runsPerPoint.some((count) => count > 1),
    },
  ];
}

/** Of those that are numbers. */
function findLargest(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

function listDeclarations(variable: string, { declarations, nameOf }: ScriptFindings): ExplainedDeclaration[] {
  return dropRepeated(
    declarations
      .filter((declaration) => declaration.variable === variable)
      .map(({ script, line, keyword, type, value, attributes }) => {
        return { script: nameOf(script), line, keyword, type, value, attributes };
      }),
  );
}

function listAssignments(
  variable: string,
  { assignments, declarations, nameOf }: ScriptFindings,
): ExplainedAssignment[] {
  const known = new Set(declarations.map((declaration) => declaration.variable));
  return dropRepeated(
    assignments
      .filter((assignment) => isAssignedTo(assignment, variable, known))
      .map(({ script, line, text, expiry }) => ({ script: nameOf(script), line, text, expiry })),
  );
}

function listStatements(variable: string, { statements, declarations, nameOf }: ScriptFindings): ExplainedStatement[] {
  const known = new Set(declarations.map((declaration) => declaration.variable));
  return dropRepeated(
    statements
      .filter((statement) => isAssignedTo(statement, variable, known))
      .map(({ script, line, text, does }) => ({ script: nameOf(script), line, text, does })),
  );
}

/** Of a container that is filled: whether anything ever leaves it. */
function describeContents({
  type,
  expiry,
  assignments,
  statements,
}: Pick<ExplainResult, 'type' | 'assignments' | 'statements'> & { readonly expiry: string | null }): string[] {
  const isFilled = statements.some(({ does }) => does === 'adds');
  const isContainer = type === null || /^(table|set|vector)\b/.test(type);
  if (!isFilled || !isContainer || expiry !== null || assignments.length > 0) return [];
  if (statements.some(({ does }) => does !== 'adds')) return [];
  return [
    'Nothing in the scripts at hand ever takes anything out of it, and it has no expiry: it grows as long as Zeek runs.',
  ];
}

/** An installation has what zeekctl copied twice. */
function dropRepeated<Place extends { readonly script: string; readonly line: number }>(
  places: readonly Place[],
): Place[] {
  return [...new Map(places.map((place) => [`${place.line} ${place.script}`, place])).values()];
}

const NO_LONGER =
  'It is not in the last run of any node: it has become smaller than what the collector logs (my_stats::min_var_size_to_log), or its node has stopped.';
const NEVER =
  'It was never logged: it is smaller than what the collector logs (my_stats::min_var_size_to_log), or not among what the collector measures.';
const MODULE_ONLY = 'No log says which script declares it: whose it is follows from the name of its module only.';
const NOT_LOADED = 'Scripts at hand declare it, but none that these nodes loaded does, or more than one.';
const NOWHERE = 'Neither the logs nor scripts at hand say where it is declared.';

interface NoteSources extends Pick<ExplainSources, 'snapshot' | 'weigher' | 'findings' | 'hasLogs'> {
  readonly variable: string;
  readonly measured: number;
  readonly node: string;
  readonly history: readonly ExplainedHistory[];
  readonly assignments: readonly ExplainedAssignment[];
}

function listNotes({
  variable,
  snapshot,
  weigher,
  measured,
  node,
  history,
  findings,
  assignments,
  hasLogs,
}: NoteSources): string[] {
  const { attribution } = weigher.origin(node, variable);
  const notes = describeExpiry(attribution.expiry, assignments);
  if (!hasLogs) return notes;
  const isDeclared = findings.declarations.some((declaration) => declaration.variable === variable);
  if (measured === 0 && history.length > 0) notes.push(NO_LONGER);
  else if (measured === 0) notes.push(NEVER);
  if (attribution.evidence === 'module') notes.push(MODULE_ONLY);
  if (attribution.kind === 'unknown') notes.push(isDeclared ? NOT_LOADED : NOWHERE);
  if (findings.scripts > 0 && attribution.script !== null && attribution.line === null)
    notes.push(`${attribution.script} is not among the scripts at hand, or does not declare it.`);
  const otherwise = findDiffering(variable, node, snapshot, weigher);
  if (otherwise.length > 0) notes.push(`Its type or script is another on ${otherwise.join(', ')}.`);
  return notes;
}

/** What an assignment does to a declared expiry: without a declared one there is nothing to lose. */
function describeExpiry(expiry: string | null, assignments: readonly ExplainedAssignment[]): string[] {
  if (expiry === null) return [];
  return assignments.flatMap(({ script, line, text, expiry: after }) => {
    if (after === 'kept') return [];
    const effect =
      after === 'lost'
        ? `a value made so has no expiry, so ${expiry} is not in effect once this line has run`
        : `from then on the expiry of that value is in effect, which need not be ${expiry}`;
    return [`${script}:${line} replaces it as a whole (${text}): ${effect}.`];
  });
}

/** Nodes that describe it in another way than the one that is shown. */
function findDiffering(variable: string, node: string, snapshot: Snapshot, weigher: Weigher): string[] {
  const told = (name: string) => {
    const { description } = weigher.origin(name, variable);
    return `${description?.type} ${description?.script}`;
  };
  return snapshot.nodes.filter((other) => told(other.node) !== told(node)).map((other) => other.node);
}
