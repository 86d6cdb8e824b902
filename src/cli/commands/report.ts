/** `my-stats report`: the whole picture as one HTML file. */

import type { Command } from 'commander';
import { visible } from '../../report/text/sanitize.ts';
import { print, tell, withProgress } from '../answer.ts';
import { readAssets } from '../assets.ts';
import { addSourceOptions, helpFooter, readSource, type SourceFlags } from '../options.ts';
import { addNameOptions, addPackageOption, type NameFlags, type PackageFlags, readNames } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface ReportFlags extends SourceFlags, NameFlags, PackageFlags {
  readonly output?: string;
  readonly at?: string;
}

/** Where the page goes if nobody says. */
const USUAL_FILE = 'my-stats.html';

const EXAMPLES = [
  ['my-stats report -o report.html /opt/zeek/logs/current', 'then open report.html'],
  ["my-stats report --node 'worker-*' -o workers.html LOGS", 'only the workers'],
  ['my-stats report --at -1d -o yesterday.html LOGS', 'as it was a day earlier'],
] as const;

const MORE = `
The file needs no network and no server. It holds the names and sizes that are
in the logs, and nothing of the traffic.
`;

export function addReportCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('report')
    .summary('the whole picture, as one HTML file')
    .description(
      'Writes one HTML file: what holds the memory as a map, what grows, the nodes compared, and all variables in a ' +
        'table that can be sorted and filtered.',
    )
    .option('-o, --output <file>', `write to this file (default: standard output, or ${USUAL_FILE} on a terminal)`);
  addPackageOption(addNameOptions(command)).option('--at <time>', 'as it was at this time');
  addSourceOptions(command)
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: ReportFlags) => {
      const { package: packages = [], at = null } = flags;
      const options = { ...readSource(logs, flags), filters: readNames(flags), packages, at };
      // A page of HTML is no use on a terminal.
      const { output = surroundings.stdout.isTTY ? USUAL_FILE : null } = flags;
      const { planOutput } = await import('../../app/source/output.ts');
      const file = output === null ? null : await planOutput(output, options);
      const [{ report }, { reportHtml }] = await Promise.all([
        import('../../app/report.ts'),
        import('../../report/html/page.ts'),
      ]);
      const result = await withProgress(surroundings, (progress) => report({ ...options, ...progress }));
      const page = reportHtml(result, readAssets());
      const { stateNotes } = await import('../../report/export/notes.ts');
      await tell(surroundings, result.reading, stateNotes(result.inventory));
      if (file === null) await print(surroundings, page);
      else {
        file.write(page);
        // Who named the file knows.
        if (flags.output === undefined) surroundings.stderr.write(`my-stats: the page is in ${visible(output!)}\n`);
      }
    });
}
