/**
 * Where the program begins. What was asked before about the same logs is answered at once: neither they are opened, nor is
 * most of the program loaded.
 */

import { findTold } from '../app/told-before.ts';

/** Those whose answer is told by the logs given and nothing else, unless an option says so. */
const OF_LOGS_ALONE = ['top', 'growth', 'doctor'];
/** Answers that are to be found anew, that other files decide as well, or that do more than answer. */
const OF_MORE = /^(--(no-cache|scripts|notify)\b|--?$|-h$|--help$)|:\/\//;
/** What of the environment shows in an answer. */
const VARIABLES = ['PWD', 'COLUMNS', 'NO_COLOR', 'FORCE_COLOR', 'TERM', 'LC_ALL', 'LC_CTYPE', 'LANG'];

/** Answers the command line of the process, and ends the process. */
export async function main(): Promise<void> {
  process.on('uncaughtException', (error) => void import('./main.ts').then(({ endBy }) => endBy(error)));
  const question = readQuestion(process);
  const told = question === null ? null : findTold(question);
  if (told === null) {
    const program = await import('./main.ts');
    await program.main(question);
    return;
  }
  process.stdout.on('error', () => process.exit());
  process.stderr.write(told.stderr);
  process.stdout.write(told.stdout);
}

/** Null where the answer may be another one although the logs are the same. */
function readQuestion({ argv, env, stdout, stderr }: NodeJS.Process): string | null {
  const args = argv.slice(2);
  if (!OF_LOGS_ALONE.includes(args[0] ?? '') || args.some((arg) => OF_MORE.test(arg))) return null;
  const screen = [stdout.isTTY, stdout.columns, stderr.isTTY];
  return JSON.stringify([args, process.cwd(), screen, VARIABLES.map((name) => env[name])]);
}
