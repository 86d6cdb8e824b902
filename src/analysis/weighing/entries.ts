/** Entries, made of samples in the one way there is: weighed, and with what is known of their variables. */

import type { Entry } from '../../model/entry.ts';
import type { NodeRun, Sample } from '../../model/logged/sample.ts';
import { type NameFilter, type NameFilters, nameMatcher } from '../../model/names.ts';
import type { Weigher, WeighingOptions } from './weigh.ts';

export interface EntryChoice {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
}

/** Of the nodes of a snapshot, in their order and that of their logs, what the filters let through. */
export function entriesOf(
  nodes: readonly NodeRun[],
  { filters, packages }: EntryChoice,
  weigher: Weigher,
  how: WeighingOptions = {},
): Entry[] {
  const wantsNode = nameMatcher(filters.node);
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const wantsPackage = nameMatcher(packages);
  return nodes
    .filter(({ node }) => wantsNode(node))
    .flatMap(({ node, ts, samples }) =>
      samples
        .filter(({ moduleName, variable }) => wantsModule(moduleName) && wantsVariable(variable))
        .map((sample) => entryOf(node, ts, sample, weigher, how))
        .filter(({ from }) => wantsPackage(from.package)),
    );
}

export function entryOf(node: string, ts: number, sample: Sample, weigher: Weigher, how: WeighingOptions = {}): Entry {
  const { description, attribution } = weigher.origin(node, sample.variable);
  const { bytes, method } = weigher.weighKnown(node, sample, how);
  return { node, ts, ...sample, bytes, method, type: description?.type ?? null, from: attribution };
}
