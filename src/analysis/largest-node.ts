/** On which node something is largest. */

/**
 * @param onNodes what each holds
 * @returns of several that hold as much, the first by name; a node without a name where there is none
 */
export function largestNodeOf(onNodes: ReadonlyMap<string, number>): { readonly node: string; readonly size: number } {
  let largest = { node: '', size: Number.NEGATIVE_INFINITY };
  for (const [node, size] of onNodes)
    if (size > largest.size || (size === largest.size && node < largest.node)) largest = { node, size };
  return largest;
}
