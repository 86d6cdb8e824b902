import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LabNode, LabNodeResult, LabResult } from '../../model/answers/lab.ts';
import { addBytes, type ByteRange, NO_BYTES } from '../../model/bytes.ts';
import { conflictingOptions, ExpectedError } from '../../model/errors/catalogue.ts';
import { nodeDidNotReport, zeekSays } from '../../model/errors/zeek-errors.ts';
import type { Measurement } from '../../model/logged/node-series.ts';
import { EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import { NO_FILTERS } from '../../model/names.ts';
import type { ZeekPackage } from '../../model/package.ts';
import { LogStore } from '../../store/log-store.ts';
import { findFreePorts, Lab } from '../../zeek/lab.ts';
import { findPackage } from '../../zeek/package.ts';
import { prepareTrace } from '../../zeek/trace/prepare.ts';
import type { WorkFolder } from '../../zeek/work-folder.ts';
import { type Complete, completeOptions, type Given } from '../source/options.ts';
import { NO_SCRIPTS } from '../source/scripts.ts';
import { openWeigher } from '../source/weigher.ts';
import { recognizeOwnScripts } from './profile-run.ts';
import { lendWorkFolder, openTrace, prepareZeek, ZEEK_RUN } from './zeek-run.ts';

const LAB = {
  ...ZEEK_RUN,
  workers: 2,
  /** What the workers read instead of traces. */
  interface: null as string | null,
  /** Seconds to run once every node has reported. */
  duration: 20,
  /** Seconds to wait for every node's first report. */
  timeout: 120,
  /** Seconds from one measurement to the next. */
  interval: 5,
};

export type LabOptions = Given<typeof LAB>;

const LOOK_MS = 1000;

/**
 * Starts a cluster on this machine, waits until every node reports, lets it run and stops it.
 *
 * @throws ExpectedError where there is no Zeek, and where a node does not report
 */
export async function lab(given: LabOptions = {}): Promise<LabResult> {
  const options = completeOptions(LAB, given);
  if (options.interface !== null && options.traces.length > 0)
    throw conflictingOptions('a worker reads traces or an interface', 'Leave out `traces` or `interface`');
  return lendWorkFolder(options, async (work) => {
    const { zeek, loads, searchPath } = await prepareZeek(work, options);
    const packages = options.packages.map((wish) => findPackage(wish, () => searchPath));
    const nodes = await layOut(options, work);
    const { interval, cwd } = options;
    const folder = work.path;
    const cluster = new Lab({ zeek, nodes, packages, loads, searchPath, folder, cwd, env: process.env, interval });
    return watch(cluster, { options, work, nodes, packages, searchPath });
  });
}

async function layOut(options: Complete<typeof LAB>, work: WorkFolder): Promise<LabNode[]> {
  const ports = await findFreePorts(options.workers + 3);
  const traces: string[] = [];
  for (const [i, trace] of options.traces.entries())
    traces.push((await prepareTrace([trace], work.folder(`trace-${i + 1}`), openTrace, options.onProgress)).path);
  const input = (i: number): LabNode['input'] => {
    if (options.interface !== null) return { kind: 'interface', name: options.interface };
    return traces.length === 0 ? null : { kind: 'pcap', name: traces[i % traces.length]! };
  };
  return [
    { name: 'manager', role: 'manager', port: ports[0]!, input: null },
    { name: 'logger-1', role: 'logger', port: ports[1]!, input: null },
    { name: 'proxy-1', role: 'proxy', port: ports[2]!, input: null },
    ...Array.from({ length: options.workers }, (_, i): LabNode => {
      return { name: `worker-${i + 1}`, role: 'worker', port: ports[i + 3]!, input: input(i) };
    }),
  ];
}

interface Setting {
  readonly options: Complete<typeof LAB>;
  readonly work: WorkFolder;
  readonly nodes: readonly LabNode[];
  readonly packages: readonly ZeekPackage[];
  readonly searchPath: readonly string[];
}

async function watch(cluster: Lab, setting: Setting): Promise<LabResult> {
  const { options, nodes } = setting;
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const first = new Map<string, number>();
  let ended = false;
  void cluster.ended.then(() => (ended = true));
  let ready: number | null = null;
  const isOver = () => ended || options.signal?.aborted === true;
  while (!isOver() && seconds() < (ready === null ? options.timeout : ready + options.duration)) {
    await wait(LOOK_MS);
    for (const { node } of await readMeasurements(cluster.logs)) if (!first.has(node)) first.set(node, seconds());
    const reported = nodes.filter(({ name }) => first.has(name)).length;
    if (reported === nodes.length) ready ??= seconds();
    const phase = ready === null ? `${reported} of ${nodes.length} nodes have reported` : 'the cluster is running';
    const until = ready === null ? options.timeout : ready + options.duration;
    options.onProgress?.({ phase, done: seconds(), total: until });
  }
  const ran = seconds();
  const endedItself = ended;
  const stopped = await cluster.stop();
  const interrupted = options.signal?.aborted === true;
  const said = nodes.flatMap(({ name }) => cluster.messages(name).map((text) => `${name}: ${text}`));
  if (endedItself)
    throw zeekSays(
      {},
      chooseFirstMessage(stopped.stderr, said),
      'See that zeek -j works here; `keep` keeps what the nodes wrote',
    );
  const silent = nodes.filter(({ name }) => !first.has(name)).map(({ name }) => name);
  if (silent.length > 0 && !interrupted) throw nodeDidNotReport(silent, options.timeout, said[0] ?? '');
  return {
    packages: setting.packages.map(({ name }) => name),
    ...(await read(cluster, setting, first)),
    ready,
    ran,
    stopping: seconds() - ran,
    forced: stopped.forced || stopped.left > 0,
    interrupted,
    kept: options.keep ? cluster.logs : null,
    notes: [],
  };
}

function chooseFirstMessage(stderr: string, said: readonly string[]): string {
  return said[0] ?? stderr.trim().split('\n')[0] ?? 'the Supervisor ended';
}

/** What the nodes have reported so far; none where there is no log yet. */
async function readMeasurements(logs: string): Promise<readonly Measurement[]> {
  try {
    return (await (await LogStore.open([join(logs, 'my_stats_node.log')], 'measurements')).measurements()).rows;
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

async function read(
  cluster: Lab,
  { nodes, packages, searchPath }: Setting,
  first: ReadonlyMap<string, number>,
): Promise<{ nodes: LabNodeResult[]; zeekVersion: string | null; reading: Reading }> {
  const rows = await readMeasurements(cluster.logs);
  const held = rows.length === 0 ? null : await sumHeld(cluster.logs, packages, searchPath);
  return {
    nodes: nodes.map(({ name, role }) => {
      const own = rows.filter(({ node }) => node === name);
      const last = own.at(-1);
      return {
        node: name,
        role,
        firstReport: first.get(name) ?? null,
        runs: own.length,
        boots: new Set(own.map(({ boot }) => boot)).size,
        resident: last?.residentMemory ?? null,
        held: packages.length === 0 ? null : (held?.bytes.get(name) ?? null),
        messages: cluster.messages(name),
      };
    }),
    zeekVersion: rows.at(-1)?.zeekVersion ?? null,
    reading: held?.reading ?? EMPTY_READING,
  };
}

/** At the last run of each node that came to the variable. */
async function sumHeld(
  logs: string,
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): Promise<{ bytes: Map<string, ByteRange>; reading: Reading }> {
  const store = await LogStore.open([logs]);
  const { weigher } = await openWeigher(store, NO_SCRIPTS);
  const { series, reading } = await store.series({ filters: NO_FILTERS, since: null, until: null });
  const own = recognizeOwnScripts(packages, [join(logs, '..', 'packages-by-name'), ...searchPath]);
  const bytes = new Map<string, ByteRange>();
  for (const { stretch, source, key, unit, size, entries } of series.series) {
    const { node } = series.stretches[stretch]!;
    const script = weigher.origin(node, key).description?.script;
    if (source !== 'variable' || script == null || own(script) === null) continue;
    // A run the end has cut short has not come to all variables.
    const at = size.findLastIndex((value, i) => !Number.isNaN(value) || !Number.isNaN(entries[i]!));
    const last = { variable: key, unit, size: keepKnown(size[at]), entries: keepKnown(entries[at]) };
    bytes.set(node, addBytes(bytes.get(node) ?? NO_BYTES, weigher.estimate(node, last).bytes ?? NO_BYTES));
  }
  return { bytes, reading };
}

function keepKnown(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
