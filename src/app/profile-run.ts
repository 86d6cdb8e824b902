/** From the logs of a run of Zeek to what analysis asks for. */

import { join } from 'node:path';
import type { MeasuredRun } from '../analysis/profile.ts';
import { isBelow, scriptPaths } from '../attribution/own-scripts.ts';
import type { Measurement } from '../model/measurement.ts';
import { NO_FILTERS } from '../model/name-filter.ts';
import type { ZeekPackage } from '../model/package.ts';
import type { ProfileProcess } from '../model/profile.ts';
import type { ZeekRun } from '../model/profile-run.ts';
import { addReadings, type Reading } from '../model/reading.ts';
import { LogMeasurements, LogStore } from '../store/log-store.ts';
import { packageScripts, replacements } from './package-scripts.ts';
import { openWeigher } from './weigher.ts';

export interface LoadedRun extends MeasuredRun {
  readonly process: ProfileProcess;
  readonly zeekVersion: string | null;
  readonly reading: Reading;
}

export async function loadRun(
  run: ZeekRun,
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): Promise<LoadedRun> {
  const store = await LogStore.open([run.folder]);
  const { rows, reading } = await new LogMeasurements([join(run.folder, 'my_stats_node.log')]).measurements();
  const { series, reading: read } = await store.series({ filters: NO_FILTERS, since: null, until: null });
  const scripts = packageScripts(packages);
  const ownPath = ownPaths(packages, searchPath);
  return {
    series,
    weigher: (await openWeigher(store, scripts)).weigher,
    marks: run.marks,
    replacements: replacements(scripts, ownPath),
    ownPath,
    process: processOf(run, rows),
    zeekVersion: rows.at(-1)?.zeekVersion ?? null,
    reading: addReadings(read, reading),
  };
}

function processOf(run: ZeekRun, rows: readonly Measurement[]): ProfileProcess {
  const measuring = rows.reduce((sum, { duration }) => sum + duration, 0);
  const last = run.marks.at(-1)!;
  const { label, elapsed, interrupted, endedEarly, messages, printed } = run;
  return {
    ...{ label, elapsed, interrupted, endedEarly, messages, printed, measuring },
    resident: rows.at(-1)?.residentMemory ?? null,
    peakResident: run.marks.reduce((most, { peakMemory }) => Math.max(most, peakMemory), 0),
    cpu: Math.max(0, last.cpu - measuring),
    measurements: rows.length,
  };
}

/** The path of a script, as the log names it, within the package that it is one of; null for those of others. */
export function ownPaths(
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): (script: string) => string | null {
  return (script) => {
    for (const path of scriptPaths(script, searchPath)) {
      const owner = packages.find(({ scripts }) => isBelow(path, scripts));
      if (owner !== undefined) return path.slice(owner.root.length + 1);
    }
    return null;
  };
}
