/** Which runs there are of each node, and from where: what tells processes apart that have the same name. */

import { basename, dirname, resolve } from 'node:path';
import { type LogKind, NODE_RUNS, SAMPLE, SAMPLES } from '../../format/log-kind.ts';
import { eachRow } from '../../format/row-reader.ts';
import { StringPool } from '../../format/string-pool.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import type { LogFile } from '../reading/log-file.ts';
import { findKeyPlaces, nameNode } from '../reading/node-names.ts';
import { RandomAccess } from '../reading/piece-plan.ts';
import { coverLog, type Piece, scanPiece } from '../reading/scan.ts';
import { type KnownRun, SAME_RUN_WITHIN } from '../runs/run-tracker.ts';

/** Where a row comes from, as far as that may tell of which sensor it is. */
export interface LogOrigin {
  readonly log: LogFile;
  /** What its row calls its system; null where it does not say. */
  readonly system: string | null;
}

export interface SeenRun extends KnownRun {
  /** Null where no row says. */
  boot: number | null;
  /** The keys of the origins of its rows. */
  readonly origins: Set<string>;
  /** Of the variables that were met, the time of each. */
  readonly variables: Map<string, number>;
}

/** The rows of a run have one time, but programs on the way cut off digits. */
const SAME_TIME = 0.01;
/** A log without units is the origin's, whose rows of a run lie some milliseconds apart. */
const SAME_RUN_OF_ORIGIN = 1;
/** So much of the beginning and of the end of a log is looked at, in bytes, where it is not read as a whole. */
const LOOK = 128 * 1024;
/** How many times smaller a log is when compressed, about. */
const USUAL_COMPRESSION = 8;

export class RunSurvey {
  readonly nodes = new Map<string, SeenRun[]>();
  readonly origins = new Map<string, LogOrigin>();
  readonly #ofCounter = new Map<string, SeenRun[]>();

  async read(log: LogFile, part: 'whole' | 'ends' | 'end'): Promise<void> {
    for (const piece of part === 'whole' ? [coverLog(log)] : readEnds(log).slice(part === 'end' ? -1 : 0)) {
      const pool = new StringPool();
      const { kind, system } = log.inspected;
      const place = findKeyPlaces(kind);
      const within = kind === SAMPLES && !log.inspected.header.fields.includes('unit') ? SAME_RUN_OF_ORIGIN : SAME_TIME;
      const text = (id: number) => (id < 0 ? null : pool.text(id));
      await scanPiece(
        piece,
        pool,
        eachRow((values) => {
          const named = system === null ? null : text(values[place.system]!);
          const key = makeKey(log, named);
          if (!this.origins.has(key)) this.origins.set(key, { log, system: named });
          const boot = place.boot < 0 ? null : readNumber(values[place.boot]!);
          const variable = kind === SAMPLES ? pool.text(values[SAMPLE.variable]!) : null;
          const run = { run: values[place.run]!, ts: values[place.ts]!, boot };
          this.#add(nameNode(text(values[place.node]!)), run, key, variable, within);
        }),
      );
    }
  }

  /** The keys of the origins of each process, or of each run where nothing names the process. */
  processes(): { readonly origins: Iterable<string> }[] {
    return [...this.nodes.values()].flatMap((runs) => {
      const ofBoots = new Map<number, Set<string>>();
      for (const { boot, origins } of runs) {
        if (boot === null) continue;
        const all = ofBoots.get(boot) ?? new Set();
        for (const origin of origins) all.add(origin);
        ofBoots.set(boot, all);
      }
      return [...runs, ...[...ofBoots.values()].map((origins) => ({ origins }))];
    });
  }

  #add(
    node: string,
    { run, ts, boot }: KnownRun & { readonly boot: number | null },
    origin: string,
    variable: string | null,
    within: number,
  ): void {
    const key = `${run} ${node}`;
    const list = this.#ofCounter.get(key) ?? [];
    this.#ofCounter.set(key, list);
    const isSame = (one: SeenRun, time: number) =>
      Math.abs(one.ts - ts) < time && (one.boot === boot || one.boot === null || boot === null);
    let seen =
      list.find((one) => isSame(one, SAME_TIME)) ??
      list.find((one) => isSame(one, within) && (variable === null || !one.variables.has(variable)));
    // The process says which run it is of.
    if (boot !== null) seen ??= list.find((one) => one.boot === boot && isSame(one, SAME_RUN_WITHIN));
    if (seen === undefined) {
      seen = { run, ts, boot, origins: new Set(), variables: new Map() };
      list.push(seen);
      const ofNode = this.nodes.get(node) ?? [];
      this.nodes.set(node, ofNode);
      ofNode.push(seen);
    }
    seen.boot ??= boot;
    seen.origins.add(origin);
    if (variable !== null && !seen.variables.has(variable)) seen.variables.set(variable, ts);
  }
}

/** The logs that tell of runs: of each origin those of its nodes, or of samples where it has none of nodes. */
export function chooseTellingLogs(logs: readonly LogFile[]): LogFile[] {
  const of = (kind: LogKind) => logs.filter(({ inspected }) => inspected.kind === kind);
  const withNodes = new Set(of(NODE_RUNS).map(namePlace));
  return [...of(NODE_RUNS), ...of(SAMPLES).filter((log) => !withNodes.has(namePlace(log)))];
}

/** The length of a log's text in bytes, about. */
export function lengthOf({ size, compression }: LogFile): number {
  return compression === 'none' || compression === 'converted' ? size : size * USUAL_COMPRESSION;
}

/** The beginning and the end of a log; nothing of a long one that must be read from its beginning. */
function readEnds(log: LogFile): Piece[] {
  if (lengthOf(log) <= 2 * LOOK) return [coverLog(log)];
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file === null) return [];
  try {
    return [
      { log, from: 0, to: file.lineAt(LOOK) },
      { log, from: file.lineAt(log.size - LOOK), to: Number.POSITIVE_INFINITY },
    ];
  } finally {
    file.close();
  }
}

/** Folders that every sensor has. */
const USUAL_FOLDER = /^(current|logs?|spool|zeek|bro|(logger|manager|proxy|worker)(-?\d+)*|([a-z]+=)?\d[\d:T._-]*Z?)$/i;
/** Of a log's name: what every log of its kind has, when it was, and what it is written in. */
const USUAL_NAME =
  /^(json_streaming_)?(my_stats|cluster|loaded_scripts)(_node|_variable|_connection)?|\.(log|json|ndjson|csv|tsv|gz|zst|bz2|xz|lz4)(?=\.|$)|\d[\d:._T-]*\d|\b\d\b/gi;

/** The folder that a log was given in, by the parts of its path that not every sensor has. */
export function splitFolders({ given, path }: Pick<LogFile, 'given' | 'path'>): string[] {
  if (path === '-') return [];
  return resolve(given === path ? dirname(path) : given)
    .split('/')
    .filter((part) => part !== '' && !USUAL_FOLDER.test(part));
}

/** What tells some paths apart: without what all of them begin and end with. */
export function findDifferingParts(paths: readonly (readonly string[])[]): string[] {
  const isShared = (at: (path: readonly string[]) => string | undefined) =>
    paths.length > 1 && paths.every((path) => at(path) !== undefined && at(path) === at(paths[0]!));
  let first = 0;
  while (isShared((path) => path[first])) first++;
  let last = 0;
  while (isShared((path) => (path.length - 1 - last < first ? undefined : path[path.length - 1 - last]))) last++;
  return paths.map((path) => path.slice(first, path.length - last).join('/'));
}

/** What tells a log's name from that of others of its kind, such as that of a sensor. */
export function nameTag({ path }: Pick<LogFile, 'path'>): string {
  return basename(path)
    .replace(USUAL_NAME, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** What the logs of a sensor in a place have in common, whatever their kind, time and logger. */
export function namePlace(log: LogFile): string {
  return JSON.stringify([splitFolders(log), nameTag(log)]);
}

/** The same of the rows in them that call their system so. */
export function makeKey(log: LogFile, system: string | null): string {
  return JSON.stringify([namePlace(log), system]);
}
