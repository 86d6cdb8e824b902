/** The answer of `estimate`: what a structure weighs by the size model alone. */

import type { ByteRange } from './bytes.ts';
import type { SizeEstimate, SizeInput } from './size-estimate.ts';

export interface EstimateResult {
  readonly input: SizeInput & { readonly type: string };
  /** As it was given; null is any version. */
  readonly zeekVersion: string | null;
  readonly estimate: SizeEstimate & { readonly bytes: ByteRange };
  /** Of one entry, the table itself and its slots included; null where there are no entries. */
  readonly perEntry: ByteRange | null;
}
