/** One run of Zeek on a trace, with the collector and what is to be measured. */

import { existsSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunMark, ZeekRun } from '../model/answers/profile-run.ts';
import { diskFull } from '../model/errors/catalogue.ts';
import { nothingMeasured, zeekCrashed, zeekFailed, zeekSays, zeekTimedOut } from '../model/errors/zeek-errors.ts';
import type { ZeekPackage } from '../model/package.ts';
import { formatDuration } from '../model/time.ts';
import { placeDataFiles } from './data-files.ts';
import { findLastMark, readMarks } from './marks.ts';
import {
  findFirstError,
  findMissingFiles,
  isOfDriver,
  parseMessages,
  placeOf,
  restoreNames,
  writeMessageLine,
  writeMessageLines,
  type ZeekMessage,
} from './messages.ts';
import { findCollector, findDriver, unloadOthers } from './our-scripts.ts';
import { isBelow, type Load, linkPackagePath, listPackages, loadArguments, loadFolders } from './package-path.ts';
import { type ProcessEnd, runProcess } from './process.ts';
import type { ZeekProgram } from './program.ts';

interface TraceRunSpec {
  readonly label: string;
  readonly zeek: ZeekProgram;
  readonly trace: { readonly path: string; readonly packets: number; readonly first: number; readonly last: number };
  readonly packages: readonly ZeekPackage[];
  /** What the profile is of: in a run without it `packages` is empty. */
  readonly measured: readonly ZeekPackage[];
  /** A folder whose files are to be where the run begins; null for none. */
  readonly cwd: string | null;
  /** What to load besides, before the packages; see `findLoads`. */
  readonly loads: readonly Load[];
  /** Zeek's own folders of scripts; empty where they are not known. */
  readonly searchPath: readonly string[];
  /** Empty, and this run's own. */
  readonly folder: string;
  /** Seconds; null for no limit. */
  readonly timeout: number | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** What turns Zeek's profiler of scripts on; none where it is to be off. */
  readonly profilerArguments: readonly string[];
  readonly onMark?: ((mark: RunMark) => void) | undefined;
}

/** Runs a trace is meant to have: enough to see how things grow, few enough to cost little. */
const RUNS = 60;
const MARKS = 1000;
const LOOK_MS = 250;
/** The collector asks what a type's name stands for; where it is an alias, this is how Zeek says so. It is no fault of a package. */
const OF_COLLECTOR = /^record_fields string argument does not name a record type(?: \(\d+ times\))?$/;
/** Less room than this is none: a log is written in larger pieces. */
const NO_ROOM = 1 << 20;

/**
 * @throws ExpectedError where Zeek does not get to the end, unless it was interrupted or a script ended it: what there
 *   is by then is a result
 */
export async function runOnTrace(spec: TraceRunSpec): Promise<ZeekRun> {
  const { folder, packages, trace } = spec;
  const site = listPackages(spec.loads);
  placeDataFiles(folder, [...packages, ...site], spec.cwd);
  const first = join(folder, 'first.zeek');
  writeFileSync(first, unloadOthers([...spec.searchPath, ...loadFolders(spec.loads)], findCollector()));
  const settings = join(folder, 'settings.zeek');
  writeFileSync(settings, writeSettings(spec));
  const marks = join(folder, 'my_stats_profile.txt');
  const driver = findDriver('profile');
  const plugins = [...packages, ...site].flatMap((p) => p.plugins ?? []);
  const links = linkPackages(folder);
  const env: Record<string, string> = {
    ...(plugins.length > 0 ? { ZEEK_PLUGIN_PATH: plugins.join(':') } : {}),
    ...linkPackagePath(links, [...packages, ...site], spec.measured, spec.searchPath),
  };
  const invocation = spec.zeek.invoke(
    // Checksums are wrong in traces from hosts whose network card computes them. Without random seeds two runs can be compared.
    [
      ...['-C', '-D', '-r', trace.path, ...spec.profilerArguments],
      // The collector comes before what may change its options.
      ...[first, findCollector(), ...loadArguments(spec.loads)],
      ...[...packages.map(({ load }) => load), driver, settings],
    ],
    {
      folder,
      reads: [
        ...[trace.path, findCollector(), driver],
        ...packages.map(({ root }) => root),
        ...loadFolders(spec.loads),
        ...(existsSync(links) ? [links] : []),
      ],
      env,
    },
  );
  const watch = setInterval(() => {
    const mark = findLastMark(marks);
    if (mark !== null) spec.onMark?.(mark);
  }, LOOK_MS);
  let end: ProcessEnd;
  try {
    end = await runProcess({
      ...invocation,
      folder,
      env: { ...spec.env, ...env },
      timeout: spec.timeout,
      signal: spec.signal,
    });
  } finally {
    clearInterval(watch);
  }
  writeFileSync(join(folder, 'stderr.txt'), end.stderr);
  if (end.stdoutBytes > 0) writeFileSync(join(folder, 'stdout.txt'), end.stdout);
  return makeResult(spec, end, readMarks(marks));
}

/** Where a run's packages are under their names: not among its logs, which are read as a folder. */
export function linkPackages(folder: string): string {
  return `${folder}-packages`;
}

/**
 * Everything is logged, and looked at more closely and more often than on a live node, where packets would wait for it; under
 * the profiler, which makes measuring slow, as seldom as can be.
 */
function writeSettings({ trace: { first, last }, profilerArguments }: TraceRunSpec): string {
  const isProfiled = profilerArguments.length > 0;
  const span = last - first;
  const step = Math.max(1, span / MARKS);
  const seconds = (value: number) => `${value.toFixed(6)}sec`;
  return `# Written by my-stats profile.
@load misc/loaded-scripts
redef my_stats::min_var_size_to_log = 0;
redef my_stats::min_connection_entries_to_log = 0;
redef my_stats::run_interval = ${seconds(isProfiled ? 86400 : Math.min(86400, Math.max(1, span / RUNS)))};
redef my_stats::max_pause = 20msec;
redef my_stats::remeasure_interval = 0sec;
redef my_stats::metrics_top = 0;
redef my_stats_profile::step = ${seconds(step)};
redef my_stats_profile::live_at = double_to_time(${isProfiled ? '0.0' : Math.max(0, last - 1.5 * step).toFixed(6)});
redef Log::default_rotation_interval = 0sec;
@ifdef ( Log::default_logdir )
redef Log::default_logdir = "";
@endif
`;
}

function makeResult(spec: TraceRunSpec, end: ProcessEnd, marks: readonly RunMark[]): ZeekRun {
  const messages = parseMessages(restoreNames(end.stderr, linkPackages(spec.folder), spec.folder)).filter(
    ({ text }) => !OF_COLLECTOR.test(text),
  );
  const own = [
    ...[...spec.packages, ...listPackages(spec.loads)].map(({ root }) => root),
    ...loadArguments(spec.loads),
  ];
  const isOwn = (file: string) => own.some((path) => isBelow(file, path));
  const after = describeProgress(marks, spec.trace.packets);
  if (/No space left on device|Disk quota exceeded/.test(end.stderr) || isFull(spec.folder))
    throw diskFull(spec.folder);
  if (end.cause === 'timeout') throw zeekTimedOut(formatDuration(spec.timeout!), after);
  const interrupted = end.cause === 'interrupt';
  if (!interrupted) checkEnd(spec, end, { messages, isOwn, marks, after });
  checkLogs(spec, marks, interrupted);
  const last = marks.at(-1)!;
  return {
    label: spec.label,
    folder: spec.folder,
    marks,
    elapsed: end.elapsed,
    interrupted,
    endedEarly: !interrupted && last.ts < spec.trace.last - 0.001 && last.packets < spec.trace.packets,
    messages: writeMessageLines(
      messages.filter((message) => !isOfDriver(message)),
      isOwn,
    ),
    lacks: findMissingFiles(messages),
    printed: end.stdoutBytes,
  };
}

interface Ending {
  readonly messages: readonly ZeekMessage[];
  readonly isOwn: (file: string) => boolean;
  readonly marks: readonly RunMark[];
  readonly after: string;
}

function checkEnd(spec: TraceRunSpec, end: ProcessEnd, { messages, isOwn, marks, after }: Ending): void {
  const signal = end.signal ?? readSignal(end.code);
  const last = messages.at(-1);
  const said = last === undefined ? '' : writeMessageLine(last, isOwn);
  if (signal !== null) throw zeekCrashed(signal, after, said);
  if (end.code === 0 && marks.length > 0) return;
  const error = findFirstError(messages) ?? last;
  const unread = spec.packages.find(({ isBro }) => isBro);
  if (marks.length === 0 && unread !== undefined)
    throw zeekSays({ file: unread.name }, 'its scripts are named .bro, which Zeek no longer reads', RENAME);
  if (marks.length === 0 && error !== undefined)
    throw zeekSays(placeOf(error, isOwn), error.text, chooseCure(error, messages, spec.packages));
  if (end.code !== 0) throw zeekFailed(end.code!, after, said);
}

function checkLogs({ folder }: TraceRunSpec, marks: readonly RunMark[], interrupted: boolean): void {
  if (!marks.some(({ kind }) => kind === 'run')) {
    const by = interrupted ? 'it was interrupted' : 'a script ended it';
    throw nothingMeasured(`${by} before the first measurement`);
  }
  // What exit() leaves behind was not written to its end.
  if (!interrupted && !marks.some(({ kind }) => kind === 'end'))
    throw nothingMeasured('exit() in a script ended it before its logs were written');
  if (!existsSync(join(folder, 'my_stats.log')) || !existsSync(join(folder, 'my_stats_node.log')))
    throw nothingMeasured(
      interrupted
        ? 'it was interrupted before its logs were written'
        : 'a hook of the scripts vetoes what my_stats logs',
    );
}

/** What a container, or a shell, makes of a signal. */
function readSignal(code: number | null): string | null {
  const signals: Record<number, string> = {
    132: 'SIGILL',
    134: 'SIGABRT',
    135: 'SIGBUS',
    136: 'SIGFPE',
    137: 'SIGKILL',
    139: 'SIGSEGV',
  };
  return code === null ? null : (signals[code] ?? null);
}

/** What packages say they depend on, and is there when Zeek is. */
const OWN_TOOLS = ['zeek', 'zkg', 'bro', 'bro-pkg'];

const RENAME = 'Rename them to .zeek, also where they @load each other';

function chooseCure(error: ZeekMessage, all: readonly ZeekMessage[], packages: readonly ZeekPackage[]): string {
  const depends = packages.flatMap((p) => p.depends).filter((name) => !OWN_TOOLS.includes(name));
  if (/\.bro\b/.test(error.text)) return `Zeek no longer reads scripts named .bro: r${RENAME.slice(1)}`;
  if (/can't find/.test(error.text)) {
    const needs = depends.length > 0 ? `It needs ${depends.join(', ')}: install` : 'Install';
    return `${needs} what is missing with zkg, or give its folder with \`loads\``;
  }
  if (/GeoIP/.test(error.text))
    return 'Zeek can read the script, and looks for a GeoIP database when it starts: install one, or set mmdb_dir in a script given with `loads`';
  if (all.some(({ text }) => /^errors occurred while initializing/.test(text)))
    return 'Zeek can read the script, and fails when it starts: give what it looks for there, with `loads` or `cwd`, or mend that line';
  return 'Mend the script, and see that zeek --parse-only accepts it';
}

function describeProgress(marks: readonly RunMark[], packets: number): string {
  const last = marks.at(-1);
  return last === undefined || last.packets === 0
    ? 'before the first packet'
    : `after ${last.packets} of ${packets} packets`;
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < NO_ROOM;
  } catch {
    return false;
  }
}
