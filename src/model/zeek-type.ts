/** A Zeek type as a tree of plain data: what `table[addr] of set[string]` says, without names looked up. */

/** Types whose values are one machine word: shared or boxed in a table, inside a record or vector. */
export type ScalarName = 'bool' | 'int' | 'count' | 'double' | 'time' | 'interval' | 'port' | 'enum';

export type ZeekType =
  | { readonly kind: 'scalar'; readonly name: ScalarName; readonly enumName: string | null }
  | { readonly kind: 'addr' | 'subnet' | 'string' | 'pattern' | 'any' | 'void' | 'type' }
  /** `keys` is empty where the type does not say them (`table()`); `value` is null for a set. */
  | { readonly kind: 'table'; readonly keys: readonly ZeekType[]; readonly value: ZeekType | null }
  | { readonly kind: 'vector'; readonly element: ZeekType }
  | { readonly kind: 'list'; readonly of: readonly ZeekType[] }
  | { readonly kind: 'record'; readonly fields: readonly RecordField[] }
  /** A record, an enum or an alias known only by its name; `isRecord` where the text says it is a record. */
  | { readonly kind: 'named'; readonly name: string; readonly isRecord: boolean }
  | { readonly kind: 'function'; readonly flavor: 'function' | 'event' | 'hook' }
  /** `of` is null where the text says `opaque` only. */
  | { readonly kind: 'opaque'; readonly of: string | null }
  | { readonly kind: 'file' }
  /** What could not be understood: the text of it, shortened. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface RecordField {
  readonly name: string;
  readonly type: ZeekType;
  /** `&optional` or `&default`: the record may be without it. */
  readonly optional: boolean;
}

export interface ParsedType {
  readonly type: ZeekType;
  /** One sentence for each part that was not understood; empty where all was. */
  readonly problems: readonly string[];
}

/** Functions of Zeek's that make opaque values as large as their arguments say, and the kind of each. */
export const OPAQUE_MAKERS: Readonly<Record<string, string>> = {
  bloomfilter_basic_init: 'bloomfilter',
  bloomfilter_basic_init2: 'bloomfilter',
  bloomfilter_counting_init: 'bloomfilter',
  hll_cardinality_init: 'cardinality',
  topk_init: 'topk',
};

/** A call of one of them, as a script makes it. */
export interface OpaqueCreation {
  /** The variable that is given the value, or has it as the default of its entries; null where that is not plain. */
  readonly name: string | null;
  readonly module: string;
  readonly maker: string;
  /** As written. */
  readonly args: readonly string[];
}
