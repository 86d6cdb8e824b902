/** What was found in logs that do not change any more, kept from one run of the program to the next. */

import { statSync } from 'node:fs';
import type { Reading } from '../../model/reading.ts';
import { endsClosed, type LogFile } from '../reading/log-file.ts';
import { CacheFolder, userCachePath } from './cache-folder.ts';

declare const MY_STATS_BUILD: string | undefined;

/** What another build of the program found may not be what this one would. */
const BUILD = typeof MY_STATS_BUILD === 'string' ? MY_STATS_BUILD : 'unbuilt';
/** A log that was not written to for so long, in seconds, is not that of a running node. */
const AT_REST = 120;
/** Fewer bytes of logs are read as fast as what was found in them. */
const WORTH_KEEPING = 1024 * 1024;

export type Found = { readonly reading: Reading };

export class ClosedLogs {
  readonly #folder: CacheFolder;

  constructor(folder = new CacheFolder(userCachePath())) {
    this.#folder = folder;
  }

  /**
   * The answer to a question about some logs: the one that was found before where none of them can have changed since.
   *
   * @param question all that it depends on besides the logs
   */
  async remember<T extends Found>(logs: readonly LogFile[], question: unknown, answer: () => Promise<T>): Promise<T> {
    if (!this.#isWorthwhile(logs)) return answer();
    const key = keyOf(logs, question);
    const kept = this.#folder.find(key) as T | undefined;
    if (kept !== undefined) return withPaths(kept, (place) => logs[Number(place)]!.path);
    const found = await answer();
    // What changed while it was read is not what the key says.
    if (keyOf(logs, question) === key) {
      const places = new Map(logs.map(({ path }, place) => [path, String(place)]));
      await this.#folder.keep(
        key,
        withPaths(found, (path) => places.get(path)!),
      );
    }
    return found;
  }

  #isWorthwhile(logs: readonly LogFile[]): boolean {
    return logs.reduce((sum, { size }) => sum + size, 0) >= WORTH_KEEPING && logs.every(isClosed);
  }
}

function isClosed(log: LogFile): boolean {
  return log.compression !== 'none' || Date.now() / 1000 - log.modified > AT_REST || endsClosed(log);
}

/** A log is told by where it lies on the disk, not by its name: it may have been reached by another path, or renamed. */
function keyOf(logs: readonly LogFile[], question: unknown): string {
  const marks = logs.map(({ source, identity }) => {
    const stats = statSync(source, { throwIfNoEntry: false });
    return [identity, stats?.dev, stats?.ino, stats?.size, stats?.mtimeMs];
  });
  return JSON.stringify([BUILD, question, marks]);
}

function withPaths<T extends Found>(found: T, pathOf: (name: string) => string): T {
  const { files, examples } = found.reading;
  const reading = {
    ...found.reading,
    files: files.map((file) => ({ ...file, path: pathOf(file.path) })),
    examples: examples.map((example) => ({ ...example, file: pathOf(example.file) })),
  };
  return { ...found, reading };
}
