/** `doctor` at a glance: how long there is, what is wrong, which nodes behave how, and what to type next. */

import {
  computeExplainedShare,
  type DoctorResult,
  type Finding,
  findTimeLeft,
  type NodeVerdict,
} from '../../model/answers/doctor.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatTime } from '../../model/time.ts';
import { choosePaint, describeRemedy, describeVerdict, headline } from '../doctor-words.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import type { Paint } from '../text/paint.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { measureWidth, padEnd, wrap } from '../text/width.ts';
import { formatChange } from '../words.ts';

/** Lines of a terminal of 80x24 that are ours, and how many the table of nodes may take of them at least. */
const LINES = 20;
const NODE_LINES = 4;
/** Lines that are always there: the verdict, headings, what to type, and those that part them. */
const FRAME = 9;
/** A path that is longer would push the command out of sight. */
const LONGEST_LOGS = 36;

/** @param logs as they were given, for commands to type next; none where they were found */
export function writeOverview(text: ScreenText, result: DoctorResult, logs: readonly string[]): void {
  const nodes = groupAlike(result);
  const room = LINES - FRAME - Math.min(nodes.length, NODE_LINES);
  text.line(verdictLine(result, text.width), worstPaint(result, text.paint));
  text.line('');
  const shown = findingLines(result.findings, text.width, room);
  for (const { lines, finding } of shown) {
    for (const [i, line] of lines.entries()) text.line(line, i === 0 ? choosePaint(finding, text.paint) : undefined);
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
  const longest = commands.reduce((most, [command]) => Math.max(most, measureWidth(command)), 0);
  for (const [command, does] of commands) {
    const explained = `${padEnd(command, longest)}  ${does}`;
    text.line(text.width === null || measureWidth(explained) <= text.width ? explained : command, text.paint.faint);
  }
}

/** `worker-7 reaches 8.00 GB in 22 h: 5.10 GB now, +132 MB/h`, and when that was, where there is room. */
function verdictLine(result: DoctorResult, width: number | null): string {
  const words = describeVerdict(result);
  if (!Number.isFinite(result.to)) return words;
  const at = `${formatTime(result.to).slice(11, 16)}Z`;
  if (width === null) return `${words}  ${at}`;
  const room = width - at.length - 2;
  return measureWidth(words) > room ? words : `${padEnd(words, room)}  ${at}`;
}

function worstPaint({ findings }: DoctorResult, paint: Paint): (text: string) => string {
  const [worst] = findings;
  return worst === undefined || worst.level === 'note'
    ? paint.title
    : (text) => paint.title(choosePaint(worst, paint)(text));
}

/** The first findings there is room for, in lines; a change to make stands under its finding. */
function findingLines(findings: readonly Finding[], width: number | null, room: number) {
  const shown: { readonly finding: Finding; readonly lines: readonly string[] }[] = [];
  let taken = 0;
  for (const [i, finding] of findings.entries()) {
    const label = `${String(i + 1).padStart(2)} ${finding.level.padEnd(7)}  `;
    const indent = ' '.repeat(label.length);
    const lines = [headline(finding), ...describeRemedy(finding)]
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

/** Nodes that behave alike, as one line each. */
interface AlikeNodes {
  readonly name: string;
  /** The largest first. */
  readonly nodes: readonly NodeVerdict[];
  /** What its memory does, or what makes it grow. */
  readonly grows: string;
}

/** Nodes whose memory differs by more than this share of it are no longer alike. */
const ALIKE = 0.25;

/** Those come first that are full soonest, then those that are largest. */
export function groupAlike(result: DoctorResult): AlikeNodes[] {
  const groups = new Map<string, NodeVerdict[]>();
  const largestFirst = result.nodes.toSorted((a, b) => readMemory(b) - readMemory(a));
  for (const verdict of largestFirst) {
    const key = JSON.stringify([
      readRole(verdict.node),
      verdict.course.startsWith('grows'),
      verdict.isEarlierLife,
      describeGrowing(verdict, result),
    ]);
    const alike = [...groups].find(([known, [first]]) => {
      return known.startsWith(key) && readMemory(verdict) >= (1 - ALIKE) * readMemory(first!);
    });
    if (alike === undefined) groups.set(`${key}${groups.size}`, [verdict]);
    else alike[1].push(verdict);
  }
  return [...groups.values()]
    .map((nodes) => ({ name: nameNodes(nodes), nodes, grows: describeGrowing(nodes[0]!, result) }))
    .sort((a, b) => findSoonest(a) - findSoonest(b) || readMemory(b.nodes[0]!) - readMemory(a.nodes[0]!));
}

function findSoonest({ nodes }: AlikeNodes): number {
  return nodes.reduce(
    (least, verdict) => Math.min(least, findTimeLeft(verdict)?.likely ?? Number.MAX_VALUE),
    Number.MAX_VALUE,
  );
}

function readMemory({ account }: NodeVerdict): number {
  return account?.resident ?? 0;
}

/** `worker` of `worker-1` and of `worker-1-3`. */
function readRole(node: string): string {
  return node.replace(/(?:[-_.]?\d+)+$/, '');
}

function nameNodes(nodes: readonly NodeVerdict[]): string {
  const first = nodes[0]!.node;
  if (nodes.length === 1) return first;
  return `${nodes.length} ${readRole(first) === '' ? 'nodes' : `${readRole(first)}s`}`;
}

const COURSES: Readonly<Record<NodeVerdict['course'], string>> = {
  'not-enough-data': 'too few runs to tell',
  steady: '-',
  settling: '-',
  'with-traffic': 'with traffic',
  'grows-in-variables': 'variables',
  'grows-in-connections': 'connections',
  'grows-in-queue': 'what waits',
  'grows-outside-scripts': 'outside scripts',
  'grows-unjudged': 'cannot be told',
  retained: 'kept by the allocator',
};

const GROWTH = new Set(['variable-grows', 'expiry-ineffective', 'connection-grows', 'queue-grows']);

function describeGrowing({ node, course }: NodeVerdict, { findings }: DoctorResult): string {
  const found = findings.find(({ kind, nodes }) => GROWTH.has(kind) && nodes.includes(node));
  if (found?.subject != null && course !== 'grows-outside-scripts') return visibleName(found.subject);
  return COURSES[course];
}

function writePercent(share: number | null): string {
  return share === null ? '-' : `${Math.round(share * 100)} %`;
}

/** One figure where all are about the same, else from the least to the most. */
function writeRange(values: readonly (number | null)[], write: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '-';
  const [least, most] = [Math.min(...known), Math.max(...known)].map(write);
  return least === most ? most! : `${least} – ${most}`;
}

const NODE_COLUMNS: readonly Column<AlikeNodes>[] = [
  { heading: 'node', kind: 'name', value: ({ name }) => name },
  {
    heading: 'memory',
    kind: 'bytes',
    text: ({ nodes }) =>
      writeRange(
        nodes.map(({ account }) => account?.resident ?? null),
        (bytes) => formatSize(bytes, 'bytes'),
      ),
  },
  {
    heading: 'per hour',
    kind: 'bytes',
    text: ({ nodes }) => {
      const growing = nodes.filter(({ course }) => course.startsWith('grows'));
      const fastest = growing.reduce((most, { fillsPerHour }) => Math.max(most, fillsPerHour?.likely ?? 0), 0);
      return fastest > 0 ? formatChange(Number(fastest.toPrecision(3)), 'bytes') : '-';
    },
    rank: 2,
  },
  {
    heading: 'limit',
    kind: 'bytes',
    text: ({ nodes }) =>
      writeRange(
        nodes.map(({ limit }) => limit),
        (bytes) => formatSize(bytes, 'bytes'),
      ),
    rank: 4,
  },
  {
    heading: 'left',
    kind: 'duration',
    value: (group) => {
      const hours = findSoonest(group);
      return hours === Number.MAX_VALUE ? null : hours * 3600;
    },
  },
  { heading: 'known', kind: 'share', text: ({ nodes }) => writePercent(computeExplainedShare(nodes[0]!)), rank: 3 },
  { heading: 'what grows', kind: 'text', value: ({ grows }) => grows, rank: 1 },
];
