/** What was found in logs that do not change any more, kept from one run of the program to the next. */

import { statSync } from 'node:fs';
import { findKind } from '../../format/log-kind.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { isClosed, type LogFile, type Opened, openLog, readStats } from '../reading/log-file.ts';
import { BUILD, CacheFolder, findUserCache, WORTH_KEEPING } from './cache-folder.ts';

export type Found = { readonly reading: Reading };

export class ClosedLogs {
  readonly #folder: CacheFolder;
  readonly #heads: KnownHeads;

  readonly #worthKeeping: number;

  /** @param worthKeeping bytes of logs; nothing is kept of fewer */
  constructor(folder = new CacheFolder(findUserCache()), worthKeeping = WORTH_KEEPING) {
    this.#folder = folder;
    this.#worthKeeping = worthKeeping;
    this.#heads = new KnownHeads(folder, JSON.stringify([BUILD, 'heads']));
  }

  /** As `openLog`, without looking into a compressed log again. */
  readonly open = (path: string, system?: string | null): Promise<Opened> => this.#heads.open(path, system);

  /** Keeps what `open` found of these logs and others, where they are worth it. */
  async keepOpened(logs: readonly LogFile[]): Promise<void> {
    if (this.#areWorthKeeping(logs)) await this.#heads.keep();
  }

  /**
   * The answer to a question about some logs: the one that was found before where none of them can have changed since.
   *
   * @param question all that it depends on besides the logs
   */
  async remember<T extends Found>(logs: readonly LogFile[], question: unknown, answer: () => Promise<T>): Promise<T> {
    const entry = this.entryOf(logs, question);
    const kept = entry?.find() as T | undefined;
    if (kept !== undefined) return restorePaths(kept, (place) => logs[Number(place)]!.path);
    const found = await answer();
    const places = new Map(logs.map(({ path }, place) => [path, String(place)]));
    if (entry !== null) await entry.keep(restorePaths(found, (path) => places.get(path)!));
    return found;
  }

  /** Where what a question finds in some logs is kept; null where it is not, as one of them may change or all are short. */
  entryOf(logs: readonly LogFile[], question: unknown): CacheEntry | null {
    return this.#areWorthKeeping(logs) && logs.every(isClosed) ? new CacheEntry(this.#folder, logs, question) : null;
  }

  #areWorthKeeping(logs: readonly LogFile[]): boolean {
    return logs.reduce((sum, { size }) => sum + size, 0) >= this.#worthKeeping;
  }
}

export class CacheEntry {
  readonly #folder: CacheFolder;
  readonly #keyNow: () => string;
  readonly #key: string;
  /** True where there is something, which may yet turn out to be damaged. */
  readonly isKept: boolean;

  constructor(folder: CacheFolder, logs: readonly LogFile[], question: unknown) {
    this.#folder = folder;
    this.#keyNow = () => makeKey(logs, question);
    this.#key = this.#keyNow();
    this.isKept = folder.has(this.#key);
  }

  /** Undefined where there is nothing that can be trusted. */
  find(): unknown {
    return this.isKept ? this.#folder.find(this.#key) : undefined;
  }

  /** @param value is used before this returns, and may be changed then */
  async keep(value: unknown): Promise<void> {
    // What changed while it was read is not what the key says.
    if (this.#keyNow() === this.#key) await this.#folder.keep(this.#key, value);
  }
}

/** A log is told by where it lies on the disk, not by its name: it may have been reached by another path, or renamed. */
function makeKey(logs: readonly LogFile[], question: unknown): string {
  const marks = logs.map(({ source, identity }) => {
    const stats = statSync(source, { throwIfNoEntry: false });
    return [identity, stats?.dev, stats?.ino, stats?.size, stats?.mtimeMs];
  });
  return JSON.stringify([BUILD, question, marks]);
}

function restorePaths<T extends Found>(found: T, pathOf: (name: string) => string): T {
  const { files, examples } = found.reading;
  const reading = {
    ...found.reading,
    files: files.map((file) => ({ ...file, path: pathOf(file.path) })),
    examples: examples.map((example) => ({ ...example, file: pathOf(example.file) })),
  };
  return { ...found, reading };
}

/** A log without what its path tells; its kind is known by name. */
type Head = Omit<LogFile, 'path' | 'source' | 'kept' | 'isOnly' | 'given' | 'sensors'>;

/** Those that were not used for longest are forgotten. */
const MOST_HEADS = 4000;

export class KnownHeads {
  readonly #folder: CacheFolder;
  readonly #key: string;
  #known: Map<string, readonly Head[]> | null = null;
  #found = new Map<string, readonly Head[]>();
  #isNew = false;

  /** @param key under which they are kept, which another build of the program does not use */
  constructor(folder: CacheFolder, key: string) {
    this.#folder = folder;
    this.#key = key;
  }

  /** As `openLog`. */
  async open(path: string, system: string | null = null): Promise<Opened> {
    this.#known ??= (this.#folder.find(this.#key) as Map<string, readonly Head[]> | undefined) ?? new Map();
    const { dev, ino, size, mtimeMs } = readStats(path);
    const mark = JSON.stringify([dev, ino, size, mtimeMs, system]);
    const known = this.#known.get(mark);
    if (known !== undefined) {
      this.#found.set(mark, known);
      return { state: 'log', logs: known.map((head) => restoreLog(path, head)), notes: [] };
    }
    const opened = await openLog(path, system);
    if (opened.state !== 'log' || opened.notes.length > 0 || opened.logs.some(({ kept }) => kept !== null))
      return opened;
    if (opened.logs.some(({ compression }) => compression === 'none' || compression === 'converted')) return opened;
    this.#found.set(mark, opened.logs.map(describeHead));
    this.#isNew = true;
    return opened;
  }

  /** Keeps what was found since. */
  async keep(): Promise<void> {
    if (!this.#isNew) return;
    this.#isNew = false;
    const all = new Map([...this.#known!].filter(([mark]) => !this.#found.has(mark)));
    for (const [mark, heads] of this.#found) all.set(mark, heads);
    await this.#folder.keep(this.#key, new Map([...all].slice(-MOST_HEADS)));
  }
}

function describeHead({ path: _, source: _1, kept: _2, isOnly: _3, given: _4, sensors: _5, ...head }: LogFile): Head {
  return head;
}

function restoreLog(path: string, head: Head): LogFile {
  const kind = findKind(head.inspected.kind.name)!;
  const place = { path, source: path, kept: null, isOnly: false, given: path, sensors: null };
  return { ...head, inspected: { ...head.inspected, kind }, ...place };
}
