/**
Families of metrics: variables, modules, and processes: what they hold, say of themselves, and were judged to do.
 */

import { findTimeLeft, type NodeVerdict } from '../../model/answers/doctor.ts';
import { addBytes, type ByteRange, NO_BYTES } from '../../model/bytes.ts';
import type { Entry } from '../../model/entry.ts';
import { NODE_GAUGES } from '../../model/logged/node-series.ts';
import {
  GAUGE_METRICS,
  type Metric,
  type MetricRange,
  type MetricsResult,
  MODULE_METRICS,
  NODE_METRICS,
  VARIABLE_METRICS,
} from '../../model/metrics.ts';
import { readSensor } from '../../model/names.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { type Measure, summedBy, sumOf } from './values.ts';

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
type Told<Value> = Pick<MetricSample, 'labels' | 'ts'> & { readonly value: Value | null };

function makeFamily(metric: Metric, told: readonly Told<number>[]): Family {
  return { metric, samples: told.flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }])) };
}

/** Three families; whole bytes. */
function makeRangeFamilies(metrics: MetricRange, told: readonly Told<ByteRange>[]): Family[] {
  return (['likely', 'low', 'high'] as const).map((bound) => {
    const ofBound = told.map(({ value, ...rest }) => ({ ...rest, value: value && Math.round(value[bound]) }));
    return makeFamily(metrics[bound], ofBound);
  });
}

/** Where there is only one sensor there is nothing to tell apart. */
export function makeNodeLabels(node: string, more: MetricSample['labels'] = {}): MetricSample['labels'] {
  const sensor = readSensor(node);
  return { node: visibleName(node), ...more, sensor: sensor === null ? '' : visibleName(sensor) };
}

const SECONDS_PER_HOUR = 3600;

export function listNodeFamilies({ inventory, processes, verdict, growth }: MetricsResult): Family[] {
  const nodes = inventory.nodes.map((one) => ({ ...one, labels: makeNodeLabels(one.node) }));
  const stopped = inventory.stopped.map(({ node, lastSeen }) => ({ labels: makeNodeLabels(node), ts: lastSeen }));
  const judged = (verdict?.nodes ?? []).map((one) => ({ ...one, labels: makeNodeLabels(one.node), ts: growth.to }));
  const { info, start, run, lastRun, explained, unexplained, growth: grows, timeToLimit } = NODE_METRICS;
  return [
    makeFamily(
      info,
      nodes.map(({ node, ts, zeekVersion }) => ({
        labels: makeNodeLabels(node, { zeek_version: visible(zeekVersion ?? '') }),
        ts,
        value: 1,
      })),
    ),
    // Of nodes that stopped as well: how long ago that was is what one wants to know of them.
    makeFamily(
      lastRun,
      [...nodes, ...stopped].map(({ labels, ts }) => ({ labels, ts, value: ts })),
    ),
    makeFamily(
      run,
      nodes.map(({ labels, ts, run }) => ({ labels, ts, value: run })),
    ),
    makeFamily(
      start,
      processes.map(({ node, ts, boot }) => ({ labels: makeNodeLabels(node), ts, value: boot })),
    ),
    ...NODE_GAUGES.map((gauge) =>
      makeFamily(
        GAUGE_METRICS[gauge],
        processes.map(({ node, ts, gauges }) => ({ labels: makeNodeLabels(node), ts, value: gauges[gauge] ?? null })),
      ),
    ),
    ...makeRangeFamilies(
      explained,
      judged.map(({ labels, ts, account }) => {
        const parts = account?.parts.map(({ bytes }) => bytes) ?? null;
        return { labels, ts, value: parts?.reduce(addBytes, NO_BYTES) ?? null };
      }),
    ),
    ...makeRangeFamilies(
      unexplained,
      judged.map(({ labels, ts, account }) => ({ labels, ts, value: account?.unexplained ?? null })),
    ),
    ...makeRangeFamilies(
      grows,
      judged.map(({ labels, ts, course, fillsPerHour }) => {
        return { labels, ts, value: course.startsWith('grows') ? fillsPerHour : null };
      }),
    ),
    ...(['likely', 'low', 'high'] as const).map((bound) =>
      makeFamily(
        timeToLimit[bound],
        judged.map((one) => ({ labels: one.labels, ts: one.ts, value: readSecondsLeft(one, bound) })),
      ),
    ),
  ];
}

/** Null where it does not grow, and where its slowest growth may be none. */
function readSecondsLeft(verdict: NodeVerdict, bound: 'likely' | 'low' | 'high'): number | null {
  const hours = findTimeLeft(verdict)?.[bound] ?? null;
  return hours === null ? null : Math.round(hours * SECONDS_PER_HOUR);
}

/** Variables of a node that have series of their own: those that grow, and then the largest. */
const MOST_VARIABLES = 50;

const NAMED_UNITS = ['bytes', 'objects', 'characters'];

export function listVariableFamilies(result: MetricsResult): Family[] {
  const { rows } = result.inventory;
  const chosen = chooseVariables(result);
  const measured = (metric: Metric, measure: Measure) => makeFamily(metric, toldOf(chosen, variableLabels, measure));
  const others = chosen.filter(({ unit }) => !NAMED_UNITS.includes(unit));
  const unitLabels = (row: Entry) => makeNodeLabels(row.node, { ...variableNames(row), unit: visibleName(row.unit) });
  const sizes = [...new Set(others.map(({ unit }) => unit))].flatMap((unit) =>
    toldOf(others, unitLabels, { kind: 'size', unit }),
  );
  return [
    ...makeRangeFamilies(VARIABLE_METRICS.bytes, bytesOf(chosen, variableLabels)),
    measured(VARIABLE_METRICS.objects, { kind: 'size', unit: 'objects' }),
    measured(VARIABLE_METRICS.characters, { kind: 'size', unit: 'characters' }),
    measured(VARIABLE_METRICS.entries, { kind: 'entries' }),
    makeFamily(VARIABLE_METRICS.size, sizes),
    ...listGrowthFamilies(result, chosen),
    makeFamily(
      VARIABLE_METRICS.info,
      chosen.map((row) => ({ labels: infoLabels(row), ts: row.ts, value: 1 })),
    ),
    ...makeRangeFamilies(MODULE_METRICS.bytes, bytesOf(rows, moduleLabels)),
    makeFamily(MODULE_METRICS.entries, toldOf(rows, moduleLabels, { kind: 'entries' })),
    makeFamily(
      MODULE_METRICS.variables,
      groupsOf(rows, moduleLabels).map(({ labels, group, ts }) => {
        return { labels, ts, value: new Set(group.map(({ variable }) => variable)).size };
      }),
    ),
  ];
}

function chooseVariables({ inventory, growth }: MetricsResult): Entry[] {
  const nameOf = (node: string, variable: string) => JSON.stringify([node, variable]);
  const growing = new Set(
    growth.series.flatMap(({ source, trend, node, variable }) => {
      return source === 'variable' && trend.verdict === 'growing' ? [nameOf(node, variable)] : [];
    }),
  );
  const grows = (row: Entry) => Number(growing.has(nameOf(row.node, row.variable)));
  const weight = ({ bytes, size }: Entry) => bytes?.likely ?? size ?? 0;
  return [...summedBy(inventory.rows, ({ node }) => node).values()].flatMap((ofNode) => {
    const sorted = ofNode.toSorted((a, b) => grows(b) - grows(a) || weight(b) - weight(a));
    const names = new Set([...new Set(sorted.map(({ variable }) => variable))].slice(0, MOST_VARIABLES));
    return ofNode.filter(({ variable }) => names.has(variable));
  });
}

/** As `growth` says it, of what it says grows. */
function listGrowthFamilies({ growth }: MetricsResult, chosen: readonly Entry[]): Family[] {
  const told = growth.series.flatMap((one) => {
    const { source, trend, node, variable } = one;
    const row = chosen.find((known) => known.node === node && known.variable === variable);
    if (source !== 'variable' || trend.verdict !== 'growing' || row === undefined) return [];
    return [{ ...one, labels: variableLabels(row), ts: growth.to }];
  });
  return [
    ...makeRangeFamilies(
      VARIABLE_METRICS.growth,
      told.map(({ labels, ts, bytesPerHour }) => ({ labels, ts, value: bytesPerHour })),
    ),
    makeFamily(
      VARIABLE_METRICS.entryGrowth,
      told.map(({ labels, ts, measure, trend }) => {
        return { labels, ts, value: measure === 'entries' ? (trend.perHour?.likely ?? null) : null };
      }),
    ),
  ];
}

type Labels = (row: Entry) => MetricSample['labels'];

const moduleNames: Labels = ({ moduleName, from }) => {
  return { package: visibleName(from.package), module: visibleName(moduleName) };
};

const variableNames: Labels = (row) => ({ ...moduleNames(row), variable: visibleName(row.variable) });

const moduleLabels: Labels = (row) => makeNodeLabels(row.node, moduleNames(row));

const variableLabels: Labels = (row) => makeNodeLabels(row.node, variableNames(row));

const infoLabels: Labels = (row) =>
  makeNodeLabels(row.node, {
    ...variableNames(row),
    type: visible(row.type ?? ''),
    script: visible(row.from.script ?? ''),
    expiry: visible(row.from.expiry ?? ''),
    method: row.method ?? '',
  });

function groupsOf(rows: readonly Entry[], labels: Labels) {
  return [...summedBy(rows, (row) => JSON.stringify(labels(row))).values()].map((group) => {
    return { labels: labels(group[0]!), ts: group[0]!.ts, group };
  });
}

function toldOf(rows: readonly Entry[], labels: Labels, measure: Measure) {
  return groupsOf(rows, labels).map(({ group, ...rest }) => ({ ...rest, value: sumOf(group, measure) }));
}

function bytesOf(rows: readonly Entry[], labels: Labels) {
  return groupsOf(rows, labels).map(({ group, ...rest }) => {
    const sum = (bound: keyof ByteRange) => sumOf(group, { kind: 'bytes', bound });
    const likely = sum('likely');
    return { ...rest, value: likely === null ? null : { low: sum('low')!, likely, high: sum('high')! } };
  });
}
