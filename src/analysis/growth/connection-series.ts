/** How the fields of connections went: the rows of `my_stats_connection.log` as series of the nodes' stretches. */

import type { ByteRange } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import type { Sample } from '../../model/logged/sample.ts';
import type { Series, SeriesResult, Stretch } from '../../model/logged/series.ts';
import type { Weigher } from '../weighing/weigh.ts';
import type { VariableKnowledge } from './growth-series.ts';

/** A run's rows may be written by so many seconds apart in different logs. */
const SLACK = 5;

interface Placed {
  readonly row: ConnectionField;
  readonly stretch: number;
  readonly point: number;
}

/**
 * One series per field and stretch of a node. A run that logged nothing of a field had no entries in it worth a row, so a
 * field begins at nothing.
 */
export function makeConnectionSeries(rows: readonly ConnectionField[], { stretches }: SeriesResult): Series[] {
  const ofNodes = new Map<string, number[]>();
  for (const [i, { node }] of stretches.entries()) ofNodes.set(node, [...(ofNodes.get(node) ?? []), i]);
  const series = new Map<string, Series>();
  for (const row of rows) {
    const placed = placeOf(row, ofNodes.get(row.node) ?? [], stretches);
    if (placed === null) continue;
    const key = JSON.stringify([placed.stretch, row.field, row.unit]);
    let one = series.get(key);
    if (one === undefined) {
      one = createSeries(row, placed.stretch, stretches[placed.stretch]!.ts.length);
      series.set(key, one);
    }
    put(one, placed);
  }
  return [...series.values()];
}

function placeOf(row: ConnectionField, ofNode: readonly number[], stretches: readonly Stretch[]): Placed | null {
  for (const stretch of ofNode) {
    const { ts, firstTs, lastTs } = stretches[stretch]!;
    if (row.ts < firstTs - SLACK || row.ts > lastTs + SLACK) continue;
    return { row, stretch, point: firstFrom(ts, row.ts - SLACK) };
  }
  return null;
}

/** The first place of an ascending list that is not below a value; the last one where there is none. */
function firstFrom(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function createSeries({ field, unit }: ConnectionField, stretch: number, points: number): Series {
  const column = () => new Float64Array(points).fill(Number.NaN);
  const columns = { size: column(), entries: column(), lowest: column(), highest: column() };
  return { stretch, source: 'connection', key: field, moduleName: '', unit, ...columns };
}

function put({ size, entries, lowest, highest }: Series, { row, point }: Placed): void {
  size[point] = row.size ?? Number.NaN;
  entries[point] = row.entries;
  if (!(lowest[point]! <= row.entries)) lowest[point] = row.entries;
  if (!(highest[point]! >= row.entries)) highest[point] = row.entries;
}

type Weighed = Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>;

export class FieldWeigher implements VariableKnowledge {
  readonly #types: ReadonlyMap<string, string | null>;
  readonly #weigher: Weigher;
  readonly #variables: VariableKnowledge;

  /** @param variables what weighs and attributes variables: `weigher`, or less where that can only guess */
  constructor(rows: readonly ConnectionField[], weigher: Weigher, variables: VariableKnowledge) {
    this.#types = new Map(rows.map(({ field, type }) => [field, type]));
    this.#weigher = weigher;
    this.#variables = variables;
  }

  origin(node: string, variable: string) {
    return this.#variables.origin(node, variable);
  }

  estimate(node: string, sample: Weighed): { readonly bytes: ByteRange | null } {
    return this.#variables.estimate(node, sample);
  }

  estimateField(node: string, sample: Weighed): ByteRange | null {
    const type = this.#types.get(sample.variable) ?? null;
    return type === null ? null : this.#weigher.bytesOf(node, { type, recordFields: [] }, sample);
  }
}
