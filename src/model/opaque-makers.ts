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
