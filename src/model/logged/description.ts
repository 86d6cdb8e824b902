/** What the logs tell of a variable besides its size: one row of `my_stats_variable.log`. */

import type { ByteRange, BytesMethod } from '../bytes.ts';

/** What the text of a pattern says of the automata that Zeek makes of it. */
export interface PatternAutomaton {
  /** Of the automaton that matches a whole text; the one that matches anywhere in a text has a few more. */
  readonly states: number;
  /** Character classes that differ in their text. */
  readonly classes: number;
  /**
   * `parsed`: made from scripts while Zeek starts. `added`: put together there by `+=`, so that the pieces are kept
   * besides. Null where it may have been made later.
   */
  readonly origin: 'parsed' | 'added' | null;
}

/** What is known of a variable's type. */
export interface DescribedType {
  /** The type in Zeek's words, such as `table[addr] of set[string]`; null where the log does not say. */
  readonly type: string | null;
  /** Text of the records the type needs, each `Name{field: type; field: type &optional}`. */
  readonly recordFields: readonly string[];
  /** Null or absent for what is no pattern, and where nobody counted. */
  readonly pattern?: PatternAutomaton | null;
  /** What was seen in some of the entries of a container, one text per part; none or absent where nobody looked. */
  readonly contents?: readonly string[];
  /** The most entries a container had in this life of its process since it was empty; null or absent if not told. */
  readonly mostEntries?: number | null;
  /** When that was told, seconds since the epoch: before, it may have been fewer. Absent where it holds at any time. */
  readonly mostEntriesSince?: number | null;
}

/** What a size was weighed to be. */
export interface WeighedCount {
  readonly size: number | null;
  readonly entries: number | null;
  readonly bytes: ByteRange;
}

export interface VariableDescription extends DescribedType {
  readonly variable: string;
  readonly moduleName: string;
  /** The declaring script as Zeek names it: relative to ZEEKPATH or to the root, without a leading `/`. */
  readonly script: string | null;
  /** Attributes by which entries leave, as declared: `&create_expire=1.0 day`. Null is not known or none. */
  readonly expiry: string | null;
  /** Of sizes that were weighed before they came here: others are in proportion. Absent where sizes are as logged. */
  readonly weighed?: { readonly method: BytesMethod; readonly counts: readonly WeighedCount[] };
}

/** A description as one node gave it in one life of its process. */
export interface NodeDescription extends VariableDescription {
  readonly node: string;
  /** When that process started, seconds since the epoch; null where the log does not say. */
  readonly boot: number | null;
}

/** A row that says nothing of contents, as the first one of a process, leaves those of the row before. */
function keepContents<Row extends VariableDescription>(row: Row, before: VariableDescription | undefined): Row {
  const known = before?.contents ?? [];
  const isSilent = (row.contents ?? []).length === 0 && known.length > 0 && before?.type === row.type;
  return isSilent ? { ...row, contents: known } : row;
}

/** What the logs tell of the variables of every node. */
export class Descriptions {
  readonly #ofNode = new Map<string, Map<string, VariableDescription>>();
  readonly #ofAny = new Map<string, VariableDescription>();

  /** @param rows in the order in which they were written: later ones hold */
  constructor(rows: readonly NodeDescription[]) {
    for (const row of rows) {
      const known = this.#ofNode.get(row.node) ?? new Map<string, VariableDescription>();
      this.#ofNode.set(row.node, known);
      const before = known.get(row.variable);
      const held = keepContents(row, before);
      known.set(row.variable, held);
      this.#ofAny.set(row.variable, { ...held, mostEntries: null });
    }
  }

  /** False where no log described anything. */
  get known(): boolean {
    return this.#ofAny.size > 0;
  }

  /** Every variable that was described, once. */
  all(): VariableDescription[] {
    return [...this.#ofAny.values()];
  }

  /** As the node says, or as another does: the nodes of a cluster load nearly the same scripts, but hold other entries. */
  of(node: string, variable: string): VariableDescription | null {
    return this.#ofNode.get(node)?.get(variable) ?? this.#ofAny.get(variable) ?? null;
  }
}

/** What is known of the nodes besides the sizes of their variables. */
export interface NodeKnowledge {
  readonly descriptions: Descriptions;
  /** The version of Zeek that each node ran last, where the logs say. */
  readonly zeekVersions: ReadonlyMap<string, string>;
  /** Paths of the scripts that any of them loaded, each once; none where there is no `loaded_scripts.log`. */
  readonly loadedScripts: readonly string[];
}

/** Where a variable comes from. */
export interface Attribution {
  /**
   * Name of the package or plugin, of the framework or protocol of Zeek (`zeek/frameworks/intel`; base and policy
   * scripts are one), `local`, or `unknown`.
   */
  readonly package: string;
  /** `package`: installed by zkg, or a plugin. `zeek`: one of Zeek's own scripts. `local`: a script of the site. */
  readonly kind: 'package' | 'zeek' | 'local' | 'unknown';
  readonly version: string | null;
  /** The script as `@load` would name it: `base/utils/site.zeek`, `packages/ja3/ja3.zeek`; null if not known. */
  readonly script: string | null;
  /** Line of the declaration, from 1, where the script was at hand. */
  readonly line: number | null;
  /** Expiry attributes as declared in the script or in the log; null is not known or none. */
  readonly expiry: string | null;
  /**
   * What the package was told from: `script` is what the log names, `declaration` is found in scripts at hand,
   * `module` is only the module's name, which a package may share with another. Null for `unknown`.
   */
  readonly evidence: 'script' | 'declaration' | 'module' | null;
}
