/** Questions as text: PromQL of https://prometheus.io/docs/prometheus/latest/querying/basics/. */

import type { Metric } from '../model/metrics.ts';
import type { NameFilter } from '../model/names.ts';

/** Which of the series of a metric, by label: any of these values. */
export type Selection = Readonly<Record<string, readonly string[]>>;

export function writeSelector({ name }: Metric, selection: Selection): string {
  const matchers = Object.entries(selection).map(([label, values]) => {
    const pattern = [...new Set(values)].map(quotePattern).join('|');
    return `${label}=~"${pattern.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`;
  });
  return `${name}{${matchers.join(',')}}`;
}

/** The last value of a span of so many seconds; with `over`, the smallest or largest. */
export function writeOverTime(selector: string, seconds: number, over: 'last' | 'min' | 'max' = 'last'): string {
  return `${over}_over_time(${selector}[${Math.ceil(seconds)}s])`;
}

/** Names that an engine can choose by; null for what only we can tell, and for none. */
export function listExactNames(filters: readonly NameFilter[]): readonly string[] | null {
  const exact = filters.flatMap((filter) => (filter.kind === 'exact' ? [filter.text] : []));
  return exact.length > 0 && exact.length === filters.length ? exact : null;
}

/** Regular expressions of engines are those of RE2. */
function quotePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
