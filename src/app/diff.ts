import { type ComparedSide, compareSides } from '../analysis/diff.ts';
import { rankSnapshot } from '../analysis/top.ts';
import type { Weigher } from '../analysis/weighing/weigh.ts';
import type { DiffDivisor, DiffResult } from '../model/answers/diff.ts';
import {
  conflictingOptions,
  noConnections,
  noLiveConnections,
  noSuchNode,
  oneBootOnly,
} from '../model/errors/catalogue.ts';
import type { NodeSeries } from '../model/logged/node-series.ts';
import { addReadings, type Reading } from '../model/logged/reading.ts';
import type { Snapshot } from '../model/logged/sample.ts';
import { findBeginning } from '../model/logged/series.ts';
import { type NameFilter, NO_FILTERS } from '../model/names.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { isFiltered, nothingHeld } from './source/nothing-matches.ts';
import { CHOICE, type Given, GROUPS, LIMIT, type Read, readOptions, SCRIPTS, SOURCE } from './source/options.ts';
import { readMoment } from './source/period.ts';
import { readScripts } from './source/scripts.ts';
import { openStore, refuseSkipped, type Store } from './source/source.ts';
import { type OpenedWeigher, openWeigher } from './source/weigher.ts';

/** Which two things are compared: paths, times and nodes as the user wrote them. */
export type DiffSides =
  | { readonly kind: 'times'; readonly before: string; readonly after: string }
  | { readonly kind: 'logs'; readonly before: string; readonly after: string }
  | { readonly kind: 'nodes'; readonly before: string; readonly after: string; readonly at: string | null }
  | { readonly kind: 'boots'; readonly node: string };

/** `paths` are of both sides; for two logs they are not used. */
const DIFF = {
  ...SOURCE,
  ...CHOICE,
  ...GROUPS,
  ...SCRIPTS,
  ...LIMIT,
  per: null as DiffDivisor | null,
};

type Question = Read<typeof DIFF>;
export type DiffOptions = Given<typeof DIFF> & { readonly sides: DiffSides };

/** One of the two things that are compared, read but not weighed. */
interface ReadSide {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly weigher: Weigher;
  readonly reading: Reading;
  /** Of all nodes; null where nothing is divided by their connections. */
  readonly lives: readonly NodeSeries[] | null;
  /** The only node that counts; null for all. */
  readonly node: string | null;
}

/**
 * What is different between two times of one log, two logs, two nodes or two boots of a node: what appeared, is gone,
 * grew and shrank.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, nodes that are not there, and where the filters
 *   match nothing
 */
export async function diff(given: DiffOptions): Promise<DiffResult> {
  const { sides } = given;
  const options = readOptions(DIFF, given);
  const { filters, packages } = options;
  if (sides.kind === 'nodes' && options.by === 'node')
    throw conflictingOptions('two nodes have no row in common by node', 'Choose another `by`');
  const [before, after] = await readSides(sides, options);
  const reading = addReadings(before.reading, after.reading);
  refuseSkipped(reading, options.strict);
  const compared = [before, after].map((side) => compare(side, [before, after], options));
  const { kind } = sides;
  const result = {
    ...compareSides(compared[0]!, compared[1]!, { ...options, kind }),
    reading: dropDuplicates(reading),
  };
  if (isFiltered(filters, packages) && result.sections.length === 0) {
    const nodes = [before, after].flatMap(({ snapshot }) => snapshot.nodes);
    throw nothingHeld(nodes, filters, { packages, weigher: after.weigher });
  }
  return result;
}

async function readSides(sides: DiffSides, options: Question): Promise<[ReadSide, ReadSide]> {
  if (sides.kind === 'logs') {
    const read = async (path: string) => readSide(await openSource({ ...options, paths: [path] }), path, null, null);
    return [await read(sides.before), await read(sides.after)];
  }
  const source = await openSource(options);
  if (sides.kind === 'times') {
    const at = async (text: string) => readSide(source, text, await readMoment(source.store, text), null);
    return [await at(sides.before), await at(sides.after)];
  }
  if (sides.kind === 'nodes') {
    const at = await readMoment(source.store, sides.at);
    const of = (node: string) => readSide(source, node, at, node);
    return [await of(sides.before), await of(sides.after)];
  }
  return readBoots(source, sides.node, options);
}

/** The last boot of a node and the one before, both when they were as old as the younger of them is. */
async function readBoots(source: Source, node: string, options: Question): Promise<[ReadSide, ReadSide]> {
  const exactly: NameFilter = { kind: 'exact', text: node };
  const nothing: NameFilter = { kind: 'regex', text: '', regex: '(?!)' };
  const filters = { ...NO_FILTERS, node: [exactly], variable: [nothing] };
  const { series } = await source.store.series({ filters, since: null, until: null }, options.onProgress);
  const boots = series.stretches.filter(({ begins }) => begins === 'first' || begins === 'restart');
  if (boots.length === 0) throw noSuchNode(node);
  const [before, after] = boots.slice(-2);
  if (before === undefined || after === undefined) throw oneBootOnly(node);
  const age = Math.min(before.lastTs - findBeginning(before), after.lastTs - findBeginning(after));
  const at = (boot: typeof before) => {
    const name = `boot of ${formatTime(findBeginning(boot))} after ${formatDuration(age)}`;
    // Times are kept as doubles: a run at just this age counts.
    return readSide(source, name, Math.max(boot.firstTs, findBeginning(boot) + age) + 1e-3, node);
  };
  return [await at(before), await at(after)];
}

/** What sides are read from; two of one source share what is known of its variables. */
interface Source {
  readonly store: Store;
  readonly opened: OpenedWeigher;
  readonly lives: readonly NodeSeries[] | null;
}

async function openSource(
  options: Pick<Question, 'paths' | 'per' | 'strict' | 'sensorColumn' | 'cache' | 'scripts'>,
): Promise<Source> {
  const store = await openStore(options);
  const lives = options.per === null ? null : (await store.nodeSeries()).series;
  return { store, opened: await openWeigher(store, readScripts(options.scripts)), lives };
}

async function readSide(
  { store, opened, lives }: Source,
  name: string,
  at: number | null,
  node: string | null,
): Promise<ReadSide> {
  const { snapshot, reading } = await store.snapshot(at);
  if (node !== null && snapshot.nodes.every((one) => one.node !== node)) throw noSuchNode(node);
  return { name, snapshot, weigher: opened.weigher, reading: addReadings(reading, opened.reading), lives, node };
}

function compare(side: ReadSide, both: readonly ReadSide[], options: Question): ComparedSide {
  // What is weighed on one side only could not be compared.
  const unit = options.unit ?? (both.every(({ weigher }) => weigher.knowsTypes) ? 'bytes' : 'objects');
  const nodes = side.snapshot.nodes.filter(({ node }) => side.node === null || node === side.node);
  const stopped = side.node === null ? side.snapshot.stopped : [];
  const ts = side.node === null ? side.snapshot.ts : nodes[0]!.ts;
  const question = { ...options, unit, sort: null, limit: null };
  const top = rankSnapshot({ ...side.snapshot, ts, nodes, stopped }, question, side.weigher);
  return { name: side.name, top, connections: countConnections(side, top.nodes) };
}

/** Live connections of the runs that are counted; null where nothing is divided by them. */
function countConnections({ lives, name }: ReadSide, nodes: ComparedSide['top']['nodes']): number | null {
  if (lives === null) return null;
  let sum = 0;
  let known = false;
  for (const { node, ts } of nodes) {
    for (const life of lives.filter((one) => one.node === node)) {
      const run = life.ts.findIndex((time) => Math.abs(time - ts) < 5);
      const connections = run < 0 ? Number.NaN : life.gauges.connections[run]!;
      if (!(connections >= 0)) continue;
      known = true;
      sum += connections;
    }
  }
  if (!known) throw noConnections(name);
  if (sum === 0) throw noLiveConnections(name);
  return sum;
}

/** A log that both sides were read from is one. */
function dropDuplicates(reading: Reading): Reading {
  const files = new Map(reading.files.map((file) => [file.path, file]));
  return { ...reading, files: [...files.values()] };
}
