import { closeNames } from '../../analysis/close-names.ts';
import type { Weigher } from '../../analysis/weighing/weigh.ts';
import { type ExpectedError, nothingSelected } from '../../model/errors/catalogue.ts';
import type { NodeRun } from '../../model/logged/sample.ts';
import type { NameFilter, NameFilters } from '../../model/names.ts';
import type { Store } from './source.ts';

/** Packages that were asked for, and what tells whose a variable is. */
interface Packages {
  readonly packages: readonly NameFilter[];
  readonly weigher: Weigher;
}

/**
 * The error for filters that match nothing: with names that are close to what was typed.
 *
 * @param asked the filters in words
 */
export async function nothingMatches(
  store: Store,
  asked: string,
  filters: NameFilters,
  packages: Packages | null = null,
): Promise<ExpectedError> {
  return nothingIn((await store.snapshot(null)).snapshot.nodes, asked, filters, packages);
}

/** The same, of these nodes. */
export function nothingIn(
  nodes: readonly NodeRun[],
  asked: string,
  filters: NameFilters,
  packages: Packages | null = null,
): ExpectedError {
  const samples = nodes.flatMap(({ node, samples }) => samples.map((sample) => ({ node, ...sample })));
  const close = (texts: readonly NameFilter[], names: Iterable<string>) =>
    texts.flatMap(({ text }) => closeNames(text, names));
  const packageOf = ({ node, variable }: (typeof samples)[number]) =>
    packages === null ? [] : [packages.weigher.origin(node, variable).attribution.package];
  return nothingSelected(asked, [
    ...close(
      filters.module,
      samples.map(({ moduleName }) => moduleName),
    ),
    ...close(
      filters.variable,
      samples.map(({ variable }) => variable),
    ),
    ...close(
      filters.node,
      nodes.map(({ node }) => node),
    ),
    ...close(packages?.packages ?? [], samples.flatMap(packageOf)),
  ]);
}
