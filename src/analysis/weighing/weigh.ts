/** Gives samples their weight in bytes, and says where their variables come from. */

import { type ByteRange, type BytesMethod, NO_BYTES } from '../../model/bytes.ts';
import type {
  Attribution,
  DescribedType,
  NodeKnowledge,
  VariableDescription,
  WeighedCount,
} from '../../model/logged/description.ts';
import { readModule, type Sample } from '../../model/logged/sample.ts';
import type { SizeEstimate, SizeInput } from '../../model/size-estimate.ts';
import { SizeModel } from '../../sizing/index.ts';
import { type DeclaredTypes, NOTHING_DECLARED } from './declared-types.ts';

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

/** What was logged of a variable in a run: at that time, seconds since the epoch, or in the last one where it is absent. */
type Counts = Pick<Sample, 'size' | 'unit' | 'entries'> & { readonly ts?: number };
type WeighedSample = Counts & Pick<Sample, 'variable'>;

export interface WeighingOptions {
  /** Weighs what has no type, too, as containers of all kinds. */
  readonly guesses?: boolean;
  /** The most elements the variable had in this life of its process; null where that is not known. */
  readonly peakEntries?: number | null;
}

/** Ranges whose bounds differ by less are as wide as each other. */
const SAME_WIDTH = 0.01;

const NOT_DESCRIBED: DescribedType = { type: null, recordFields: [] };

export class Weigher {
  readonly #knowledge: NodeKnowledge;
  readonly #attributes: Attributes;
  readonly #types: DeclaredTypes;
  readonly #models = new Map<string | null, SizeModel>();
  readonly #attributions = new Map<string, { readonly of: AttributedVariable; readonly attribution: Attribution }[]>();
  readonly #origins = new Map<string, Map<string, Origin>>();

  constructor(knowledge: NodeKnowledge, attributes: Attributes, types: DeclaredTypes = NOTHING_DECLARED) {
    this.#knowledge = knowledge;
    this.#attributes = attributes;
    this.#types = types;
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
      const known = description ?? { variable, moduleName: readModule(variable), script: null, expiry: null };
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
  estimate(node: string, sample: WeighedSample, peakEntries: number | null = null): SizeEstimate {
    const weighed = this.#weighedBefore(node, sample, peakEntries);
    if (weighed !== null) return { ...weighed, steps: [], notes: [] };
    return this.#modelOf(node).estimate(makeInput(this.typeOf(node, sample.variable), sample, peakEntries));
  }

  /** The same, without saying how. */
  weigh(
    node: string,
    sample: WeighedSample,
    peakEntries: number | null = null,
  ): Pick<SizeEstimate, 'bytes' | 'method'> {
    const weighed = this.#weighedBefore(node, sample, peakEntries);
    return weighed ?? this.#modelOf(node).weigh(makeInput(this.typeOf(node, sample.variable), sample, peakEntries));
  }

  /**
   * By the nearest of the sizes that were weighed before: exactly where it is the same, and else as much more or less as
   * the type says. Null where none was.
   */
  #weighedBefore(
    node: string,
    sample: WeighedSample,
    peakEntries: number | null,
  ): Pick<SizeEstimate, 'bytes' | 'method'> | null {
    const weighed = this.#knowledge.descriptions.of(node, sample.variable)?.weighed;
    if (weighed === undefined || weighed.counts.length === 0) return null;
    const { unit } = sample;
    const type = this.typeOf(node, sample.variable);
    const weigh = (counts: Omit<Counts, 'unit'>, peak: number | null) =>
      this.#modelOf(node).weigh(makeInput(type, { ...counts, unit }, peak)).bytes ?? NO_BYTES;
    const distanceOf = (known: WeighedCount) => Math.abs(Math.log(compareCounts(sample, known)));
    const nearest = weighed.counts.reduce((a, b) => (distanceOf(b) < distanceOf(a) ? b : a));
    const widest = weigh(nearest, null);
    // The peak says more only where nobody knew anything besides the type.
    const isWidest =
      Math.abs(nearest.bytes.high / nearest.bytes.likely / (widest.high / widest.likely) - 1) < SAME_WIDTH;
    const [now, then] = [weigh(sample, peakEntries), isWidest ? widest : weigh(nearest, peakEntries)];
    const at = (bound: keyof ByteRange) =>
      nearest.bytes[bound] * (then[bound] > 0 ? now[bound] / then[bound] : compareCounts(sample, nearest));
    return { bytes: { low: at('low'), likely: at('likely'), high: at('high') }, method: weighed.method };
  }

  /** Bytes as they are reported, or estimated from the type; nulls where neither is known. */
  weighKnown(
    node: string,
    sample: WeighedSample,
    { guesses = false, peakEntries = null }: WeighingOptions = {},
  ): { readonly bytes: ByteRange | null; readonly method: BytesMethod | null } {
    if (!guesses && !this.knowsTypes && sample.unit !== 'bytes') return { bytes: null, method: null };
    const { bytes, method } = this.weigh(node, sample, peakEntries);
    return { bytes, method: bytes === null ? null : method };
  }

  /** Bytes of what is no variable, or whose type is known from elsewhere. */
  bytesOf(node: string, described: DescribedType, counts: Counts): ByteRange | null {
    return this.#modelOf(node).weigh(makeInput(described, counts, null)).bytes;
  }

  /** With what scripts at hand say of the names in it. */
  typeOf(node: string, variable: string): DescribedType {
    return this.#types.complete(this.#knowledge.descriptions.of(node, variable) ?? NOT_DESCRIBED, variable);
  }

  #modelOf(node: string): SizeModel {
    const version = this.#knowledge.zeekVersions.get(node) ?? null;
    let model = this.#models.get(version);
    if (model === undefined) {
      model = new SizeModel(version);
      this.#models.set(version, model);
    }
    return model;
  }
}

/** @param peakEntries where the collector did not tell the most entries */
function makeInput(
  { type, recordFields, pattern = null, contents = [], mostEntries = null, mostEntriesSince }: DescribedType,
  { size, unit, entries, ts }: Counts,
  peakEntries: number | null,
): SizeInput {
  const isTold = mostEntries !== null && (ts === undefined || ts >= (mostEntriesSince ?? ts));
  const most = isTold && entries !== null ? Math.max(mostEntries, entries) : peakEntries;
  return { type, recordFields, pattern, contents, size, unit, entries, peakEntries: most };
}

/** How many times as much one count is as another, by entries where both have them. */
function compareCounts(one: Omit<Counts, 'unit'>, other: Omit<Counts, 'unit'>): number {
  if (other.entries && one.entries !== null) return one.entries / other.entries;
  return other.size && one.size !== null ? one.size / other.size : 1;
}
