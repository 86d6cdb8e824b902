/** What holds the memory: sizes grouped by module, variable or node, at one time or over a span. */

import { patience, usualInterval } from '../model/liveness.ts';
import { isUnfiltered, type NameFilters, nameMatcher } from '../model/name-filter.ts';
import type { Pivot, RangeGroup, RangeNode, RangeResult } from '../model/range.ts';
import type { Sample, Snapshot, StoppedNode, Unit } from '../model/sample.ts';
import type { TopResult, TopRow, TopSection, TopSort, TopSpan } from '../model/top.ts';

export interface TopQuestion {
  readonly by: Pivot;
  readonly filters: NameFilters;
  /** Null sorts by size. */
  readonly sort: TopSort | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

/** A group while it is added up. */
interface Group {
  readonly group: string;
  size: number;
  largestNode: { node: string; size: number };
  entries: number | null;
  readonly variables: Set<string>;
  nodes: number;
  unmeasured: number;
  span: { first: number; last: number; max: number; mean: number } | null;
}

type Answer = Omit<TopResult, 'reading'>;

/** Groups the samples of a snapshot. */
export function topOfSnapshot(snapshot: Snapshot, question: TopQuestion): Answer {
  const { by, filters } = question;
  const wantsNode = nameMatcher(filters.node);
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  const units = new Map<Unit, Map<string, Group>>();
  for (const { node, samples } of nodes) {
    const onNode = new Map<Unit, Map<string, RangeGroup & { variables: string[] }>>();
    for (const sample of samples) {
      if (!wantsModule(sample.moduleName) || !wantsVariable(sample.variable)) continue;
      addSample(onNode, by, node, sample);
    }
    for (const groups of onNode.values()) for (const group of groups.values()) addGroup(units, group, false);
  }
  return {
    by,
    mode: 'snapshot',
    from: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    to: snapshot.ts,
    filters: filterTexts(filters),
    sort: question.sort ?? 'size',
    sections: sections(units, question),
    nodes: nodes.map(({ node, run, ts, complete }) => ({ node, run, ts, complete, runs: null, boots: null })),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
  };
}

/** Groups what the runs of a span come to. */
export function topOfRange(range: RangeResult, question: TopQuestion): Answer {
  const units = new Map<Unit, Map<string, Group>>();
  for (const group of range.groups) addGroup(units, group, true);
  return {
    by: question.by,
    mode: 'span',
    from: range.nodes.reduce((first, { firstTs }) => Math.min(first, firstTs), Number.POSITIVE_INFINITY),
    to: range.nodes.reduce((last, { lastTs }) => Math.max(last, lastTs), Number.NEGATIVE_INFINITY),
    filters: filterTexts(question.filters),
    sort: question.sort ?? 'size',
    sections: sections(units, question),
    nodes: range.nodes.map(({ node, runs, boots, lastTs }) => ({
      node,
      run: null,
      ts: lastTs,
      complete: true,
      runs,
      boots,
    })),
    stopped: stoppedIn(range.nodes),
  };
}

/** The nodes whose last run lies well before the last one of all. Up to then, they count. */
function stoppedIn(nodes: readonly RangeNode[]): StoppedNode[] {
  const last = nodes.reduce((latest, { lastTs }) => Math.max(latest, lastTs), Number.NEGATIVE_INFINITY);
  const intervals = nodes.flatMap(({ runs, firstTs, lastTs }) => (runs > 1 ? [(lastTs - firstTs) / (runs - 1)] : []));
  const limit = patience(usualInterval(intervals));
  return nodes.filter(({ lastTs }) => last - lastTs > limit).map(({ node, lastTs }) => ({ node, lastSeen: lastTs }));
}

/** What a question's filters ask for, in words; null where it has none. */
export function filterWords(filters: NameFilters): string | null {
  if (isUnfiltered(filters)) return null;
  return Object.entries(filterTexts(filters))
    .filter(([, texts]) => texts.length > 0)
    .map(([name, texts]) => `${name} ${texts.join(' or ')}`)
    .join(', ');
}

/** Filters as the user wrote them. */
export function filterTexts({ module, variable, node }: NameFilters): TopResult['filters'] {
  const texts = (filters: NameFilters['module']) => filters.map(({ text }) => text);
  return { module: texts(module), variable: texts(variable), node: texts(node) };
}

/** Adds a sample to its group on one node; the group's span is that of a single run. */
function addSample(
  units: Map<Unit, Map<string, RangeGroup & { variables: string[] }>>,
  by: Pivot,
  node: string,
  { moduleName, variable, size, unit, entries }: Sample,
): void {
  const key = by === 'module' ? moduleName : by === 'variable' ? variable : node;
  const groups = units.get(unit) ?? new Map<string, RangeGroup & { variables: string[] }>();
  units.set(unit, groups);
  const before = groups.get(key);
  const last = (before?.last ?? 0) + (size ?? 0);
  const variables = before?.variables ?? [];
  variables.push(variable);
  groups.set(key, {
    node,
    key,
    unit,
    first: last,
    last,
    max: last,
    mean: last,
    entries: entries === null ? (before?.entries ?? null) : (before?.entries ?? 0) + entries,
    variables,
    unmeasured: (before?.unmeasured ?? 0) + (size === null ? 1 : 0),
  });
}

function addGroup(units: Map<Unit, Map<string, Group>>, added: RangeGroup, withSpan: boolean): void {
  const groups = units.get(added.unit) ?? new Map<string, Group>();
  units.set(added.unit, groups);
  let group = groups.get(added.key);
  if (group === undefined) {
    group = {
      group: added.key,
      size: 0,
      largestNode: { node: added.node, size: added.last },
      entries: null,
      variables: new Set(),
      nodes: 0,
      unmeasured: 0,
      span: withSpan ? { first: 0, last: 0, max: 0, mean: 0 } : null,
    };
    groups.set(added.key, group);
  }
  group.size += added.last;
  group.nodes++;
  group.unmeasured += added.unmeasured;
  for (const variable of added.variables) group.variables.add(variable);
  if (added.entries !== null) group.entries = (group.entries ?? 0) + added.entries;
  if (added.last > group.largestNode.size) group.largestNode = { node: added.node, size: added.last };
  if (group.span !== null) {
    group.span.first += added.first;
    group.span.last += added.last;
    group.span.max += added.max;
    group.span.mean += added.mean;
  }
}

/** Bytes first, then objects, then the other units by name. */
function sections(units: ReadonlyMap<Unit, ReadonlyMap<string, Group>>, question: TopQuestion): TopSection[] {
  const rank = (unit: Unit) => (unit === 'bytes' ? 0 : unit === 'objects' ? 1 : 2);
  return [...units]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([unit, groups]) => {
      const total = [...groups.values()].reduce((sum, { size }) => sum + size, 0);
      const rows = [...groups.values()].map((group) => row(group, total)).sort(order(question.sort ?? 'size'));
      const shown = question.limit === null ? rows : rows.slice(0, question.limit);
      const hidden = rows.slice(shown.length);
      return {
        unit,
        total,
        rows: shown,
        hidden: { groups: hidden.length, size: hidden.reduce((sum, { size }) => sum + size, 0) },
      };
    });
}

function row({ variables, ...group }: Group, total: number): TopRow {
  return { ...group, share: total > 0 ? group.size / total : 0, variables: variables.size };
}

function order(sort: TopSort): (a: TopRow, b: TopRow) => number {
  const byName = (a: TopRow, b: TopRow) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
  if (sort === 'name') return byName;
  const value = (r: TopRow): number => {
    if (sort === 'entries') return r.entries ?? -1;
    if (sort === 'variables') return r.variables;
    return sort === 'size' || r.span === null ? r.size : r.span[sort satisfies keyof TopSpan];
  };
  return (a, b) => value(b) - value(a) || byName(a, b);
}
