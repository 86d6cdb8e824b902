/** What holds the memory: sizes grouped by module, variable, node, package, script or type, at one time or over a span. */

import type { Pivot, RangeNode, RangeResult } from '../model/answers/range.ts';
import type { SizeUnit, TopPivot, TopResult, TopRow, TopSection, TopSort, TopSpan } from '../model/answers/top.ts';
import { addBytes, type BytesMethod, exactly, NO_BYTES } from '../model/bytes.ts';
import { type AgreedTime, agreeOnTime } from '../model/clock.ts';
import { type Entry, GROUPS_OF } from '../model/entry.ts';
import type { Snapshot, StoppedNode, Unit } from '../model/logged/sample.ts';
import { createMatcher, listFilters, type NameFilter, type NameFilters } from '../model/names.ts';
import { listGrowthRates } from './growth/growth-rates.ts';
import type { JudgedSeries } from './growth/judged-series.ts';
import { convertEntry, makeEntries, makeSpanEntry } from './weighing/entries.ts';
import { GroupSum } from './weighing/group-sum.ts';
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

type Answer = Omit<TopResult, 'reading'>;

function isJudged({ series }: JudgedSeries): boolean {
  return series.some(({ trend }) => trend.verdict !== 'unclear');
}

/** @param judged of the same variables up to then; null where growth was not judged */
export function rankSnapshot(
  snapshot: Snapshot,
  question: TopQuestion,
  weigher: Weigher,
  judged: JudgedSeries | null = null,
): Answer {
  const { by, unit, filters } = question;
  const wantsNode = createMatcher(filters.node);
  const rateOf = judged === null ? () => null : listGrowthRates(judged);
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  const groups = new Groups();
  for (const entry of makeEntries(nodes, question, weigher, { guesses: unit === 'bytes' })) {
    const converted = convertEntry(entry, unit);
    if (converted === null) continue;
    const { node, variable, size } = converted;
    const perHour = rateOf(node, variable, converted.unit);
    const version = by === 'package' ? entry.from.version : null;
    const unmeasured = size === null ? 1 : 0;
    groups.add(GROUPS_OF[by](entry), converted, { variables: [variable], version, perHour, unmeasured, span: null });
  }
  return {
    ...repeatQuestion(question),
    mode: 'snapshot',
    growth: judged === null ? 'not-asked' : isJudged(judged) ? 'judged' : 'too-short',
    from: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    to: snapshot.ts,
    sections: listSections(groups.units, question),
    nodes: nodes.map(({ node, run, ts, complete, residentMemory, zeekVersion }) => {
      return { node, run, ts, complete, runs: null, boots: null, residentMemory, zeekVersion };
    }),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
    guessed: groups.guessed,
  };
}

/**
 * How a span has to be asked of the store: weighing and attributing need the variables one by one, sums in the log's
 * own unit do not.
 */
export function choosePivot({ by, unit, packages }: TopQuestion): Pivot {
  const simple = by === 'module' || by === 'variable' || by === 'node' ? by : null;
  return simple !== null && unit === 'objects' && packages.length === 0 ? simple : 'variable';
}

/** Groups what the runs of a span, asked for by `choosePivot`, come to. */
export function rankRange(range: RangeResult, question: TopQuestion, weigher: Weigher): Answer {
  const { by, unit, packages } = question;
  const time = agreeOnTime(range.nodes.flatMap(({ spans }) => spans));
  const isSummed = unit === 'objects' && choosePivot(question) === by;
  const wantsPackage = createMatcher(packages);
  const nodes = new Map(range.nodes.map((node) => [node.node, node]));
  const groups = new Groups();
  for (const group of range.groups) {
    const { node, key, unit: logged, first, last, max, mean, entries, variables, unmeasured } = group;
    if (isSummed) {
      const reported = logged === 'bytes' ? exactly(last) : null;
      const entry = {
        node,
        unit: logged,
        size: last,
        bytes: reported,
        method: reported && ('reported' as const),
        entries,
      };
      const span = { first, last, max, mean };
      groups.add(key, { ...entry, type: null }, { variables, version: null, perHour: null, unmeasured, span });
      continue;
    }
    const made = makeSpanEntry(group, nodes.get(node)!, unit, weigher);
    if (made === null || !wantsPackage(made.entry.from.package)) continue;
    const { entry, span } = made;
    groups.add(GROUPS_OF[by](entry), entry, {
      variables,
      version: by === 'package' ? entry.from.version : null,
      perHour: null,
      unmeasured: entry.unit === 'bytes' && logged !== 'bytes' ? 0 : unmeasured,
      span,
    });
  }
  return {
    ...repeatQuestion(question),
    mode: 'span',
    growth: 'not-asked',
    from: range.nodes
      .flatMap(({ spans }) => spans)
      .reduce((first, { firstTs }) => Math.min(first, firstTs), Number.POSITIVE_INFINITY),
    to: time.now,
    sections: listSections(groups.units, question),
    nodes: range.nodes.map(({ node, runs, boots, spans }) => ({
      node,
      run: null,
      ts: spans.at(-1)!.lastTs,
      complete: true,
      runs,
      boots,
      residentMemory: null,
      zeekVersion: null,
    })),
    stopped: findStopped(range.nodes, time),
    guessed: groups.guessed,
  };
}

/** The nodes whose last run lies well before what the others agree is now. Up to then, they count. */
function findStopped(nodes: readonly RangeNode[], { now, offsets, patience }: AgreedTime): StoppedNode[] {
  const last = nodes.map(({ node, spans }) => ({ node, lastSeen: spans.at(-1)!.lastTs }));
  return last.filter(({ node, lastSeen }) => now - (lastSeen - (offsets.get(node) ?? 0)) > patience);
}

function repeatQuestion(question: TopQuestion): Pick<Answer, 'by' | 'unit' | 'sort' | 'filters'> {
  const { by, unit, sort, filters, packages } = question;
  return { by, unit, sort: sort ?? 'size', filters: listFilters(filters, packages) };
}

/** What an entry adds to its group besides its size. */
interface Added {
  readonly variables: readonly string[];
  /** Of the package, where groups are that. */
  readonly version: string | null;
  readonly perHour: number | null;
  /** Rows without a size. */
  readonly unmeasured: number;
  readonly span: TopSpan | null;
}

/** A group while it is added up. */
class Group extends GroupSum {
  readonly methods = new Set<BytesMethod>();
  readonly versions = new Set<string>();
  unmeasured = 0;
  span: TopSpan | null = null;

  addSpan(more: TopSpan): void {
    const { first, last, max, mean } = this.span ?? { first: 0, last: 0, max: 0, mean: 0 };
    this.span = { first: first + more.first, last: last + more.last, max: max + more.max, mean: mean + more.mean };
  }
}

/** Groups of entries, each unit apart. */
class Groups {
  readonly units = new Map<Unit, Map<string, Group>>();
  readonly #guessed = new Map<string, string | null>();

  /** Sorted by name. */
  get guessed(): TopResult['guessed'] {
    return [...this.#guessed]
      .map(([variable, type]) => ({ variable, type }))
      .sort((a, b) => (a.variable < b.variable ? -1 : 1));
  }

  /** @param entry in the unit asked for */
  add(
    name: string,
    entry: Pick<Entry, 'node' | 'unit' | 'size' | 'bytes' | 'method' | 'entries' | 'type'>,
    { variables, version, perHour, unmeasured, span }: Added,
  ): void {
    const { unit, method, type } = entry;
    const groups = this.units.get(unit) ?? new Map<string, Group>();
    this.units.set(unit, groups);
    const group = groups.get(name) ?? new Group();
    groups.set(name, group);
    group.add(entry, perHour, variables);
    group.unmeasured += unmeasured;
    if (method !== null) group.methods.add(method);
    if (version !== null) group.versions.add(version);
    if (span !== null) group.addSpan(span);
    if (method === 'assumed') for (const variable of variables) this.#guessed.set(variable, type);
  }
}

/** Bytes first, then objects, then the other units by name. */
function listSections(units: ReadonlyMap<Unit, ReadonlyMap<string, Group>>, question: TopQuestion): TopSection[] {
  const rank = (unit: Unit) => (unit === 'bytes' ? 0 : unit === 'objects' ? 1 : 2);
  return [...units]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([unit, groups]) => {
      const total = [...groups.values()].reduce((all, { size }) => all + size, 0);
      const rows = [...groups]
        .map(([name, group]) => makeRow(name, group, total))
        .sort(compareBy(question.sort ?? 'size'));
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

function makeRow(name: string, group: Group, total: number): TopRow {
  return {
    group: name,
    ...group.describe(total),
    methods: CERTAINTY.filter((method) => group.methods.has(method)),
    versions: [...group.versions].sort(),
    unmeasured: group.unmeasured,
    span: group.span,
  };
}

function compareBy(sort: TopSort): (a: TopRow, b: TopRow) => number {
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
