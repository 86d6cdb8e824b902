import { groupFrame } from '../analysis/watch-groups.ts';
import type { Weigher } from '../analysis/weighing/weigh.ts';
import type { InventoryResult } from '../model/answers/inventory.ts';
import type { WatchAnswer, WatchFrame, WatchPoint, WatchView } from '../model/answers/watch.ts';
import type { Entry } from '../model/entry.ts';
import { readNumber } from '../model/logged/node-series.ts';
import { ReadLogs } from '../store/finding/unchanged.ts';
import { listStore } from './inventory.ts';
import { CHOICE, type Given, type Read, readOptions, SCRIPTS, SOURCE } from './source/options.ts';
import { NO_SCRIPTS, readScripts, type ScriptKnowledge } from './source/scripts.ts';
import { isEngine, openStore, type Store } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';

const WATCH = {
  ...SOURCE,
  ...CHOICE,
  ...SCRIPTS,
  /** Seconds that history goes back. */
  window: 0,
};

export type WatchOptions = Omit<Given<typeof WATCH>, 'onProgress'>;

/** The sizes of a running cluster, looked at again and again. */
export class Watch {
  readonly #options: Read<typeof WATCH>;
  /** What is known of each variable on each node within the window, by `makeKey`. */
  readonly #histories = new Map<string, WatchPoint[]>();
  /** The types by which these were weighed: they become known a little after a node has started. */
  readonly #types = new Map<string, string | null>();
  /** Null where an engine is asked: it always has something new. */
  readonly #logs: ReadLogs | null;
  #scripts: ScriptKnowledge | null = null;
  /** Of each node, how its memory went within the window, and what it may have. */
  readonly #memory = new Map<string, { limit: number | null; points: { ts: number; bytes: number }[] }>();
  #last: WatchFrame | null = null;

  constructor(given: WatchOptions = {}) {
    this.#options = readOptions(WATCH, given);
    this.#logs = isEngine(this.#options.paths) ? null : new ReadLogs(this.#options.paths);
  }

  /**
   * Reads the last run of every node; the first time, also those within the window before it. Where the logs are as they
   * were at the last look, that is told again.
   *
   * @throws ExpectedError for paths and rows that cannot be used, and where the filters match nothing
   */
  async look(): Promise<WatchFrame> {
    if (this.#last !== null && (await this.#logs?.areUnchanged())) return this.#last;
    try {
      this.#last = await this.#read();
    } catch (error) {
      this.#logs?.forget();
      throw error;
    }
    return this.#last;
  }

  async #read(): Promise<WatchFrame> {
    const { window } = this.#options;
    const store = await openStore(this.#options);
    // Once: nodes run the scripts they were started with.
    this.#scripts ??= readScripts(this.#options.scripts);
    const inventory = await listStore(store, { ...this.#options, at: null }, this.#scripts);
    if (this.#last === null && window > 0) await this.#readHistory(store, inventory);
    for (const row of inventory.rows) this.#remember(makeKey(row), makePoint(row));
    for (const { node, ts, residentMemory } of inventory.nodes) this.#rememberMemory(node, ts, residentMemory);
    this.#forget(inventory.end - window);
    await this.#weighAgain(store, inventory.rows);
    const { start, end, nodes, stopped, reading } = inventory;
    const rows = inventory.rows.map((row) => ({
      ...row,
      history: this.#histories.get(makeKey(row)) ?? [makePoint(row)],
    }));
    const present = new Set(nodes.map(({ node }) => node));
    const memory = [...this.#memory].filter(([node]) => present.has(node)).map(([node, held]) => ({ node, ...held }));
    return { start, end, nodes, stopped, reading, rows, memory, window };
  }

  /** Up to the runs that are counted: one that is still being written is no part of it. */
  async #readHistory(store: Store, { end, nodes }: InventoryResult): Promise<void> {
    const since = end - this.#options.window;
    const counted = new Map(nodes.map(({ node, ts }) => [node, ts]));
    const { weigher } = await openWeigher(store, this.#scripts ?? NO_SCRIPTS);
    const { series: result } = await store.series({ filters: this.#options.filters, since, until: null });
    for (const { node, ts, gauges } of (await store.nodeSeries()).series) {
      for (const [i, at] of ts.entries())
        if (at >= since && at <= (counted.get(node) ?? Number.NEGATIVE_INFINITY))
          this.#rememberMemory(node, at, readNumber(gauges.resident_memory[i]!), readNumber(gauges.memory_limit[i]!));
    }
    for (const { stretch, source, key, unit, size, entries } of result.series) {
      if (source !== 'variable') continue;
      const { node, ts } = result.stretches[stretch]!;
      for (const [i, at] of ts.entries()) {
        if (at > (counted.get(node) ?? Number.NEGATIVE_INFINITY)) break;
        const counts = { size: readNumber(size[i]!), entries: readNumber(entries[i]!) };
        if (counts.size === null && counts.entries === null) continue;
        const bytes = weighLikely(weigher, node, { variable: key, unit, ...counts, ts: at });
        this.#remember(makeKey({ node, variable: key }), { ts: at, ...counts, bytes });
      }
    }
  }

  /** What was weighed when less was known would seem to grow by what is known now. */
  async #weighAgain(store: Store, rows: readonly Entry[]): Promise<void> {
    const changed = rows.filter((row) => {
      const before = this.#types.get(makeKey(row));
      this.#types.set(makeKey(row), row.type);
      return before !== undefined && before !== row.type;
    });
    if (changed.length === 0) return;
    const { weigher } = await openWeigher(store, this.#scripts ?? NO_SCRIPTS);
    for (const { node, variable, unit } of changed) {
      const history = this.#histories.get(makeKey({ node, variable })) ?? [];
      history.forEach(({ ts, size, entries }, i) => {
        history[i] = { ts, size, entries, bytes: weighLikely(weigher, node, { variable, unit, size, entries, ts }) };
      });
    }
  }

  #rememberMemory(node: string, ts: number, bytes: number | null, limit: number | null = null): void {
    if (bytes === null) return;
    const held = this.#memory.get(node) ?? { limit, points: [] };
    this.#memory.set(node, { limit: limit ?? held.limit, points: held.points });
    if ((held.points.at(-1)?.ts ?? Number.NEGATIVE_INFINITY) < ts) held.points.push({ ts, bytes });
  }

  /** A run that was seen before says nothing new. */
  #remember(key: string, point: WatchPoint): void {
    const history = this.#histories.get(key);
    if (history === undefined) this.#histories.set(key, [point]);
    else if (history.at(-1)!.ts < point.ts) history.push(point);
  }

  #forget(before: number): void {
    for (const [node, { limit, points }] of this.#memory)
      this.#memory.set(node, { limit, points: points.filter(({ ts }) => ts >= before) });
    for (const [key, history] of this.#histories) {
      const first = history.findIndex(({ ts }) => ts >= before);
      if (first < 0) {
        this.#histories.delete(key);
        this.#types.delete(key);
      } else if (first > 0) history.splice(0, first);
    }
  }
}

const WHOLE: WatchView = { by: 'module', unit: null, within: [], text: '', sort: 'size', isReversed: false };

/** What a look found, as one looks at it; if nobody says, by module, the largest first. */
export function watched(frame: WatchFrame, view: Partial<WatchView> = {}): WatchAnswer {
  return groupFrame(frame, { ...WHOLE, ...view });
}

function makeKey({ node, variable }: Pick<Entry, 'node' | 'variable'>): string {
  return JSON.stringify([node, variable]);
}

function makePoint({ ts, size, entries, bytes }: Entry): WatchPoint {
  return { ts, size, entries, bytes: bytes?.likely ?? null };
}

function weighLikely(weigher: Weigher, node: string, sample: Parameters<Weigher['weighKnown']>[1]): number | null {
  return weigher.weighKnown(node, sample).bytes?.likely ?? null;
}
