/** Texts as numbers: names recur in every run, so a row carries ids and each text is kept once. */
export class StringPool {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  /** The id of a text, from 0 up; the same text always has the same id. */
  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#ids.set(text, id);
      this.#texts.push(text);
    }
    return id;
  }

  /** @throws RangeError for an id this pool did not give */
  text(id: number): string {
    const text = this.#texts[id];
    if (text === undefined) throw new RangeError(`no text has the id ${id}`);
    return text;
  }

  /** All texts, each in the place of its id. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  get size(): number {
    return this.#texts.length;
  }
}
