/** Whether packages, modules and variables keep their budgets. A size is that on the node on which it is largest. */

import type {
  Baseline,
  BaselineSize,
  Budget,
  BudgetFile,
  BudgetKind,
  CheckResult,
  CheckRow,
  CheckState,
  Growth,
  LimitAmount,
} from '../../model/answers/budget.ts';
import { createMatcher } from '../../model/names.ts';
import {
  addUpHoldings,
  BUDGET_KINDS,
  findLargest,
  type Held,
  type Holding,
  type Holdings,
  measureHolding,
} from '../weighing/holdings.ts';
import { collectBaseline, describeStale, printBaseline } from './baseline.ts';

const ORDER: readonly CheckState[] = ['failed', 'missing', 'warned', 'kept'];

export type CheckAnswer = Pick<CheckResult, 'rows' | 'counts' | 'stale' | 'newBaseline' | 'newSizes'>;

/** @param baseline null where there is none */
export function checkBudgets(
  file: BudgetFile,
  measured: Held,
  baseline: Baseline | null,
  baselinePath: string,
): CheckAnswer {
  const held = addUpHoldings(measured);
  const context = { file, baseline, baselinePath, weighs: measured.knowsBytes };
  const rows = [
    ...findEmptyPatterns(file, held),
    ...requireBaseline(context),
    ...BUDGET_KINDS.flatMap((kind) => checkKind(kind, held, context)),
  ];
  rows.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || computeExcess(b) - computeExcess(a));
  const counts = { kept: 0, warned: 0, failed: 0, missing: 0 };
  for (const { state } of rows) counts[state]++;
  const fresh = collectBaseline(file, held, measured.zeekVersion);
  return {
    rows,
    counts,
    stale: baseline === null ? [] : describeStale(baseline, fresh, file),
    newBaseline: printBaseline(fresh),
    newSizes: BUDGET_KINDS.reduce((sum, kind) => sum + fresh.sizes[kind].size, 0),
  };
}

/** Budgets for what does not exist: a typo, or a package that was not loaded. */
function findEmptyPatterns({ budgets, path }: BudgetFile, held: Record<BudgetKind, Holdings>): CheckRow[] {
  return budgets.flatMap(({ kind, pattern, line }) => {
    const matches = createMatcher([pattern]);
    if ([...held[kind].keys()].some(matches)) return [];
    const reason = `no ${kind} that was measured matches: check the name, and that what declares it is loaded`;
    return [{ ...EMPTY_ROW, kind, name: pattern.text, state: 'missing' as const, place: { file: path, line }, reason }];
  });
}

/** Limits of growth need something to compare with: said once. */
function requireBaseline({ file: { path, budgets }, baseline, baselinePath }: Context): CheckRow[] {
  if (baseline !== null) return [];
  for (const { kind, pattern, growth, warnGrowth } of budgets) {
    const limit = growth ? 'growth' : 'warnGrowth';
    const allowed = growth ?? warnGrowth;
    if (!allowed) continue;
    const reason = `there is no ${baselinePath} to compare with: write it with --update`;
    const place = { file: path, line: allowed.line };
    return [{ ...EMPTY_ROW, kind, name: pattern.text, state: 'missing', limit, allowed: allowed.text, place, reason }];
  }
  return [];
}

const EMPTY_ROW = {
  limit: null,
  allowed: '',
  unit: 'bytes',
  size: null,
  bytes: null,
  node: null,
  allowedSize: null,
  before: null,
  because: null,
  reason: '',
} as const;

interface Context {
  readonly file: BudgetFile;
  readonly baseline: Baseline | null;
  readonly baselinePath: string;
  /** True where the logs tell types, so that bytes can be told. */
  readonly weighs: boolean;
}

function checkKind(kind: BudgetKind, held: Record<BudgetKind, Holdings>, context: Context): CheckRow[] {
  const budgets = context.file.budgets.filter((budget) => budget.kind === kind).sort(compareExactness);
  const matchers = budgets.map(({ pattern }) => createMatcher([pattern]));
  return [...held[kind]].flatMap(([name, onNodes]) => {
    const own = budgets.filter((_, i) => matchers[i]!(name));
    if (own.length === 0) return [];
    // What is described but too small to be logged is nobody's concern, unless it is named.
    if (onNodes.size === 0 && own.every(({ pattern }) => pattern.kind !== 'exact')) return [];
    const before = context.baseline?.sizes[kind].get(name) ?? null;
    const rows = (['max', 'warn', 'growth', 'warnGrowth'] as const).flatMap((limit): CheckRow[] => {
      const allowed = own.find((budget) => budget[limit] !== undefined)?.[limit];
      if (allowed === undefined || allowed === null) return [];
      if ((limit === 'growth' || limit === 'warnGrowth') && context.baseline === null) return [];
      return [checkLimit({ kind, name, onNodes, limit, allowed, before }, context)];
    });
    // Who has failed needs no warning.
    const failed = new Set(rows.filter(({ state }) => state === 'failed').map(({ limit }) => limit));
    return rows.filter(({ state, limit }) => {
      return state !== 'warned' || !failed.has(limit === 'warn' ? 'max' : 'growth');
    });
  });
}

/** A name before a glob, a long glob before a short one, and what is written later before what is written earlier. */
function compareExactness(a: Budget, b: Budget): number {
  const rank = ({ pattern }: Budget) => (pattern.kind === 'exact' ? 2 : pattern.kind === 'glob' ? 1 : 0);
  const letters = ({ pattern }: Budget) => pattern.text.replace(/[*?]/g, '').length;
  return rank(b) - rank(a) || letters(b) - letters(a) || b.line - a.line;
}

interface Question {
  readonly kind: BudgetKind;
  readonly name: string;
  readonly onNodes: ReadonlyMap<string, Holding>;
  readonly limit: 'max' | 'warn' | 'growth' | 'warnGrowth';
  readonly allowed: LimitAmount | Growth;
  readonly before: BaselineSize | null;
}

function checkLimit(question: Question, context: Context): CheckRow {
  const { kind, name, onNodes, limit, allowed } = question;
  const isGrowth = limit === 'growth' || limit === 'warnGrowth';
  const unit = 'share' in allowed ? (context.weighs || hasBytes(onNodes) ? 'bytes' : 'entries') : allowed.unit;
  const place = { file: context.file.path, line: allowed.line };
  const base = { ...EMPTY_ROW, kind, name, limit, allowed: allowed.text, unit, place } as const;
  const largest = findLargest(onNodes, unit);
  // Nothing of it was logged: it is smaller than the collector's threshold.
  const size = onNodes.size === 0 ? 0 : largest === null ? null : measureHolding(largest, unit);
  if (size === null) {
    const untold = context.weighs ? 'nothing tells what it was made with' : 'no log tells its type';
    const reason = unit === 'bytes' ? `its bytes are not known: ${untold}` : 'it has no entries that were counted';
    return { ...base, state: 'missing', reason };
  }
  const known = {
    ...base,
    size,
    bytes: unit === 'bytes' ? (largest?.bytes ?? null) : null,
    node: largest?.node ?? null,
  };
  const before = question.before?.[unit] ?? null;
  // What is added to a size nobody knows is not known either, unless it is too much without that.
  const unknown = unit === 'bytes' && context.weighs ? findUnweighed(onNodes) : null;
  const keptOrNot = (isTooMuch: boolean, worse: CheckState): Pick<CheckRow, 'state' | 'reason'> => {
    if (isTooMuch || unknown === null) return { state: isTooMuch ? worse : 'kept', reason: '' };
    return { state: 'missing', reason: `the bytes of ${unknown} are not known` };
  };
  const worse: CheckState = limit === 'max' || limit === 'growth' ? 'failed' : 'warned';
  if (!isGrowth) {
    const allowedSize = (allowed as LimitAmount).value;
    const because = largest === null ? null : findMost(largest, unit, null);
    return { ...known, ...keptOrNot(size > allowedSize, worse), allowedSize, before, because };
  }
  const from = before ?? 0;
  const allowedSize = 'share' in allowed ? from * (1 + allowed.share) : from + allowed.value;
  // What is small grows by a multiple easily; entries are counted exactly.
  const isSmall = unit === 'bytes' && size - from < context.file.ignore;
  const because = largest === null ? null : findMost(largest, unit, context.baseline);
  return {
    ...known,
    ...keptOrNot(size > allowedSize && !isSmall, worse),
    allowedSize,
    before: before ?? 0,
    because,
  };
}

function hasBytes(onNodes: ReadonlyMap<string, Holding>): boolean {
  return [...onNodes.values()].some(({ bytes }) => bytes !== null);
}

/** A variable of which nobody can tell the bytes; null where there is none. */
function findUnweighed(onNodes: ReadonlyMap<string, Holding>): string | null {
  for (const { parts } of onNodes.values())
    for (const { variable, bytes } of parts) if (bytes === null) return variable;
  return null;
}

/** The variable that holds most, or, with a baseline, grew most. */
function findMost({ parts }: Holding, unit: 'bytes' | 'entries', baseline: Baseline | null): CheckRow['because'] {
  let most: CheckRow['because'] = null;
  for (const { variable, bytes, entries } of parts) {
    const size = unit === 'bytes' ? bytes : entries;
    if (size === null) continue;
    const change = baseline === null ? null : size - (baseline.sizes.variable.get(variable)?.[unit] ?? 0);
    if (most === null || (change ?? size) > (most.change ?? most.size)) most = { variable, size, change };
  }
  return most;
}

/** By how much of its limit a size is over it. */
function computeExcess({ size, allowedSize }: CheckRow): number {
  return size === null || allowedSize === null ? 0 : size / Math.max(1, allowedSize);
}
