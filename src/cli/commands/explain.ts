/** `my-stats explain`: all that is known of one variable. */

import type { Command } from 'commander';
import { pathForVariable } from '../../model/errors/catalogue.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collect,
  helpFooter,
  type OutputFlags,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface ExplainFlags extends SourceFlags, OutputFlags, NodeFlags {
  readonly scripts?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

const EXAMPLES = [
  ['my-stats explain DomainTLD::effective_tlds_2nd_level LOGS', 'what it is and weighs'],
  ['my-stats explain Known::hosts --scripts /opt/zeek LOGS', 'where it is declared'],
  ['my-stats explain Lookups::names ./my-package', 'from its scripts alone, without logs'],
  ["my-stats explain Intel::data_store --node 'worker-*' --since -2h LOGS", 'its history'],
] as const;

const MORE = `
--scripts takes an installation such as /opt/zeek, a folder of ZEEKPATH, what
zeekctl copied (spool/installed-scripts-do-not-touch), or a package's clone.
With it, the answer has the line of the declaration, its attributes, versions of
packages, and the statements that add to the variable, delete from it, clear it
or replace it as a whole. A package's folder in the place of logs is explained
from its scripts alone.
`;

export function addExplainCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('explain')
    .summary('everything known about one variable')
    .description(
      'Shows where a variable comes from (package, script, line, declared expiry), its type, how its bytes are worked out, ' +
        'its size on every node, and its history.',
    )
    .argument('<variable>', 'with its module, such as HTTP::ports')
    .option('--scripts <folder>', 'read Zeek scripts from here; may be repeated', collect)
    .option('--since <time>', 'history from this time on')
    .option('--until <time>', 'history, and sizes, up to this time');
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (variable: string, logs: string[], flags: ExplainFlags) => {
      if (logs.length === 0 && /[/\\]|\.(log|gz|json)$/.test(variable)) throw pathForVariable(variable);
      const source = readSource(logs, flags);
      const [{ explain }, { explainReport }] = await Promise.all([
        import('../../app/explain.ts'),
        import('../../report/answers/explain.ts'),
      ]);
      const { scripts = [], since = null, until = null } = flags;
      const options = { ...source, variable, scripts, nodes: readNodes(flags), since, until };
      await answer(surroundings, flags, (progress) => explain({ ...options, ...progress }), explainReport);
    });
}
