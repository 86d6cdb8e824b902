/** Every variable on every node at one time. */

import { exactly } from '../model/bytes.ts';
import type { InventoryResult } from '../model/inventory.ts';
import { type NameFilters, nameMatcher } from '../model/name-filter.ts';
import type { Snapshot } from '../model/sample.ts';
import { filterTexts } from './top.ts';

/** The rows of a snapshot that the filters let through. */
export function inventoryOf(snapshot: Snapshot, filters: NameFilters): Omit<InventoryResult, 'reading'> {
  const wantsNode = nameMatcher(filters.node);
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  return {
    start: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    end: snapshot.ts,
    filters: filterTexts(filters),
    rows: nodes.flatMap(({ node, ts, samples }) =>
      samples
        .filter(({ moduleName, variable }) => wantsModule(moduleName) && wantsVariable(variable))
        .map((sample) => ({
          node,
          ts,
          ...sample,
          bytes: sample.unit === 'bytes' && sample.size !== null ? exactly(sample.size) : null,
          from: null,
        })),
    ),
    nodes: nodes.map(({ samples: _, ...node }) => ({ ...node, runs: null, boots: null })),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
  };
}
