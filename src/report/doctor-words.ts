/** What `doctor` found, in half a line: for screens, pages and messages. All of it is sanitized. */

import {
  type DoctorResult,
  type Finding,
  findMemoryAtEnd,
  findTimeLeft,
  isRestartLoop,
  type NodeVerdict,
} from '../model/answers/doctor.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import type { Paint } from './text/paint.ts';
import { visible } from './text/sanitize.ts';
import { truncateMiddle } from './text/width.ts';
import { countThings, formatChange, nameInSentence } from './words.ts';

/** The verdict on all nodes: how long there is. */
export function describeVerdict({ nodes, findings }: DoctorResult): string {
  const restarting = findings.filter(isRestartLoop);
  if (restarting.length > 0) return restartWords(restarting[0]!, restarting.length - 1);
  const full = nodes
    .map((verdict) => ({ verdict, hours: findTimeLeft(verdict)?.likely ?? null }))
    .filter((one): one is { verdict: NodeVerdict; hours: number } => one.hours !== null)
    .sort((a, b) => a.hours - b.hours)[0];
  if (full !== undefined) {
    const { verdict, hours } = full;
    return `${nameInSentence(verdict.node)} reaches ${formatSize(verdict.limit!, 'bytes')} in ${formatDuration(hours * 3600)}: ${describeMemory(verdict)}`;
  }
  const fastest = nodes
    .filter(({ course, fillsPerHour }) => course.startsWith('grows') && (fillsPerHour?.likely ?? 0) > 0)
    .sort((a, b) => b.fillsPerHour!.likely - a.fillsPerHour!.likely)[0];
  if (fastest !== undefined)
    return `${nameInSentence(fastest.node)} grows: ${describeMemory(fastest)}, with no limit known`;
  const worst = findings.find(({ level }) => level !== 'note');
  if (worst !== undefined) return `${countThings(findings.length, 'finding')} on ${countThings(nodes.length, 'node')}`;
  const judged = nodes.filter(({ course }) => course !== 'not-enough-data').length;
  if (judged === 0)
    return `Not enough data on ${nodes.length === 1 ? nameInSentence(nodes[0]!.node) : countThings(nodes.length, 'node')}; after a rotation give the folder above`;
  return `Nothing is wrong on ${countThings(nodes.length, 'node')}`;
}

/** How long until a limit says nothing of a process that ends long before. */
function restartWords(finding: Finding, others: number): string {
  const { nodes, subject } = finding;
  const more = others === 0 ? '' : ` (and ${others} more)`;
  const end = findMemoryAtEnd(finding);
  const at = end === null ? '' : `, at ${formatSize(end, 'bytes')}`;
  const grows = subject === null ? '' : `: ${nameInSentence(subject)} grows each time`;
  return `${nameInSentence(nodes[0]!)}${more} ends again and again${at}${grows}`;
}

function describeMemory({ account, fillsPerHour }: NodeVerdict): string {
  const now = account === null ? [] : [`${formatSize(account.resident, 'bytes')} now`];
  return [...now, `${formatChange(Math.round(fillsPerHour?.likely ?? 0), 'bytes')}/h`].join(', ');
}

export function choosePaint({ level }: Finding, paint: Paint): (text: string) => string {
  return level === 'note' ? paint.faint : paint[level];
}

/** What was found, in half a line. */
export function headline(finding: Finding): string {
  const { kind, subject, nodes, what } = finding;
  if (subject === null || (kind !== 'variable-grows' && kind !== 'expiry-ineffective')) return cutFirstClause(what);
  const where = nodes.length === 1 ? `on ${nameInSentence(nodes[0]!)}` : `on ${countThings(nodes.length, 'node')}`;
  const why = kind === 'expiry-ineffective' ? ': its expiry is not in effect' : '';
  return `${nameInSentence(subject)} grows ${where}${describeRate(finding)}${why}`;
}

/** `, +88 MB/h`: of the node on which it is most. */
function describeRate({ subject, evidence }: Finding): string {
  const rates = (unit: string) =>
    evidence.flatMap((row) => (row.what === subject && row.unit === unit && row.perHour !== null ? [row.perHour] : []));
  const bytes = rates('bytes').reduce((a, b) => Math.max(a, b), 0);
  if (bytes > 0) return `, +${formatSize(Number(bytes.toPrecision(3)), 'bytes')}/h`;
  const entries = rates('entries').reduce((a, b) => Math.max(a, b), 0);
  return entries > 0 ? `, +${formatCount(entries)} entries/h` : '';
}

/** Up to the first colon or comma that is not within brackets or a name. */
function cutFirstClause(what: string): string {
  const text = visible(what);
  const end = /^(?:\([^)]*\)|(?![,;:] )[^(])+/.exec(text)?.[0] ?? text;
  return truncateMiddle(end, 120);
}

export function describeRemedy({ remedy }: Finding): string[] {
  if (remedy === undefined) return [];
  const { script, line, expiry, settles } = remedy;
  const [then] = settles;
  const where = script === null ? '' : `${nameInSentence(script)}${line === null ? '' : `:${line}`}: `;
  return [`${where}${expiry}${then === undefined ? '' : `: settles at ${describeSettled(then)}`}`];
}

export function describeSettled({
  entries,
  bytes,
}: {
  readonly entries: number;
  readonly bytes: number | null;
}): string {
  return bytes === null ? `${formatCount(entries)} entries` : formatSize(Number(bytes.toPrecision(3)), 'bytes');
}
