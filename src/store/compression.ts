/** Opens a log as a stream of its uncompressed bytes: plain, gzip or Zstandard, told apart by their first bytes. */

import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { Decompress, type ZstdError, ZstdErrorCode } from 'fzstd';
import { Gunzip, type ZlibOptions } from 'minizlib';
import { corruptCompression, unreadablePath, unsupportedCompression } from '../model/errors.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

const MAGIC: readonly { readonly bytes: readonly number[]; readonly name: Compression | 'bzip2' | 'xz' | 'lz4' }[] = [
  { bytes: [0x1f, 0x8b], name: 'gzip' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd' },
  { bytes: [0x42, 0x5a, 0x68], name: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], name: 'xz' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], name: 'lz4' },
];

const CHUNK = 1 << 20;
/** Of a gzip log that are decompressed at one go. */
const GZIP_CHUNK = 1 << 16;
/** The library hands all it is given on to Node's zlib, which its types do not say. */
const GUNZIP_OPTIONS: ZlibOptions & { readonly chunkSize: number } = { chunkSize: 1 << 18 };

/** @throws ExpectedError for a compression that cannot be read, or a file that cannot */
export function compressionOf(file: string): Compression {
  const head = Buffer.alloc(8);
  let length = 0;
  try {
    const fd = openSync(file, 'r');
    try {
      length = readSync(fd, head, 0, 8, 0);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  const found = MAGIC.find(({ bytes }) => bytes.length <= length && bytes.every((byte, i) => head[i] === byte));
  if (found === undefined) return 'none';
  if (found.name !== 'gzip' && found.name !== 'zstd') throw unsupportedCompression(file, found.name);
  return found.name;
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

/** An end before its time: what zlib calls it, and what we do where the library for Zstandard has only numbers. */
const CUT_OFF_CODES: readonly (string | undefined)[] = ['Z_BUF_ERROR', 'EZSTDCUT'];

/**
 * The uncompressed bytes, in chunks. A chunk is good until the next one is asked for.
 *
 * @throws ExpectedError where the file cannot be read or is damaged; all before it has been handed out
 */
export async function* uncompressed(
  file: string,
  compression: Compression,
  { onRead = () => {}, from = 0, to = Number.POSITIVE_INFINITY, onCutOff }: ReadingOptions = {},
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') {
    yield* plainChunks(file, onRead, from, to);
    return;
  }
  const source = createReadStream(file, { highWaterMark: CHUNK });
  source.on('data', (chunk) => onRead(chunk.length));
  try {
    if (compression === 'gzip') yield* gzipChunks(source);
    else yield* zstdChunks(source);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (onCutOff !== undefined && CUT_OFF_CODES.includes(code)) onCutOff(message);
    else if (code === undefined || code.startsWith('Z_') || code.startsWith('ERR_') || code.startsWith('EZSTD'))
      throw corruptCompression(file, compression, message);
    else throw unreadable(file, error);
  } finally {
    source.destroy();
  }
}

/**
 * In this thread and in pieces that the allocator and the processor's cache can use again: threads beside it read other
 * logs, and a third less time goes into it than with Node's stream.
 */
async function* gzipChunks(source: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const unzip = new Gunzip(GUNZIP_OPTIONS);
  let ready: Uint8Array[] = [];
  const failures: unknown[] = [];
  unzip.on('data', (chunk) => ready.push(chunk as Uint8Array));
  unzip.on('error', (error) => failures.push(error));
  for await (const part of source) {
    for (let at = 0; at < part.length && failures.length === 0; at += GZIP_CHUNK) {
      unzip.write(part.subarray(at, at + GZIP_CHUNK));
      yield* ready;
      ready = [];
    }
  }
  if (failures.length === 0) unzip.end();
  yield* ready;
  if (failures.length > 0) throw failures[0];
}

/** One buffer is used again and again: a reader keeps nothing of a chunk. */
function* plainChunks(file: string, onRead: (bytes: number) => void, from: number, to: number): Generator<Uint8Array> {
  let fd = -1;
  try {
    fd = openSync(file, 'r');
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
    for (let at = from; at < to; ) {
      const length = readSync(fd, buffer, 0, Math.min(buffer.length, to - at), at);
      if (length === 0) break;
      onRead(length);
      yield buffer.subarray(0, length);
      at += length;
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/** Node has Zstandard of its own only from 22.15 on, so a library does it everywhere. */
async function* zstdChunks(source: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => ready.push(chunk));
  const push = (chunk: Uint8Array, final: boolean) => {
    try {
      decompress.push(chunk, final);
    } catch (error) {
      const { message, code } = error as ZstdError;
      throw Object.assign(new Error(message), { code: code === ZstdErrorCode.UnexpectedEOF ? 'EZSTDCUT' : 'EZSTD' });
    }
  };
  for await (const chunk of source) {
    push(chunk, false);
    const chunks = ready;
    ready = [];
    yield* chunks;
  }
  push(new Uint8Array(0), true);
  yield* ready;
}

function unreadable(file: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? (error as Error) : unreadablePath(file, code);
}
