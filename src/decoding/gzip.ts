/** Gzip, as zlib reads it: checksums and lengths are verified, and files of several members are read to their end. */

import { Gunzip, type ZlibOptions } from 'minizlib';
import { Damage } from './damage.ts';

/** The library hands all it is given on to Node's zlib, which its types do not say. */
const OPTIONS: ZlibOptions & { readonly chunkSize: number } = { chunkSize: 1 << 18 };

/**
 * In this thread, chunk by chunk, in pieces that the allocator and the processor's cache can use again: threads beside
 * it read other logs, and a third less time goes into it than with Node's stream.
 *
 * @throws Damage
 */
export function* gunzipChunks(source: Iterable<Uint8Array>): Generator<Uint8Array> {
  const unzip = new Gunzip(OPTIONS);
  let ready: Uint8Array[] = [];
  const failures: (Error & { code?: string })[] = [];
  unzip.on('data', (chunk) => ready.push(chunk as Uint8Array));
  unzip.on('error', (error) => failures.push(error as Error));
  for (const chunk of source) {
    unzip.write(chunk as Buffer);
    yield* ready;
    ready = [];
    if (failures.length > 0) break;
  }
  if (failures.length === 0) unzip.end();
  yield* ready;
  const [failure] = failures;
  if (failure === undefined) return;
  // A first member is known by its first bytes: what has none of them follows one that was whole.
  if (failure.message.includes('incorrect header check'))
    throw new Damage('bytes that are no gzip follow its end, which gzip -dc passes over');
  throw new Damage(failure.message, failure.code === 'Z_BUF_ERROR');
}
