/** The command line as a whole: which commands there are, and what holds for all of them. */

import { type Argument, Command } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addConnectionsCommand } from './commands/connections.ts';
import { addDiffCommand } from './commands/diff.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEstimateCommand } from './commands/estimate.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addExportCommand } from './commands/export.ts';
import { addGrowthCommand } from './commands/growth.ts';
import { addLabCommand } from './commands/lab.ts';
import { addProfileCommand } from './commands/profile.ts';
import { addReportCommand } from './commands/report.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSqlCommand } from './commands/sql.ts';
import { addTopCommand } from './commands/top.ts';
import { addWatchCommand } from './commands/watch.ts';
import { helpFooter } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

/** All commands, as help and completion list them. */
const COMMANDS: readonly (readonly [heading: string, ((program: Command, surroundings: Surroundings) => void)[]])[] = [
  ['What is wrong:', [addDoctorCommand, addGrowthCommand, addCheckCommand]],
  [
    'What holds the memory:',
    [
      addTopCommand,
      addWatchCommand,
      addAskCommand,
      addDiffCommand,
      addExplainCommand,
      addConnectionsCommand,
      addRunsCommand,
      addSqlCommand,
    ],
  ],
  ['For others, and other programs:', [addReportCommand, addServeCommand, addExportCommand, addCompletionCommand]],
  ['For authors of packages:', [addProfileCommand, addLabCommand, addEstimateCommand]],
];

const EXAMPLES = [
  ['my-stats', 'what is wrong, in the logs there are'],
  ['my-stats doctor LOGS', 'what is wrong, in these'],
  ['my-stats top /opt/zeek/logs/current', 'largest modules'],
  ['my-stats top --by variable --module DomainTLD LOGS', 'its variables'],
  ['my-stats runs LOGS', 'cost of measuring'],
] as const;

/** Commands throw what goes wrong, CommanderError included; nothing in here ends the process. */
export function createProgram(surroundings: Surroundings): Command {
  const program = new Command('my-stats')
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
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(term)].join(' '),
    })
    .exitOverride()
    .addHelpText('after', helpFooter(EXAMPLES, '\nEvery command has its own help: my-stats top --help\n'));
  for (const [heading, commands] of COMMANDS) {
    program.commandsGroup(heading);
    for (const add of commands) add(program, surroundings);
  }
  return program;
}

function term(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
