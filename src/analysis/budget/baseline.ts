/** Baselines: sizes that were accepted, read from their file, written, made of what was measured, and compared with that. */

import type { Node } from 'jsonc-parser';
import type { Baseline, BaselineSize, BudgetFile, BudgetKind } from '../../model/answers/budget.ts';
import { badBaseline } from '../../model/errors/catalogue.ts';
import { createMatcher } from '../../model/names.ts';
import { addUpHoldings, BUDGET_KINDS, findLargest, type Held, type Holdings } from '../weighing/holdings.ts';
import { Document, KINDS, quoteText } from './budget-file.ts';

const BASELINE_FORMAT = 'my-stats.baseline';

/**
 * @param text of a baseline, as `printBaseline` writes it
 * @throws ExpectedError with file and line where it cannot be used
 */
export function readBaseline(path: string, text: string): Baseline {
  const document = new Document(path, text, badBaseline);
  const members = document.members(document.root, 'the baseline');
  const value = (key: string) => members.find((member) => member.key === key)?.value;
  if (value('format')?.value !== BASELINE_FORMAT)
    throw document.error(document.root, 'it is no baseline of this program');
  if (value('version')?.value !== 1)
    throw document.error(value('version') ?? document.root, 'it was written by another version of this program');
  const zeek = value('zeek');
  const sizesOf = (key: string) => {
    const node = value(key);
    if (node === undefined) return new Map<string, BaselineSize>();
    return new Map(
      document.members(node, key).map(({ key: name, value: size }) => [name, readSize(document, size, name)]),
    );
  };
  return {
    zeekVersion: typeof zeek?.value === 'string' ? zeek.value : null,
    sizes: { package: sizesOf('packages'), module: sizesOf('modules'), variable: sizesOf('variables') },
  };
}

function readSize(document: Document, node: Node, name: string): BaselineSize {
  const numbers: Record<string, number | null> = { bytes: null, entries: null };
  for (const { key, value } of document.members(node, `the size of ${quoteText(name)}`)) {
    if (!Object.hasOwn(numbers, key)) continue;
    if (value.type !== 'number' || !(Number(value.value) >= 0))
      throw document.error(value, `${key} of ${quoteText(name)} must be a number from 0`);
    numbers[key] = Number(value.value);
  }
  return { bytes: numbers.bytes!, entries: numbers.entries!, line: document.lineOf(node) };
}

/** One line per name, in their order: a change shows as what it is in a review. */
export function printBaseline({ zeekVersion, sizes }: Baseline): string {
  const parts = Object.entries(KINDS).map(([key, kind]) => {
    const lines = [...sizes[kind]]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { bytes, entries }]) => `    ${JSON.stringify(name)}: ${printSize(bytes, entries)}`);
    return `  ${JSON.stringify(key)}: ${lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`}`;
  });
  const head = [`  "format": "${BASELINE_FORMAT}"`, '  "version": 1', `  "zeek": ${JSON.stringify(zeekVersion)}`];
  return `{\n${[...head, ...parts].join(',\n')}\n}\n`;
}

function printSize(bytes: number | null, entries: number | null): string {
  const members = [
    ...(bytes === null ? [] : [`"bytes": ${Math.round(bytes)}`]),
    ...(entries === null ? [] : [`"entries": ${entries}`]),
  ];
  return `{ ${members.join(', ')} }`;
}

/** Sizes as a baseline has them, of what was measured elsewhere. */
export function makeBaseline(file: BudgetFile, measured: Held): Baseline {
  return collectBaseline(file, addUpHoldings(measured), measured.zeekVersion);
}

/** What has a limit to its growth, and all variables, so that the one that grew can be named. */
export function collectBaseline(
  { budgets }: BudgetFile,
  held: Record<BudgetKind, Holdings>,
  zeekVersion: string | null,
): Baseline {
  const sizes = {
    package: new Map<string, BaselineSize>(),
    module: new Map<string, BaselineSize>(),
    variable: new Map<string, BaselineSize>(),
  };
  for (const kind of BUDGET_KINDS) {
    const own = budgets.filter((budget) => budget.kind === kind && (budget.growth || budget.warnGrowth));
    const matches = createMatcher(own.map(({ pattern }) => pattern));
    for (const [name, onNodes] of held[kind]) {
      if (onNodes.size === 0 || (kind !== 'variable' && (own.length === 0 || !matches(name)))) continue;
      const bytes = findLargest(onNodes, 'bytes')?.bytes?.likely ?? null;
      const entries = findLargest(onNodes, 'entries')?.entries ?? null;
      if (bytes !== null || entries !== null) sizes[kind].set(name, { bytes, entries, line: 0 });
    }
  }
  return { zeekVersion, sizes };
}

/** What should be brought up to date in a baseline, one sentence each. */
export function describeStale(baseline: Baseline, fresh: Baseline, { ignore, budgets }: BudgetFile): string[] {
  const words: string[] = [];
  const series = (version: string | null) => version?.split('.').slice(0, 2).join('.') ?? null;
  if (
    baseline.zeekVersion !== null &&
    fresh.zeekVersion !== null &&
    series(baseline.zeekVersion) !== series(fresh.zeekVersion)
  )
    words.push(`is of Zeek ${baseline.zeekVersion}, and what was measured now is of ${fresh.zeekVersion}`);
  for (const kind of BUDGET_KINDS) {
    const own = budgets.filter((budget) => budget.kind === kind && (budget.growth || budget.warnGrowth));
    if (own.length === 0) continue;
    const matches = createMatcher(own.map(({ pattern }) => pattern));
    const gone = [...baseline.sizes[kind].keys()].filter((name) => matches(name) && !fresh.sizes[kind].has(name));
    if (gone.length > 0) words.push(`names ${kind}s that are not there now: ${gone.join(', ')}`);
    const shrunk = [...fresh.sizes[kind]].filter(([name, { bytes }]) => {
      const before = baseline.sizes[kind].get(name)?.bytes ?? null;
      return matches(name) && before !== null && bytes !== null && bytes < 0.5 * before && before - bytes > ignore;
    });
    if (shrunk.length > 0)
      words.push(`has ${kind}s that are less than half as large now: ${shrunk.map(([name]) => name).join(', ')}`);
  }
  return words;
}
