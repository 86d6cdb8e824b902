/** Which findings somebody was told of already, kept from one run of the program to the next. */

import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Finding } from '../model/answers/doctor.ts';
import { CacheFolder, findUserState } from '../store/cache/cache-folder.ts';

/** A finding that was gone for so long, in milliseconds, is new when it is back. */
const FORGOTTEN_AFTER = 7 * 86_400_000;

/** By finding, when it was there last, in milliseconds since the epoch. */
type Told = Readonly<Record<string, number>>;

export class Notified {
  readonly #folder = new CacheFolder(findUserState());
  readonly #key: string;

  /** @param about where the findings go to, and what they are about: it is not kept, only its checksum is */
  constructor(about: { readonly url: string; readonly paths: readonly string[] }) {
    const paths = about.paths.map((path) => resolve(path));
    this.#key = `notified ${createHash('sha256')
      .update(JSON.stringify([about.url, paths]))
      .digest('hex')}`;
  }

  /** Those that were not there before. */
  newOf(findings: readonly Finding[]): Finding[] {
    const told = this.#told();
    return findings.filter((finding) => !Object.hasOwn(told, makeKey(finding)));
  }

  /** @returns false where it could not be kept, so that the same is new again the next time */
  async keep(findings: readonly Finding[]): Promise<boolean> {
    const now = Date.now();
    const before = Object.entries(this.#told()).filter(([, at]) => now - at < FORGOTTEN_AFTER);
    const told: Told = Object.fromEntries([...before, ...findings.map((one) => [makeKey(one), now] as const)]);
    await this.#folder.keep(this.#key, told).catch(() => {});
    const kept = this.#told();
    return findings.every((finding) => Object.hasOwn(kept, makeKey(finding)));
  }

  #told(): Told {
    return (this.#folder.find(this.#key) as Told | undefined) ?? {};
  }
}

/** What stays the same while a finding goes on: its figures, and the nodes that come to it, do not. */
function makeKey({ kind, level, subject, nodes }: Finding): string {
  return JSON.stringify([kind, level, subject ?? nodes]);
}
