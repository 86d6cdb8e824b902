import { type ComparedSide, diffOf } from '../analysis/diff.ts';
import { filterWords, topOfSnapshot } from '../analysis/top.ts';
import { Weigher } from '../analysis/weigh.ts';
import type { DiffResult } from '../model/diff.ts';
import {
  conflictingOptions,
  noConnections,
  noLiveConnections,
  noSuchNode,
  nothingSelected,
  oneBootOnly,
} from '../model/errors.ts';
import { type NameFilter, NO_FILTERS } from '../model/name-filter.ts';
import { addReadings, type Reading } from '../model/reading.ts';
import type { Snapshot } from '../model/sample.ts';
import { formatDuration, formatTime, isRelativeTime, parseTime } from '../model/time.ts';
import type { NodeKnowledge, SampleStore } from '../store/interface.ts';
import { LogNodes } from '../store/log-nodes.ts';
import { openAttribution } from './attribution.ts';
import type { DiffOptions, DiffSides, SourceOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';

/** One of the two things that are compared, read but not weighed. */
interface ReadSide {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly knowledge: NodeKnowledge;
  readonly reading: Reading;
  /** Where its logs are. */
  readonly paths: readonly string[];
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
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const { sides, filters, packages } = options;
  if (sides.kind === 'nodes' && options.by === 'node')
    throw conflictingOptions('two nodes have no row in common by node', 'Choose another --by');
  const [before, after] = await readSides(sides, options);
  const reading = addReadings(before.reading, after.reading);
  refuseSkipped(reading, options.strict);
  const compared = await Promise.all([before, after].map((side) => compare(side, [before, after], options)));
  const { kind } = sides;
  const result = { ...diffOf(compared[0]!, compared[1]!, { ...options, kind }), reading: distinct(reading) };
  const asked = filterWords(filters, packages);
  if (asked !== null && result.sections.length === 0) throw nothingSelected(asked);
  return result;
}

async function readSides(sides: DiffSides, options: DiffOptions): Promise<[ReadSide, ReadSide]> {
  if (sides.kind === 'logs') {
    const read = async (paths: readonly string[]) => {
      const source = { ...options, paths, database: null };
      return withStore(source, (store) => readSide(store, paths.join(' '), null, null, source));
    };
    return [await read([sides.before]), await read([sides.after])];
  }
  return withStore(options, async (store) => {
    if (sides.kind === 'times') {
      const { last } = await store.extent();
      const at = (text: string) => readSide(store, text, parseTime(text, last), null, options);
      return [await at(sides.before), await at(sides.after)];
    }
    if (sides.kind === 'nodes') {
      const { last } = sides.at !== null && isRelativeTime(sides.at) ? await store.extent() : { last: 0 };
      const at = sides.at === null ? null : parseTime(sides.at, last);
      const of = (node: string) => readSide(store, node, at, node, options);
      return [await of(sides.before), await of(sides.after)];
    }
    return readBoots(store, sides.node, options);
  });
}

/** The last boot of a node and the one before, both when they were as old as the younger of them is. */
async function readBoots(store: SampleStore, node: string, options: DiffOptions): Promise<[ReadSide, ReadSide]> {
  const exactly: NameFilter = { kind: 'exact', text: node };
  const nothing: NameFilter = { kind: 'regex', text: '', regex: '(?!)' };
  const filters = { ...NO_FILTERS, node: [exactly], variable: [nothing] };
  const { series } = await store.series({ filters, since: null, until: null }, options.onProgress);
  const boots = series.stretches.filter(({ begins }) => begins !== 'clock-set-back');
  if (boots.length === 0) throw noSuchNode(node);
  const [before, after] = boots.slice(-2);
  if (before === undefined || after === undefined) throw oneBootOnly(node);
  const start = ({ boot, firstTs }: typeof before) => boot ?? firstTs;
  const age = Math.min(before.lastTs - start(before), after.lastTs - start(after));
  const at = (boot: typeof before) => {
    const name = `boot of ${formatTime(start(boot))} after ${formatDuration(age)}`;
    // Times are kept as doubles: a run at just this age counts.
    return readSide(store, name, Math.max(boot.firstTs, start(boot) + age) + 1e-3, node, options);
  };
  return [await at(before), await at(after)];
}

async function readSide(
  store: SampleStore,
  name: string,
  at: number | null,
  node: string | null,
  { paths }: Pick<SourceOptions, 'paths'>,
): Promise<ReadSide> {
  const { snapshot, reading } = await store.snapshot(at);
  const known = await store.knowledge();
  if (node !== null && snapshot.nodes.every((one) => one.node !== node)) throw noSuchNode(node);
  const sum = addReadings(reading, { ...known.reading, rows: 0, files: [] });
  return { name, snapshot, knowledge: known.knowledge, reading: sum, paths, node };
}

async function compare(side: ReadSide, both: readonly ReadSide[], options: DiffOptions): Promise<ComparedSide> {
  const weigher = new Weigher(side.knowledge, openAttribution(side.knowledge));
  // What is weighed on one side only could not be compared.
  const unit = options.unit ?? (both.every(({ knowledge }) => knowledge.descriptions.known) ? 'bytes' : 'objects');
  const nodes = side.snapshot.nodes.filter(({ node }) => side.node === null || node === side.node);
  const stopped = side.node === null ? side.snapshot.stopped : [];
  const ts = side.node === null ? side.snapshot.ts : nodes[0]!.ts;
  const question = { ...options, unit, sort: null, limit: null };
  const top = topOfSnapshot({ ...side.snapshot, ts, nodes, stopped }, question, weigher);
  return { name: side.name, top, connections: options.per === null ? null : await connectionsOf(side, top.nodes) };
}

/** Live connections of the runs that are counted. */
async function connectionsOf({ paths, name }: ReadSide, nodes: ComparedSide['top']['nodes']): Promise<number> {
  if (paths.length === 0) throw noConnections(name);
  const { series } = await (await LogNodes.open(paths)).nodeSeries();
  let sum = 0;
  let known = false;
  for (const { node, ts } of nodes) {
    for (const life of series.filter((one) => one.node === node)) {
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

async function withStore<T>(source: SourceOptions, work: (store: SampleStore) => Promise<T>): Promise<T> {
  const store = await openSamples(source);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A log that both sides were read from is one. */
function distinct(reading: Reading): Reading {
  const files = new Map(reading.files.map((file) => [file.path, file]));
  return { ...reading, files: [...files.values()] };
}
