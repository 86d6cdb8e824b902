/**
 * An engine that has the metrics of my_stats, asked for what use cases ask logs for.
 *
 * What an engine can choose and cut it does; what is judged comes here in as many points as a series has.
 */

import type { BytesMethod } from '../model/bytes.ts';
import { noMetricsIn, notInMetrics } from '../model/errors/engine-errors.ts';
import { Descriptions, type NodeKnowledge, type WeighedCount } from '../model/logged/description.ts';
import type { NodeSeries } from '../model/logged/node-series.ts';
import { EMPTY_READING, type Reading } from '../model/logged/reading.ts';
import type { Sample, Snapshot } from '../model/logged/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/logged/series.ts';
import { GAUGE_METRICS, MODULE_METRICS, NODE_METRICS, VARIABLE_METRICS } from '../model/metrics.ts';
import { createMatcher } from '../model/names.ts';
import { EngineClient } from './client.ts';
import { listJudgedGauges, readProcessCourses, readVariableCourses } from './courses.ts';
import { type Fleet, findFleetAt, isAlive } from './fleet.ts';
import { Moment } from './moment.ts';
import { listExactNames } from './queries.ts';
import { readTimeline, type Timeline } from './timeline.ts';

/** How far back is looked where nobody says, in seconds. */
const USUAL_SPAN = 14 * 86_400;

const NO_CONNECTIONS = 'Metrics do not say what fields of connections hold; logs do.';

type Told<Answer> = Answer & { readonly reading: Reading };

export class EngineStore {
  readonly #client: EngineClient;
  readonly #fleets = new Map<number | null, Promise<Fleet>>();
  readonly #samples = new Map<Fleet, Promise<ReadonlyMap<string, readonly Sample[]>>>();
  /** Of each node and variable, as `weighedOf`: whoever was given such a list has what is weighed later as well. */
  readonly #weighed = new Map<string, WeighedCount[]>();
  /** The processes of the last question about a span, which others are about, too. */
  #last: { readonly fleet: Fleet; readonly timeline: Timeline; readonly lives: readonly NodeSeries[] } | null = null;

  /** Values that are no numbers, of which an answer has said so. */
  #told = 0;

  /** What there is to read is not known before. */
  readonly samplesLength = 0;

  /** @throws ExpectedError as `EngineClient` */
  constructor(address: string, env: Readonly<Record<string, string | undefined>>) {
    this.#client = new EngineClient(address, env);
  }

  /** Engines go on: nothing is kept of what they answered. */
  remember<Answer>(_question: unknown, answer: () => Promise<Answer>): Promise<Answer> {
    return answer();
  }

  async extent(): Promise<{ readonly first: number; readonly last: number }> {
    const { newest } = await this.#fleet(null);
    return { first: newest - USUAL_SPAN, last: newest };
  }

  /** As of now: what variables are seldom changes. */
  async knowledge(): Promise<Told<{ readonly knowledge: NodeKnowledge }>> {
    const fleet = await this.#fleet(null);
    const moment = new Moment(this.#client, fleet);
    await this.#samplesAt(fleet);
    const rows = (await moment.ask(VARIABLE_METRICS.info)).flatMap(({ labels }) => {
      const node = fleet.names.of(labels);
      const { variable = '', module = '', type = null, script = null, expiry = null, method = 'assumed' } = labels;
      if (node === null) return [];
      const known = { variable, moduleName: module, type, script, expiry, recordFields: [] };
      const weighed = { method: method as BytesMethod, counts: this.#weighedOf(node, variable) };
      return [{ node, boot: null, ...known, weighed }];
    });
    const isWeighed = rows.some(({ weighed }) => weighed.counts.length > 0);
    const knowledge = {
      descriptions: new Descriptions(isWeighed ? rows : []),
      zeekVersions: await this.#zeekVersions(fleet),
      loadedScripts: [],
    };
    return { knowledge, reading: this.#readingOfMore(fleet, []) };
  }

  /** @throws ExpectedError where the engine knows no node then */
  async snapshot(at: number | null): Promise<Told<{ readonly snapshot: Snapshot }>> {
    const fleet = await this.#fleet(at);
    const samples = await this.#samplesAt(fleet);
    const memory = await new Moment(this.#client, fleet).ofNodes(GAUGE_METRICS.resident_memory);
    const versions = await this.#zeekVersions(fleet);
    const snapshot = {
      ts: fleet.newest,
      asked: at,
      nodes: fleet.nodes
        .filter((one) => isAlive(one, fleet))
        .map(({ node, run, lastRun }) => ({
          ...{ node, run: run ?? 1, ts: lastRun, complete: true },
          residentMemory: memory.get(node) ?? null,
          zeekVersion: versions.get(node) ?? null,
          samples: samples.get(node) ?? [],
        })),
      stopped: fleet.nodes.flatMap((one) => (isAlive(one, fleet) ? [] : [{ node: one.node, lastSeen: one.lastRun }])),
    };
    const rows = [...samples.values()].reduce((sum, ofNode) => sum + ofNode.length, 0);
    return { snapshot, reading: this.#reading(fleet, rows, await this.#notTold(fleet, rows)) };
  }

  async series(query: SeriesQuery): Promise<Told<{ readonly series: SeriesResult }>> {
    const { filters } = query;
    const { fleet, timeline, lives } = await this.#processes(query);
    const samples = [...(await this.#samplesAt(fleet)).values()].flat();
    const reported = [...new Set(samples.flatMap(({ unit, variable }) => (unit === 'bytes' ? [variable] : [])))];
    const [module, variable] = [listExactNames(filters.module), listExactNames(filters.variable)];
    const selection = { ...(module !== null && { module }), ...(variable !== null && { variable }) };
    const found = await readVariableCourses(this.#client, fleet, timeline, { selection, reported });
    const [wantsModule, wantsVariable] = [createMatcher(filters.module), createMatcher(filters.variable)];
    const wanted = found.filter(({ key, moduleName }) => wantsModule(moduleName) && wantsVariable(key));
    const rows = wanted.reduce((sum, { size }) => sum + size.length, 0);
    const series = { stretches: timeline.stretches, series: [...wanted, ...listJudgedGauges(timeline, lives)] };
    return { series, reading: this.#reading(fleet, rows, []) };
  }

  /** Of the span that was asked for last, or the usual one. */
  async nodeSeries(): Promise<Told<{ readonly series: readonly NodeSeries[] }>> {
    const anything = { filters: { node: [], module: [], variable: [] }, since: null, until: null };
    const { fleet, lives } = this.#last ?? (await this.#processes(anything));
    return { series: lives, reading: this.#readingOfMore(fleet, []) };
  }

  connectionFields(): Promise<Told<{ readonly rows: readonly never[] }>> {
    return Promise.resolve({ rows: [], reading: { ...EMPTY_READING, notes: [NO_CONNECTIONS] } });
  }

  /** @throws ExpectedError always */
  range(): Promise<never> {
    return Promise.reject(notInMetrics(this.#client.address, 'first, largest and mean sizes in a span'));
  }

  /** @throws ExpectedError where there is no node */
  #fleet(time: number | null): Promise<Fleet> {
    const known = this.#fleets.get(time);
    if (known !== undefined) return known;
    const fleet = findFleetAt(this.#client, time).then((found) => {
      if (found === null) throw noMetricsIn(this.#client.address);
      return found;
    });
    this.#fleets.set(time, fleet);
    return fleet;
  }

  async #processes({ filters, since, until }: SeriesQuery) {
    const fleet = await this.#fleet(until);
    const wantsNode = createMatcher(filters.node);
    const nodes = fleet.nodes.filter(({ node }) => wantsNode(node));
    const span = { from: since ?? fleet.newest - USUAL_SPAN, to: until ?? fleet.newest };
    const timeline = await readTimeline(this.#client, fleet, nodes, span);
    const versions = await this.#zeekVersions(fleet);
    const lives = (await readProcessCourses(this.#client, fleet, timeline)).map((life) => {
      return { ...life, zeekVersion: versions.get(life.node) ?? null };
    });
    this.#last = { fleet, timeline, lives };
    return this.#last;
  }

  /** Samples by node; what they were weighed to be is kept. */
  #samplesAt(fleet: Fleet): Promise<ReadonlyMap<string, readonly Sample[]>> {
    const known = this.#samples.get(fleet) ?? this.#askSamples(fleet);
    this.#samples.set(fleet, known);
    return known;
  }

  async #askSamples(fleet: Fleet): Promise<ReadonlyMap<string, readonly Sample[]>> {
    const samples = await new Moment(this.#client, fleet).samples({});
    for (const [node, ofNode] of samples)
      for (const { variable, size, entries, bytes } of ofNode)
        if (bytes !== null) this.#weighedOf(node, variable).push({ size, entries, bytes });
    return samples;
  }

  #weighedOf(node: string, variable: string): WeighedCount[] {
    const key = JSON.stringify([node, variable]);
    const known = this.#weighed.get(key) ?? [];
    this.#weighed.set(key, known);
    return known;
  }

  async #zeekVersions(fleet: Fleet): Promise<Map<string, string>> {
    const infos = await new Moment(this.#client, fleet).ask(NODE_METRICS.info);
    return new Map(
      infos.flatMap(({ labels }) => {
        const node = fleet.names.of(labels);
        return node === null || labels.zeek_version === undefined ? [] : [[node, labels.zeek_version] as const];
      }),
    );
  }

  /** What is in the sums of modules, but not among the variables. */
  async #notTold(fleet: Fleet, variables: number): Promise<string[]> {
    const all = await new Moment(this.#client, fleet).ask(MODULE_METRICS.variables);
    const counted = all.reduce((sum, { points }) => sum + (points.at(-1)?.[1] ?? 0), 0);
    const hidden = counted - variables;
    return hidden > 0 ? [`${hidden} small variables have no metrics of their own, and are not counted.`] : [];
  }

  #reading(fleet: Fleet, rows: number, notes: readonly string[]): Reading {
    return { ...this.#readingOfMore(fleet, notes), files: [{ path: this.#client.address, rows }], rows };
  }

  /** Of what an answer takes besides its rows. */
  #readingOfMore({ names }: Fleet, notes: readonly string[]): Reading {
    const { address, warnings, unusable } = this.#client;
    const warned = [...warnings].map((warning) => `The engine warns that its answers may not be whole: ${warning}`);
    const skipped = unusable - this.#told;
    this.#told = unusable;
    return {
      ...EMPTY_READING,
      skipped,
      examples: skipped > 0 ? [{ file: address, line: null, reason: 'a value that is no number' }] : [],
      notes: [...names.notes, ...warned, ...notes],
    };
  }
}
