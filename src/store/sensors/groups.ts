/** Things that turn out to belong together: a disjoint-set forest (Galler and Fischer, 1964). */
export class Groups {
  readonly #parents: Map<string, string>;

  constructor(all: Iterable<string>) {
    this.#parents = new Map([...all].map((one) => [one, one]));
  }

  join(all: Iterable<string>): void {
    const [first, ...others] = all;
    for (const other of others) this.#parents.set(this.of(other), this.of(first!));
  }

  /** What stands for the group of a thing. */
  of(one: string): string {
    const parent = this.#parents.get(one)!;
    return parent === one ? one : this.of(parent);
  }

  /** Every two groups. */
  pairs(): [string, string][] {
    const all = [...new Set([...this.#parents.keys()].map((one) => this.of(one)))];
    return all.flatMap((a, i) => all.slice(i + 1).map((b): [string, string] => [a, b]));
  }
}
