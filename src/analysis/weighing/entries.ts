/** Entries, made of samples in the one way there is: weighed, and with what is known of their variables. */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import type { RangeGroup, RangeNode } from '../../model/answers/range.ts';
import type { SizeUnit, TopSpan } from '../../model/answers/top.ts';
import type { Entry } from '../../model/entry.ts';
import { type NodeRun, readModule, type Sample, type Snapshot } from '../../model/logged/sample.ts';
import { createMatcher, listFilters, type NameFilter, type NameFilters } from '../../model/names.ts';
import type { Weigher, WeighingOptions } from './weigh.ts';

interface EntryChoice {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
}

/** Of the nodes of a snapshot, in their order and that of their logs, what the filters let through. */
export function makeEntries(
  nodes: readonly NodeRun[],
  { filters, packages }: EntryChoice,
  weigher: Weigher,
  how: WeighingOptions = {},
): Entry[] {
  const wantsNode = createMatcher(filters.node);
  const wantsModule = createMatcher(filters.module);
  const wantsVariable = createMatcher(filters.variable);
  const wantsPackage = createMatcher(packages);
  return nodes
    .filter(({ node }) => wantsNode(node))
    .flatMap(({ node, ts, samples }) =>
      samples
        .filter(({ moduleName, variable }) => wantsModule(moduleName) && wantsVariable(variable))
        .map((sample) => makeEntry(node, ts, sample, weigher, how))
        .filter(({ from }) => wantsPackage(from.package)),
    );
}

function makeEntry(node: string, ts: number, sample: Sample, weigher: Weigher, how: WeighingOptions): Entry {
  const { description, attribution } = weigher.origin(node, sample.variable);
  const { bytes, method } = weigher.weighKnown(node, { ...sample, ts }, how);
  return { node, ts, ...sample, bytes, method, type: description?.type ?? null, from: attribution };
}

/** The size in the unit asked for, where it can be told in that; null for what has no entries where these are asked for. */
export function convertEntry(entry: Entry, unit: SizeUnit): Entry | null {
  const { entries, bytes, unit: logged } = entry;
  if (unit === 'entries') return entries === null ? null : { ...entry, unit, size: entries, bytes: null, method: null };
  if (unit === 'bytes' && bytes !== null) return { ...entry, unit, size: bytes.likely };
  return logged === 'bytes' ? entry : { ...entry, bytes: null, method: null };
}

/**
 * A variable over a span, in the unit asked for. Sizes at its first, largest and mean run are weighed as if its elements
 * were like those of the last run.
 *
 * @param group of a range by variable
 * @returns its entry in the last run, and what it came to; null where it has none in that unit
 */
export function makeSpanEntry(
  { node, key: variable, unit: logged, entries, first, last, max, mean }: RangeGroup,
  { boots, spans }: RangeNode,
  unit: SizeUnit,
  weigher: Weigher,
): { readonly entry: Entry; readonly span: TopSpan } | null {
  const guesses = unit === 'bytes';
  const [firstTs, lastTs] = [spans[0]!.firstTs, spans.at(-1)!.lastTs];
  const reference = last > 0 ? last : max;
  const perSize = entries === null || reference === 0 ? null : entries / reference;
  // Only in one life of a process does a table still have the slots of its largest run.
  const peakEntries = boots !== 1 ? null : perSize === null ? entries : max * perSize;
  const latest = { moduleName: readModule(variable), variable, unit: logged, size: last, entries };
  const entry = convertEntry(makeEntry(node, lastTs, latest, weigher, { guesses, peakEntries }), unit);
  if (entry === null) return null;
  // Most variables hardly change: what is the same as the last size, or the largest, is weighed once.
  const now = entry.size ?? 0;
  const weighAt = (size: number) => {
    if (size === last) return now;
    const sample = { ...latest, size, entries: perSize === null ? entries : size * perSize };
    // How large it was before then nobody knows: a table that grows did not have the slots yet that it has in the end.
    return convertEntry(makeEntry(node, firstTs, sample, weigher, { guesses }), unit)?.size ?? 0;
  };
  const most = weighAt(max);
  const weighOrMost = (size: number) => (size === max ? most : weighAt(size));
  return { entry, span: { first: weighOrMost(first), last: now, max: most, mean: weighOrMost(mean) } };
}

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
