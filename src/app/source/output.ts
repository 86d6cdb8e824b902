import { OutputFile } from '../../store/export/output-file.ts';

export type { OutputFile };

/**
 * Makes sure, before any work is done, that a file can be written and is none of the inputs.
 *
 * @throws ExpectedError where it cannot, or is
 */
export function planOutput(path: string, { paths }: { readonly paths: readonly string[] }): Promise<OutputFile> {
  return OutputFile.plan(path, paths);
}

/** For what goes to standard output, but cannot be made there. */
export function planTemporary(): OutputFile {
  return OutputFile.temporary();
}
