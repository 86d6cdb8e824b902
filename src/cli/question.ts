/** A command that asks one thing: its use case answers, its report writes the answer in the format asked for. */

import type { ProgressListener } from '../model/progress.ts';
import type { Report, Screen } from '../report/output.ts';
import { toAscii } from '../report/text/sanitize.ts';
import type { Arguments, Asked, Command, CommandContext, CommandHead, Options } from './command.ts';
import { type Format, readFormat } from './options.ts';
import { type ColorFlag, describeScreen, showsUnicode } from './surroundings.ts';
import { print, withProgress } from './write.ts';

/** The table, JSON, which all have, and what else a command has an option for. */
type FormatOf<O> = 'table' | 'json' | Extract<Format, keyof O>;

interface Question<A extends Arguments, O extends Options, Read extends object, Result> extends CommandHead<A, O> {
  /** What the words of a command line mean beyond what their options say. */
  read?(typed: Asked<A, O>): Read;
  ask(asked: Asked<A, O> & Read & Asking, context: CommandContext): Promise<Result>;
  report(asked: Asked<A, O> & Read): Promise<(result: Result, format: FormatOf<O>, screen: Screen) => Report>;
  /** What is left to do once the answer is printed. */
  conclude?(result: Result, asked: Asked<A, O> & Read, context: CommandContext): Promise<void>;
  /** The options that a query to `serve` may set; absent where `serve` does not answer this. */
  readonly parameters?: readonly (keyof O & string)[];
}

interface Asking {
  readonly onProgress?: ProgressListener;
}

const NO_SCREEN: Screen = { width: null, color: false };

export function declareQuestion<
  const A extends Arguments,
  const O extends Options,
  Result,
  Read extends object = object,
>(question: Question<A, O, Read, Result>): Command {
  const { read, ask, report, conclude, parameters, ...head } = question;
  return {
    ...head,
    async run(typed: Asked<A, O>, context) {
      const asked = { ...typed, ...read?.(typed) } as Asked<A, O> & Read;
      const [result, write] = await Promise.all([
        withProgress(context, (progress) => ask({ ...asked, ...progress }, context)),
        report(asked),
      ]);
      const format = readFormat(asked) as FormatOf<O>;
      const { text, asides } = write(result, format, describeScreen(context, (asked as { color?: ColorFlag }).color));
      // First what qualifies the numbers, then the numbers: a reader that stops early has seen it.
      for (const aside of asides) context.stderr.write(`my-stats: ${aside.trimStart()}\n`);
      await print(context, format === 'table' && !showsUnicode(context) ? toAscii(text) : text);
      await conclude?.(result, asked, context);
    },
    ...(parameters && {
      served: {
        parameters: Object.fromEntries(parameters.map((key) => [key, head.options[key]!])),
        async answer(asked: Asked<A, O> & Read, context: CommandContext) {
          const [result, write] = await Promise.all([ask(asked, context), report(asked)]);
          return write(result, 'json', NO_SCREEN).text;
        },
      },
    }),
  };
}
