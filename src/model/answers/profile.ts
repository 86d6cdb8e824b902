/** The answer of `profile`: what a package holds in memory while Zeek reads a trace. */

import type { ByteRange, BytesMethod } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { CheckResult } from './budget.ts';
import type { TraceSummary } from './profile-run.ts';

/**
 * Whose a variable is. `package`: declared in the package's own scripts. `loaded`: declared elsewhere, but there only
 * when the package is loaded. `other`: there without the package as well, and larger with it.
 */
export type ProfileOrigin = 'package' | 'loaded' | 'other';

/** How a variable was at one measurement. */
export interface ProfilePoint {
  /** The trace's time, seconds since the epoch. */
  readonly ts: number;
  /** The likely size, bytes; null where there is no telling. */
  readonly bytes: number | null;
  readonly entries: number | null;
}

export interface ScriptPosition {
  /** Within the package. */
  readonly script: string;
  readonly line: number;
}

/** A statement that gives a variable another value as a whole. */
export interface ScriptReplacement extends ScriptPosition {
  /** What becomes of a declared expiry: `unknown` where the new value may have one of its own, as what a function makes. */
  readonly expiry: 'lost' | 'unknown';
}

/** A field that a package adds to a record which it does not declare (`redef record`). */
export interface AddedField extends ScriptPosition {
  readonly record: string;
  readonly field: string;
  readonly type: string;
}

/** Where a package opens a store of Broker's, which no variable holds. */
export interface OpenedStore extends ScriptPosition {
  readonly text: string;
}

export interface ProfileSizes {
  /** Of all measurements, the largest; null where the log's unit cannot be told in bytes. */
  readonly peak: ByteRange | null;
  /** At the last measurement. */
  readonly final: ByteRange | null;
  readonly peakEntries: number | null;
  readonly finalEntries: number | null;
}

export interface ProfileVariable extends ProfileSizes {
  readonly variable: string;
  readonly moduleName: string;
  /** The package, or part of Zeek, that declares it. */
  readonly packageName: string;
  readonly origin: ProfileOrigin;
  /** Of `other` variables all sizes are what they have more than without the package. */
  readonly type: string | null;
  readonly method: BytesMethod;
  /** As the log has it at the last measurement. */
  readonly measured: { readonly size: number | null; readonly unit: Unit };
  readonly points: readonly ProfilePoint[];
  /** Likely bytes it grew by, from its first to its last measurement, per 1,000 connections that began in between. */
  readonly perThousandConnections: number | null;
  /** Where it is declared. */
  readonly script: string | null;
  readonly line: number | null;
  /** As declared; null is none or not known. */
  readonly expiry: string | null;
  /** Where a script gives it a new value as a whole, so that a declared expiry is lost or may be; null where none does. */
  readonly replaced: ScriptReplacement | null;
  /** Of the version it is compared with; null where there is none, or the variable is not in it. */
  readonly before: (ProfileSizes & Pick<ProfileVariable, 'expiry' | 'replaced'>) | null;
  /** False for a variable that only the version compared with has. */
  readonly present: boolean;
}

/** One run of Zeek. */
export interface ProfileProcess {
  readonly label: string;
  /** Resident memory at the last measurement before connections are closed, bytes; null where Zeek does not tell. */
  readonly resident: number | null;
  /** At the first measurement. */
  readonly residentAtFirst: number | null;
  /** What of `resident` is in use: the rest was freed, and is kept by the allocator; null where it is not known. */
  readonly inUse: number | null;
  /** The most connections and timers there were at a time, and connections at the last measurement. */
  readonly peakConnections: number;
  readonly peakTimers: number;
  readonly liveConnections: number;
  /** The most there ever was, bytes. */
  readonly peakResident: number;
  /** Processor time without that of measuring, seconds. */
  readonly cpu: number;
  /** Seconds of the clock. */
  readonly elapsed: number;
  /** Measurements, and what they took in all, seconds. */
  readonly measurements: number;
  readonly measuring: number;
  readonly interrupted: boolean;
  readonly endedEarly: boolean;
  readonly messages: readonly string[];
  /** Data files that scripts wanted to read and could not. */
  readonly lacks: readonly string[];
  readonly printed: number;
}

/** One thing that a check found wrong, besides budgets. */
export interface ProfileFailure {
  /** Null for the package as a whole. */
  readonly variable: string | null;
  readonly what: string;
}

export interface ProfileResult {
  readonly packages: readonly string[];
  readonly zeekVersion: string | null;
  readonly trace: {
    readonly files: readonly TraceSummary[];
    readonly packets: number;
    readonly connections: number;
    readonly first: number;
    readonly last: number;
  };
  readonly process: ProfileProcess;
  readonly without: ProfileProcess | null;
  /** The version it is compared with. */
  readonly against: ProfileProcess | null;
  /** Largest first. */
  readonly variables: readonly ProfileVariable[];
  /** Sums over `variables`; of the version compared with in `before`. */
  readonly total: { readonly final: ByteRange; readonly peak: ByteRange; readonly before: ByteRange | null };
  readonly addedFields: readonly AddedField[];
  readonly stores: readonly OpenedStore[];
  /** What its functions took; null where that was not asked for, or is not known. */
  readonly functions: FunctionProfile | null;
  /** Null unless checks were asked for, and all was measured that they need. */
  readonly failures: readonly ProfileFailure[] | null;
  /** What budgets say of the peaks; null where there are none, or nothing was checked. */
  readonly budgets: Omit<CheckResult, 'from' | 'to' | 'nodes' | 'reading'> | null;
  /** Where the logs of the runs are; null where they were not kept. */
  readonly kept: string | null;
  readonly notes: readonly string[];
  readonly reading: Reading;
}

/** One of several packages that are each profiled by itself. */
export interface ProfiledPackage {
  readonly name: string;
  /** What is wrong and what to do, where it could not be profiled. */
  readonly failure: { readonly what: string; readonly cure: string } | null;
  readonly profile: ProfileResult | null;
  /** Variables that still grew in the second half of the trace, largest first. */
  readonly growing: readonly ProfileVariable[];
  /** Tables and sets that grow and declare no expiry, and of those that lose the one they declare. */
  readonly withoutExpiry: readonly ProfileVariable[];
}

export interface PackagesResult {
  /** As they were given. */
  readonly packages: readonly ProfiledPackage[];
  readonly notes: readonly string[];
}

/** A body of an event handler or hook, or a function. */
export interface ProfiledFunction {
  /** Null for all that are not of the package, taken together: other scripts and built-in functions. */
  readonly name: string | null;
  readonly kind: 'event' | 'hook' | 'function' | null;
  readonly packageName: string | null;
  /** Within the package. */
  readonly script: string | null;
  readonly line: number | null;
  readonly calls: number;
  /** Seconds of processor time, with that of what it calls; null for what is taken together. */
  readonly cpu: number | null;
  /** Without what it calls. */
  readonly ownCpu: number;
  /** Bytes by which the most that the process ever had grew meanwhile, with what it calls; null as for `cpu`. */
  readonly memory: number | null;
  readonly ownMemory: number;
}

export interface CallFrame {
  readonly name: string;
  /** Of functions of the package only: of callers, Zeek tells the name alone. */
  readonly script: string | null;
  readonly line: number | null;
}

/** A function of the package, and how it came to be called. */
export interface CallStack {
  /** Outermost first; the last is of the package. */
  readonly frames: readonly CallFrame[];
  readonly calls: number;
  /** With what it calls, except functions of the package, which have stacks of their own. Seconds, and bytes. */
  readonly cpu: number;
  readonly memory: number;
}

export interface FunctionProfile {
  /** By processor time, what is taken together last. */
  readonly functions: readonly ProfiledFunction[];
  readonly stacks: readonly CallStack[];
}
