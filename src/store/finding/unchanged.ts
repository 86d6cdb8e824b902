/** Tells whether reading logs again would tell anything new. */

import { STILL_WRITTEN } from '../reading/log-file.ts';
import { type LogsStamp, stampOf } from './discover.ts';
import { NEEDED_LOGS, type Needs } from './needs.ts';

export class ReadLogs {
  readonly #paths: readonly string[];
  readonly #needs: Needs;
  #read: (LogsStamp & { readonly at: number }) | null = null;

  constructor(paths: readonly string[], needs: Needs = 'samples') {
    this.#paths = paths;
    this.#needs = needs;
  }

  /**
   * Whether they are as they were when this last said that they are not: whoever is told so reads them. It costs a look
   * at the folders, and opens no log.
   *
   * @throws ExpectedError for paths that do not exist or cannot be read
   */
  async areUnchanged(): Promise<boolean> {
    const { wanted, helpful } = NEEDED_LOGS[this.#needs];
    const at = Date.now() / 1000;
    const now = await stampOf(this.#paths, [...wanted, ...helpful]);
    // A log that has just changed may have been in the middle of a run: whether it was shows when it stays as it is.
    const isSame = this.#read?.stamp === now.stamp && this.#read.at - now.changed > STILL_WRITTEN;
    if (!isSame) this.#read = { ...now, at };
    return isSame;
  }

  /** What was read could not be used: next time they are to be read whatever they are. */
  forget(): void {
    this.#read = null;
  }
}
