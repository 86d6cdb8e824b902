/** `doctor` at a glance: how long there is, what is wrong, which nodes behave how, and what to type next. */

import type { DoctorResult, Finding } from '../../model/answers/doctor.ts';
import { formatTime } from '../../model/time.ts';
import { headline, levelPaint, remedyLine, verdictWords } from '../doctor-words.ts';
import type { ScreenText } from '../tables/screen.ts';
import type { Paint } from '../text/paint.ts';
import { visible } from '../text/sanitize.ts';
import { padEnd, widthOf, wrap } from '../text/width.ts';
import { alikeNodes, NODE_COLUMNS } from './doctor-nodes.ts';

/** Lines of a terminal of 80x24 that are ours, and how many the table of nodes may take of them at least. */
const LINES = 20;
const NODE_LINES = 4;
/** Lines that are always there: the verdict, headings, what to type, and those that part them. */
const FRAME = 9;
/** A path that is longer would push the command out of sight. */
const LONGEST_LOGS = 36;

/** @param logs as they were given, for commands to type next; none where they were found */
export function doctorOverview(text: ScreenText, result: DoctorResult, logs: readonly string[]): void {
  const nodes = alikeNodes(result);
  const room = LINES - FRAME - Math.min(nodes.length, NODE_LINES);
  text.line(verdictLine(result, text.width), worstPaint(result, text.paint));
  text.line('');
  const shown = findingLines(result.findings, text.width, room);
  for (const { lines, finding } of shown) {
    for (const [i, line] of lines.entries()) text.line(line, i === 0 ? levelPaint(finding, text.paint) : undefined);
  }
  const more = result.findings.length - shown.length;
  if (more > 0) text.line(`   … and ${more} more: --all`, text.paint.faint);
  if (result.findings.length > 0) text.line('');
  const taken = shown.reduce((sum, { lines }) => sum + lines.length, 0);
  const most = LINES - FRAME - taken - (more > 0 ? 1 : 0);
  const listed = nodes.length <= most ? nodes : nodes.slice(0, most - 1);
  text.table(NODE_COLUMNS, listed);
  const hidden = nodes.slice(listed.length).reduce((sum, group) => sum + group.nodes.length, 0);
  if (hidden > 0) text.line(`… and ${hidden} more: --all`, text.paint.faint);
  text.line('');
  const commands = nextCommands(result, logs);
  const longest = commands.reduce((most, [command]) => Math.max(most, widthOf(command)), 0);
  for (const [command, does] of commands) {
    const explained = `${padEnd(command, longest)}  ${does}`;
    text.line(text.width === null || widthOf(explained) <= text.width ? explained : command, text.paint.faint);
  }
}

/** `worker-7 reaches 8.00 GB in 22 h: 5.10 GB now, +132 MB/h`, and when that was, where there is room. */
function verdictLine(result: DoctorResult, width: number | null): string {
  const words = verdictWords(result);
  if (!Number.isFinite(result.to)) return words;
  const at = `${formatTime(result.to).slice(11, 16)}Z`;
  if (width === null) return `${words}  ${at}`;
  const room = width - at.length - 2;
  return widthOf(words) > room ? words : `${padEnd(words, room)}  ${at}`;
}

function worstPaint({ findings }: DoctorResult, paint: Paint): (text: string) => string {
  const [worst] = findings;
  return worst === undefined || worst.level === 'note'
    ? paint.title
    : (text) => paint.title(levelPaint(worst, paint)(text));
}

/** The first findings there is room for, in lines; a change to make stands under its finding. */
function findingLines(findings: readonly Finding[], width: number | null, room: number) {
  const shown: { readonly finding: Finding; readonly lines: readonly string[] }[] = [];
  let taken = 0;
  for (const [i, finding] of findings.entries()) {
    const label = `${String(i + 1).padStart(2)} ${finding.level.padEnd(7)}  `;
    const indent = ' '.repeat(label.length);
    const lines = [headline(finding), ...remedyLine(finding)]
      .flatMap((line) => wrap(line, width === null ? null : width - label.length))
      .map((line, k) => (k === 0 ? label : indent) + line);
    const last = i === findings.length - 1;
    if (taken + lines.length > room - (last ? 0 : 1) && i > 0) break;
    taken += lines.length;
    shown.push({ finding, lines });
  }
  return shown;
}

function nextCommands({ findings }: DoctorResult, logs: readonly string[]): (readonly [string, string])[] {
  const given = logs
    .map((path) => (/^[\w./:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`))
    .join(' ');
  const where = given === '' ? '' : ` ${given.length > LONGEST_LOGS ? 'LOGS' : visible(given)}`;
  const first: (readonly [string, string])[] =
    findings.length > 0 ? [[`my-stats doctor 1${where}`, 'evidence, and what to change']] : [];
  return [...first, [`my-stats doctor --all${where}`, 'where the memory of every node is']];
}
