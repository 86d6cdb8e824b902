/** The tree the map shows: package, module, variable, with what each comes to. */

import { type HierarchyNode, hierarchy } from 'd3-hierarchy';
import type { PageVariable } from '../model/answers/report.ts';

export interface MapItem {
  /** Distinguishes it from all others of the tree. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'all' | 'package' | 'module' | 'variable';
  /** Of a variable. */
  readonly value: number;
  readonly bounds: readonly [number, number] | null;
  readonly children: MapItem[];
}

export type MapNode = HierarchyNode<MapItem>;

/** @param measure index into the values of the variables */
export function mapTree(variables: readonly PageVariable[], measure: number, isBytes: boolean): MapNode {
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
  for (const { package: packageName, module, variable, values, bounds } of variables) {
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
      children: [],
    });
  }
  return hierarchy(root, ({ children }) => (children.length === 0 ? null : children))
    .sum(({ value }) => value)
    .sort((a, b) => b.value! - a.value! || (a.data.name < b.data.name ? -1 : 1));
}

/** Between what and what the sum of a node's variables lies; null where all of them are exact. */
export function boundsOf(node: MapNode): readonly [number, number] | null {
  let estimated = false;
  let [low, high] = [0, 0];
  for (const { data } of node.leaves()) {
    estimated ||= data.bounds !== null;
    low += data.bounds?.[0] ?? data.value;
    high += data.bounds?.[1] ?? data.value;
  }
  return estimated ? [low, high] : null;
}
