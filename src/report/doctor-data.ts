/** `doctor` for programs: JSON as documented in docs/json.md, and one line per finding and node for CSV and TSV. */

import type { DoctorResult, Finding, MemoryAccount, NodeVerdict } from '../model/doctor.ts';
import { formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';

export function doctorJson(result: DoctorResult): string {
  return jsonDocument('doctor', {
    from: jsonInstant(result.from),
    to: jsonInstant(result.to),
    nodes: result.nodes.map(jsonNode),
    findings: result.findings.map(jsonFinding),
    reading: jsonReading(result.reading),
  });
}

function jsonInstant(ts: number | null): object | null {
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
    resident_bytes_per_hour: verdict.residentPerHour,
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

function jsonFinding(finding: Finding): object {
  const { kind, level, certainty, because, nodes, subject, what, evidence, advice } = finding;
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
  };
}

const COLUMNS = ['level', 'kind', 'certainty', 'node', 'subject', 'what', 'because', 'course', 'verdict', 'from', 'to'];

/** A line per finding and node it was found on; nodes without any have one with their verdict only. */
export function doctorDelimited(result: DoctorResult, format: 'csv' | 'tsv'): string {
  const verdicts = new Map(result.nodes.map((verdict) => [verdict.node, verdict]));
  const row = (node: string, finding: Finding | null): Cell[] => {
    const verdict = verdicts.get(node);
    const time = (ts: number | null | undefined) => (ts === null || ts === undefined ? null : formatTime(ts));
    return [
      finding?.level ?? null,
      finding?.kind ?? null,
      finding?.certainty ?? null,
      node,
      finding?.subject ?? null,
      finding?.what ?? null,
      finding?.because ?? null,
      verdict?.course ?? null,
      verdict?.sentence ?? null,
      time(verdict?.from),
      time(verdict?.to),
    ];
  };
  const found = result.findings.flatMap((finding) => finding.nodes.map((node) => row(node, finding)));
  const named = new Set(result.findings.flatMap(({ nodes }) => nodes));
  const rest = result.nodes.filter(({ node }) => !named.has(node)).map(({ node }) => row(node, null));
  return delimited(format, COLUMNS, [...found, ...rest]);
}
