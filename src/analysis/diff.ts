/** What is different between two answers of `top`. */

import type {
  DiffDivisor,
  DiffKind,
  DiffResult,
  DiffRow,
  DiffSection,
  DiffSide,
  DiffState,
} from '../model/answers/diff.ts';
import type { TopResult, TopRow, TopSection } from '../model/answers/top.ts';
import type { ByteRange } from '../model/bytes.ts';
import type { Unit } from '../model/logged/sample.ts';

export interface ComparedSide {
  readonly name: string;
  /** Of a snapshot, without limit. */
  readonly top: Omit<TopResult, 'reading'>;
  /** Live connections of the nodes counted; null where they were not asked for. */
  readonly connections: number | null;
}

interface DiffQuestion {
  readonly kind: DiffKind;
  readonly per: DiffDivisor | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

export function compareSides(
  before: ComparedSide,
  after: ComparedSide,
  { kind, per, limit }: DiffQuestion,
): Omit<DiffResult, 'reading'> {
  const { by, unit, filters } = after.top;
  const units = [...new Set([...after.top.sections, ...before.top.sections].map((section) => section.unit))];
  const sectionIn = (side: ComparedSide, name: Unit) => side.top.sections.find((section) => section.unit === name);
  return {
    kind,
    by,
    unit,
    per,
    filters,
    before: describeSide(before),
    after: describeSide(after),
    sections: units.map((name) => {
      const divisors = { before: before.connections ?? 1, after: after.connections ?? 1 };
      return compareSections(name, sectionIn(before, name), sectionIn(after, name), divisors, limit);
    }),
  };
}

function describeSide({ name, top: { from, to, nodes, stopped }, connections }: ComparedSide): DiffSide {
  return { name, from, to, nodes, stopped, connections };
}

function compareSections(
  unit: Unit,
  before: TopSection | undefined,
  after: TopSection | undefined,
  divisors: { readonly before: number; readonly after: number },
  limit: number | null,
): DiffSection {
  const old = new Map(before?.rows.map((row) => [row.group, row]));
  const now = new Map(after?.rows.map((row) => [row.group, row]));
  const groups = [...new Set([...old.keys(), ...now.keys()])];
  const rows: DiffRow[] = [];
  for (const group of groups) {
    const row = compareRows(group, old.get(group), now.get(group), divisors);
    if (row !== null) rows.push(row);
  }
  rows.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.group < b.group ? -1 : 1));
  const shown = limit === null ? rows : rows.slice(0, limit);
  const hidden = rows.slice(shown.length);
  return {
    unit,
    before: (before?.total ?? 0) / divisors.before,
    after: (after?.total ?? 0) / divisors.after,
    rows: shown,
    hidden: { groups: hidden.length, change: hidden.reduce((sum, { change }) => sum + change, 0) },
    same: groups.length - rows.length,
  };
}

/** Null where both sides are the same. */
function compareRows(
  group: string,
  old: TopRow | undefined,
  now: TopRow | undefined,
  divisors: { readonly before: number; readonly after: number },
): DiffRow | null {
  const before = old === undefined ? null : old.size / divisors.before;
  const after = now === undefined ? null : now.size / divisors.after;
  const change = (after ?? 0) - (before ?? 0);
  if (change === 0 && before !== null && after !== null) return null;
  return {
    group,
    state: chooseState(before, after),
    before,
    after,
    change,
    relative: before === null || before === 0 || after === null ? null : change / before,
    beforeBytes: divideBytes(old?.bytes, divisors.before),
    afterBytes: divideBytes(now?.bytes, divisors.after),
    beforeEntries: old?.entries ?? null,
    afterEntries: now?.entries ?? null,
    beforeNodes: old?.nodes ?? 0,
    afterNodes: now?.nodes ?? 0,
  };
}

function chooseState(before: number | null, after: number | null): DiffState {
  if (before === null) return 'appeared';
  if (after === null) return 'gone';
  return after > before ? 'grown' : 'shrunk';
}

function divideBytes(bytes: ByteRange | null | undefined, divisor: number): ByteRange | null {
  if (bytes === null || bytes === undefined) return null;
  return { low: bytes.low / divisor, likely: bytes.likely / divisor, high: bytes.high / divisor };
}
