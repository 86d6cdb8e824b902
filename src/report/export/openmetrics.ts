/**
 * OpenMetrics text: a gauge per measure, with the time of the run it was made in.
 *
 * The format is https://prometheus.io/docs/specs/om/open_metrics_spec/: `promtool tsdb create-blocks-from openmetrics`
 * takes it, and so does everything that scrapes files.
 */

import type { InventoryResult, InventoryRow } from '../../model/answers/inventory.ts';
import { sensorOf } from '../../model/sensor.ts';
import { visibleName } from '../text/sanitize.ts';
import { type Measure, summedBy, sumOf } from './values.ts';

interface Family {
  /** Ends with the unit, where there is one: the format wants it so. */
  readonly name: string;
  readonly unit: string | null;
  readonly help: string;
  readonly measure: Measure;
}

const ESTIMATE = 'estimated where Zeek reports none';
const FAMILIES: readonly Family[] = [
  family('bytes', 'bytes', `Likely size of a global variable in bytes, ${ESTIMATE}`, {
    kind: 'bytes',
    bound: 'likely',
  }),
  family('low_bytes', 'bytes', `Lower bound of the size in bytes, ${ESTIMATE}`, { kind: 'bytes', bound: 'low' }),
  family('high_bytes', 'bytes', `Upper bound of the size in bytes, ${ESTIMATE}`, { kind: 'bytes', bound: 'high' }),
  family('objects', 'objects', 'Values a global variable holds, as Zeek counts them: no bytes', {
    kind: 'size',
    unit: 'objects',
  }),
  family('characters', 'characters', 'Length of the text of a pattern or string: no bytes', {
    kind: 'size',
    unit: 'characters',
  }),
  family('entries', 'entries', 'Elements of a table, set or vector', { kind: 'entries' }),
];

function family(suffix: string, unit: string | null, help: string, measure: Measure): Family {
  return { name: `my_stats_variable_${suffix}`, unit, help, measure };
}

/** Ends with the `# EOF` that tells a whole file from one that was cut. */
export function inventoryOpenMetrics(result: InventoryResult): string {
  const others = result.rows.filter(({ unit }) => !['bytes', 'objects', 'characters'].includes(unit));
  return [
    ...FAMILIES.map((known) => familyText(known, result.rows, labelsOf)),
    ...([...summedBy(others, ({ unit }) => unit)].length === 0 ? [] : [otherUnits(others)]),
    '# EOF\n',
  ].join('');
}

/** Sizes in units that are not known share a family, in which the unit is a label. */
function otherUnits(rows: readonly InventoryRow[]): string {
  const help = 'Size of a global variable in the unit of the label, unknown where the log names none';
  const name = 'my_stats_variable_size';
  const units = [...new Set(rows.map(({ unit }) => unit))].sort();
  const lines = units.flatMap((unit) => {
    const measure: Measure = { kind: 'size', unit };
    return samplesOf(
      name,
      measure,
      rows.filter((row) => row.unit === unit),
      (row) => ({ ...labelsOf(row), unit }),
    );
  });
  return head(name, null, help) + lines.join('');
}

function familyText({ name, unit, help, measure }: Family, rows: readonly InventoryRow[], labels: Labels): string {
  const lines = samplesOf(name, measure, rows, labels);
  return lines.length === 0 ? '' : head(name, unit, help) + lines.join('');
}

function head(name: string, unit: string | null, help: string): string {
  const unitLine = unit === null ? '' : `# UNIT ${name} ${unit}\n`;
  return `# TYPE ${name} gauge\n${unitLine}# HELP ${name} ${escapeText(help)}\n`;
}

type Labels = (row: InventoryRow) => Record<string, string>;

const labelsOf: Labels = ({ node, moduleName, variable, from }) => ({
  node: visibleName(node),
  package: visibleName(from.package),
  module: visibleName(moduleName),
  variable: visibleName(variable),
  ...sensorLabel(sensorOf(node)),
});

/** Where there is only one there is nothing to tell apart. */
function sensorLabel(sensor: string | null): Record<string, string> {
  return sensor === null ? {} : { sensor: visibleName(sensor) };
}

/** Sorted, and each set of labels once: a second sample at the same time would make the file invalid. */
function samplesOf(name: string, measure: Measure, rows: readonly InventoryRow[], labels: Labels): string[] {
  const series = summedBy(rows, (row) => labelText(labels(row)));
  return [...series.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([text, group]) => {
      const value = sumOf(group, measure);
      return value === null ? [] : [`${name}{${text}} ${Math.round(value)} ${group[0]!.ts}\n`];
    });
}

function labelText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeText(value)}"`)
    .join(',');
}

function escapeText(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
