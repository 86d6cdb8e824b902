/** The tree the map shows: package, module, variable and its parts, with what each comes to. */

import { type HierarchyNode, hierarchy } from 'd3-hierarchy';
import type { PageVariable } from '../model/answers/report.ts';

export interface MapItem {
  /** Distinguishes it from all others of the tree. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'all' | 'package' | 'module' | 'variable' | 'part';
  /** Of what has no children. */
  readonly value: number;
  readonly bounds: readonly [number, number] | null;
  readonly children: MapItem[];
}

export type MapNode = HierarchyNode<MapItem>;

/**
 * @param measure index into the values of the variables
 * @param withParts whether variables are taken apart, as they are on the node where they are largest
 */
export function mapTree(
  variables: readonly PageVariable[],
  measure: number,
  isBytes: boolean,
  withParts: boolean,
): MapNode {
  const root: MapItem = { id: '', name: 'everything', kind: 'all', value: 0, bounds: null, children: [] };
  const groups = new Map<string, MapItem>();
  const child = (parent: MapItem, name: string, kind: MapItem['kind']): MapItem => {
    const id = JSON.stringify([parent.id, kind, name]);
    const known = groups.get(id);
    if (known !== undefined) return known;
    const made: MapItem = { id, name, kind, value: 0, bounds: null, children: [] };
    groups.set(id, made);
    parent.children.push(made);
    return made;
  };
  for (const { package: packageName, module, variable, values, bounds, parts } of variables) {
    const value = values[measure] ?? 0;
    if (value <= 0) continue;
    const parent = child(packageName === '' ? root : child(root, packageName, 'package'), module, 'module');
    const id = JSON.stringify([parent.id, 'variable', variable]);
    parent.children.push({
      id,
      name: variable,
      kind: 'variable',
      value,
      bounds: isBytes ? bounds : null,
      children: parts === null || !isBytes || !withParts ? [] : partsOf(id, value, parts.steps),
    });
  }
  return hierarchy(root, ({ children }) => (children.length === 0 ? null : children))
    .sum(({ value, children }) => (children.length === 0 ? value : 0))
    .sort((a, b) => b.value! - a.value! || (a.data.name < b.data.name ? -1 : 1));
}

/** What a variable is made of on one node, in the same shares over all of them. */
function partsOf(variable: string, value: number, steps: NonNullable<PageVariable['parts']>['steps']): MapItem[] {
  const total = steps.reduce((sum, [, , likely]) => sum + likely, 0);
  return steps.flatMap(([name, , likely], i): MapItem[] => {
    if (likely <= 0) return [];
    const id = JSON.stringify([variable, 'part', i]);
    return [{ id, name, kind: 'part', value: (value * likely) / total, bounds: null, children: [] }];
  });
}

/** Between what and what the sum of a node's variables lies; null where all of them are exact. */
export function boundsOf(node: MapNode): readonly [number, number] | null {
  let estimated = false;
  let [low, high] = [0, 0];
  for (const { data } of node) {
    if (data.kind !== 'variable') continue;
    estimated ||= data.bounds !== null;
    low += data.bounds?.[0] ?? data.value;
    high += data.bounds?.[1] ?? data.value;
  }
  return estimated ? [low, high] : null;
}
