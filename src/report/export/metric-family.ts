/** A metric with its samples, before it is text. */

import type { ByteRange } from '../../model/bytes.ts';
import type { Metric, MetricRange } from '../../model/metrics.ts';
import { sensorOf } from '../../model/sensor.ts';
import { visibleName } from '../text/sanitize.ts';

export interface MetricSample {
  /** What is safe to show. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Seconds since the epoch: when the run was made, or up to when was judged. */
  readonly ts: number;
}

export interface Family {
  readonly metric: Metric;
  readonly samples: readonly MetricSample[];
}

/** One of a family: null values are left out. */
export type Told<Value> = Pick<MetricSample, 'labels' | 'ts'> & { readonly value: Value | null };

export function familyOf(metric: Metric, told: readonly Told<number>[]): Family {
  return { metric, samples: told.flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }])) };
}

/** Three families; whole bytes. */
export function rangeFamilies(metrics: MetricRange, told: readonly Told<ByteRange>[]): Family[] {
  return (['likely', 'low', 'high'] as const).map((bound) => {
    const ofBound = told.map(({ value, ...rest }) => ({ ...rest, value: value && Math.round(value[bound]) }));
    return familyOf(metrics[bound], ofBound);
  });
}

/** Where there is only one sensor there is nothing to tell apart. */
export function nodeLabels(node: string, more: MetricSample['labels'] = {}): MetricSample['labels'] {
  const sensor = sensorOf(node);
  return { node: visibleName(node), ...more, sensor: sensor === null ? '' : visibleName(sensor) };
}
