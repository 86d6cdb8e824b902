/** Traces are opened as logs are: plain or compressed, told apart by their first bytes. */

import { compressionOf, uncompressed } from '../../decoding/compression.ts';
import type { Opener } from '../../zeek/trace/prepare.ts';

export const openTrace: Opener = (path) => {
  const compression = compressionOf(path);
  return { compressed: compression !== 'none', bytes: uncompressed(path, compression) };
};
