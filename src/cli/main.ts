/** Where the program begins and ends. */

import { COMMANDS } from './commands.ts';
import { describeFailure, EXIT_CHECK_FAILED, EXIT_FINE, isBrokenPipe } from './failure.ts';
import { Interrupts } from './interrupts.ts';
import { createProgram } from './program.ts';
import { writeAll } from './surroundings.ts';

/** Runs the command line of the process, and ends the process with its exit code. */
export async function main(): Promise<void> {
  const { stdin, stdout, stderr, env, argv } = process;
  // Errors of writing reach the callbacks of `writeAll`; without a listener they would end the program as well.
  stdout.on('error', (error) => isBrokenPipe(error) && process.exit(EXIT_FINE));
  stderr.on('error', () => {});
  const interrupts = new Interrupts(stderr);
  // What is thrown outside of any promise, such as in a callback, is told like everything else.
  process.on('uncaughtException', (error) => {
    const failure = describeFailure(error, null, Boolean(env.MY_STATS_DEBUG), COMMANDS);
    stderr.write(failure.text === null ? '' : `${failure.text}\n`, () => process.exit(failure.exitCode));
  });
  const terminal = stdin.isTTY && stdout.isTTY ? { terminal: { input: stdin, output: stdout } } : {};
  const exitCode = await run(argv.slice(2), { stdout, stderr, env, interrupts, ...terminal });
  await Promise.allSettled([writeAll(stdout, ''), writeAll(stderr, '')]);
  // Not left to the event loop: what the database engine still holds would only delay the end.
  process.exit(interrupts.exitCode ?? exitCode);
}

async function run(args: readonly string[], surroundings: Parameters<typeof createProgram>[0]): Promise<number> {
  let checkFailed = false;
  const program = createProgram({ ...surroundings, fail: () => (checkFailed = true) });
  try {
    await program.parseAsync(meantBy(args), { from: 'user' });
    return checkFailed ? EXIT_CHECK_FAILED : EXIT_FINE;
  } catch (error) {
    const command = args.find((arg) => program.commands.some((known) => known.name() === arg)) ?? null;
    const failure = describeFailure(error, command, Boolean(surroundings.env.MY_STATS_DEBUG), COMMANDS);
    if (failure.text !== null) surroundings.stderr.write(`${failure.text}\n`);
    return failure.exitCode;
  }
}

/** Nothing asks what is wrong, which an operator wants to know first; `help top` and `version` are what they say. */
function meantBy(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined) return ['doctor'];
  if (first === 'version' && rest.length === 0) return ['--version'];
  return first === 'help' && rest.length <= 1 ? [...rest, '--help'] : args;
}
