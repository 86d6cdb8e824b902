/** `my-stats doctor`: where the memory of each process is, and what is wrong with it. */

import { type Command, Option } from 'commander';
import { type DoctorResult, type FindingLevel, isAtLeast } from '../../model/answers/doctor.ts';
import { noSuchFinding } from '../../model/errors/catalogue.ts';
import { notAWebhook } from '../../model/errors/server-errors.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collect,
  helpFooter,
  type OutputFlags,
  parseProcessMemory,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface DoctorFlags extends SourceFlags, OutputFlags, NodeFlags {
  readonly scripts?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly memory?: number;
  readonly all?: boolean;
  readonly failOn?: FindingLevel;
  readonly notify?: string;
}

const LEVELS: readonly FindingLevel[] = ['note', 'warning', 'problem'];

const EXAMPLES = [
  ['my-stats doctor /opt/zeek/logs/current', 'what is wrong now'],
  ['my-stats doctor 1 /opt/zeek/logs/current', 'its first finding, whole'],
  ['my-stats doctor --since -2d /opt/zeek/logs', 'over the last two days'],
  ["my-stats doctor --node 'worker-*' LOGS", 'only the workers'],
  ['my-stats doctor --fail-on problem LOGS > /dev/null', 'as a check'],
  ['my-stats doctor --notify https://hooks.example/x LOGS', 'tells a chat'],
] as const;

const MORE = `
A number before the logs shows the finding of that number whole: its evidence,
what to change, and what the variable comes to then. --all shows everything.

Reads all logs of the collector, so give the folder they are in. The rules and
their thresholds are in docs/commands/doctor.md. --scripts takes an installation
of Zeek, a folder of scripts, or a clone of a package; it may be repeated. A
PATTERN is a name, a glob such as 'worker-*', or a regular expression between
slashes, and may be repeated too. A TIME is as in: my-stats top --help.

--notify posts each finding once, and again only after it was gone for a week:
run it from cron. What was told is kept below XDG_STATE_HOME (~/.local/state).
`;

export function addDoctorCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('doctor')
    .summary('where the memory of each process is, and what is wrong with it')
    .description('Says where the memory of every process is, what grows, and what to do about it, with the evidence.')
    .option('--scripts <folder>', 'read expiry and assignments from these scripts', collect)
    .option('--memory <size>', 'the memory a process may have (default: as logged)', parseProcessMemory)
    .option('--since <time>', 'only runs from this time on')
    .option('--until <time>', 'only runs up to this time')
    .option('--all', 'all findings whole, and where the memory of every node is')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if something of this level or worse was found').choices(LEVELS),
    )
    .option('--notify <url>', 'post warnings and problems that are new to this address, as JSON');
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (words: string[], flags: DoctorFlags) => {
      const [first, ...rest] = words;
      const finding = first !== undefined && /^[1-9]\d{0,3}$/.test(first) ? Number(first) : null;
      const paths = finding === null ? words : rest;
      const source = readSource(paths, flags);
      const { scripts = [], since = null, until = null, memory = null, failOn, all = false, notify } = flags;
      const webhook = notify === undefined ? null : webhookOf(notify);
      const [{ doctor }, { doctorReport }] = await Promise.all([
        import('../../app/doctor.ts'),
        import('../../report/answers/doctor.ts'),
      ]);
      let fails = false;
      let found: DoctorResult | null = null as DoctorResult | null;
      const useCase = async (progress: Parameters<Parameters<typeof answer>[2]>[0]) => {
        const nodes = readNodes(flags);
        const result = await doctor({ ...source, nodes, scripts, since, until, memory, ...progress });
        found = result;
        fails = failOn !== undefined && result.findings.some(({ level }) => isAtLeast(level, failOn));
        if (finding !== null && finding > result.findings.length) throw noSuchFinding(finding, result.findings.length);
        return result;
      };
      await answer(surroundings, flags, useCase, doctorReport({ all, finding, logs: paths }));
      if (webhook !== null && found !== null) await tellNew(surroundings, webhook, found, paths);
      if (fails) surroundings.fail?.();
    });
}

/** @throws ExpectedError for what is no address of a web server */
function webhookOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw notAWebhook(text);
  return url;
}

/** @throws ExpectedError where nobody took what is new */
async function tellNew(surroundings: Surroundings, url: URL, result: DoctorResult, paths: readonly string[]) {
  const [{ Notified }, { notificationOf }, { postJson }] = await Promise.all([
    import('../../app/notified.ts'),
    import('../../report/export/notification.ts'),
    import('../../server/webhook.ts'),
  ]);
  const notified = new Notified({ url: url.href, paths });
  const grave = result.findings.filter(({ level }) => isAtLeast(level, 'warning'));
  const fresh = notified.newOf(grave);
  if (fresh.length > 0) await postJson(url, notificationOf(result, fresh));
  if (!(await notified.keep(grave)))
    surroundings.stderr.write('my-stats: what was told cannot be kept in mind, so it is told again the next time\n');
}
