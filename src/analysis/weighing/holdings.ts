/** What was measured, as budgets see it: by package, module and variable, on every node. */

import type { BudgetKind } from '../../model/answers/budget.ts';
import { addBytes, type ByteRange } from '../../model/bytes.ts';
import type { NodeRun } from '../../model/logged/sample.ts';
import type { Weigher } from './weigh.ts';

/** Whose a variable is. */
export type Owners = Readonly<Record<BudgetKind, string>>;

interface HeldVariable {
  readonly node: string;
  readonly names: Owners;
  /** Null where they are not known. */
  readonly bytes: ByteRange | null;
  readonly entries: number | null;
}

export interface Held {
  readonly variables: readonly HeldVariable[];
  /** What is there, even where nothing of it was measured, since it is too small. */
  readonly declared: readonly Owners[];
  /** True where types are known, so that bytes can be told. */
  readonly knowsBytes: boolean;
  readonly zeekVersion: string | null;
}

/** What one node holds of a package, module or variable. */
export interface Holding {
  readonly node: string;
  bytes: ByteRange | null;
  entries: number | null;
  readonly parts: { variable: string; bytes: number | null; entries: number | null }[];
}

/** By name, then by node. */
export type Holdings = Map<string, Map<string, Holding>>;

export const BUDGET_KINDS: readonly BudgetKind[] = ['package', 'module', 'variable'];

/**
 * @param nodes of a snapshot, those that count; at least one
 * @param described variables that the logs describe
 */
export function listHeld(
  nodes: readonly NodeRun[],
  described: readonly { readonly variable: string; readonly moduleName: string }[],
  weigher: Weigher,
): Held {
  const names = (node: string, variable: string, module: string): Owners => {
    return { variable, module, package: weigher.origin(node, variable).attribution.package };
  };
  return {
    variables: nodes.flatMap(({ node, ts, samples }) =>
      samples.map((sample) => ({
        node,
        names: names(node, sample.variable, sample.moduleName),
        bytes: weigher.weighKnown(node, { ...sample, ts }).bytes,
        entries: sample.entries,
      })),
    ),
    declared: described.map(({ variable, moduleName }) => names(nodes[0]!.node, variable, moduleName)),
    knowsBytes: weigher.knowsTypes,
    zeekVersion: nodes.find(({ zeekVersion }) => zeekVersion !== null)?.zeekVersion ?? null,
  };
}

export function addUpHoldings({ variables, declared }: Held): Record<BudgetKind, Holdings> {
  const held: Record<BudgetKind, Holdings> = { package: new Map(), module: new Map(), variable: new Map() };
  for (const { node, names, bytes, entries } of variables) {
    for (const kind of BUDGET_KINDS) {
      const onNodes = held[kind].get(names[kind]) ?? new Map<string, Holding>();
      held[kind].set(names[kind], onNodes);
      const holding = onNodes.get(node) ?? { node, bytes: null, entries: null, parts: [] };
      onNodes.set(node, holding);
      if (bytes !== null) holding.bytes = holding.bytes === null ? bytes : addBytes(holding.bytes, bytes);
      if (entries !== null) holding.entries = (holding.entries ?? 0) + entries;
      holding.parts.push({ variable: names.variable, bytes: bytes?.likely ?? null, entries });
    }
  }
  for (const names of declared)
    for (const kind of BUDGET_KINDS) if (!held[kind].has(names[kind])) held[kind].set(names[kind], new Map());
  return held;
}

/** Null where it is not known. */
export function measureHolding({ bytes, entries }: Holding, unit: 'bytes' | 'entries'): number | null {
  return unit === 'bytes' ? (bytes?.likely ?? null) : entries;
}

/** On the node on which it is largest; null where it is on none. */
export function findLargest(onNodes: ReadonlyMap<string, Holding>, unit: 'bytes' | 'entries'): Holding | null {
  let largest: Holding | null = null;
  for (const holding of onNodes.values()) {
    if (largest === null || (measureHolding(holding, unit) ?? -1) > (measureHolding(largest, unit) ?? -1))
      largest = holding;
  }
  return largest;
}
