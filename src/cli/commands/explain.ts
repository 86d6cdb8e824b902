/** `my-stats explain`: all that is known of one variable. */

import { pathForVariable } from '../../model/errors/catalogue.ts';
import { declareArgument, declareOption } from '../command.ts';
import { LOGS, NODES, OUTPUT, SCRIPTS, SOURCE } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const explainCommand = declareQuestion({
  name: 'explain',
  summary: 'everything known about one variable',
  description:
    'Shows where a variable comes from (package, script, line, declared expiry), its type, how its bytes are worked out, ' +
    'its size on every node, and its history.',
  arguments: { variable: declareArgument('<variable>', 'with its module, such as HTTP::ports'), paths: LOGS },
  options: {
    ...SCRIPTS,
    since: declareOption('--since <time>', 'history from this time on'),
    until: declareOption('--until <time>', 'history, and sizes, up to this time'),
    ...NODES,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats explain DomainTLD::effective_tlds_2nd_level LOGS', 'what it is and weighs'],
    ['my-stats explain Known::hosts --scripts /opt/zeek LOGS', 'where it is declared'],
    ['my-stats explain Lookups::names ./my-package', 'from its scripts alone, without logs'],
    ["my-stats explain Intel::data_store --node 'worker-*' --since -2h LOGS", 'its history'],
  ],
  more: `
With --scripts, the answer has the line of the declaration, its attributes,
versions of packages, and the statements that add to the variable, delete from
it, clear it or replace it as a whole. A package's folder in the place of logs
is explained from its scripts alone.
`,
  async ask(asked) {
    const { variable, paths } = asked;
    if (paths.length === 0 && /[/\\]|\.(log|gz|json)$/.test(variable)) throw pathForVariable(variable);
    return (await import('../../app/explain.ts')).explain(asked);
  },
  report: async () => (await import('../../report/answers/explain.ts')).explainReport,
});
