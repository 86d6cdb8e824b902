/** Opens a file as a stream of the text in it; how that is compressed, or stored, is told by its first bytes. */

import { closeSync, openSync, readSync } from 'node:fs';
import { corruptCompression, ExpectedError, unreadablePath } from '../model/errors/catalogue.ts';
import { ByteQueue } from './byte-queue.ts';
import { Damage, Expansion } from './damage.ts';
import { gunzipChunks } from './gzip.ts';
import { readParquetChunks } from './parquet.ts';
import { type ProgramName, runProgram } from './program.ts';
import { unzstdChunks } from './zstd.ts';

export type Compression = 'none' | 'gzip' | 'zstd' | 'parquet' | ProgramName;

const MAGIC: readonly { readonly pattern: RegExp; readonly name: Compression }[] = [
  { pattern: /^\x1f\x8b/, name: 'gzip' },
  // Also a frame to be skipped, which parallel compressors begin with.
  { pattern: /^(\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/, name: 'zstd' },
  { pattern: /^PAR1/, name: 'parquet' },
  { pattern: /^BZh/, name: 'bzip2' },
  { pattern: /^\xfd7zXZ\0/, name: 'xz' },
  { pattern: /^(\x04\x22|\x02\x21)[\x4d\x4c]\x18/, name: 'lz4' },
];

/** How many bytes are read at a time, and of what is to be decompressed: the beginning of a log is mostly all that is wanted. */
const CHUNK = 1 << 20;
const PACKED_CHUNK = 1 << 16;

/** @throws ExpectedError for a file that cannot be read */
export function readCompression(file: string): Compression {
  const head = Buffer.alloc(8);
  try {
    const fd = openSync(file, 'r');
    try {
      const length = readSync(fd, head, 0, head.length, 0);
      const text = head.toString('latin1', 0, length);
      return MAGIC.find(({ pattern }) => pattern.test(text))?.name ?? 'none';
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw translateUnreadable(file, error);
  }
}

export interface ReadingOptions {
  /** Hears how many bytes of the file itself were taken. */
  readonly onRead?: ((bytes: number) => void) | undefined;
  /** Where to start, for files that are not compressed. */
  readonly from?: number;
  /** Where to end, likewise. */
  readonly to?: number;
  /**
   * Hears why a compressed file ends before its time: whoever compresses it is not done, or never was. Without it that
   * is an error.
   */
  readonly onCutOff?: ((reason: string) => void) | undefined;
}

/**
 * The uncompressed bytes, in chunks. A chunk is good until the next one is asked for.
 *
 * @throws ExpectedError where the file cannot be read, is damaged, or becomes more than any log would; all before it has
 *   been handed out
 */
export async function* readUncompressed(
  file: string,
  compression: Compression,
  { onRead = () => {}, from = 0, to = Number.POSITIVE_INFINITY, onCutOff }: ReadingOptions = {},
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') {
    yield* readPlainChunks(file, onRead, from, to);
    return;
  }
  const expansion = new Expansion(file);
  const took = (bytes: number) => {
    expansion.took(bytes);
    onRead(bytes);
  };
  try {
    for await (const chunk of decompressFile(file, compression, took)) {
      expansion.made(chunk.length);
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw translateUnreadable(file, error);
    if (!error.isCutOff || onCutOff === undefined) throw corruptCompression(file, compression, error.message);
    onCutOff(error.message);
  }
}

async function* decompressFile(
  file: string,
  compression: Exclude<Compression, 'none'>,
  took: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (compression === 'parquet') {
    yield* readParquetChunks(file, took);
    return;
  }
  if (compression !== 'gzip' && compression !== 'zstd') {
    yield* runProgram(compression, file, took);
    return;
  }
  const source = readPlainChunks(file, took, 0, Number.POSITIVE_INFINITY, PACKED_CHUNK);
  yield* compression === 'gzip' ? gunzipChunks(source) : unzstdChunks(new ByteQueue(source));
}

/** One buffer is used again and again: a reader keeps nothing of a chunk. */
function* readPlainChunks(
  file: string,
  onRead: (bytes: number) => void,
  from: number,
  to: number,
  size = CHUNK,
): Generator<Uint8Array> {
  let fd = -1;
  try {
    fd = openSync(file, 'r');
    const buffer = Buffer.allocUnsafe(Math.min(size, to - from));
    for (let at = from; at < to; ) {
      const length = readSync(fd, buffer, 0, Math.min(buffer.length, to - at), at);
      if (length === 0) break;
      onRead(length);
      yield buffer.subarray(0, length);
      at += length;
    }
  } catch (error) {
    throw translateUnreadable(file, error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

function translateUnreadable(file: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof ExpectedError || code === undefined ? (error as Error) : unreadablePath(file, code);
}
