/** The answer of `explain`: all that is known of one variable. Produced by analysis, written by report. */

import type { ByteRange, BytesMethod } from '../bytes.ts';
import type { Attribution } from '../logged/description.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { SizeStep } from '../size-estimate.ts';

/** A line of a type written as a tree. */
export interface TypeLine {
  readonly depth: number;
  /** What it is of the type above: `key`, `value`, `element`, or a field's name; null for the whole. */
  readonly label: string | null;
  readonly type: string;
  readonly optional: boolean;
}

/** A place in the scripts at hand that declares or redefines the variable. */
export interface ExplainedDeclaration {
  readonly script: string;
  readonly line: number;
  /** `global`, `const`, `option`, or `redef`. */
  readonly keyword: string;
  readonly type: string | null;
  readonly value: string | null;
  readonly attributes: readonly string[];
}

/** A statement in the scripts at hand that gives the variable another value as a whole. */
export interface ExplainedAssignment {
  readonly script: string;
  readonly line: number;
  readonly text: string;
  /** What becomes of the declared expiry; `unknown` where the new value's own holds. */
  readonly expiry: 'lost' | 'kept' | 'unknown';
}

/** A statement in the scripts at hand that puts something into the variable, or takes something out. */
export interface ExplainedStatement extends Pick<ExplainedAssignment, 'script' | 'line' | 'text'> {
  readonly does: 'adds' | 'deletes' | 'clears';
}

/** The variable on one node, in the node's last complete run. */
export interface ExplainedNode {
  readonly node: string;
  readonly run: number;
  readonly ts: number;
  /** In `unit`; null where it was not measured. */
  readonly size: number | null;
  readonly unit: Unit;
  readonly entries: number | null;
  /** Null where nothing can be said of bytes. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod;
  /** Bytes of the process at that run; null where no log says. */
  readonly residentMemory: number | null;
}

/** How the bytes on one node come about. */
export interface ExplainedBytes {
  readonly node: string;
  readonly total: ByteRange | null;
  readonly method: BytesMethod;
  readonly steps: readonly SizeStep[];
  readonly notes: readonly string[];
}

/** How the size went over the runs of one life of a node. */
export interface ExplainedHistory {
  readonly node: string;
  readonly begins: 'first' | 'restart' | 'clock-set-back' | 'clock-set-ahead';
  readonly from: number;
  readonly to: number;
  /** Runs of the node, also those in which the variable was not logged. */
  readonly runs: number;
  readonly unit: Unit;
  /** In the first and last run that logged it, and the largest there was. */
  readonly first: number;
  readonly last: number;
  readonly max: number;
  /** The most entries it had; null for what is no container. */
  readonly mostEntries: number | null;
  /** Sizes in the order of time, null where it was not logged: at most 256, each the last of some runs. */
  readonly points: readonly (number | null)[];
  /** True where a point stands for several runs, so that a short peak may not show. */
  readonly condensed: boolean;
}

export interface ExplainResult {
  readonly variable: string;
  readonly moduleName: string;
  /** In the log's words; null where no log says. */
  readonly type: string | null;
  readonly typeTree: readonly TypeLine[];
  readonly attribution: Attribution;
  /** How many scripts were at hand; declarations and assignments are of them. */
  readonly scripts: number;
  readonly declarations: readonly ExplainedDeclaration[];
  readonly assignments: readonly ExplainedAssignment[];
  readonly statements: readonly ExplainedStatement[];
  /** Largest first. */
  readonly nodes: readonly ExplainedNode[];
  /** Of the first of these nodes; null where there is none. */
  readonly bytes: ExplainedBytes | null;
  readonly history: readonly ExplainedHistory[];
  /** What the reader should know of the answer, one sentence each; names in them are not sanitized. */
  readonly notes: readonly string[];
  readonly reading: Reading;
}
