/** Budgets: how much memory a package, module or variable may take, and what a check against them found. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { NameFilter } from '../names.ts';

export type BudgetKind = 'package' | 'module' | 'variable';

/** A size that is not to be passed: bytes, or entries of containers. */
export interface LimitAmount {
  readonly value: number;
  readonly unit: 'bytes' | 'entries';
  /** As it was written. */
  readonly text: string;
  /** Line of the file it is in, from 1. */
  readonly line: number;
}

/** How much more than in the baseline: a share of it (0.1 is 10 %), or an amount. */
export type Growth = { readonly share: number; readonly text: string; readonly line: number } | LimitAmount;

/** What a pattern allows. A limit that is not mentioned is that of the next pattern that matches; null lifts it. */
export interface Budget {
  readonly kind: BudgetKind;
  readonly pattern: NameFilter;
  readonly line: number;
  readonly max?: LimitAmount | null;
  readonly warn?: LimitAmount | null;
  readonly growth?: Growth | null;
  readonly warnGrowth?: Growth | null;
}

export interface BudgetFile {
  /** As it is to be named in messages. */
  readonly path: string;
  /** The baseline's path, relative to the budget file. */
  readonly baseline: string;
  /** Changes of fewer bytes than this are no growth. */
  readonly ignore: number;
  readonly nodes: readonly NameFilter[];
  readonly budgets: readonly Budget[];
}

/** Sizes that were accepted, by kind and name. */
export interface Baseline {
  readonly zeekVersion: string | null;
  readonly sizes: Readonly<Record<BudgetKind, ReadonlyMap<string, BaselineSize>>>;
}

/** On the node on which it is largest. */
export interface BaselineSize {
  /** Null where they were not known. */
  readonly bytes: number | null;
  readonly entries: number | null;
  /** Line of the baseline's file, from 1. */
  readonly line: number;
}

/**
 * `kept`, `warned` and `failed` speak for themselves. `missing`: what is needed to tell is not there, which fails as well.
 */
export type CheckState = 'kept' | 'warned' | 'failed' | 'missing';

export interface CheckRow {
  readonly kind: BudgetKind;
  /** The package, module or variable; where nothing matches, the pattern. */
  readonly name: string;
  readonly state: CheckState;
  /** Which limit it is about, as in the file: `max`, `warn`, `growth`, `warnGrowth`; null where nothing matches. */
  readonly limit: 'max' | 'warn' | 'growth' | 'warnGrowth' | null;
  /** The limit as it was written. */
  readonly allowed: string;
  readonly unit: 'bytes' | 'entries';
  /** On the node on which it is largest; null where it is missing. */
  readonly size: number | null;
  readonly bytes: ByteRange | null;
  readonly node: string | null;
  /** What it may be, in `unit`; null where that is not known. */
  readonly allowedSize: number | null;
  /** What it was; null without a baseline. */
  readonly before: number | null;
  /** The variable that holds most of it, or grew most. */
  readonly because: { readonly variable: string; readonly size: number; readonly change: number | null } | null;
  /** Where to change the limit: a file and its line, from 1. */
  readonly place: { readonly file: string; readonly line: number };
  /** Why it is missing; else empty. */
  readonly reason: string;
}

export interface CheckResult {
  /** The budget file. */
  readonly file: string;
  /** The baseline; null where none is used. */
  readonly baseline: string | null;
  readonly from: number;
  readonly to: number;
  readonly nodes: number;
  /** What failed first, then what is missing, warned and kept. */
  readonly rows: readonly CheckRow[];
  readonly counts: { readonly [state in CheckState]: number };
  /** What should be brought up to date in the baseline, one sentence each. */
  readonly stale: readonly string[];
  /** The text of a new baseline; it is written where that was asked for. */
  readonly newBaseline: string;
  /** How many sizes it holds. */
  readonly newSizes: number;
  readonly updated: boolean;
  readonly reading: Reading;
}
