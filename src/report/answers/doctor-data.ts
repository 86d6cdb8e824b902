/** `doctor` for programs: JSON as documented in docs/json.md, and one line per finding and node for CSV and TSV. */

import {
  type DoctorResult,
  type Finding,
  type MemoryAccount,
  type NodeVerdict,
  type Remedy,
  timeLeftOf,
} from '../../model/answers/doctor.ts';
import type { Column } from '../tables/column.ts';
import { jsonTime } from '../tables/json.ts';

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
    hours_to_limit: timeLeftOf(verdict),
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
export interface FindingRow {
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
