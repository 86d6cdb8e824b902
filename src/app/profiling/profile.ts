import { profileFunctions } from '../../analysis/functions.ts';
import { profileTotal, profileVariables } from '../../analysis/profile.ts';
import type { BudgetFile } from '../../model/answers/budget.ts';
import type { FunctionProfile, ProfileResult } from '../../model/answers/profile.ts';
import type { RunMark, ZeekRun } from '../../model/answers/profile-run.ts';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { noPackageGiven, noProfiler } from '../../model/errors/zeek-errors.ts';
import { addReadings } from '../../model/logged/reading.ts';
import type { ZeekPackage } from '../../model/package.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatTime } from '../../model/time.ts';
import { isOurScript } from '../../zeek/our-scripts.ts';
import { checkOutVersion, findPackage } from '../../zeek/package.ts';
import { linkPackages, runOnTrace } from '../../zeek/run.ts';
import { readProfilerRows } from '../../zeek/script-profiler.ts';
import { type PreparedTrace, prepareTrace } from '../../zeek/trace/prepare.ts';
import type { WorkFolder } from '../../zeek/work-folder.ts';
import { type Complete, completeOptions, type Given } from '../source/options.ts';
import { checkProfile, type ProfileCheck, readProfileBudgets } from './profile-check.ts';
import { type LoadedRun, loadRun, recognizeOwnScripts } from './profile-run.ts';
import { lendWorkFolder, openTrace, type PreparedZeek, prepareZeek, ZEEK_RUN } from './zeek-run.ts';

export const PROFILE = {
  ...ZEEK_RUN,
  /** Another version of the (single) package: a folder, or a commit, tag or branch of its repository. */
  against: null as string | null,
  /** Null does not check. */
  check: null as ProfileCheck | null,
  /** Runs it once more, under Zeek's profiler of scripts, for what its functions took. */
  functions: false,
  /** Seconds a run of Zeek may take; null for no limit. */
  timeout: null as number | null,
};

export type ProfileOptions = Given<typeof PROFILE>;

/**
 * What a package holds in memory while Zeek reads traces: runs Zeek with the package and without it, and with another
 * version of it where that is asked for.
 *
 * @throws ExpectedError where there is no Zeek, or where package, traces or a run cannot be used
 */
export async function profile(given: ProfileOptions): Promise<ProfileResult> {
  const options = completeOptions(PROFILE, given);
  const { packages: wishes, against: version, check } = options;
  if (wishes.length === 0) throw noPackageGiven();
  if (version !== null && wishes.length > 1)
    throw conflictingOptions('`against` compares versions of one package', 'Give one package');
  return lendWorkFolder(options, async (work) => {
    const zeek = await prepareProfile(work, options);
    const packages = wishes.map((wish) => findPackage(wish, () => zeek.searchPath));
    const budgets = check === null ? null : readProfileBudgets(check, version, packages[0]!.name);
    // By its name, budgets and sizes of the two versions find each other.
    const other =
      version === null ? null : { ...checkOutVersion(packages[0]!, version, work.path), name: packages[0]!.name };
    const trace = await prepareTrace(options.traces, work.path, openTrace, options.onProgress);
    return measure({ ...zeek, work, trace, measured: packages, options }, { other, budgets });
  });
}

/** @throws ExpectedError where there is no Zeek, or none that can do what is asked */
export async function prepareProfile(work: WorkFolder, options: Complete<typeof PROFILE>): Promise<PreparedZeek> {
  const prepared = await prepareZeek(work, options);
  if (options.functions && prepared.profilerArguments.length === 0) throw noProfiler(prepared.zeek.name);
  return prepared;
}

interface Setting extends PreparedZeek {
  readonly work: WorkFolder;
  readonly trace: PreparedTrace;
  readonly measured: readonly ZeekPackage[];
  readonly options: Complete<typeof PROFILE>;
}

interface Comparison {
  readonly other: ZeekPackage | null;
  readonly budgets: BudgetFile | null;
  /** The run without what is measured, where others have it as well. */
  readonly base?: () => Promise<LoadedRun | null>;
}

export async function measure(
  setting: Setting,
  { other, budgets, base = () => runWithout(setting) }: Comparison,
): Promise<ProfileResult> {
  const { work, trace, measured: packages, options } = setting;
  const { check } = options;
  const withIt = await run(setting, 'with', 'with it', packages);
  const against = other === null ? null : await runUnlessInterrupted(setting, 'against', options.against!, [other]);
  const without = await base();
  const functions = options.functions ? await profileUnlessInterrupted(setting) : null;
  const variables = profileVariables(withIt, without, against);
  const measured = {
    zeekVersion: withIt.zeekVersion,
    process: withIt.process,
    against: against?.process ?? null,
    variables,
  };
  const unchecked = { failures: null, budgets: null };
  return {
    ...measured,
    packages: packages.map(({ name }) => name),
    trace: {
      files: trace.files,
      packets: trace.packets,
      connections: withIt.marks.at(-1)!.connections,
      first: trace.first,
      last: trace.last,
    },
    without: without?.process ?? null,
    addedFields: withIt.addedFields,
    stores: withIt.stores,
    functions,
    total: profileTotal(variables, against !== null),
    ...(check === null
      ? unchecked
      : checkProfile({ ...measured, declared: withIt.declared }, budgets, check, other !== null)),
    kept: options.keep ? work.path : null,
    notes: [...trace.notes, ...describeMissing(options, without, against, functions)],
    reading: [without, against].reduce(
      (sum, part) => (part === null ? sum : addReadings(sum, part.reading)),
      withIt.reading,
    ),
  };
}

function describeMissing(
  { against, functions }: Complete<typeof PROFILE>,
  without: LoadedRun | null,
  compared: LoadedRun | null,
  profiled: FunctionProfile | null,
): string[] {
  const notes: string[] = [];
  if (against !== null && compared === null)
    notes.push(`Interrupted before the run with ${against} had ended: nothing is compared.`);
  if (without === null)
    notes.push('Interrupted before the run without the package had ended: what it makes others hold is not known.');
  if (functions && profiled === null)
    notes.push(
      "What the functions took is not known: the run under Zeek's profiler of scripts was interrupted, or left nothing.",
    );
  return notes;
}

/** The run that tells what is there without what is measured; null where it was interrupted. */
export function runWithout(setting: Setting): Promise<LoadedRun | null> {
  return runUnlessInterrupted(setting, 'without', 'without it', []);
}

/** A run that is only compared with is of no use when it is cut short. */
async function runUnlessInterrupted(
  setting: Setting,
  folder: string,
  label: string,
  packages: readonly ZeekPackage[],
): Promise<LoadedRun | null> {
  const loaded = await stopIfInterrupted(setting, () => run(setting, folder, label, packages));
  return loaded?.process.interrupted ? null : loaded;
}

async function profileUnlessInterrupted(setting: Setting): Promise<FunctionProfile | null> {
  const { measured, searchPath, profilerArguments } = setting;
  const done = await stopIfInterrupted(setting, () =>
    runZeek(setting, 'functions', 'under its profiler of scripts', measured, profilerArguments),
  );
  const rows = done === null || done.interrupted ? null : readProfilerRows(done.folder);
  if (rows === null) return null;
  const own = recognizeOwnScripts(measured, [linkPackages(done!.folder), ...searchPath]);
  return profileFunctions(
    rows.filter(({ script }) => script === null || own(script) !== null || !isOurScript(script)),
    own,
  );
}

async function stopIfInterrupted<Run>({ options }: Setting, start: () => Promise<Run>): Promise<Run | null> {
  if (options.signal?.aborted) return null;
  try {
    return await start();
  } catch (error) {
    if (options.signal?.aborted) return null;
    throw error;
  }
}

async function run(
  setting: Setting,
  folder: string,
  label: string,
  packages: readonly ZeekPackage[],
): Promise<LoadedRun> {
  return loadRun(await runZeek(setting, folder, label, packages), packages, setting.searchPath);
}

function runZeek(
  { work, zeek, trace, searchPath, loads, measured, options }: Setting,
  folder: string,
  label: string,
  packages: readonly ZeekPackage[],
  profilerArguments: readonly string[] = [],
): Promise<ZeekRun> {
  const { onProgress } = options;
  return runOnTrace({
    label,
    zeek,
    trace,
    packages,
    measured,
    cwd: options.cwd,
    loads,
    searchPath,
    profilerArguments,
    folder: work.folder(folder),
    timeout: options.timeout,
    env: process.env,
    signal: options.signal,
    onMark:
      onProgress && ((mark) => onProgress({ phase: namePhase(label, mark), done: mark.packets, total: trace.packets })),
  });
}

function namePhase(label: string, { ts, peakMemory }: RunMark): string {
  const at = ts > 0 ? `packets of ${formatTime(ts)}, ` : '';
  return `Zeek ${label}: ${at}${formatSize(peakMemory, 'bytes')}`;
}
