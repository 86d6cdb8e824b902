/**
 * Zstandard: a library decompresses block by block; frames, limits and checksums, which it leaves aside, are here.
 * Node has Zstandard of its own only from 22.15 on.
 *
 * Source: RFC 8878, section 3.1.1.
 */

import { Decompress } from 'fzstd';
import xxhash, { type XXHash } from 'xxhash-wasm';
import type { ByteQueue } from './byte-queue.ts';
import { Damage } from './damage.ts';

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;
const LARGEST_BLOCK = 128 * 1024;
/** What `zstd` itself takes unless it is told to. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
const RUN_OF_ONE_BYTE = 1;
const NO_KIND = 3;
const LOW_32_BITS = 0xffff_ffffn;

interface FrameHeader {
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
  readonly window: number;
  /** Null where it is not said. */
  readonly contentSize: number | null;
  readonly hasChecksum: boolean;
}

/** @throws Damage */
export async function* unzstdChunks(input: ByteQueue): AsyncGenerator<Uint8Array> {
  const { create64 } = await xxhash();
  const effort = new Effort();
  for (;;) {
    const magic = input.take(4);
    if (magic.length === 0) return;
    const number = readLittleEndian(magic);
    if (magic.length < 4) throw cutOff();
    if (number >>> 4 === SKIPPABLE) {
      if (!input.skip(readLittleEndian(readWhole(input, 4)))) throw cutOff();
    } else if (number === FRAME) yield* readFrame(input, readHeader(input, magic), create64(), effort);
    else throw new Damage('bytes that are no frame follow');
  }
}

function* readFrame(
  input: ByteQueue,
  { bytes, window, contentSize, hasChecksum }: FrameHeader,
  hash: XXHash<bigint>,
  effort: Effort,
): Generator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => ready.push(chunk));
  push(decompress, bytes);
  effort.add(window, 0);
  let size = 0;
  for (let isLast = false; !isLast; ) {
    const blockHeader = readWhole(input, 3);
    const block = readLittleEndian(blockHeader);
    isLast = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    if (kind === NO_KIND || block >> 3 > LARGEST_BLOCK) throw new Damage('a block is of no kind that there is');
    push(decompress, blockHeader);
    push(decompress, readWhole(input, kind === RUN_OF_ONE_BYTE ? 1 : block >> 3));
    if (isLast) {
      // The library keeps a short frame to itself until it hears that nothing follows.
      push(decompress, new Uint8Array(hasChecksum ? 4 : 0), true);
    }
    for (const chunk of ready.splice(0)) {
      size += chunk.length;
      effort.add(window, chunk.length);
      if (hasChecksum) hash.update(chunk);
      yield chunk;
    }
  }
  if (contentSize !== null && size !== contentSize) throw new Damage('its length is not what it says');
  if (hasChecksum && BigInt(readLittleEndian(readWhole(input, 4))) !== (hash.digest() & LOW_32_BITS))
    throw new Damage('its checksum is not what it says');
}

/** @param magic the four bytes a frame begins with, which have been taken */
function readHeader(input: ByteQueue, magic: Uint8Array): FrameHeader {
  const [descriptor] = readWhole(input, 1) as unknown as [number];
  const isSingle = ((descriptor >> 5) & 1) === 1;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag > 0 ? 1 << sizeFlag : isSingle ? 1 : 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const windowBytes = isSingle ? 0 : 1;
  const rest = readWhole(input, windowBytes + dictionaryBytes + sizeBytes);
  if ((descriptor & 8) !== 0) throw new Damage('its header is of no kind that there is');
  if (rest.subarray(windowBytes, windowBytes + dictionaryBytes).some((byte) => byte !== 0))
    throw new Damage('it was compressed with a dictionary, which it does not hold');
  const size = readLittleEndian(rest.subarray(windowBytes + dictionaryBytes)) + (sizeBytes === 2 ? 256 : 0);
  const window = isSingle ? size : 2 ** (10 + (rest[0]! >> 3)) * (1 + (rest[0]! & 7) / 8);
  if (window > LARGEST_WINDOW)
    throw new Damage(`it needs a window of ${Math.ceil(window / 2 ** 20)} MiB; decompress it with zstd -d --long=31`);
  const bytes = new Uint8Array(5 + rest.length);
  bytes.set(magic);
  bytes[4] = descriptor;
  bytes.set(rest, 5);
  return { bytes, window, contentSize: sizeBytes === 0 ? null : size, hasChecksum: (descriptor & 4) !== 0 };
}

/** The library moves a window's bytes at every block: tiny blocks in a large window would be work without end. */
class Effort {
  static readonly #MOST_PER_BYTE = 4096;
  static readonly #ALWAYS_ALLOWED = 8 * 2 ** 30;
  #moved = 0;
  #made = 0;

  add(window: number, made: number): void {
    this.#moved += window;
    this.#made += made;
    if (this.#moved > Effort.#ALWAYS_ALLOWED && this.#moved > this.#made * Effort.#MOST_PER_BYTE)
      throw new Damage('its blocks are too small for a window as large as it needs');
  }
}

function readWhole(input: ByteQueue, length: number): Uint8Array {
  const bytes = input.take(length);
  if (bytes.length < length) throw cutOff();
  return bytes;
}

function push(decompress: Decompress, bytes: Uint8Array, isFinal = false): void {
  try {
    decompress.push(bytes, isFinal);
  } catch (error) {
    throw new Damage((error as Error).message);
  }
}

function cutOff(): Damage {
  return new Damage('it ends within a frame', true);
}

function readLittleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
