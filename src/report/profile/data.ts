/** A profile for programs. */

import type { ProfileProcess, ProfileResult, ProfileSizes, ProfileVariable } from '../../model/answers/profile.ts';
import { judgedJson } from '../check/check.ts';
import { type Column, rangeColumns } from '../tables/column.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import { passes } from './check.ts';
import { outsideVariables } from './columns.ts';
import { FUNCTION_COLUMNS } from './functions.ts';

export function profileFields(result: ProfileResult): object {
  const { trace, total } = result;
  return {
    packages: result.packages,
    zeek_version: result.zeekVersion,
    trace: {
      files: trace.files.map(({ path, packets, first, last, cut }) => ({
        path,
        packets,
        first: jsonTime(first),
        last: jsonTime(last),
        cut,
      })),
      packets: trace.packets,
      connections: trace.connections,
      first: jsonTime(trace.first),
      last: jsonTime(trace.last),
    },
    with: convertProcess(result.process),
    without: result.without === null ? null : convertProcess(result.without),
    against: result.against === null ? null : convertProcess(result.against),
    outside_variables_bytes: outsideVariables(result),
    total: { peak: total.peak, final: total.final, peak_before: total.before },
    variables: convertRows(PROFILE_COLUMNS, result.variables),
    added_fields: result.addedFields,
    broker_stores: result.stores,
    functions: result.functions === null ? null : convertRows(FUNCTION_COLUMNS, result.functions.functions),
    passed: passes(result),
    failures: result.failures,
    budgets: result.budgets === null ? null : judgedJson(result.budgets),
    kept: result.kept,
    notes: result.notes,
  };
}

function convertSizes({ peak, final, peakEntries, finalEntries }: ProfileSizes): object {
  return { peak, final, peak_entries: peakEntries, final_entries: finalEntries };
}

function convertProcess(run: ProfileProcess): object {
  return {
    label: run.label,
    resident_memory_bytes: run.resident,
    peak_resident_memory_bytes: run.peakResident,
    first_resident_memory_bytes: run.residentAtFirst,
    memory_in_use_bytes: run.inUse,
    live_connections: run.liveConnections,
    peak_connections: run.peakConnections,
    peak_timers: run.peakTimers,
    cpu_seconds: run.cpu,
    elapsed_seconds: run.elapsed,
    measurements: run.measurements,
    measuring_seconds: run.measuring,
    interrupted: run.interrupted,
    ended_early: run.endedEarly,
    messages: run.messages,
    missing_files: run.lacks,
    printed_bytes: run.printed,
  };
}

/** Of programs. */
export const PROFILE_COLUMNS: readonly Column<ProfileVariable>[] = [
  { key: 'variable', value: (v) => v.variable },
  { key: 'module', value: (v) => v.moduleName },
  { key: 'package', csv: null, value: (v) => v.packageName },
  { key: 'origin', value: (v) => v.origin },
  { key: 'type', value: (v) => v.type },
  { key: 'script', value: (v) => v.script },
  { key: 'line', value: (v) => v.line },
  { key: 'expiry', value: (v) => v.expiry },
  { key: 'replaced', csv: null, value: (v) => v.replaced },
  { key: 'method', value: (v) => v.method },
  ...rangeColumns<ProfileVariable>('peak', 'peak_bytes', (v) => v.peak),
  ...rangeColumns<ProfileVariable>('final', 'final_bytes', (v) => v.final),
  { key: 'peak_entries', value: (v) => v.peakEntries },
  { key: 'final_entries', value: (v) => v.finalEntries },
  { key: 'measured_size', csv: null, value: (v) => v.measured.size },
  { key: 'measured_unit', csv: null, value: (v) => v.measured.unit },
  { key: 'bytes_per_1000_connections', value: (v) => v.perThousandConnections },
  {
    key: 'points',
    csv: null,
    value: ({ points }) => points.map(({ ts, bytes, entries }) => ({ time: jsonTime(ts), bytes, entries })),
  },
  { key: 'present', value: (v) => v.present },
  { key: 'before', csv: null, value: ({ before }) => before && { ...convertSizes(before), expiry: before.expiry } },
  ...rangeColumns<ProfileVariable>(null, 'peak_before_bytes', (v) => v.before?.peak),
  { csv: 'expiry_before', value: (v) => v.before?.expiry },
];
