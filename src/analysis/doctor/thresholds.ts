/**
 * Every number that decides what `doctor` reports of what was judged, in one place (docs/commands/doctor.md lists them). What
 * decides how a series goes is in `judge/thresholds.ts`.
 *
 * They are relative wherever they can be: to the process's resident memory, to the noise of the series, to what was
 * there before. Absolute ones only keep trifles out.
 */

const MB = 1e6;

export const EFFECT = {
  /** Growth below both of these is no finding, whatever its shape: bytes, and share of resident memory. */
  minGrowthBytes: 1 * MB,
  minGrowthShare: 0.01,
  /** Where the log does not say what it counts: this much more, in whatever it counts, and this share of what it was. */
  minGrowthCount: 10_000,
  minGrowthOfItself: 0.2,
  /** What rose at once, or is unlike its equals, matters from this on: bytes, and share of resident memory; from the second share on it is a warning. */
  minStepBytes: 8 * MB,
  minStepShare: 0.1,
  warningStepShare: 0.25,
  /** A problem doubles the process's memory within these days; slower growth is a warning. */
  problemDays: 7,
  /** Growth of resident memory that no variable explains: more than both of these, as noise is larger here. */
  minOutsideBytes: 4 * MB,
  minOutsideShare: 0.02,
  /** What must be explained, or unexplained, of the growth to say where it is. */
  judged: 0.5,
} as const;

export const RETAINED = {
  /** What a variable gave up must be at least this: bytes, and share of resident memory. */
  minFreedBytes: 8 * MB,
  minFreedShare: 0.1,
  /** It fell by this share of what it was, within this share of the time (but at least two runs). */
  fall: 0.5,
  within: 0.1,
  /** And resident memory by less than this share of what was given up. */
  maxReturned: 0.5,
  /** Runs it has stayed small for. */
  minRunsAfter: 3,
  /** A variable that falls as often as this is emptied regularly: its memory is used again. */
  maxFalls: 2,
  /** A warning if the retained memory is this share of resident memory, else a note. */
  warningShare: 0.25,
} as const;

export const CONSTANT = {
  /** The same constant data in every process: bytes, and share of resident memory. */
  minBytes: 64 * MB,
  minShare: 0.25,
  /** It may differ so much between the runs of a node, and between nodes. */
  tolerance: 0.02,
} as const;

/** What no part of the account explains at least: bytes, and share of resident memory. */
export const UNEXPLAINED = { minBytes: 64 * MB, minShare: 0.25 } as const;

/** What a table keeps in empty slots that is worth knowing: bytes, and share of resident memory. */
export const SLOTS = { minBytes: 16 * MB, minShare: 0.02 } as const;

export const INTEL = { minBytes: 32 * MB, minShare: 0.2 } as const;

export const CONNECTION = {
  /** Entries of one connection in one field that are many even if they do not grow. */
  manyEntries: 100_000,
  /** Of all entries, the share that makes one connection the one to name. */
  mostEntries: 0.5,
} as const;

export const RESTARTS = {
  /** So many times a process must have ended without saying so, and after so many seconds as a rule, and lately. */
  minEnds: 3,
  maxLife: 12 * 3600,
  /** Memory, or a variable, that came to so many times what it was at first has filled up. */
  filled: 1.25,
  /** A variable is named if it grew by so many bytes in the last life, and in this share of all. */
  minGrowthBytes: 1 * MB,
  mostLives: 0.8,
  /** Lives that are shown as evidence. */
  shown: 5,
} as const;

export const MEASURING = {
  /** A run takes so many times what it took, and so many seconds more. */
  minRatio: 2,
  minSeconds: 0.03,
} as const;

/**
 * What waits in a process, by its gauge: from how many on it may be more than what is usual, and what one of it takes in bytes,
 * as a rule and at most.
 */
export const QUEUES = {
  events_pending: { name: 'events pending', min: 1000, bytes: 1000, most: 10_000 },
  peer_messages_queued: { name: 'messages queued for other nodes', min: 500, bytes: 2000, most: 50_000 },
  reassembly_bytes: { name: 'bytes held for reassembly', min: 16 * MB, bytes: 1, most: 1 },
  files: { name: 'files being analyzed', min: 1000, bytes: 10_000, most: 100_000 },
  fragments: { name: 'packet fragments', min: 1000, bytes: 1500, most: 10_000 },
  dns_pending: { name: "Zeek's own DNS lookups pending", min: 1000, bytes: 500, most: 5000 },
  dns_cached: { name: 'answers cached for lookups by Zeek itself', min: 20_000, bytes: 500, most: 5000 },
  threads: { name: 'threads', min: 50, bytes: 1 * MB, most: 4 * MB },
  timers: { name: 'timers', min: 20_000, bytes: 200, most: 5000 },
} as const;

/**
 * Live connections are a finding from so many on, and from so many times what they were: traffic that only rises does less. What
 * one of them takes at most, with files, certificates and the matchers of signatures: 20 kB were measured with 400 signatures.
 */
export const CONNECTIONS = { min: 1000, ratio: 4, most: 100_000 } as const;

/** How closely memory must follow what may be its cause (Pearson's correlation). */
export const TOGETHER = 0.95;
/** And, of what strays from a straight line by this share of its range, how closely what memory strays by must follow. */
export const STRAYING = 0.05;
export const STRAYING_TOGETHER = 0.5;
/** Lookups that Zeek sends at a time at most (`MAX_PENDING_REQUESTS` of its DNS_Mgr): as many pending mean that more wait. */
export const LOOKUPS_AT_A_TIME = 20;

/** How often a queue must have doubled. */
export const QUEUE_RATIO = 2;

/**
 * What a Zeek process takes without any state, in bytes. Measured: 126 MB with default scripts on 8.0; builds, versions
 * and loaded packages differ, hence the range. A process that reads an interface holds `Pcap::bufsize` (128 MB by
 * default) besides.
 */
export const BASE = {
  process: { low: 70 * MB, likely: 126 * MB, high: 180 * MB },
  packetBuffer: { low: 0, likely: 128 * 1024 * 1024, high: 136 * MB },
  /** Of a live connection, its analyzers and timers, without what scripts keep in its record. */
  connection: { low: 1000, likely: 5000, high: 30_000 },
} as const;
