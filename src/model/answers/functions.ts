/** What Zeek's own profiler of scripts tells of the functions of a package. */

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
