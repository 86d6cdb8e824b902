/** What the logs say of processes besides their variables. */

import { CONNECTIONS, NODE_RUNS, SAMPLES } from '../format/log-kind.ts';
import { readConnectionFields } from './connection-fields.ts';
import { discover } from './discover.ts';
import type { NodeStore } from './interface.ts';
import type { LogFile } from './log-file.ts';
import { readNodeSeries } from './node-series.ts';

export class LogNodes implements NodeStore {
  readonly #nodeLogs: readonly LogFile[];
  readonly #connectionLogs: readonly LogFile[];
  readonly #notes: readonly string[];

  private constructor(nodeLogs: readonly LogFile[], connectionLogs: readonly LogFile[], notes: readonly string[]) {
    this.#nodeLogs = nodeLogs;
    this.#connectionLogs = connectionLogs;
    this.#notes = notes;
  }

  /** @throws ExpectedError where the paths lead to none of the collector's logs */
  static async open(paths: readonly string[]): Promise<LogNodes> {
    const { logs, notes } = await discover(paths, [NODE_RUNS, CONNECTIONS, SAMPLES]);
    return new LogNodes(logs.get(NODE_RUNS.name) ?? [], logs.get(CONNECTIONS.name) ?? [], notes);
  }

  async nodeSeries(): ReturnType<NodeStore['nodeSeries']> {
    const { series, reading } = await readNodeSeries(this.#nodeLogs);
    return { series, reading: { ...reading, notes: [...this.#notes, ...reading.notes] } };
  }

  async connectionFields(): ReturnType<NodeStore['connectionFields']> {
    const { rows, reading } = await readConnectionFields(this.#connectionLogs);
    return { rows, reading: { ...reading, notes: [...this.#notes, ...reading.notes] } };
  }
}
