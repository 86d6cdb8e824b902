/** What values of C++ classes take that scripts only hold on to: by kind, since nothing tells how large one is. */

import type { ByteRange } from '../model/bytes.ts';

/** OpaqueVal and what it owns; classes in src/OpaqueVal.h unless another file is named. */
const OPAQUES: Readonly<Record<string, ByteRange>> = {
  // 2^b buckets of a byte (src/probabilistic/CardinalityCounter.cc): 512 for an error of 10 %, 65,536 for 1 % at a
  // confidence of 95 %, which is what the examples and SumStats use, 262,144 for 0.5 %.
  cardinality: { low: 600, likely: 65_700, high: 262_400 },
  // As many bits as the error and the capacity ask for (src/probabilistic/BloomFilter.cc): 1.2 MB for a million at 1 %.
  bloomfilter: { low: 300, likely: 12_000, high: 2_000_000 },
  // An element and a key for each of the values it tracks (src/probabilistic/Topk.cc).
  topk: { low: 300, likely: 13_000, high: 500_000 },
  // A context of the TLS library beside it.
  md5: { low: 150, likely: 176, high: 210 },
  sha1: { low: 155, likely: 185, high: 220 },
  sha256: { low: 165, likely: 198, high: 235 },
  // Since 9.0, where they were measured: 192 bytes, and 288 of those whose context holds words of 64 bits.
  sha224: { low: 165, likely: 198, high: 235 },
  sha384: { low: 250, likely: 292, high: 340 },
  sha512: { low: 250, likely: 292, high: 340 },
  // Counts of all 256 bytes (src/digest.h, src/RandTest.h).
  entropy: { low: 2_000, likely: 2_228, high: 2_500 },
  x509: { low: 2_000, likely: 6_000, high: 40_000 },
  ocsp_resp: { low: 1_000, likely: 4_000, high: 40_000 },
  paraglob: { low: 1_000, likely: 100_000, high: 10_000_000 },
};

const OTHER: ByteRange = { low: 32, likely: 500, high: 100_000 };

export function opaqueBytes(of: string | null): ByteRange {
  return of !== null && Object.hasOwn(OPAQUES, of) ? OPAQUES[of]! : OTHER;
}

/** A pattern in a container, of which not even the text is known: two matchers (src/RE.h) of a few states or many. */
export const PATTERN_VALUE: ByteRange = { low: 3_000, likely: 40_000, high: 1_000_000 };
