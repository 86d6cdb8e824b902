/** From the logs of a run of Zeek to what analysis asks for. */

import { join } from 'node:path';
import type { MeasuredRun, OwnScript } from '../../analysis/profile.ts';
import type { Owners } from '../../analysis/weighing/holdings.ts';
import { listScriptPaths } from '../../attribution/script-path.ts';
import type { AddedField, OpenedStore, ProfileProcess } from '../../model/answers/profile.ts';
import type { RunMark, ZeekRun } from '../../model/answers/profile-run.ts';
import type { Measurement } from '../../model/logged/node-series.ts';
import { addReadings, type Reading } from '../../model/logged/reading.ts';
import { NO_FILTERS } from '../../model/names.ts';
import type { ZeekPackage } from '../../model/package.ts';
import { LogStore } from '../../store/log-store.ts';
import { isBelow, resolvePath } from '../../zeek/package-path.ts';
import { linkPackages } from '../../zeek/run.ts';
import { addedFields, openedStores, packageScripts, replacements } from '../source/scripts.ts';
import { openWeigher } from '../source/weigher.ts';

export interface LoadedRun extends MeasuredRun {
  readonly process: ProfileProcess;
  readonly zeekVersion: string | null;
  readonly reading: Reading;
  readonly addedFields: readonly AddedField[];
  readonly stores: readonly OpenedStore[];
  /** Variables the packages' own scripts declare, whether anything of them was measured or not. */
  readonly declared: readonly Owners[];
}

export async function loadRun(
  run: ZeekRun,
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): Promise<LoadedRun> {
  const store = await LogStore.open([run.folder]);
  const { rows, reading } = await (
    await LogStore.open([join(run.folder, 'my_stats_node.log')], 'measurements')
  ).measurements();
  const { series, reading: read } = await store.series({ filters: NO_FILTERS, since: null, until: null });
  const scripts = packageScripts(packages);
  const own = recognizeOwnScripts(packages, [linkPackages(run.folder), ...searchPath]);
  const { weigher, knowledge } = await openWeigher(store, scripts);
  const ownPath = (script: string) => own(script)?.path ?? null;
  return {
    series,
    weigher,
    marks: run.marks,
    replacements: replacements(scripts, ownPath),
    addedFields: addedFields(scripts, ownPath),
    stores: openedStores(scripts, ownPath),
    own,
    declared: knowledge.descriptions.all().flatMap(({ variable, moduleName, script }) => {
      const owner = script === null ? null : own(script);
      return owner === null ? [] : [{ variable, module: moduleName, package: owner.packageName }];
    }),
    process: describeProcess(run, rows),
    zeekVersion: rows.at(-1)?.zeekVersion ?? null,
    reading: addReadings(read, reading),
  };
}

function describeProcess(run: ZeekRun, rows: readonly Measurement[]): ProfileProcess {
  const measuring = rows.reduce((sum, { duration }) => sum + duration, 0);
  const { marks, label, elapsed, interrupted, endedEarly, messages, lacks, printed } = run;
  const mark = (kind: RunMark['kind']) => marks.find((one) => one.kind === kind);
  const [live, filled] = [mark('live'), mark('filled')];
  const before = rows.filter(({ atExit }) => !atExit);
  const resident = (before.at(-1) ?? rows.at(-1))?.residentMemory ?? null;
  const most = (of: (mark: RunMark) => number) => marks.reduce((sum, one) => Math.max(sum, of(one)), 0);
  const ownCpu = filled === undefined || live === undefined ? 0 : filled.cpu - live.cpu;
  return {
    ...{ label, elapsed, interrupted, endedEarly, messages, lacks, printed, measuring },
    resident,
    residentAtFirst: rows[0]?.residentMemory ?? null,
    inUse: resident === null || !filled?.filled ? null : Math.min(resident, live!.peakMemory - filled.filled),
    peakConnections: most((one) => one.live),
    peakTimers: most(({ timers }) => timers),
    liveConnections: live?.live ?? 0,
    // Up to the peak it had, the driver has filled it itself.
    peakResident: most(({ peakMemory, filled: own }) => (own > 0 && peakMemory <= filled!.peakMemory ? 0 : peakMemory)),
    cpu: Math.max(0, marks.at(-1)!.cpu - measuring - ownCpu),
    measurements: rows.length,
  };
}

/** Which of the packages a script is of, by its path as the log names it; null for those of others. */
export function recognizeOwnScripts(
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): (script: string) => OwnScript | null {
  return (script) => {
    for (const path of listScriptPaths(script, searchPath).map(resolvePath)) {
      const owner = packages.find(({ scripts }) => isBelow(path, scripts));
      if (owner !== undefined) return { packageName: owner.name, path: path.slice(owner.root.length + 1) };
    }
    return null;
  };
}
