/** What every exported row carries besides what was logged: bytes, package and script. */

import type { ByteRange } from '../../model/bytes.ts';
import type { Sample } from '../../model/logged/sample.ts';
import type { Weigher } from './weigh.ts';

interface RowOrigin {
  readonly package: string | null;
  readonly script: string | null;
}

export class RowWeigher {
  readonly #weigher: Weigher;
  readonly #wantsPackage: (name: string) => boolean;

  constructor(weigher: Weigher, wantsPackage: (name: string) => boolean) {
    this.#weigher = weigher;
    this.#wantsPackage = wantsPackage;
  }

  /** Null for a variable that is of none of the packages that are wanted. */
  of(node: string, variable: string): RowOrigin | null {
    const { attribution } = this.#weigher.origin(node, variable);
    if (!this.#wantsPackage(attribution.package)) return null;
    return { package: attribution.package, script: attribution.script };
  }

  /** Bytes as they are reported, or estimated from the type; null where neither is known. */
  bytes(node: string, sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>): ByteRange | null {
    if (sample.unit !== 'bytes' && !this.#weigher.knowsTypes) return null;
    return this.#weigher.weigh(node, sample).bytes;
  }
}
