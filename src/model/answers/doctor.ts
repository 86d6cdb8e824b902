/** The answer of `doctor`: where the memory of each node's process sits, and what is wrong with it. */

import type { ByteRange, BytesMethod } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import { computeTimeLeft, type TimeLeft } from './growth.ts';

/** `problem`: it will end badly, or did; `warning`: it costs much or hides something; `note`: worth knowing. */
export type FindingLevel = 'problem' | 'warning' | 'note';

/** How sure a finding is: `certain` follows from what was measured, `likely` from estimates, `possible` is a lead. */
export type Certainty = 'certain' | 'likely' | 'possible';

/** What can be found. Stable, for programs. */
export const FINDING_KINDS = [
  'variable-grows',
  'expiry-ineffective',
  'variable-stepped',
  'connection-grows',
  'connection-holds-many',
  'live-connections-grow',
  'ended-connections-kept',
  'outside-scripts',
  'queue-grows',
  'measuring-cost-rises',
  'memory-retained',
  'memory-unexplained',
  'intel-store',
  'kept-slots',
  'repeated-constant',
  'unlike-equals',
  'cannot-be-judged',
  'node-silent',
  'node-restarts',
  'versions-mixed',
  'node-log-missing',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A quantity at the beginning and the end of what was looked at. */
export interface Evidence {
  readonly node: string;
  /** What was measured: a variable, a connection field, `resident memory`. */
  readonly what: string;
  readonly unit: 'bytes' | 'seconds' | 'entries' | 'characters' | 'count' | 'text';
  /** Null where there is only one value. */
  readonly first: number | null;
  readonly last: number | null;
  /** Per hour between them; null where they do not form a trend. */
  readonly perHour: number | null;
  /** What a number cannot say: a range, a uid, a version. */
  readonly detail: string | null;
}

export interface Advice {
  readonly text: string;
  /** A command to run or lines to write, as they are; null where the text says it all. */
  readonly command: string | null;
}

/** What to change in a script, and what the variable comes to then. */
export interface Remedy {
  /** Where it is declared; null where that is not known. */
  readonly script: string | null;
  readonly line: number | null;
  /** The declaration: as a script at hand has it, or as the logs tell its type. */
  readonly before: string;
  readonly after: string;
  /** The attribute that is added. */
  readonly expiry: string;
  /** Entries that come, per second. */
  readonly entriesPerSecond: number;
  /** What it settles at with this lifetime of its entries, and with others. */
  readonly settles: readonly { readonly seconds: number; readonly entries: number; readonly bytes: number | null }[];
}

export interface Finding {
  readonly kind: FindingKind;
  readonly level: FindingLevel;
  readonly certainty: Certainty;
  /** The nodes it was found on, by name. */
  readonly nodes: readonly string[];
  /** A variable, a connection field, a gauge; null where it is about processes as a whole. */
  readonly subject: string | null;
  /** One sentence. Names in it come from the logs and are not sanitized. */
  readonly what: string;
  /** Why it is as certain as that. */
  readonly because: string;
  readonly evidence: readonly Evidence[];
  readonly advice: readonly Advice[];
  /** Absent where there is no change to propose. */
  readonly remedy?: Remedy;
}

/** A part of a process's resident memory. */
export interface MemoryPart {
  readonly what: string;
  readonly bytes: ByteRange;
  readonly method: BytesMethod;
  readonly detail: string | null;
}

/** What a node's process holds: the parts of what was measured. */
export interface MemoryAccount {
  /** Bytes at the last run. */
  readonly resident: number;
  /** Largest first. */
  readonly parts: readonly MemoryPart[];
  /** What no part explains: with it, the likely sizes of the parts add up to resident memory. */
  readonly unexplained: ByteRange;
  /** False where the parts' ranges are wider than what they leave unexplained. */
  readonly canBeJudged: boolean;
}

/** What a process held over time. */
export interface MemoryCourse {
  /** Seconds since the epoch, ascending. */
  readonly ts: readonly number[];
  /** Bytes at each of these times. */
  readonly resident: readonly number[];
  /** Bytes of each part at each time, which come to `resident`; what changes least first. */
  readonly parts: readonly { readonly what: string; readonly values: readonly number[] }[];
}

/** What became of the memory of a process over the runs that were looked at. */
export type Course =
  | 'not-enough-data'
  | 'steady'
  | 'settling'
  | 'with-traffic'
  | 'grows-in-variables'
  | 'grows-in-connections'
  | 'grows-in-queue'
  | 'grows-outside-scripts'
  | 'grows-unjudged'
  | 'retained';

export interface NodeVerdict {
  readonly node: string;
  readonly zeekVersion: string | null;
  /** Seconds since the epoch: when the process started, and the runs that were looked at; null without any. */
  readonly boot: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly runs: number;
  /** True where the process started again since, too recently to say anything of that boot. */
  readonly isEarlierLife: boolean;
  readonly course: Course;
  /** One sentence, with names as the logs have them. */
  readonly sentence: string;
  /** Bytes per hour, of its memory or of what grows in it, whichever is more; null where nothing grows. */
  readonly fillsPerHour: ByteRange | null;
  readonly account: MemoryAccount | null;
  /** Bytes the process may have; null where neither the log nor who asks says. */
  readonly limit: number | null;
  /** Absent where nobody asked for it; null where memory was not logged. */
  readonly memory?: MemoryCourse | null;
}

/** Until the memory of a process that grows reaches its limit; null where there is no telling. */
export function findTimeLeft({ course, fillsPerHour, account, limit }: NodeVerdict): TimeLeft | null {
  return course.startsWith('grows') ? computeTimeLeft(limit, account?.resident ?? null, fillsPerHour) : null;
}

/** A process that fills up and ends, and is started again, over and over. */
export function isRestartLoop({ kind, level }: Finding): boolean {
  return kind === 'node-restarts' && level === 'problem';
}

/** The most memory that a process had when it ended, of those times it is told of; null where that was not logged. */
export function findMemoryAtEnd({ evidence }: Finding): number | null {
  const ends = evidence.flatMap(({ what, last }) => (what === 'resident memory' && last !== null ? [last] : []));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** The share of the process's memory that is explained at least; null where estimates are too wide to say. */
export function computeExplainedShare({ account }: NodeVerdict): number | null {
  if (account === null || !account.canBeJudged) return null;
  return 1 - Math.min(1, Math.max(0, account.unexplained.low) / account.resident);
}

export interface DoctorResult {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** By name. */
  readonly nodes: readonly NodeVerdict[];
  /** Problems first, then warnings, then notes. */
  readonly findings: readonly Finding[];
  readonly reading: Reading;
}

const LEVELS: readonly FindingLevel[] = ['note', 'warning', 'problem'];

/** True where a level is as grave as another, or graver. */
export function isAtLeast(level: FindingLevel, least: FindingLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
