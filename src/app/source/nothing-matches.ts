/** Errors for filters that match nothing, with names that are close to what was typed. */

import { findCloseNames } from '../../analysis/close-names.ts';
import type { Weigher } from '../../analysis/weighing/weigh.ts';
import { type ExpectedError, nothingSelected } from '../../model/errors/catalogue.ts';
import type { NodeRun } from '../../model/logged/sample.ts';
import { createMatcher, describeFilters, type NameFilter, type NameFilters } from '../../model/names.ts';
import type { Store } from './source.ts';

type ByKind<T> = Readonly<Record<string, readonly T[]>>;

/** @param names those there are, by the same words as the filters */
export function nothingMatches(filters: ByKind<NameFilter>, names: ByKind<string>): ExpectedError {
  const unknown = Object.entries(filters).flatMap(([kind, list]) =>
    list.filter((filter) => !(names[kind] ?? []).some(createMatcher([filter]))).map(({ text }) => ({ kind, text })),
  );
  const close = unknown.flatMap(({ kind, text }) => findCloseNames(text, names[kind] ?? []));
  return nothingSelected(describeFilters(filters) ?? 'anything', close, unknown.length === 0);
}

/** Packages that were asked for, and what tells whose a variable is. */
interface Packages {
  readonly packages: readonly NameFilter[];
  readonly weigher: Weigher;
}

/** The same, of what these nodes hold. */
export function nothingHeld(
  nodes: readonly NodeRun[],
  filters: NameFilters,
  { packages, weigher }: Partial<Packages> = {},
): ExpectedError {
  const samples = nodes.flatMap(({ node, samples }) => samples.map((sample) => ({ node, ...sample })));
  return nothingMatches(
    { ...filters, package: packages ?? [] },
    {
      module: samples.map(({ moduleName }) => moduleName),
      variable: samples.map(({ variable }) => variable),
      node: nodes.map(({ node }) => node),
      package: samples.flatMap(({ node, variable }) => weigher?.origin(node, variable).attribution.package ?? []),
    },
  );
}

/** The same, of the snapshot. */
export async function nothingStored(
  store: Store,
  filters: NameFilters,
  packages: Partial<Packages> = {},
): Promise<ExpectedError> {
  return nothingHeld((await store.snapshot(null)).snapshot.nodes, filters, packages);
}

/** True where something is filtered out. */
export function isFiltered(filters: NameFilters, packages: readonly NameFilter[] = []): boolean {
  return describeFilters({ ...filters, package: packages }) !== null;
}
