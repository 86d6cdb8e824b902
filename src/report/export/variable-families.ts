/** Metrics of variables and modules. A module's are of all its variables; the variables with series of their own are few. */

import type { MetricsResult } from '../../model/answers/metrics.ts';
import type { ByteRange } from '../../model/bytes.ts';
import type { Entry } from '../../model/entry.ts';
import { type Metric, MODULE_METRICS, VARIABLE_METRICS } from '../../model/metrics.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { type Family, familyOf, type MetricSample, nodeLabels, rangeFamilies } from './metric-family.ts';
import { type Measure, summedBy, sumOf } from './values.ts';

/** Variables of a node that have series of their own: those that grow, and then the largest. */
const MOST_VARIABLES = 50;

const NAMED_UNITS = ['bytes', 'objects', 'characters'];

export function variableFamilies(result: MetricsResult): Family[] {
  const { rows } = result.inventory;
  const chosen = chooseVariables(result);
  const measured = (metric: Metric, measure: Measure) => familyOf(metric, toldOf(chosen, variableLabels, measure));
  const others = chosen.filter(({ unit }) => !NAMED_UNITS.includes(unit));
  const unitLabels = (row: Entry) => nodeLabels(row.node, { ...variableNames(row), unit: visibleName(row.unit) });
  const sizes = [...new Set(others.map(({ unit }) => unit))].flatMap((unit) =>
    toldOf(others, unitLabels, { kind: 'size', unit }),
  );
  return [
    ...rangeFamilies(VARIABLE_METRICS.bytes, bytesOf(chosen, variableLabels)),
    measured(VARIABLE_METRICS.objects, { kind: 'size', unit: 'objects' }),
    measured(VARIABLE_METRICS.characters, { kind: 'size', unit: 'characters' }),
    measured(VARIABLE_METRICS.entries, { kind: 'entries' }),
    familyOf(VARIABLE_METRICS.size, sizes),
    ...growthFamilies(result, chosen),
    familyOf(
      VARIABLE_METRICS.info,
      chosen.map((row) => ({ labels: infoLabels(row), ts: row.ts, value: 1 })),
    ),
    ...rangeFamilies(MODULE_METRICS.bytes, bytesOf(rows, moduleLabels)),
    familyOf(MODULE_METRICS.entries, toldOf(rows, moduleLabels, { kind: 'entries' })),
    familyOf(
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
function growthFamilies({ growth }: MetricsResult, chosen: readonly Entry[]): Family[] {
  const told = growth.series.flatMap((one) => {
    const { source, trend, node, variable } = one;
    const row = chosen.find((known) => known.node === node && known.variable === variable);
    if (source !== 'variable' || trend.verdict !== 'growing' || row === undefined) return [];
    return [{ ...one, labels: variableLabels(row), ts: growth.to }];
  });
  return [
    ...rangeFamilies(
      VARIABLE_METRICS.growth,
      told.map(({ labels, ts, bytesPerHour }) => ({ labels, ts, value: bytesPerHour })),
    ),
    familyOf(
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

const moduleLabels: Labels = (row) => nodeLabels(row.node, moduleNames(row));

const variableLabels: Labels = (row) => nodeLabels(row.node, variableNames(row));

const infoLabels: Labels = (row) =>
  nodeLabels(row.node, {
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
