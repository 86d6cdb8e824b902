/** Every variable on every node at one time. */

import type { InventoryResult } from '../model/answers/inventory.ts';
import type { Snapshot } from '../model/logged/sample.ts';
import { createMatcher, listFilters } from '../model/names.ts';
import { type EntryChoice, makeEntries } from './weighing/entries.ts';
import type { Weigher } from './weighing/weigh.ts';

/** The entries of a snapshot that the filters let through. Without types to go by, only what is reported has bytes. */
export function takeInventory(
  snapshot: Snapshot,
  choice: EntryChoice,
  weigher: Weigher,
): Omit<InventoryResult, 'reading'> {
  const wantsNode = createMatcher(choice.filters.node);
  const nodes = snapshot.nodes.filter(({ node }) => wantsNode(node));
  return {
    start: nodes.reduce((first, { ts }) => Math.min(first, ts), snapshot.ts),
    end: snapshot.ts,
    filters: listFilters(choice.filters, choice.packages),
    rows: makeEntries(nodes, choice, weigher),
    nodes: nodes.map(({ samples: _, ...node }) => ({ ...node, runs: null, boots: null })),
    stopped: snapshot.stopped.filter(({ node }) => wantsNode(node)),
  };
}
