/** What the nodes say of their last runs, kept as columns: a day of a large cluster has 60,000, of which few are asked for. */

import { NODE_RUN } from '../../format/log-kind.ts';
import { type Measurement, readNumber } from '../../model/logged/node-series.ts';
import type { Reading } from '../../model/logged/reading.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { scanWholeLogs } from '../reading/whole-logs.ts';
import { NOTHING_ELSE } from '../runs/run-tracker.ts';

/** True for the runs of a node that are asked for. */
export type WantedRun = (node: string, run: number) => boolean;

/** Of each row, side by side. */
const KEPT = [NODE_RUN.ts, NODE_RUN.run, NODE_RUN.boot, NODE_RUN.variables_logged, NODE_RUN.resident_memory] as const;

export class NodeRunTable {
  readonly #nodes: string[] = [];
  readonly #versions: (string | null)[] = [];
  readonly #numbers: number[] = [];

  static async read(logs: readonly LogFile[]): Promise<{ table: NodeRunTable; reading: Reading }> {
    const table = new NodeRunTable();
    const reading = await scanWholeLogs(logs, (pool) => {
      const text = (id: number) => (id < 0 ? null : pool.text(id));
      return (values, from, stride, count) => {
        for (let row = 0, at = from; row < count; row++, at += stride) {
          table.#nodes.push(nameNode(text(values[at + NODE_RUN.node]!)));
          table.#versions.push(text(values[at + NODE_RUN.zeek_version]!));
          for (const column of KEPT) table.#numbers.push(values[at + column]!);
        }
      };
    });
    return { table, reading };
  }

  /** The version each node said last. */
  zeekVersions(): Map<string, string> {
    const last = new Map<string, { readonly ts: number; readonly version: string }>();
    this.#versions.forEach((version, row) => {
      const node = this.#nodes[row]!;
      const ts = this.#numbers[row * KEPT.length]!;
      if (version !== null && ts >= (last.get(node)?.ts ?? ts)) last.set(node, { ts, version });
    });
    return new Map([...last].map(([node, { version }]) => [node, version]));
  }

  /** In the order of the logs. */
  select(wants: WantedRun): Measurement[] {
    const found: Measurement[] = [];
    this.#nodes.forEach((node, row) => {
      const at = row * KEPT.length;
      if (!wants(node, this.#numbers[at + 1]!)) return;
      const [ts, run, boot, logged, resident] = this.#numbers.slice(at, at + KEPT.length) as [
        number,
        number,
        number,
        number,
        number,
      ];
      found.push({
        ...NOTHING_ELSE,
        ts,
        node,
        run,
        boot: readNumber(boot),
        duration: 0,
        variablesLogged: readNumber(logged),
        residentMemory: readNumber(resident),
        zeekVersion: this.#versions[row]!,
      });
    });
    return found;
  }
}
