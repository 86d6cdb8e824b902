/**
 * OpenMetrics text: gauges of sizes and processes, and of what was judged of them.
 *
 * The format is https://prometheus.io/docs/specs/om/open_metrics_spec/. With times, `promtool tsdb create-blocks-from
 * openmetrics` takes it; without, it is Prometheus's older text format as well, in which `# UNIT` and `# EOF` are comments.
 */

import { FINDING_METRIC, type MetricsResult, SKIPPED_METRIC } from '../../model/metrics.ts';
import { visibleName } from '../text/sanitize.ts';
import {
  type Family,
  listNodeFamilies,
  listVariableFamilies,
  type MetricSample,
  makeNodeLabels,
} from './metric-families.ts';

/**
 * Ends with the `# EOF` that tells a whole file from one that was cut.
 *
 * @param dated whether samples carry the time of what they say; without it they are of the time at which they are scraped
 */
export function openMetrics(result: MetricsResult, { dated }: { readonly dated: boolean }): string {
  const families = [
    ...listVariableFamilies(result),
    ...listNodeFamilies(result),
    makeFindingFamily(result),
    { metric: SKIPPED_METRIC, samples: [{ labels: {}, value: result.reading.skipped, ts: result.growth.to }] },
  ];
  return [...families.map((family) => writeFamily(family, dated)), '# EOF\n'].join('');
}

function makeFindingFamily({ verdict, growth }: MetricsResult): Family {
  return {
    metric: FINDING_METRIC,
    samples: (verdict?.findings ?? []).flatMap(({ kind, level, subject, nodes }) => {
      const found = { kind, level, subject: subject === null ? '' : visibleName(subject) };
      const labels = nodes.length === 0 ? [found] : nodes.map((node) => makeNodeLabels(node, found));
      return labels.map((one) => ({ labels: one, value: 1, ts: growth.to }));
    }),
  };
}

function writeFamily({ metric: { name, unit, help }, samples }: Family, dated: boolean): string {
  if (samples.length === 0) return '';
  const unitLine = unit === null ? '' : `# UNIT ${name} ${unit}\n`;
  return `# TYPE ${name} gauge\n${unitLine}# HELP ${name} ${escapeText(help)}\n${writeSamples(name, samples, dated)}`;
}

/** Sorted, and each set of labels once: a second sample at the same time would make the file invalid. */
function writeSamples(name: string, samples: readonly MetricSample[], dated: boolean): string {
  const series = new Map(samples.map((sample) => [labelText(sample.labels), sample]));
  return [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([labels, { value, ts }]) => `${name}${labels} ${value}${dated ? ` ${ts}` : ''}\n`)
    .join('');
}

/** What is empty is as good as not there. */
function labelText(labels: MetricSample['labels']): string {
  const known = Object.entries(labels).filter(([, value]) => value !== '');
  return known.length === 0 ? '' : `{${known.map(([name, value]) => `${name}="${escapeText(value)}"`).join(',')}}`;
}

function escapeText(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
