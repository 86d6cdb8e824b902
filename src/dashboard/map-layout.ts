/** Two ways to draw the tree: a treemap, where what is in a group lies inside it, and an icicle, where it lies beside it. */

import { type HierarchyRectangularNode, partition, treemap, treemapSquarify } from 'd3-hierarchy';
import type { MapItem, MapNode } from './map-tree.ts';

export const DRAWINGS = ['treemap', 'icicle'] as const;
export type Drawing = (typeof DRAWINGS)[number];
export type Placed = HierarchyRectangularNode<MapItem>;

/** Room for a heading in a group. */
const HEADING = 18;

/** In pixels; the tree itself is not drawn, only what is in it. */
export function layOut(tree: MapNode, drawing: Drawing, width: number, height: number): Placed {
  if (drawing === 'icicle') return icicle(tree, width, height);
  return treemap<MapItem>()
    .size([width, height])
    .tile(treemapSquarify.ratio(1.2))
    .paddingInner(2)
    .paddingTop((node) => (hasHeading(node) ? HEADING : 0))
    .round(true)(tree.copy());
}

/** From left to right: names are read in columns, which are wide, and not in slices, which are narrow. */
function icicle(tree: MapNode, width: number, height: number): Placed {
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
