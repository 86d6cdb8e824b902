/** The text of a log as its reader takes it: decompressed, and out of the form it came in. */

import { type Compression, type ReadingOptions, readUncompressed } from '../../decoding/compression.ts';
import { type Form, undoForms } from '../../format/forms/forms.ts';

/** How a text stands in its file. Only where it is `none` are its places those of the text, so that reading begins anywhere. */
export type Storage = Compression | 'converted';

export interface StoredText {
  readonly path: string;
  /** What to open to read it: where it is kept open, it can be read after it was rotated away. */
  readonly source: string;
  readonly compression: Storage;
  /** What it is in, one within the other, the outermost first. */
  readonly forms: readonly Form[];
}

export function readStorage(compression: Compression, forms: readonly Form[]): Storage {
  return compression === 'none' && forms.length > 0 ? 'converted' : compression;
}

/**
 * The text in chunks, each good until the next one is asked for.
 *
 * @throws ExpectedError as `readUncompressed` does
 */
export function openText(
  { source, compression, forms }: StoredText,
  options: ReadingOptions,
): AsyncIterable<Uint8Array> {
  if (forms.length === 0) return readUncompressed(source, compression === 'converted' ? 'none' : compression, options);
  const { onRead, onCutOff } = options;
  const bytes = readUncompressed(source, compression === 'converted' ? 'none' : compression, { onRead, onCutOff });
  return undoForms(bytes, forms);
}
