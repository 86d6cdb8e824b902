/** What holds the memory: sizes grouped by module, variable, node, package, script or type, at one time or over a span. */

import type { Pivot, RangeNode, RangeResult } from '../model/answers/range.ts';
import type { SizeUnit, TopPivot, TopResult, TopRow, TopSection, TopSort, TopSpan } from '../model/answers/top.ts';
import { addBytes, type BytesMethod, NO_BYTES } from '../model/bytes.ts';
import { type AgreedTime, agreeOnTime } from '../model/clock.ts';
import type { Snapshot, StoppedNode, Unit } from '../model/logged/sample.ts';
import { type NameFilter, type NameFilters, nameMatcher } from '../model/names.ts';
import { growthRates, noGrowth } from './growth/growth-rates.ts';
import type { JudgedSeries } from './growth/judged-series.ts';
import { entriesOf } from './weighing/entries.ts';
import {
  GroupSum,
  type Portion,
  portionOfEntry,
  portionOfRange,
  portionOfSum,
  type Weighing,
} from './weighing/portions.ts';
import type { Weigher } from './weighing/weigh.ts';

export interface TopQuestion {
  readonly by: TopPivot;
  readonly unit: SizeUnit;
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  /** Null sorts by size. */
  readonly sort: TopSort | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

/** A group while it is added up. */
interface Group {
  readonly group: string;
  readonly sum: GroupSum;
  readonly methods: Set<BytesMethod>;
  readonly versions: Set<string>;
  unmeasured: number;
  span: { first: number; last: number; max: number; mean: number } | null;
}

type Answer = Omit<TopResult, 'reading'>;

/** @param judged of the same variables up to then; null where growth was not judged */
export function topOfSnapshot(
  snapshot: Snapshot,
  question: TopQuestion,
  weigher: Weigher,
  judged: JudgedSeries | null = null,
): Answer {
  const { by, unit, filters } = question;
  const wantsNode = nameMatcher(filters.node);
  const weighing: Weighing = { by, unit, weigher, perHour: judged === null ? noGrowth : growthRates(judged) };
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  const sum = new Sum(weigher);
  for (const entry of entriesOf(nodes, question, weigher, { guesses: unit === 'bytes' }))
    sum.add(portionOfEntry(entry, weighing));
  return {
    ...asked(question),
    mode: 'snapshot',
    growth: judged === null ? 'not-asked' : 'judged',
    from: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    to: snapshot.ts,
    sections: sections(sum.units, question),
    nodes: nodes.map(({ node, run, ts, complete, residentMemory, zeekVersion }) => {
      return { node, run, ts, complete, runs: null, boots: null, residentMemory, zeekVersion };
    }),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
    guessed: sum.guessed,
  };
}

/**
 * How a span has to be asked of the store: weighing and attributing need the variables one by one, sums in the log's
 * own unit do not.
 */
export function rangePivot({ by, unit, packages }: TopQuestion): Pivot {
  const simple = by === 'module' || by === 'variable' || by === 'node' ? by : null;
  return simple !== null && unit === 'objects' && packages.length === 0 ? simple : 'variable';
}

/** Groups what the runs of a span, asked for by `rangePivot`, come to. */
export function topOfRange(range: RangeResult, question: TopQuestion, weigher: Weigher): Answer {
  const { by, unit } = question;
  const weighing: Weighing = { by, unit, weigher, perHour: noGrowth };
  const time = agreeOnTime(range.nodes.map((node) => ({ ...node, begins: 'first' })));
  const isSummed = unit === 'objects' && rangePivot(question) === by;
  const wantsPackage = packageMatcher(question, weigher);
  const nodes = new Map(range.nodes.map((node) => [node.node, node]));
  const sum = new Sum(weigher);
  for (const group of range.groups) {
    if (isSummed) sum.add(portionOfSum(group));
    else if (wantsPackage(group.node, group.key)) sum.add(portionOfRange(group, nodes.get(group.node)!, weighing));
  }
  return {
    ...asked(question),
    mode: 'span',
    growth: 'not-asked',
    from: range.nodes.reduce((first, { firstTs }) => Math.min(first, firstTs), Number.POSITIVE_INFINITY),
    to: time.now,
    sections: sections(sum.units, question),
    nodes: range.nodes.map(({ node, runs, boots, lastTs }) => ({
      node,
      run: null,
      ts: lastTs,
      complete: true,
      runs,
      boots,
      residentMemory: null,
      zeekVersion: null,
    })),
    stopped: stoppedIn(range.nodes, time),
    guessed: sum.guessed,
  };
}

/** The nodes whose last run lies well before what the others agree is now. Up to then, they count. */
function stoppedIn(nodes: readonly RangeNode[], { now, offsets, patience }: AgreedTime): StoppedNode[] {
  const isStopped = ({ node, lastTs }: RangeNode) => now - (lastTs - (offsets.get(node) ?? 0)) > patience;
  return nodes.filter(isStopped).map(({ node, lastTs }) => ({ node, lastSeen: lastTs }));
}

/** What filters ask for, in words; null where there are none. */
export function filterWords(filters: NameFilters, packages: readonly NameFilter[] = []): string | null {
  const words = Object.entries(filterTexts(filters, packages))
    .filter(([, texts]) => texts.length > 0)
    .map(([name, texts]) => `${name} ${texts.join(' or ')}`);
  return words.length === 0 ? null : words.join(', ');
}

/** Filters as the user wrote them. */
export function filterTexts(filters: NameFilters, packages: readonly NameFilter[] = []): TopResult['filters'] {
  const texts = (list: readonly NameFilter[]) => list.map(({ text }) => text);
  const { module, variable, node } = filters;
  return { module: texts(module), variable: texts(variable), node: texts(node), package: texts(packages) };
}

function asked(question: TopQuestion): Pick<Answer, 'by' | 'unit' | 'sort' | 'filters'> {
  const { by, unit, sort, filters, packages } = question;
  return { by, unit, sort: sort ?? 'size', filters: filterTexts(filters, packages) };
}

function packageMatcher({ packages }: TopQuestion, weigher: Weigher): (node: string, variable: string) => boolean {
  if (packages.length === 0) return () => true;
  const matches = nameMatcher(packages);
  return (node, variable) => matches(weigher.origin(node, variable).attribution.package);
}

/** Adds portions up to groups, each unit apart. */
class Sum {
  readonly units = new Map<Unit, Map<string, Group>>();
  readonly #weigher: Weigher;
  readonly #guessed = new Map<string, string | null>();

  constructor(weigher: Weigher) {
    this.#weigher = weigher;
  }

  /** Sorted by name. */
  get guessed(): TopResult['guessed'] {
    return [...this.#guessed]
      .map(([variable, type]) => ({ variable, type }))
      .sort((a, b) => (a.variable < b.variable ? -1 : 1));
  }

  add(portion: Portion | null): void {
    if (portion === null) return;
    const { node, measured, span, version } = portion;
    const { unit, size, bytes, method, entries } = measured;
    const groups = this.units.get(unit) ?? new Map<string, Group>();
    this.units.set(unit, groups);
    let group = groups.get(portion.group);
    if (group === undefined) {
      group = emptyGroup(portion.group, portion.span !== null);
      groups.set(portion.group, group);
    }
    group.sum.add({ node, size: size ?? 0, bytes, entries, perHour: portion.perHour }, portion.variables);
    group.unmeasured += measured.unmeasured;
    if (method !== null) group.methods.add(method);
    if (version !== null) group.versions.add(version);
    if (group.span !== null && span !== null) {
      group.span.first += span.first;
      group.span.last += span.last;
      group.span.max += span.max;
      group.span.mean += span.mean;
    }
    if (method === 'assumed') {
      for (const variable of portion.variables)
        this.#guessed.set(variable, this.#weigher.origin(node, variable).description?.type ?? null);
    }
  }
}

function emptyGroup(group: string, withSpan: boolean): Group {
  const span = withSpan ? { first: 0, last: 0, max: 0, mean: 0 } : null;
  return { group, sum: new GroupSum(), methods: new Set(), versions: new Set(), unmeasured: 0, span };
}

/** Bytes first, then objects, then the other units by name. */
function sections(units: ReadonlyMap<Unit, ReadonlyMap<string, Group>>, question: TopQuestion): TopSection[] {
  const rank = (unit: Unit) => (unit === 'bytes' ? 0 : unit === 'objects' ? 1 : 2);
  return [...units]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([unit, groups]) => {
      const total = [...groups.values()].reduce((all, { sum }) => all + sum.size, 0);
      const rows = [...groups.values()].map((group) => row(group, total)).sort(order(question.sort ?? 'size'));
      const shown = question.limit === null ? rows : rows.slice(0, question.limit);
      const hidden = rows.slice(shown.length);
      return {
        unit,
        total,
        totalBytes:
          unit === 'bytes' ? rows.reduce((sum, { bytes }) => addBytes(sum, bytes ?? NO_BYTES), NO_BYTES) : null,
        rows: shown,
        hidden: { groups: hidden.length, size: hidden.reduce((sum, { size }) => sum + size, 0) },
      };
    });
}

const CERTAINTY: readonly BytesMethod[] = ['reported', 'modelled', 'assumed'];

function row({ group, sum, methods, versions, unmeasured, span }: Group, total: number): TopRow {
  return {
    group,
    ...sum.describe(total),
    methods: CERTAINTY.filter((method) => methods.has(method)),
    versions: [...versions].sort(),
    unmeasured,
    span,
  };
}

function order(sort: TopSort): (a: TopRow, b: TopRow) => number {
  const byName = (a: TopRow, b: TopRow) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
  if (sort === 'name') return byName;
  const value = (r: TopRow): number => {
    if (sort === 'growth') return r.perHour ?? Number.NEGATIVE_INFINITY;
    if (sort === 'entries') return r.entries ?? -1;
    if (sort === 'variables') return r.variables;
    return sort === 'size' || r.span === null ? r.size : r.span[sort satisfies keyof TopSpan];
  };
  return (a, b) => value(b) - value(a) || byName(a, b);
}
