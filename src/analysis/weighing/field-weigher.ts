/** What fields of connections weigh: their rows tell their types, while those of variables are told apart from sizes. */

import type { ByteRange } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import type { Sample } from '../../model/logged/sample.ts';
import type { VariableKnowledge } from '../growth/growth-series.ts';
import type { Weigher } from './weigh.ts';

type Weighed = Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>;

export class FieldWeigher implements VariableKnowledge {
  readonly #types: ReadonlyMap<string, string | null>;
  readonly #weigher: Weigher;
  readonly #variables: VariableKnowledge;

  /** @param variables what weighs and attributes variables: `weigher`, or less where that can only guess */
  constructor(rows: readonly ConnectionField[], weigher: Weigher, variables: VariableKnowledge) {
    this.#types = new Map(rows.map(({ field, type }) => [field, type]));
    this.#weigher = weigher;
    this.#variables = variables;
  }

  origin(node: string, variable: string) {
    return this.#variables.origin(node, variable);
  }

  estimate(node: string, sample: Weighed): { readonly bytes: ByteRange | null } {
    return this.#variables.estimate(node, sample);
  }

  estimateField(node: string, sample: Weighed): ByteRange | null {
    const type = this.#types.get(sample.variable) ?? null;
    return type === null ? null : this.#weigher.bytesOf(node, { type, recordFields: [] }, sample);
  }
}
