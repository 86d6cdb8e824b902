import { OutputFile } from '../store/output-file.ts';
import type { SourceOptions } from './options.ts';

export type { OutputFile };

/**
 * Makes sure, before any work is done, that a file can be written and is none of the inputs.
 *
 * @throws ExpectedError where it cannot, or is
 */
export function planOutput(
  path: string,
  { paths, database }: Pick<SourceOptions, 'paths' | 'database'>,
): Promise<OutputFile> {
  return OutputFile.plan(path, [...paths, ...(database === null ? [] : [database])]);
}

/** For what goes to standard output, but cannot be made there. */
export function temporaryOutput(): OutputFile {
  return OutputFile.temporary();
}
