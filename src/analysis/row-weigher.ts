/** What every exported row carries besides what was logged: bytes, package and script. */

import type { ByteRange } from '../model/bytes.ts';
import type { NodeKnowledge } from '../model/description.ts';
import type { Sample } from '../model/sample.ts';
import type { Weigher } from './weigh.ts';

interface RowOrigin {
  readonly package: string | null;
  readonly script: string | null;
  readonly node: string;
  readonly kind: string;
}

export class RowWeigher {
  readonly #weigher: Weigher;
  readonly #knowledge: NodeKnowledge;
  readonly #wantsPackage: (name: string) => boolean;

  constructor(weigher: Weigher, knowledge: NodeKnowledge, wantsPackage: (name: string) => boolean) {
    this.#weigher = weigher;
    this.#knowledge = knowledge;
    this.#wantsPackage = wantsPackage;
  }

  /** Null for a variable that is of none of the packages that are wanted. */
  of(node: string, variable: string): RowOrigin | null {
    const { description, attribution } = this.#weigher.origin(node, variable);
    if (!this.#wantsPackage(attribution.package)) return null;
    const version = this.#knowledge.zeekVersions.get(node) ?? null;
    return {
      package: attribution.package,
      script: attribution.script,
      node,
      kind: JSON.stringify([version, description?.type ?? null, description?.recordFields ?? []]),
    };
  }

  /** Bytes as they are reported, or estimated from the type; null where neither is known. */
  bytes({ node }: RowOrigin, sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>): ByteRange | null {
    if (sample.unit !== 'bytes' && !this.#weigher.knowsTypes) return null;
    return this.#weigher.weigh(node, sample).bytes;
  }
}
