/** From the traces a user gives to the one file that Zeek reads. */

import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Packet, TraceSummary } from '../../model/answers/profile-run.ts';
import { missingPath, unreadablePath } from '../../model/errors/catalogue.ts';
import { differentLinkTypes, emptyTrace, noTraceGiven, noTraceIn } from '../../model/errors/zeek-errors.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { isTrace, PacketReader } from './packet-reader.ts';
import { PacketWriter } from './packet-writer.ts';

/** Opens a file as a stream of its uncompressed bytes. */
export type Opener = (path: string) => { readonly compressed: boolean; readonly bytes: AsyncIterable<Uint8Array> };

export interface PreparedTrace {
  /** What Zeek is to read: the user's own file where it can be, else one in `folder`. */
  readonly path: string;
  readonly files: readonly TraceSummary[];
  readonly packets: number;
  /** Seconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly notes: readonly string[];
}

/** Longer than this without a packet is told: everything that expires has done so by then. */
const LONG_GAP = 24 * 3600;

/**
 * Several traces become one, in the order of their packets' times; compressed ones and those that end in the middle
 * of a packet are written anew, to `folder`.
 *
 * @throws ExpectedError for files that are no trace, are damaged or hold no packet, and where the disk is full
 */
export async function prepareTrace(
  paths: readonly string[],
  folder: string,
  open: Opener,
  onProgress?: ProgressListener,
): Promise<PreparedTrace> {
  const files = await expand(paths, open);
  const summaries: TraceSummary[] = [];
  for (const [i, file] of files.entries()) {
    onProgress?.({ phase: `looking at ${file}`, done: i, total: files.length });
    summaries.push(await summarize(file, open));
  }
  const ordered = summaries.toSorted((a, b) => a.first - b.first);
  const first = ordered[0]!;
  const other = ordered.find(({ linkType }) => linkType !== first.linkType);
  if (other !== undefined) throw differentLinkTypes(first.path, other.path);
  const asItIs = ordered.length === 1 && !first.cut && !open(first.path).compressed;
  const path = asItIs ? resolve(first.path) : join(folder, 'trace.pcap');
  if (!asItIs) await merge(ordered, path, open, onProgress);
  return {
    path,
    files: ordered,
    packets: ordered.reduce((sum, { packets }) => sum + packets, 0),
    first: first.first,
    last: Math.max(...ordered.map(({ last }) => last)),
    notes: [...ordered.filter(({ cut }) => cut).map(cutNote), ...describeGaps(ordered)],
  };
}

function cutNote({ path, packets }: TraceSummary): string {
  return `${path} ends in the middle of a packet; the ${packets} before it were used.`;
}

function describeGaps(ordered: readonly TraceSummary[]): string[] {
  const notes: string[] = [];
  let end = ordered[0]!.last;
  for (const { path, first, last } of ordered.slice(1)) {
    const hours = Math.round((first - end) / 3600);
    if (first - end > LONG_GAP) notes.push(`There are ${hours} hours without a packet before ${path} begins.`);
    end = Math.max(end, last);
  }
  return notes;
}

async function expand(paths: readonly string[], open: Opener): Promise<string[]> {
  if (paths.length === 0) throw noTraceGiven();
  const files: string[] = [];
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw missingPath(path);
    if (!stat.isDirectory()) files.push(path);
    else {
      const inFolder: string[] = [];
      for (const name of readdirSync(path).sort()) {
        const file = join(path, name);
        if (statSync(file, { throwIfNoEntry: false })?.isFile() && (await isLikelyTrace(file, open)))
          inFolder.push(file);
      }
      if (inFolder.length === 0) throw noTraceIn(path);
      files.push(...inFolder);
    }
  }
  return [...new Set(files)];
}

/** A file beside the traces that cannot be read, or is compressed in another way, is none of them. */
async function isLikelyTrace(file: string, open: Opener): Promise<boolean> {
  try {
    for await (const chunk of open(file).bytes) return isTrace(chunk);
  } catch {
    return false;
  }
  return false;
}

async function summarize(path: string, open: Opener): Promise<TraceSummary> {
  const reader = new PacketReader(path);
  let first: bigint | null = null;
  let last = 0n;
  let linkType = -1;
  for await (const chunk of openTrace(path, open)) {
    for (const packet of reader.read(chunk)) {
      if (first === null || packet.time < first) first = packet.time;
      if (packet.time > last) last = packet.time;
      if (linkType >= 0 && packet.linkType !== linkType) throw differentLinkTypes(path, path);
      linkType = packet.linkType;
    }
  }
  const cut = reader.end();
  if (first === null) throw emptyTrace(path);
  return { path, packets: reader.packets, first: Number(first) / 1e9, last: Number(last) / 1e9, linkType, cut };
}

function openTrace(path: string, open: Opener): AsyncIterable<Uint8Array> {
  try {
    return open(path).bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw unreadablePath(path, code);
  }
}

/** Always the earliest packet of all files that are open next. */
async function merge(
  traces: readonly TraceSummary[],
  path: string,
  open: Opener,
  onProgress?: ProgressListener,
): Promise<void> {
  const total = traces.reduce((sum, { packets }) => sum + packets, 0);
  const writer = new PacketWriter(path, traces[0]!.linkType);
  try {
    const waiting = [...traces];
    let sources: Source[] = [];
    for (let done = 0; done < total; done++) {
      // Only files whose time has come are open: a folder may hold thousands that follow one another.
      while (waiting.length > 0 && (sources.length === 0 || waiting[0]!.first * 1e9 <= findEarliest(sources) + 1e6)) {
        const source = new Source(waiting.shift()!.path, open);
        if (await source.next()) sources.push(source);
      }
      const source = sources.reduce((a, b) => (b.packet!.time < a.packet!.time ? b : a));
      writer.write(source.packet!);
      if (!(await source.next())) sources = sources.filter((other) => other !== source);
      if (done % 10_000 === 0) onProgress?.({ phase: 'writing one trace', done, total });
    }
  } finally {
    writer.close();
  }
}

function findEarliest(sources: readonly Source[]): number {
  return Math.min(...sources.map(({ packet }) => Number(packet!.time)));
}

/** One file of a merge: its packets one by one. */
class Source {
  packet: Packet | null = null;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #reader: PacketReader;
  #batch: readonly Packet[] = [];
  #at = 0;

  constructor(path: string, open: Opener) {
    this.#chunks = open(path).bytes[Symbol.asyncIterator]();
    this.#reader = new PacketReader(path);
  }

  async next(): Promise<boolean> {
    while (this.#at >= this.#batch.length) {
      const { done, value } = await this.#chunks.next();
      if (done) {
        this.packet = null;
        return false;
      }
      this.#batch = this.#reader.read(value);
      this.#at = 0;
    }
    this.packet = this.#batch[this.#at++]!;
    return true;
  }
}
