/** What fields of connections weigh: their rows tell their types, while those of variables are told apart from sizes. */

import type { ByteRange } from '../model/bytes.ts';
import type { ConnectionField } from '../model/connection.ts';
import type { Sample } from '../model/sample.ts';
import { SizeModel } from '../sizing/index.ts';
import type { NodeKnowledge } from '../store/interface.ts';
import type { VariableKnowledge } from './growth-series.ts';

type Weighed = Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>;

export class FieldWeigher implements VariableKnowledge {
  readonly #types: ReadonlyMap<string, string | null>;
  readonly #knowledge: NodeKnowledge;
  readonly #variables: VariableKnowledge;

  /** @param variables what weighs and attributes variables */
  constructor(rows: readonly ConnectionField[], knowledge: NodeKnowledge, variables: VariableKnowledge) {
    this.#types = new Map(rows.map(({ field, type }) => [field, type]));
    this.#knowledge = knowledge;
    this.#variables = variables;
  }

  origin(node: string, variable: string) {
    return this.#variables.origin(node, variable);
  }

  estimate(node: string, sample: Weighed): { readonly bytes: ByteRange | null } {
    return this.#variables.estimate(node, sample);
  }

  estimateField(node: string, { variable, size, unit, entries }: Weighed): ByteRange | null {
    const type = this.#types.get(variable) ?? null;
    if (type === null) return null;
    const model = new SizeModel(this.#knowledge.zeekVersions.get(node) ?? null);
    return model.estimate({ type, recordFields: [], size, unit, entries, peakEntries: null }).bytes;
  }
}
