/** A file a user asks for: whole or not there at all, and never one of the logs. */

import {
  chmodSync,
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCompression } from '../../decoding/compression.ts';
import { cannotWrite, diskFull, ExpectedError, wouldOverwrite } from '../../model/errors/catalogue.ts';
import { openLog } from '../reading/log-file.ts';
import { temporaryFolder } from '../reading/spool.ts';

/** What is not in its place yet goes when the process ends, also where it is interrupted. */
const unfinished = new Set<OutputFile>();

function discardUnfinished(): void {
  for (const file of unfinished) file.discard();
}

export class OutputFile {
  readonly path: string;
  /** Where to write: beside the file until `keep` puts it in its place, or the path itself where that is a device. */
  readonly writePath: string;
  /** False for a device or a pipe: what was written stays written. */
  readonly isRegular: boolean;
  readonly #mode: number | null;
  #descriptor: number | null = null;
  #length = 0;

  private constructor(path: string, writePath: string, mode: number | null, isRegular = true) {
    this.path = path;
    this.writePath = writePath;
    this.#mode = mode;
    this.isRegular = isRegular;
    if (unfinished.size === 0) process.on('exit', discardUnfinished);
    unfinished.add(this);
  }

  /**
   * @param inputs files that are read, and so must not be written; logs of Zeek's are refused without being named
   * @throws ExpectedError where the path cannot be a file of ours
   */
  static async plan(path: string, inputs: readonly string[]): Promise<OutputFile> {
    const folder = dirname(path);
    if (!isFolder(folder)) throw cannotWrite(path, 'there is no such folder');
    if (!existsSync(path)) return new OutputFile(path, nameTemporary(path), null);
    const stats = statSync(path);
    if (isFolder(path)) throw cannotWrite(path, 'it is a folder');
    if (!stats.isFile()) return new OutputFile(path, path, null, false);
    if (inputs.some((input) => existsSync(input) && isSame(statSync(input), stats))) throw wouldOverwrite(path);
    if (stats.size > 0 && (await isLog(path))) throw wouldOverwrite(path);
    // A link stays one: what it leads to is replaced.
    const real = realpathSync(path);
    return new OutputFile(real, nameTemporary(real), stats.mode & 0o777);
  }

  /** For a file that only this program writes, in a folder that is there. */
  static own(path: string): OutputFile {
    return new OutputFile(path, nameTemporary(path), null);
  }

  /** For what is to be passed on rather than kept: it goes when the process ends. */
  static temporary(): OutputFile {
    const path = join(temporaryFolder(), 'output');
    return new OutputFile(path, path, null);
  }

  /** What has been written. */
  content(): AsyncIterable<Uint8Array> {
    return createReadStream(this.path, { highWaterMark: 1 << 20 });
  }

  /** @throws ExpectedError where it cannot be written */
  write(content: string | Uint8Array): void {
    try {
      writeFileSync(this.writePath, content);
      this.keep();
    } catch (error) {
      this.discard();
      throw this.#told(error);
    }
  }

  /**
   * Begins to write it piece by piece; of what was written before nothing stays.
   *
   * @throws ExpectedError where it cannot be written; so does `append`
   */
  begin(): void {
    try {
      this.#descriptor ??= openSync(this.writePath, 'w');
      if (this.isRegular) ftruncateSync(this.#descriptor);
      this.#length = 0;
    } catch (error) {
      throw this.#told(error);
    }
  }

  append(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) {
        const place = this.isRegular ? this.#length : null;
        const written = writeSync(this.#descriptor!, bytes, at, bytes.length - at, place);
        at += written;
        this.#length += written;
      }
    } catch (error) {
      this.discard();
      throw this.#told(error);
    }
  }

  /** Puts what was written in its place, where it stays whole if the power fails. */
  keep(): void {
    if (this.isRegular && this.#descriptor !== null) fsyncSync(this.#descriptor);
    this.#close();
    if (this.writePath === this.path) return;
    try {
      if (this.#mode !== null) chmodSync(this.writePath, this.#mode);
      renameSync(this.writePath, this.path);
      syncFolder(dirname(this.path));
      this.#forget();
    } catch (error) {
      this.discard();
      throw this.#told(error);
    }
  }

  discard(): void {
    this.#close();
    this.#forget();
    if (this.writePath !== this.path) rmSync(this.writePath, { force: true });
  }

  #forget(): void {
    unfinished.delete(this);
    if (unfinished.size === 0) process.off('exit', discardUnfinished);
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #told(error: unknown): unknown {
    if (error instanceof ExpectedError) return error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return code === 'ENOSPC' ? diskFull(this.path) : cannotWrite(this.path, code);
  }
}

/** A name is on the disk when its folder is; file systems that cannot say so keep it anyhow. */
function syncFolder(folder: string): void {
  let descriptor = -1;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch {
    // Mounted object storage and some network file systems have no such thing.
  } finally {
    if (descriptor >= 0) closeSync(descriptor);
  }
}

function nameTemporary(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.part`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isSame(a: { dev: number; ino: number }, b: { dev: number; ino: number }): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** True for every log of Zeek's, also those this program does not read. */
async function isLog(path: string): Promise<boolean> {
  try {
    // What was made from logs may be made again.
    if (readCompression(path) === 'parquet') return false;
    const opened = await openLog(path);
    if (opened.state === 'other') return opened.name !== null;
    return opened.state === 'log' || opened.kind !== null;
  } catch {
    return false;
  }
}
