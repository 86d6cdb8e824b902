/** What compressed logs are, as their first rows told: a folder of hundreds is opened without decompressing one. */

import { findKind } from '../../format/log-kind.ts';
import { type LogFile, type Opened, openLog, readStats } from '../reading/log-file.ts';
import type { CacheFolder } from './cache-folder.ts';

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
      return { state: 'log', logs: known.map((head) => logAt(path, head)), notes: [] };
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

function logAt(path: string, head: Head): LogFile {
  const kind = findKind(head.inspected.kind.name)!;
  const place = { path, source: path, kept: null, isOnly: false, given: path, sensors: null };
  return { ...head, inspected: { ...head.inspected, kind }, ...place };
}
