/** `doctor`: where the memory of each process is, and what is wrong with it. */

import {
  type DoctorResult,
  type Finding,
  findTimeLeft,
  type MemoryAccount,
  type NodeVerdict,
  type Remedy,
} from '../../model/answers/doctor.ts';
import { createReport, type Reporter } from '../answer.ts';
import { describeReading } from '../reading.ts';
import type { Column } from '../tables/column.ts';
import { jsonDocument, jsonTime } from '../tables/json.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible } from '../text/sanitize.ts';
import { countThings, formatPeriod, nameInSentence } from '../words.ts';
import { writeAccount, writeFinding } from './doctor-finding.ts';
import { writeOverview } from './doctor-overview.ts';

/** The findings alone, for programs that watch for them. */
export function findingsJson({ to, findings }: DoctorResult): string {
  return jsonDocument('findings', { to: jsonInstant(to), findings: findings.map(jsonFinding) });
}

export function doctorReport(view: DoctorView): Reporter<DoctorResult> {
  return createReport<DoctorResult, FindingRow>({
    name: 'doctor',
    screen: (text, result) => doctorScreen(text, result, view),
    json: doctorFields,
    tables: (result) => [{ columns: FINDING_COLUMNS, rows: findingRows(result) }],
    notes({ reading }, onScreen) {
      const notes = describeReading(reading);
      if (!onScreen || view.all || notes.length <= 1) return notes;
      return [`${notes.length} notes on how the logs were read: --all shows them.`];
    },
  });
}

/** `doctor` on a terminal: at a glance, one finding whole, or all there is. */
interface DoctorView {
  /** Everything, or the finding of this number, from 1; else an overview. */
  readonly all: boolean;
  readonly finding: number | null;
  /** The logs as they were given, for commands to type next; none where they were found. */
  readonly logs: readonly string[];
}

/** Rows of evidence shown per finding where there are several. */
const EVIDENCE_ROWS = 8;

export function doctorScreen(text: ScreenText, result: DoctorResult, { all, finding, logs }: DoctorView): void {
  if (finding !== null) writeFinding(text, result.findings[finding - 1]!, finding, Number.POSITIVE_INFINITY);
  else if (all) everything(text, result);
  else writeOverview(text, result, logs);
}

function everything(text: ScreenText, result: DoctorResult): void {
  text.title('What the memory of every node is in, and what is wrong with it');
  if (result.nodes.length > 0)
    text.line(`${countThings(result.nodes.length, 'node')}, ${formatPeriod(result.from, result.to)}`);
  for (const [i, finding] of result.findings.entries()) {
    text.line('');
    writeFinding(text, finding, i + 1, EVIDENCE_ROWS);
  }
  if (result.findings.length === 0) {
    text.line('');
    text.title('Nothing found.');
  }
  text.line('');
  for (const { node, sentence } of result.nodes) text.line(`${nameInSentence(node)}: ${visible(sentence)}`);
  writeAccount(text, result.nodes);
}

/** `doctor` for programs: JSON as documented in docs/json.md, and one line per finding and node for CSV and TSV. */
export function doctorFields(result: DoctorResult): object {
  return {
    from: jsonInstant(result.from),
    to: jsonInstant(result.to),
    nodes: result.nodes.map(jsonNode),
    findings: result.findings.map(jsonFinding),
  };
}

export function jsonInstant(ts: number | null): object | null {
  return ts === null || !Number.isFinite(ts) ? null : jsonTime(ts);
}

function jsonNode(verdict: NodeVerdict): object {
  return {
    node: verdict.node,
    zeek_version: verdict.zeekVersion,
    boot: jsonInstant(verdict.boot),
    from: jsonInstant(verdict.from),
    to: jsonInstant(verdict.to),
    runs: verdict.runs,
    earlier_life: verdict.isEarlierLife,
    course: verdict.course,
    sentence: verdict.sentence,
    fills_per_hour: verdict.fillsPerHour,
    limit_bytes: verdict.limit,
    hours_to_limit: findTimeLeft(verdict),
    memory: verdict.account === null ? null : jsonAccount(verdict.account),
  };
}

function jsonAccount({ resident, parts, unexplained, canBeJudged }: MemoryAccount): object {
  return {
    resident_bytes: resident,
    parts: parts.map(({ what, bytes, method, detail }) => ({ what, bytes, method, detail })),
    unexplained_bytes: unexplained,
    can_be_judged: canBeJudged,
  };
}

export function jsonFinding(finding: Finding): object {
  const { kind, level, certainty, because, nodes, subject, what, evidence, advice, remedy } = finding;
  return {
    kind,
    level,
    certainty,
    because,
    nodes,
    subject,
    what,
    evidence: evidence.map(({ node, what, unit, first, last, perHour, detail }) => {
      return { node, what, unit, first, last, per_hour: perHour, detail };
    }),
    advice: advice.map(({ text, command }) => ({ text, command })),
    remedy: remedy === undefined ? null : jsonRemedy(remedy),
  };
}

function jsonRemedy({ script, line, before, after, expiry, entriesPerSecond, settles }: Remedy): object {
  return { script, line, before, after, expiry, entries_per_second: entriesPerSecond, settles };
}

/** A finding on a node it was found on, or a node on which nothing was. */
interface FindingRow {
  readonly node: string;
  readonly finding: Finding | null;
  readonly verdict: NodeVerdict | undefined;
}

export const FINDING_COLUMNS: readonly Column<FindingRow>[] = [
  { csv: 'level', value: ({ finding }) => finding?.level },
  { csv: 'kind', value: ({ finding }) => finding?.kind },
  { csv: 'certainty', value: ({ finding }) => finding?.certainty },
  { csv: 'node', value: ({ node }) => node },
  { csv: 'subject', value: ({ finding }) => finding?.subject },
  { csv: 'what', value: ({ finding }) => finding?.what },
  { csv: 'because', value: ({ finding }) => finding?.because },
  { csv: 'course', value: ({ verdict }) => verdict?.course },
  { csv: 'verdict', value: ({ verdict }) => verdict?.sentence },
  { csv: 'from', kind: 'time', value: ({ verdict }) => verdict?.from },
  { csv: 'to', kind: 'time', value: ({ verdict }) => verdict?.to },
];

export function findingRows({ findings, nodes }: DoctorResult): FindingRow[] {
  const verdicts = new Map(nodes.map((verdict) => [verdict.node, verdict]));
  const row = (node: string, finding: Finding | null) => ({ node, finding, verdict: verdicts.get(node) });
  const found = findings.flatMap((finding) => finding.nodes.map((node) => row(node, finding)));
  const named = new Set(found.map(({ node }) => node));
  return [...found, ...nodes.filter(({ node }) => !named.has(node)).map(({ node }) => row(node, null))];
}
