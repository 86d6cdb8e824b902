/** Zeek's own folders of scripts. */

import { zeekTimedOut } from '../model/errors/zeek-errors.ts';
import { formatDuration } from '../model/time.ts';
import { runProcess } from './process.ts';
import type { ZeekProgram } from './program.ts';

/**
 * As Zeek itself tells with `--help`; empty where it does not.
 *
 * @param timeout seconds; null for no limit
 * @throws ExpectedError where it does not end within that time
 */
export async function searchPathOf(
  zeek: ZeekProgram,
  folder: string,
  { timeout, signal }: { readonly timeout: number | null; readonly signal?: AbortSignal | undefined },
): Promise<string[]> {
  const invocation = zeek.invoke(['--help'], { folder, reads: [], env: {} });
  const { stdout, cause } = await runProcess({ ...invocation, folder, env: process.env, timeout, signal, grace: 1 });
  if (cause === 'timeout') throw zeekTimedOut(formatDuration(timeout!), 'asked for nothing but its help');
  const found = /\$ZEEKPATH\s*\|\s*file search path \(([^\n]*)\)/.exec(stdout);
  return (found?.[1] ?? '').split(':').filter((path) => path !== '' && path !== '.');
}
