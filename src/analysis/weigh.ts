/** Gives samples their weight in bytes, and says where their variables come from. */

import type { Attribution, VariableDescription } from '../model/description.ts';
import { moduleOf, type Sample } from '../model/sample.ts';
import type { SizeEstimate } from '../model/size-estimate.ts';
import { SizeModel } from '../sizing/index.ts';
import type { NodeKnowledge } from '../store/interface.ts';

/** What attribution goes by. */
type AttributedVariable = Pick<VariableDescription, 'variable' | 'moduleName' | 'script' | 'expiry'>;

/** What says where a variable comes from: `Attributor` of src/attribution. */
export interface Attributes {
  attribute(variable: AttributedVariable): Attribution;
}

/** What is known of a variable on a node besides its size. */
export interface Origin {
  readonly description: VariableDescription | null;
  readonly attribution: Attribution;
}

const NOT_DESCRIBED: Pick<VariableDescription, 'type' | 'recordFields'> = { type: null, recordFields: [] };

export class Weigher {
  readonly #knowledge: NodeKnowledge;
  readonly #attributes: Attributes;
  readonly #models = new Map<string | null, SizeModel>();
  readonly #attributions = new Map<string, { readonly of: AttributedVariable; readonly attribution: Attribution }[]>();
  readonly #origins = new Map<string, Map<string, Origin>>();

  constructor(knowledge: NodeKnowledge, attributes: Attributes) {
    this.#knowledge = knowledge;
    this.#attributes = attributes;
  }

  /** False where no log says what the variables' types are, so that every estimate is a guess. */
  get knowsTypes(): boolean {
    return this.#knowledge.descriptions.known;
  }

  origin(node: string, variable: string): Origin {
    let ofNode = this.#origins.get(node);
    if (ofNode === undefined) {
      ofNode = new Map();
      this.#origins.set(node, ofNode);
    }
    let origin = ofNode.get(variable);
    if (origin === undefined) {
      const description = this.#knowledge.descriptions.of(node, variable);
      const known = description ?? { variable, moduleName: moduleOf(variable), script: null, expiry: null };
      origin = { description, attribution: this.#attribution(known) };
      ofNode.set(variable, origin);
    }
    return origin;
  }

  /** The nodes of a cluster say the same of a variable, nearly always, so it is attributed once for all of them. */
  #attribution(described: AttributedVariable): Attribution {
    const { variable, moduleName, script, expiry } = described;
    const known = this.#attributions.get(variable) ?? [];
    const same = known.find(({ of }) => of.script === script && of.moduleName === moduleName && of.expiry === expiry);
    if (same !== undefined) return same.attribution;
    const attribution = this.#attributes.attribute(described);
    this.#attributions.set(variable, [...known, { of: described, attribution }]);
    return attribution;
  }

  /** @param peakEntries the most elements the variable had in this life of its process; null where that is not known */
  estimate(
    node: string,
    sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>,
    peakEntries: number | null = null,
  ): SizeEstimate {
    const description = this.#knowledge.descriptions.of(node, sample.variable);
    return this.estimateOf(node, description ?? NOT_DESCRIBED, sample, peakEntries);
  }

  /** The same for what is no variable, or whose type is known from elsewhere. */
  estimateOf(
    node: string,
    { type, recordFields }: Pick<VariableDescription, 'type' | 'recordFields'>,
    { size, unit, entries }: Pick<Sample, 'size' | 'unit' | 'entries'>,
    peakEntries: number | null = null,
  ): SizeEstimate {
    const model = this.#model(this.#knowledge.zeekVersions.get(node) ?? null);
    return model.estimate({ type, recordFields, size, unit, entries, peakEntries });
  }

  #model(version: string | null): SizeModel {
    let model = this.#models.get(version);
    if (model === undefined) {
      model = new SizeModel(version);
      this.#models.set(version, model);
    }
    return model;
  }
}
