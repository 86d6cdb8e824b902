/** The table of commands as a command line: what commander parses and prints help from. */

import { type Argument, Command as Parser, Option as ParserOption } from 'commander';
import { VERSION } from './built.ts';
import type { Command, CommandContext, CommandOption } from './command.ts';
import { COMMANDS } from './commands.ts';
import { readChoice } from './options.ts';
import type { Surroundings } from './surroundings.ts';

const EXAMPLES = [
  ['my-stats', 'what is wrong, in the logs there are'],
  ['my-stats doctor LOGS', 'what is wrong, in these'],
  ['my-stats top /opt/zeek/logs/current', 'largest modules'],
  ['my-stats top --by variable --module DomainTLD LOGS', 'its variables'],
  ['my-stats runs LOGS', 'cost of measuring'],
] as const;

/** Commands throw what goes wrong, CommanderError included; nothing in here ends the process. */
export function createProgram(surroundings: Surroundings): Parser {
  const program = new Parser('my-stats')
    .description("Finds which node, module or variable holds a Zeek process's memory, from the logs of my_stats.")
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
      // The message is in the error that is thrown, and printed where all failures are.
      outputError: () => {},
    })
    // Without [options], which all have: longer terms would leave no room for what the commands do.
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(writeTerm)].join(' '),
    })
    .exitOverride()
    .addHelpText('after', writeHelpFooter(EXAMPLES, '\nEvery command has its own help: my-stats top --help\n'));
  const context: CommandContext = { ...surroundings, commands: COMMANDS };
  for (const { heading, commands } of COMMANDS) {
    program.commandsGroup(heading);
    for (const command of commands) addCommand(program, command, context);
  }
  return program;
}

function addCommand(program: Parser, command: Command, context: CommandContext): void {
  const { name, summary, description, examples } = command;
  const parser = program.command(name).summary(summary).description(description);
  for (const { term, description, choices } of Object.values(command.arguments)) {
    const argument = parser.createArgument(term, description);
    parser.addArgument(choices === undefined ? argument : argument.choices(choices as string[]));
  }
  const options = Object.entries(command.options).map(([key, option]) => [key, makeParserOption(option)] as const);
  for (const [key, option] of options) {
    parser.addOption(option);
    const { negation } = command.options[key]!;
    if (negation !== undefined) parser.option(`--no-${option.name()}`, negation);
  }
  parser.addHelpText('after', writeHelpFooter(examples, explainOptions(command))).action((...given) => {
    const values = [
      ...Object.keys(command.arguments).map((key, i) => [key, given[i]] as const),
      ...options.map(([key, option]) => [key, parser.getOptionValue(option.attributeName())] as const),
    ];
    const typed = Object.fromEntries(values);
    return command.run({ ...typed, ...readChoice(typed) } as never, context);
  });
}

function makeParserOption({ flags, description, choices, conflicts, ...reading }: CommandOption): ParserOption {
  const option = new ParserOption(flags, description);
  const { parse = String, isRepeated, preset, presetText, isRequired = false } = reading;
  if (isRepeated) option.argParser((text, before: readonly unknown[] = []) => [...before, parse(text)]);
  else if (choices !== undefined) option.choices(choices);
  else if (reading.parse !== undefined) option.argParser(parse);
  if (preset !== undefined) option.default(preset, presetText);
  if (conflicts !== undefined) option.conflicts(conflicts.map((flag) => new ParserOption(flag).attributeName()));
  return option.makeOptionMandatory(isRequired);
}

function writeTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** What may stand for the words that options take. */
const WORDS: readonly (readonly [word: string, explanation: string])[] = [
  [
    '<pattern>',
    `A PATTERN is a name, a glob such as 'HTTP*', or a regular expression between
slashes, found anywhere in the name. Options that take one may be repeated: one
of the patterns has to match. Different options all have to match.`,
  ],
  [
    '<time>',
    `A TIME is 2026-11-24T03:50 (UTC), 2026-11-24T03:50+01:00, seconds since 1970, or
2h (s, m, h, d) before the end of the logs.`,
  ],
  ['<size>', 'A SIZE is 8G, 512M or 1.5GiB.'],
  [
    '--scripts ',
    `--scripts takes an installation such as /opt/zeek, a folder of ZEEKPATH, what
zeekctl copied (spool/installed-scripts-do-not-touch), or a package's clone; it
may be repeated.`,
  ],
];

/** What help says below the examples of a command. */
function explainOptions({ options, more = '' }: Command): string {
  const flags = Object.values(options).map((option) => option.flags);
  const explained = WORDS.filter(([word]) => flags.some((flag) => flag.includes(word)));
  return [more, ...explained.map(([, text]) => `\n${text}\n`)].join('');
}

/** The end of every command's help. */
function writeHelpFooter(examples: Command['examples'], more = ''): string {
  const width = Math.max(...examples.map(([command]) => command.length));
  const wide = examples.some(([, what]) => width + what.length > 74);
  const lines = examples.map(([command, what]) => {
    return wide ? `  # ${what}\n  ${command}` : `  ${command.padEnd(width)}  ${what}`;
  });
  return `
Examples:
${lines.join('\n')}
${more}
Times are in UTC. Exit codes: 0 fine, 1 a check failed, 2 wrong usage or input.`;
}
