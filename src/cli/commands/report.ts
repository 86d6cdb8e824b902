/** `my-stats report`: the whole picture as one HTML file. */

import { visible } from '../../report/text/sanitize.ts';
import { readAssets } from '../built.ts';
import { declareCommand, declareOption } from '../command.ts';
import { AT, LOGS, NAMES, PACKAGES, SCRIPTS, SOURCE } from '../options.ts';
import { print, tell, withProgress } from '../write.ts';

/** Where the page goes if nobody says. */
const USUAL_FILE = 'my-stats.html';

export const reportCommand = declareCommand({
  name: 'report',
  summary: 'the whole picture, as one HTML file',
  description:
    'Writes one HTML file: what holds the memory as a map, what grows, the nodes compared, and all variables in a ' +
    'table that can be sorted and filtered.',
  arguments: { paths: LOGS },
  options: {
    output: declareOption(
      '-o, --output <file>',
      `write to this file (default: standard output, or ${USUAL_FILE} on a terminal)`,
    ),
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...AT,
    ...SOURCE,
  },
  examples: [
    ['my-stats report -o report.html /opt/zeek/logs/current', 'then open report.html'],
    ["my-stats report --node 'worker-*' -o workers.html LOGS", 'only the workers'],
    ['my-stats report --at -1d -o yesterday.html LOGS', 'as it was a day earlier'],
  ],
  more: `
The file needs no network and no server. It holds the names and sizes that are
in the logs, and nothing of the traffic.
`,
  async run(asked, context) {
    // A page of HTML is no use on a terminal.
    const { output = context.stdout.isTTY ? USUAL_FILE : null } = asked;
    const { planOutput } = await import('../../app/source/output.ts');
    const file = output === null ? null : await planOutput(output, asked);
    const [{ report }, { reportHtml }, { stateNotes }] = await Promise.all([
      import('../../app/report.ts'),
      import('../../report/html/page.ts'),
      import('../../report/export/values.ts'),
    ]);
    const result = await withProgress(context, (progress) => report({ ...asked, ...progress }));
    const page = reportHtml(result, readAssets());
    await tell(context, result.reading, stateNotes(result.inventory));
    if (file === null) await print(context, page);
    else {
      file.write(page);
      // Who named the file knows.
      if (asked.output === undefined) context.stderr.write(`my-stats: the page is in ${visible(output!)}\n`);
    }
  },
});
