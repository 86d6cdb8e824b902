/**
 * A folder of values that can be found again: private to the user, bounded in size, and never more than a convenience. An
 * entry that is damaged, of another user or not there is none, and what cannot be written is done without.
 *
 * A process may be killed at any moment and several may read and write at once: an entry is written beside its place and
 * renamed, and holds a checksum.
 */

import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRawSync } from 'node:zlib';

declare const MY_STATS_BUILD: string | undefined;

/** What another build of the program found may not be what this one would. */
export const BUILD = typeof MY_STATS_BUILD === 'string' ? MY_STATS_BUILD : 'unbuilt';
/** Fewer bytes of logs are read as fast as what was found in them. */
export const WORTH_KEEPING = 1024 * 1024;
/** What all entries may take together, in bytes on disk. */
const MOST_BYTES = 256 * 1024 * 1024;
/** A part of an entry that is this old, in milliseconds, was left by a process that ended. */
const ABANDONED = 3_600_000;
const CHECKSUM_BYTES = 32;
const ENTRY = /^[0-9a-f]{64}$/;
const PART = /\.part$/;

/** The folder of the user: `my-stats` below `XDG_CACHE_HOME`, or below `~/.cache`. */
export function findUserCache(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return findUserFolder(env.XDG_CACHE_HOME, '.cache');
}

/** Where what must not be lost with a cache is kept: below `XDG_STATE_HOME`, or below `~/.local/state`. */
export function findUserState(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return findUserFolder(env.XDG_STATE_HOME, join('.local', 'state'));
}

function findUserFolder(home = '', usual: string): string {
  return join(isAbsolute(home) ? home : join(homedir(), usual), 'my-stats');
}

export class CacheFolder {
  readonly #path: string;
  readonly #mostBytes: number;

  constructor(path: string, mostBytes = MOST_BYTES) {
    this.#path = path;
    this.#mostBytes = mostBytes;
  }

  /** Whether something was kept under this key, which may yet be damaged. */
  has(key: string): boolean {
    return existsSync(join(this.#path, nameEntry(key)));
  }

  /** @returns what was kept under this key; undefined where there is nothing that can be trusted */
  find(key: string): unknown {
    const path = join(this.#path, nameEntry(key));
    try {
      const bytes = readOwn(path);
      const body = bytes.subarray(CHECKSUM_BYTES);
      if (!computeChecksum(body).equals(bytes.subarray(0, CHECKSUM_BYTES))) return undefined;
      const { key: kept, value } = deserialize(inflateRawSync(body)) as { key: string; value: unknown };
      if (kept !== key) return undefined;
      // The time of its last use, by which the oldest are told.
      const now = new Date();
      utimesSync(path, now, now);
      return value;
    } catch {
      return undefined;
    }
  }

  /** @param value plain data: what `v8.serialize` takes */
  async keep(key: string, value: unknown): Promise<void> {
    const body = await promisify(deflateRaw)(serialize({ key, value }), { level: 1 });
    if (body.length + CHECKSUM_BYTES > this.#mostBytes) return;
    const path = join(this.#path, nameEntry(key));
    const part = `${path}.${randomUUID()}.part`;
    try {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      writeFileSync(part, Buffer.concat([computeChecksum(body), body]), { mode: 0o600, flag: 'wx' });
      renameSync(part, path);
      this.#trim();
    } catch {
      try {
        rmSync(part, { force: true });
      } catch {
        // A folder that cannot be reached holds no part either.
      }
    }
  }

  /** Removes what was not used for longest until the rest is within bounds. */
  #trim(): void {
    const files = readdirSync(this.#path).flatMap((name) => {
      const path = join(this.#path, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, path, size: stats.size, used: stats.mtimeMs }];
    });
    for (const { name, path, used } of files)
      if (PART.test(name) && Date.now() - used > ABANDONED) rmSync(path, { force: true });
    const entries = files.filter(({ name }) => ENTRY.test(name)).sort((a, b) => b.used - a.used);
    let total = 0;
    for (const { path, size } of entries) {
      total += size;
      if (total > this.#mostBytes) rmSync(path, { force: true });
    }
  }
}

function nameEntry(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function computeChecksum(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}

/** @throws where it is not a file of this user's alone */
function readOwn(path: string): Buffer {
  const fd = openSync(path, 'r');
  try {
    const { uid, mode } = fstatSync(fd);
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error('not private');
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}
