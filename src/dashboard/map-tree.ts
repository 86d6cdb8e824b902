/** The tree the map shows, package, module, variable and its parts, with what each comes to, and where each is drawn. */

import {
  type HierarchyNode,
  type HierarchyRectangularNode,
  hierarchy,
  partition,
  treemap,
  treemapSquarify,
} from 'd3-hierarchy';
import type { PageVariable } from '../model/answers/report.ts';

interface MapItem {
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
      children: parts === null || !isBytes || !withParts ? [] : listParts(id, value, parts.steps),
    });
  }
  return hierarchy(root, ({ children }) => (children.length === 0 ? null : children))
    .sum(({ value, children }) => (children.length === 0 ? value : 0))
    .sort((a, b) => b.value! - a.value! || (a.data.name < b.data.name ? -1 : 1));
}

/** What a variable is made of on one node, in the same shares over all of them. */
function listParts(variable: string, value: number, steps: NonNullable<PageVariable['parts']>['steps']): MapItem[] {
  const total = steps.reduce((sum, [, , likely]) => sum + likely, 0);
  return steps.flatMap(([name, , likely], i): MapItem[] => {
    if (likely <= 0) return [];
    const id = JSON.stringify([variable, 'part', i]);
    return [{ id, name, kind: 'part', value: (value * likely) / total, bounds: null, children: [] }];
  });
}

/** Between what and what the sum of a node's variables lies; null where all of them are exact. */
export function findBounds(node: MapNode): readonly [number, number] | null {
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

export const DRAWINGS = ['treemap', 'icicle'] as const;
export type Drawing = (typeof DRAWINGS)[number];
export type Placed = HierarchyRectangularNode<MapItem>;

/** Room for a heading in a group. */
const HEADING = 18;

/** In pixels; the tree itself is not drawn, only what is in it. */
export function layOut(tree: MapNode, drawing: Drawing, width: number, height: number): Placed {
  if (drawing === 'icicle') return layOutIcicle(tree, width, height);
  return treemap<MapItem>()
    .size([width, height])
    .tile(treemapSquarify.ratio(1.2))
    .paddingInner(2)
    .paddingTop((node) => (hasHeading(node) ? HEADING : 0))
    .round(true)(tree.copy());
}

/** From left to right: names are read in columns, which are wide, and not in slices, which are narrow. */
function layOutIcicle(tree: MapNode, width: number, height: number): Placed {
  const column = width / Math.max(1, tree.height);
  const root = partition<MapItem>()
    .size([height, width + column])
    .padding(1)
    .round(true)(tree.copy());
  return root.each((node) => {
    const { x0, x1, y0, y1 } = node;
    Object.assign(node, { x0: y0 - column, x1: y1 - column, y0: x0, y1: x1 });
  });
}

/** In a treemap a group has a line of its own, unless it is all there is in another. */
export function hasHeading({ depth, children, parent }: Placed): boolean {
  return depth > 0 && children !== undefined && (parent!.depth === 0 || parent!.children!.length > 1);
}
