/** `my-stats doctor`: where the memory of each process is, and what is wrong with it. */

import { type DoctorResult, type FindingLevel, isAtLeast } from '../../model/answers/doctor.ts';
import { noSuchFinding } from '../../model/errors/catalogue.ts';
import { notAWebhook } from '../../model/errors/server-errors.ts';
import { type CommandContext, declareOption } from '../command.ts';
import { LOGS, NODES, OUTPUT, parseProcessMemory, SCRIPTS, SOURCE, SPAN } from '../options.ts';
import { declareQuestion } from '../question.ts';

const LEVELS = ['note', 'warning', 'problem'] as const satisfies FindingLevel[];

export const doctorCommand = declareQuestion({
  name: 'doctor',
  summary: 'where the memory of each process is, and what is wrong with it',
  description: 'Says where the memory of every process is, what grows, and what to do about it, with the evidence.',
  arguments: { paths: LOGS },
  options: {
    ...SCRIPTS,
    memory: declareOption('--memory <size>', 'the memory a process may have (default: as logged)', {
      parse: parseProcessMemory,
    }),
    ...SPAN,
    all: declareOption('--all', 'all findings whole, and where the memory of every node is'),
    failOn: declareOption('--fail-on <level>', 'exit with 1 if something of this level or worse was found', {
      choices: LEVELS,
    }),
    notify: declareOption('--notify <url>', 'post warnings and problems that are new to this address, as JSON', {
      parse: parseWebhook,
    }),
    ...NODES,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats doctor /opt/zeek/logs/current', 'what is wrong now'],
    ['my-stats doctor 1 /opt/zeek/logs/current', 'its first finding, whole'],
    ['my-stats doctor --since -2d /opt/zeek/logs', 'over the last two days'],
    ["my-stats doctor --node 'worker-*' LOGS", 'only the workers'],
    ['my-stats doctor --fail-on problem LOGS > /dev/null', 'as a check'],
    ['my-stats doctor --notify https://hooks.example/x LOGS', 'tells a chat'],
  ],
  more: `
A number before the logs shows the finding of that number whole: its evidence,
what to change, and what the variable comes to then. --all shows everything.

Reads all logs of the collector, so give the folder they are in. The rules and
their thresholds are in docs/commands/doctor.md.

--notify posts each finding once, and again only after it was gone for a week:
run it from cron. What was told is kept below XDG_STATE_HOME (~/.local/state).
`,
  parameters: [],
  read({ paths: [first, ...rest] }): { paths?: readonly string[]; finding?: number } {
    return first !== undefined && /^[1-9]\d{0,3}$/.test(first) ? { finding: Number(first), paths: rest } : {};
  },
  async ask(asked, { fail }) {
    const result = await (await import('../../app/doctor.ts')).doctor(asked);
    const { finding = 0, failOn } = asked;
    if (finding > result.findings.length) throw noSuchFinding(finding, result.findings.length);
    if (failOn !== undefined && result.findings.some(({ level }) => isAtLeast(level, failOn))) fail?.();
    return result;
  },
  async report({ all = false, finding = null, paths }) {
    return (await import('../../report/answers/doctor.ts')).doctorReport({ all, finding, logs: paths });
  },
  async conclude(result, { notify, paths }, context) {
    if (notify !== undefined) await notifyOfNew(context, notify, result, paths);
  },
});

/** @throws ExpectedError for what is no address of a web server */
function parseWebhook(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw notAWebhook(text);
  return url;
}

/** @throws ExpectedError where nobody took what is new */
async function notifyOfNew({ stderr }: CommandContext, url: URL, result: DoctorResult, paths: readonly string[]) {
  const [{ Notified }, { makeNotification: notificationOf }, { postJson }] = await Promise.all([
    import('../../app/notified.ts'),
    import('../../report/export/notification.ts'),
    import('../../server/webhook.ts'),
  ]);
  const notified = new Notified({ url: url.href, paths });
  const grave = result.findings.filter(({ level }) => isAtLeast(level, 'warning'));
  const fresh = notified.newOf(grave);
  if (fresh.length > 0) await postJson(url, notificationOf(result, fresh));
  if (!(await notified.keep(grave)))
    stderr.write('my-stats: what was told cannot be kept in mind, so it is told again the next time\n');
}
