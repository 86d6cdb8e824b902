/** What values of C++ classes take that scripts only hold on to: by the call that made them where that is known, else by kind. */

import type { ByteRange } from '../model/bytes.ts';
import { OPAQUE_MAKERS } from '../model/zeek-type.ts';

/** OpaqueVal and what it owns; classes in src/OpaqueVal.h unless another file is named. */
const OPAQUES: Readonly<Record<string, ByteRange>> = {
  // 65,536 buckets for an error of 1 % at a confidence of 95 %, which is what the examples and SumStats use.
  cardinality: { low: 600, likely: 65_700, high: 262_400 },
  bloomfilter: { low: 300, likely: 12_000, high: 2_000_000 },
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

/** Of those whose size is in what they were made with, or given: a range for all of them says nothing of one. */
const OF_ANY_SIZE: readonly string[] = ['cardinality', 'bloomfilter', 'topk', 'paraglob'];

const OTHER: ByteRange = { low: 32, likely: 500, high: 100_000 };

/** The value itself, its hash functions, and what malloc needs to hand out the rest. */
const AROUND: ByteRange = { low: 48, likely: 250, high: 500 };
/** From this size on, malloc hands out whole pages. */
const MAPPED = 128 * 1024;
const PAGE = 4096;
/** One element of a top-k that is full: a count, an address, or a text of some length. */
const TOPK_ELEMENT: ByteRange = { low: 0, likely: 240, high: 420 };
/** A process with more has other problems; a log may say anything. */
const MOST_BYTES = 2 ** 50;

const CALL = /(\w+)\(([^()]*)\)/g;

/**
 * @param of the kind, or the calls that made values of it (`hll_cardinality_init(0.1, 0.99)`, several with `|` between
 *   them); null where nothing is known
 */
export function estimateOpaque(of: string | null): ByteRange {
  const made = estimateCalls(of);
  if (made !== null) return made;
  const kind = readKind(of);
  return kind !== null && Object.hasOwn(OPAQUES, kind) ? OPAQUES[kind]! : OTHER;
}

/** Whether something can be said of one value: of some kinds only where the call that made it is known. */
export function isOpaqueSizeKnown(of: string | null): boolean {
  const kind = readKind(of);
  if (kind === null || !Object.hasOwn(OPAQUES, kind)) return false;
  return !OF_ANY_SIZE.includes(kind) || estimateCalls(of) !== null;
}

/** What a call makes; null for arguments that Zeek refuses. */
export function estimateMaker(maker: string, args: readonly number[]): ByteRange | null {
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = args;
  switch (maker) {
    case 'hll_cardinality_init':
      return held(hyperLogLogBuckets(first, second));
    case 'bloomfilter_basic_init':
      return held(bits(-second * (Math.log(first) / Math.LN2 ** 2)));
    case 'bloomfilter_basic_init2':
      return held(bits(second));
    case 'bloomfilter_counting_init':
      return held(bits(second * counterWidth(third)));
    case 'topk_init': {
      if (!(first >= 0 && first < MOST_BYTES)) return null;
      const { low, likely, high } = AROUND;
      return {
        low: low + first * TOPK_ELEMENT.low,
        likely: likely + first * TOPK_ELEMENT.likely,
        high: high + first * TOPK_ELEMENT.high,
      };
    }
    default:
      return null;
  }
}

/** From the smallest to the largest. */
function estimateCalls(of: string | null): ByteRange | null {
  const made = Array.from((of ?? '').matchAll(CALL), ([, maker, args]) => estimateMaker(maker!, readNumbers(args!)));
  const known = made.filter((bytes) => bytes !== null);
  if (known.length === 0 || known.length < made.length) return null;
  return known.reduce((a, b) => ({
    low: Math.min(a.low, b.low),
    likely: Math.max(a.likely, b.likely),
    high: Math.max(a.high, b.high),
  }));
}

function readNumbers(args: string): number[] {
  return args.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
}

function readKind(of: string | null): string | null {
  const word = /^\w+/.exec(of ?? '')?.[0] ?? null;
  return word !== null && Object.hasOwn(OPAQUE_MAKERS, word) ? OPAQUE_MAKERS[word]! : word;
}

/** One piece of memory of so many bytes, and the value that owns it. */
function held(bytes: number): ByteRange | null {
  if (!(bytes >= 0 && bytes < MOST_BYTES)) return null;
  const pages = bytes >= MAPPED ? PAGE : 16;
  return {
    low: bytes + AROUND.low,
    likely: bytes + pages / 2 + AROUND.likely,
    high: bytes + pages + AROUND.high,
  };
}

/** In words of 64 (src/probabilistic/BitVector.cc); the number for an error rate: BloomFilter.cc, `M()`. */
function bits(count: number): number {
  return Math.ceil(Math.ceil(count) / 64) * 8;
}

/** Bits of a counter up to that value (src/probabilistic/bloom-filter.bif). */
function counterWidth(most: number): number {
  return most >= 1 ? Math.floor(Math.log2(most)) + 1 : Number.NaN;
}

/**
 * 2^b buckets of a byte: `OptimalB()` in src/probabilistic/CardinalityCounter.cc. The more sure the error is to be kept,
 * the more standard deviations it must hold.
 */
function hyperLogLogBuckets(error: number, confidence: number): number {
  if (!(error > 0 && error < 1.04 && confidence >= 0 && confidence < 1)) return Number.NaN;
  const estimate = 2 * Math.log2(1.04 / error);
  for (let b = Math.floor(estimate) + 1; b < 50; b++)
    if (errorFunction(2 ** ((b - estimate) / 2) / Math.SQRT2) >= confidence) return 2 ** b;
  return Number.NaN;
}

/** To 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26); x is not negative. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - series * Math.exp(-x * x);
}

/** A pattern in a container, of which not even the text is known: two matchers (src/RE.h) of a few states or many. */
export const PATTERN_VALUE: ByteRange = { low: 3_000, likely: 40_000, high: 1_000_000 };
