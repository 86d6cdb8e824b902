/** Entries in one unit added up to a group, whatever they are grouped by. */

import { addBytes, type ByteRange, NO_BYTES } from '../../model/bytes.ts';
import type { Entry } from '../../model/entry.ts';

export class GroupSum {
  size = 0;
  bytes: ByteRange | null = null;
  readonly #onNodes = new Map<string, number>();
  readonly #variables = new Set<string>();
  #entries: number | null = null;
  #perHour: number | null = null;

  /**
   * @param perHour how fast it grows, in the unit of the group; null where it does not
   * @param variables those that the size is of
   */
  add(
    { node, size, bytes, entries }: Pick<Entry, 'node' | 'size' | 'bytes' | 'entries'>,
    perHour: number | null,
    variables: readonly string[],
  ): void {
    this.size += size ?? 0;
    this.#onNodes.set(node, (this.#onNodes.get(node) ?? 0) + (size ?? 0));
    for (const variable of variables) this.#variables.add(variable);
    if (bytes !== null) this.bytes = addBytes(this.bytes ?? NO_BYTES, bytes);
    if (entries !== null) this.#entries = (this.#entries ?? 0) + entries;
    if (perHour !== null) this.#perHour = (this.#perHour ?? 0) + perHour;
  }

  /** @param total what all groups come to, of which this is a share */
  describe(total: number) {
    return {
      size: this.size,
      bytes: this.bytes,
      share: total > 0 ? this.size / total : 0,
      largestNode: findLargest(this.#onNodes),
      perHour: this.#perHour,
      entries: this.#entries,
      variables: this.#variables.size,
      nodes: this.#onNodes.size,
    };
  }
}

/** Of several nodes that hold as much, the first by name; a node without a name where there is none. */
function findLargest(onNodes: ReadonlyMap<string, number>): { readonly node: string; readonly size: number } {
  let largest = { node: '', size: Number.NEGATIVE_INFINITY };
  for (const [node, size] of onNodes)
    if (size > largest.size || (size === largest.size && node < largest.node)) largest = { node, size };
  return largest;
}
