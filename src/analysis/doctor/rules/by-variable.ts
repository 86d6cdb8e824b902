/** Findings about a variable name all nodes on which it does the same. */

import type { Picture } from '../picture.ts';
import type { VariableCase } from '../variable-case.ts';

/** A variable on one node. */
export interface OnNode {
  readonly variable: VariableCase;
  readonly picture: Picture;
}

/** Per variable's name, the largest rise first. */
export function byVariable<Found extends OnNode>(all: readonly Found[]): (readonly Found[])[] {
  const lists = new Map<string, Found[]>();
  for (const one of all) {
    const list = lists.get(one.variable.variable) ?? [];
    lists.set(one.variable.variable, list);
    list.push(one);
  }
  return [...lists.values()].map((list) => list.sort((a, b) => riseOf(b) - riseOf(a)));
}

function riseOf({ variable: { change, size, firstPoint, lastPoint } }: OnNode): number {
  return change.likely || (size[lastPoint] ?? 0) - (size[firstPoint] ?? 0);
}
