/** A folder of our own below the system's temporary one, which goes when the work is done or the program ends. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class WorkFolder {
  readonly path: string;
  readonly #keep: boolean;
  readonly #onExit = () => this.remove();

  /** @param keep leaves it where it is */
  constructor(keep: boolean) {
    // Zeek names scripts by their real paths.
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'my-stats-')));
    this.#keep = keep;
    process.on('exit', this.#onExit);
  }

  /** A folder in it, made if need be. */
  folder(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove(): void {
    process.off('exit', this.#onExit);
    if (!this.#keep) rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
