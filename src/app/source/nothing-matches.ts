import { closeNames } from '../../analysis/close-names.ts';
import { type ExpectedError, nothingSelected } from '../../model/errors/catalogue.ts';
import type { NameFilters } from '../../model/name-filter.ts';
import type { LogStore } from '../../store/log-store.ts';

/**
 * The error for filters that match nothing: with names that are close to what was typed.
 *
 * @param asked the filters in words
 */
export async function nothingMatches(store: LogStore, asked: string, filters: NameFilters): Promise<ExpectedError> {
  const { nodes } = (await store.snapshot(null)).snapshot;
  const samples = nodes.flatMap((node) => node.samples);
  const names = {
    module: samples.map(({ moduleName }) => moduleName),
    variable: samples.map(({ variable }) => variable),
    node: nodes.map(({ node }) => node),
  };
  const fields = ['module', 'variable', 'node'] as const;
  return nothingSelected(
    asked,
    fields.flatMap((field) => filters[field].flatMap(({ text }) => closeNames(text, names[field]))),
  );
}
