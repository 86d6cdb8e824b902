/** The whole program, and how it ends. */

import { rememberTold } from '../app/told-before.ts';
import { COMMANDS } from './commands.ts';
import { describeFailure, EXIT_CHECK_FAILED, EXIT_FINE, isBrokenPipe } from './failure.ts';
import { createProgram } from './program.ts';
import { Interrupts, type OutputStream, writeAll } from './surroundings.ts';

/**
 * Runs the command line of the process, and ends the process with its exit code.
 *
 * @param question under which the answer may be kept; null where it is not
 */
export async function main(question: string | null): Promise<void> {
  const { stdin, stdout, stderr, env, argv } = process;
  // Errors of writing reach the callbacks of `writeAll`; without a listener they would end the program as well.
  stdout.on('error', (error) => isBrokenPipe(error) && process.exit(EXIT_FINE));
  stderr.on('error', () => {});
  const interrupts = new Interrupts(stderr);
  const terminal = stdin.isTTY && stdout.isTTY ? { terminal: { input: stdin, output: stdout } } : {};
  const args = argv.slice(2);
  const keep = question === null ? null : await rememberTold(question, args);
  const [said, aside]: [string[], string[]] = [[], []];
  const streams =
    keep === null ? { stdout, stderr } : { stdout: overhear(stdout, said), stderr: overhear(stderr, aside) };
  const exitCode = await run(args, { ...streams, env, interrupts, ...terminal });
  if (exitCode === EXIT_FINE) await keep?.({ stdout: said.join(''), stderr: aside.join('') });
  await Promise.allSettled([writeAll(stdout, ''), writeAll(stderr, '')]);
  // Not left to the event loop: what the database engine still holds would only delay the end.
  process.exit(interrupts.exitCode ?? exitCode);
}

/** Ends the process by what was thrown outside of any promise, such as in a callback: it is told like everything else. */
export function endBy(error: unknown): void {
  const failure = describeFailure(error, null, Boolean(process.env.MY_STATS_DEBUG), COMMANDS);
  process.stderr.write(failure.text === null ? '' : `${failure.text}\n`, () => process.exit(failure.exitCode));
}

/** Adds to `heard` what is written, but for the line of progress, which does not stay. */
function overhear(stream: NodeJS.WriteStream, heard: string[]): OutputStream {
  return {
    isTTY: stream.isTTY,
    columns: stream.columns,
    write: (text, done) => {
      const said = String(text);
      if (!said.startsWith('\r')) heard.push(said);
      return stream.write(text, done);
    },
  };
}

async function run(args: readonly string[], surroundings: Parameters<typeof createProgram>[0]): Promise<number> {
  let checkFailed = false;
  const program = createProgram({ ...surroundings, fail: () => (checkFailed = true) });
  try {
    await program.parseAsync(interpret(args), { from: 'user' });
    return checkFailed ? EXIT_CHECK_FAILED : EXIT_FINE;
  } catch (error) {
    const command = args.find((arg) => program.commands.some((known) => known.name() === arg)) ?? null;
    const failure = describeFailure(error, command, Boolean(surroundings.env.MY_STATS_DEBUG), COMMANDS);
    if (failure.text !== null) surroundings.stderr.write(`${failure.text}\n`);
    return failure.exitCode;
  }
}

/** Nothing asks what is wrong, which an operator wants to know first; `help top` and `version` are what they say. */
function interpret(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined) return ['doctor'];
  if (first === 'version' && rest.length === 0) return ['--version'];
  return first === 'help' && rest.length <= 1 ? [...rest, '--help'] : args;
}
