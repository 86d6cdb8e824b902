/** What the variables of one node add to an answer: the pieces that `top` sums up. */

import type { RangeGroup } from '../../model/answers/range.ts';
import type { SizeUnit, TopPivot, TopSpan } from '../../model/answers/top.ts';
import { type ByteRange, type BytesMethod, exactly } from '../../model/bytes.ts';
import { moduleOf, type NodeRun, type Sample, type Unit } from '../../model/logged/sample.ts';
import { sensorOf } from '../../model/sensor.ts';
import type { Weigher } from './weigh.ts';

/** The size of something, in the unit that was asked for where it can be told in that. */
interface Measured {
  readonly unit: Unit;
  /** In `unit`; null where it was not measured. */
  readonly size: number | null;
  /** The size as a range; null where it is not in bytes. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod | null;
  readonly entries: number | null;
  /** Rows without a size. */
  readonly unmeasured: number;
}

export interface Portion {
  readonly node: string;
  readonly variables: readonly string[];
  /** The pivot's value. */
  readonly group: string;
  /** Of the package, where the pivot is that. */
  readonly version: string | null;
  readonly measured: Measured;
  readonly span: TopSpan | null;
  readonly perHour: number | null;
}

export interface Weighing {
  readonly by: TopPivot;
  readonly unit: SizeUnit;
  readonly weigher: Weigher;
  /** In the unit of a portion; null where it does not grow. */
  readonly perHour: (node: string, variable: string, unit: Unit) => number | null;
}

const UNKNOWN = 'unknown';

/** The portion of a sample of a snapshot; null where it has none in the unit asked for. */
export function portionOfSample({ node }: NodeRun, sample: Sample, weighing: Weighing): Portion | null {
  const { variable, moduleName } = sample;
  const measured = measure(node, sample, null, weighing);
  if (measured === null) return null;
  const { group, version } = placeOf(node, variable, moduleName, weighing);
  return {
    node,
    variables: [variable],
    group,
    version,
    measured,
    span: null,
    perHour: weighing.perHour(node, variable, measured.unit),
  };
}

/**
 * The portion of a variable over a span. Sizes at its first, largest and mean run are weighed as if its elements
 * were like those of the last run.
 *
 * @param group of a range by variable
 * @param oneBoot true where all its runs are of one life of the process: only then does a table still have the slots
 *   of its largest run
 */
export function portionOfRange(group: RangeGroup, weighing: Weighing, oneBoot: boolean): Portion | null {
  const { node, key: variable, unit, entries, first, last, max, mean } = group;
  const reference = last > 0 ? last : max;
  const perSize = entries === null || reference === 0 ? null : entries / reference;
  const peak = perSize === null ? entries : max * perSize;
  const peakEntries = oneBoot ? peak : null;
  const now = measure(node, { variable, unit, size: last, entries }, peakEntries, weighing);
  if (now === null) return null;
  // Most variables hardly change: what is the same as the last size, or the largest, is weighed once.
  const sizeNow = now.size ?? 0;
  const at = (value: number) => {
    if (value === last) return sizeNow;
    const sample = { variable, unit, size: value, entries: perSize === null ? entries : value * perSize };
    // How large it was before then nobody knows: a table that grows did not have the slots yet that it has in the end.
    return measure(node, sample, null, weighing)?.size ?? 0;
  };
  const most = at(max);
  const orMost = (value: number) => (value === max ? most : at(value));
  const place = placeOf(node, variable, moduleOf(variable), weighing);
  return {
    node,
    variables: group.variables,
    group: place.group,
    version: place.version,
    measured: now.unit === 'bytes' && unit !== 'bytes' ? now : { ...now, unmeasured: group.unmeasured },
    span: { first: orMost(first), last: sizeNow, max: most, mean: orMost(mean) },
    perHour: null,
  };
}

/** The portion of a group that the store has already summed up, in the unit of its log. */
export function portionOfSum(group: RangeGroup): Portion {
  const { node, key, unit, first, last, max, mean, entries, variables, unmeasured } = group;
  const isBytes = unit === 'bytes';
  return {
    node,
    variables,
    group: key,
    version: null,
    measured: {
      unit,
      size: last,
      bytes: isBytes ? exactly(last) : null,
      method: isBytes ? 'reported' : null,
      entries,
      unmeasured,
    },
    span: { first, last, max, mean },
    perHour: null,
  };
}

function measure(
  node: string,
  sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>,
  peakEntries: number | null,
  { unit, weigher }: Weighing,
): Measured | null {
  const { size, entries } = sample;
  if (unit === 'entries') {
    return entries === null ? null : { unit, size: entries, bytes: null, method: null, entries, unmeasured: 0 };
  }
  if (unit === 'bytes') {
    const { bytes, method } = weigher.weigh(node, sample, peakEntries);
    if (bytes !== null) return { unit, size: bytes.likely, bytes, method, entries, unmeasured: 0 };
  }
  const reported = sample.unit === 'bytes' && size !== null;
  return {
    unit: sample.unit,
    size,
    bytes: reported ? exactly(size) : null,
    method: reported ? 'reported' : null,
    entries,
    unmeasured: size === null ? 1 : 0,
  };
}

function placeOf(
  node: string,
  variable: string,
  moduleName: string,
  { by, weigher }: Weighing,
): Pick<Portion, 'group' | 'version'> {
  if (by === 'module') return { group: moduleName, version: null };
  if (by === 'variable') return { group: variable, version: null };
  if (by === 'node') return { group: node, version: null };
  if (by === 'sensor') return { group: sensorOf(node) ?? UNKNOWN, version: null };
  const { description, attribution } = weigher.origin(node, variable);
  if (by === 'type') return { group: description?.type ?? UNKNOWN, version: null };
  if (by === 'script') return { group: attribution.script ?? UNKNOWN, version: null };
  return { group: attribution.package, version: attribution.version };
}
