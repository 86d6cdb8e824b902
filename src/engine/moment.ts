/** What an engine says of nodes and variables at one time. */

import type { ByteRange } from '../model/bytes.ts';
import { computePatience } from '../model/clock.ts';
import type { Sample } from '../model/logged/sample.ts';
import { type Metric, type MetricRange, VARIABLE_METRICS } from '../model/metrics.ts';
import type { EngineClient, EngineSeries } from './client.ts';
import type { Fleet } from './fleet.ts';
import { type Selection, writeOverTime, writeSelector } from './queries.ts';

/** Seconds for which engines take a sample for the value of now. */
const LOOKBACK = 300;

/** A variable on a node, with what its bytes were told to be. */
export interface WeighedSample extends Sample {
  readonly bytes: ByteRange | null;
}

type MutableSample = { -readonly [Name in keyof Sample]: Sample[Name] } & Partial<ByteRange>;

export class Moment {
  readonly #client: EngineClient;
  readonly #fleet: Fleet;

  constructor(client: EngineClient, fleet: Fleet) {
    this.#client = client;
    this.#fleet = fleet;
  }

  ask(metric: Metric, selection: Selection = {}): Promise<EngineSeries[]> {
    const { time, newest, interval } = this.#fleet;
    const selector = writeSelector(metric, selection);
    const silence = computePatience(interval);
    // Where runs are further apart, or what was imported has an end, the value of now is further back.
    if (silence <= LOOKBACK && time - newest <= LOOKBACK) return this.#client.instant(selector, time);
    return this.#client.instant(writeOverTime(selector, Math.max(LOOKBACK, silence)), Math.min(time, newest + 1));
  }

  /** One value for each node that has one. */
  async ofNodes(metric: Metric): Promise<Map<string, number>> {
    return new Map(this.#named(await this.ask(metric)).map(({ node, value }) => [node, value]));
  }

  /** By node. */
  async samples(selection: Selection): Promise<Map<string, WeighedSample[]>> {
    const found = new Map<string, Map<string, MutableSample>>();
    const put = async (metric: Metric, place: (value: number, unit: string | undefined) => Partial<MutableSample>) => {
      for (const { node, labels, value } of this.#named(await this.ask(metric, selection))) {
        const { variable = '', module = '', unit } = labels;
        const ofNode = found.get(node) ?? new Map<string, MutableSample>();
        found.set(node, ofNode);
        const sample = ofNode.get(variable) ?? {
          moduleName: module,
          variable,
          size: null,
          unit: 'objects',
          entries: null,
        };
        ofNode.set(variable, Object.assign(sample, place(value, unit)));
      }
    };
    const putRange = (metrics: MetricRange) =>
      (['likely', 'low', 'high'] as const).map((bound) => put(metrics[bound], (value) => ({ [bound]: value })));
    await Promise.all([
      put(VARIABLE_METRICS.objects, (size) => ({ size })),
      put(VARIABLE_METRICS.characters, (size) => ({ size, unit: 'characters' })),
      put(VARIABLE_METRICS.size, (size, unit = 'unknown') => ({ size, unit })),
      put(VARIABLE_METRICS.entries, (entries) => ({ entries })),
      ...putRange(VARIABLE_METRICS.bytes),
    ]);
    return new Map([...found].map(([node, samples]) => [node, [...samples.values()].map(readWeighed)]));
  }

  #named(series: readonly EngineSeries[]) {
    return series.flatMap(({ labels, points }) => {
      const node = this.#fleet.names.of(labels);
      const value = points.at(-1)?.[1];
      return node === null || value === undefined ? [] : [{ node, labels, value }];
    });
  }
}

function readWeighed({ low, likely, high, ...sample }: MutableSample): WeighedSample {
  if (low === undefined || likely === undefined || high === undefined) return { ...sample, bytes: null };
  // What Zeek reports has no other measure.
  const isReported = sample.size === null && low === high;
  return { ...sample, ...(isReported && { size: likely, unit: 'bytes' }), bytes: { low, likely, high } };
}
