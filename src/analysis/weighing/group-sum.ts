/** Entries added up to a group, whatever they are grouped by. */

import { addBytes, type ByteRange, NO_BYTES } from '../../model/bytes.ts';

/** What one variable on one node adds, in the unit of the group. */
interface Part {
  readonly node: string;
  readonly size: number;
  readonly bytes: ByteRange | null;
  readonly entries: number | null;
  readonly perHour: number | null;
}

export class GroupSum {
  size = 0;
  bytes: ByteRange | null = null;
  readonly #onNodes = new Map<string, number>();
  readonly #variables = new Set<string>();
  #entries: number | null = null;
  #perHour: number | null = null;

  add({ node, size, bytes, entries, perHour }: Part, variables: readonly string[]): void {
    this.size += size;
    this.#onNodes.set(node, (this.#onNodes.get(node) ?? 0) + size);
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
      largestNode: largestNodeOf(this.#onNodes),
      perHour: this.#perHour,
      entries: this.#entries,
      variables: this.#variables.size,
      nodes: this.#onNodes.size,
    };
  }
}

/** Of several nodes that hold as much, the first by name; a node without a name where there is none. */
function largestNodeOf(onNodes: ReadonlyMap<string, number>): { readonly node: string; readonly size: number } {
  let largest = { node: '', size: Number.NEGATIVE_INFINITY };
  for (const [node, size] of onNodes)
    if (size > largest.size || (size === largest.size && node < largest.node)) largest = { node, size };
  return largest;
}
