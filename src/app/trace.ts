/** Traces are opened as logs are: plain, gzip or Zstandard, told apart by their first bytes. */

import { compressionOf, uncompressed } from '../store/compression.ts';
import type { Opener } from '../zeek/trace/prepare.ts';

export const openTrace: Opener = (path) => {
  const compression = compressionOf(path);
  return { compressed: compression !== 'none', bytes: uncompressed(path, compression) };
};
