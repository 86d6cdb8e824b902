/** When the process of each run began, told run by run. */

import { NODE_RUN } from '../../format/log-kind.ts';
import type { Reading } from '../../model/logged/reading.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nodeName } from '../reading/node-names.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';

export class Boots {
  /** Of each node, those that are told, the latest first. */
  readonly #told: ReadonlyMap<string, readonly number[]>;
  /** Of each node, its last run and where the boot began that this is of. */
  readonly #last = new Map<string, { readonly run: number; readonly began: number }>();

  private constructor(told: ReadonlyMap<string, readonly number[]>) {
    this.#told = told;
  }

  /** @param logs `my_stats_node.log`s */
  static async read(logs: readonly LogFile[]): Promise<{ boots: Boots; reading: Reading }> {
    const told = new Map<string, Set<number>>();
    const reading = await readWholeLogs(logs, (_, { text, number }) => {
      const boot = number(NODE_RUN.boot);
      if (boot === null) return;
      const node = nodeName(text(NODE_RUN.node));
      told.set(node, (told.get(node) ?? new Set()).add(boot));
    });
    const sorted = [...told].map(([node, boots]) => [node, [...boots].sort((a, b) => b - a)] as const);
    return { boots: new Boots(new Map(sorted)), reading };
  }

  /** Forgets which runs there were. */
  begin(): void {
    this.#last.clear();
  }

  /**
   * Seconds since the epoch. Where no log tells, a boot begins with the run at which the counter did not go up.
   *
   * The runs of a node are asked for in their order, each once.
   */
  of(node: string, run: number, ts: number): number {
    const last = this.#last.get(node);
    const began = last !== undefined && run > last.run ? last.began : ts;
    this.#last.set(node, { run, began });
    return this.#told.get(node)?.find((boot) => boot <= ts) ?? began;
  }
}
