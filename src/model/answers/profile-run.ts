/** What one run of Zeek on a trace came to, before anything is made of it. */

/** What the driver told at one time. */
export interface RunMark {
  /** Between `live` and `filled`, the driver fills what the allocator has free. */
  readonly kind: 'run' | 'progress' | 'live' | 'filled' | 'end';
  /** The collector's number of the run; 0 where the mark is none. */
  readonly run: number;
  /** The trace's time, seconds since the epoch. */
  readonly ts: number;
  readonly packets: number;
  /** All connections there were so far. */
  readonly connections: number;
  /** The most resident memory so far, bytes. */
  readonly peakMemory: number;
  /** User and system time, seconds. */
  readonly cpu: number;
  /** Connections, and timers, that there are at that time. */
  readonly live: number;
  readonly timers: number;
  /** Bytes that were free in the heap, where it was filled; else 0. */
  readonly filled: number;
}

export interface ZeekRun {
  /** What it was run with, for people: `with`, `without`, a version. */
  readonly label: string;
  /** Where its logs are. */
  readonly folder: string;
  readonly marks: readonly RunMark[];
  /** Seconds of the clock. */
  readonly elapsed: number;
  /** True where it was stopped before it had read all. */
  readonly interrupted: boolean;
  /** True where a script ended it before it had read all. */
  readonly endedEarly: boolean;
  /** What Zeek said on standard error, one message each, errors first. */
  readonly messages: readonly string[];
  /** Data files that scripts wanted to read and could not. */
  readonly lacks: readonly string[];
  /** Bytes the scripts printed. */
  readonly printed: number;
}

/** A function, or a body of an event handler or hook, as Zeek's profiler of scripts has it. */
export interface ProfilerRow {
  readonly name: string;
  readonly kind: 'event' | 'hook' | 'function' | 'BiF';
  /** As Zeek names it; null where it does not, as of built-in functions. */
  readonly script: string | null;
  readonly line: number | null;
  readonly calls: number;
  /** Seconds; with what it calls, and what it calls alone. */
  readonly cpu: number;
  readonly childCpu: number;
  /** Bytes by which the most that the process ever had grew. */
  readonly memory: number;
  readonly childMemory: number;
  /** By how it came to be called: functions, outermost first, of which it is the last. Sums are with what it calls. */
  readonly stacks: readonly {
    readonly path: readonly string[];
    readonly calls: number;
    readonly cpu: number;
    readonly memory: number;
  }[];
}

export interface Packet {
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** The kind of link, as in https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number;
  /** Bytes of the packet on the link; what was captured of them may be less. */
  readonly length: number;
  readonly data: Uint8Array;
}

export interface TraceSummary {
  /** The file as the user named it. */
  readonly path: string;
  readonly packets: number;
  /** Seconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly linkType: number;
  /** True where the file ends in the middle of a packet. */
  readonly cut: boolean;
}
