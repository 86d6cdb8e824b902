/** Every variable on every node at one time. */

import type { InventoryResult, InventoryRow } from '../model/answers/inventory.ts';
import { exactly } from '../model/bytes.ts';
import type { Sample, Snapshot } from '../model/logged/sample.ts';
import { type NameFilter, type NameFilters, nameMatcher } from '../model/name-filter.ts';
import { filterTexts } from './top.ts';
import type { Weigher } from './weighing/weigh.ts';

export interface InventoryQuestion {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
}

/** The rows of a snapshot that the filters let through. Without types to go by, only what is reported has bytes. */
export function inventoryOf(
  snapshot: Snapshot,
  { filters, packages }: InventoryQuestion,
  weigher: Weigher,
): Omit<InventoryResult, 'reading'> {
  const wantsNode = nameMatcher(filters.node);
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const wantsPackage = nameMatcher(packages);
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  return {
    start: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    end: snapshot.ts,
    filters: filterTexts(filters, packages),
    rows: nodes.flatMap(({ node, ts, samples }) =>
      samples
        .filter(({ moduleName, variable }) => wantsModule(moduleName) && wantsVariable(variable))
        .map((sample) => ({ node, ts, ...sample, ...knownOf(node, sample, weigher) }))
        .filter(({ from }) => wantsPackage(from.package)),
    ),
    nodes: nodes.map(({ samples: _, ...node }) => ({ ...node, runs: null, boots: null })),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
  };
}

function knownOf(
  node: string,
  sample: Sample,
  weigher: Weigher,
): Pick<InventoryRow, 'bytes' | 'method' | 'type' | 'from'> {
  const { description, attribution } = weigher.origin(node, sample.variable);
  const known = { type: description?.type ?? null, from: attribution };
  if (weigher.knowsTypes) {
    const { bytes, method } = weigher.weigh(node, sample);
    return { ...known, bytes, method: bytes === null ? null : method };
  }
  if (sample.unit !== 'bytes' || sample.size === null) return { ...known, bytes: null, method: null };
  return { ...known, bytes: exactly(sample.size), method: 'reported' };
}
