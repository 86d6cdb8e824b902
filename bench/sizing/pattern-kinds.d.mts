/** By the name of the kind: the text of a pattern, between slashes, of so many alternatives or parts. */
type Kinds = Readonly<Record<string, (n: number) => string>>;

export const MADE_WITH: Kinds;
export const HELD_OUT: Kinds;
