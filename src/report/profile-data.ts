/** A profile for programs. */

import type { ByteRange } from '../model/bytes.ts';
import type { ProfileProcess, ProfileResult, ProfileSizes, ProfileVariable } from '../model/profile.ts';
import { judgedJson } from './check.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import { outsideVariables } from './profile-cells.ts';
import { passes } from './profile-check.ts';

export function profileJson(result: ProfileResult): string {
  const { trace, total } = result;
  return jsonDocument('profile', {
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
    with: jsonProcess(result.process),
    without: result.without === null ? null : jsonProcess(result.without),
    against: result.against === null ? null : jsonProcess(result.against),
    outside_variables_bytes: outsideVariables(result),
    total: { peak: total.peak, final: total.final, peak_before: total.before },
    variables: result.variables.map((variable) => ({
      variable: variable.variable,
      module: variable.moduleName,
      package: variable.packageName,
      origin: variable.origin,
      type: variable.type,
      script: variable.script,
      line: variable.line,
      expiry: variable.expiry,
      replaced: variable.replaced,
      method: variable.method,
      ...jsonSizes(variable),
      measured_size: variable.measured.size,
      measured_unit: variable.measured.unit,
      bytes_per_1000_connections: variable.perThousandConnections,
      points: variable.points.map(({ ts, bytes, entries }) => ({ time: jsonTime(ts), bytes, entries })),
      present: variable.present,
      before: variable.before === null ? null : { ...jsonSizes(variable.before), expiry: variable.before.expiry },
    })),
    passed: passes(result),
    failures: result.failures,
    budgets: result.budgets === null ? null : judgedJson(result.budgets),
    kept: result.kept,
    notes: result.notes,
    reading: jsonReading(result.reading),
  });
}

function jsonSizes({ peak, final, peakEntries, finalEntries }: ProfileSizes): object {
  return { peak, final, peak_entries: peakEntries, final_entries: finalEntries };
}

function jsonProcess(run: ProfileProcess): object {
  return {
    label: run.label,
    resident_memory_bytes: run.resident,
    peak_resident_memory_bytes: run.peakResident,
    cpu_seconds: run.cpu,
    elapsed_seconds: run.elapsed,
    measurements: run.measurements,
    measuring_seconds: run.measuring,
    interrupted: run.interrupted,
    ended_early: run.endedEarly,
    messages: run.messages,
    printed_bytes: run.printed,
  };
}

function range(
  name: string,
  of: (v: ProfileVariable) => ByteRange | null,
): (readonly [string, (v: ProfileVariable) => Cell])[] {
  return [
    [`${name}_bytes`, (v) => of(v)?.likely ?? null],
    [`${name}_bytes_low`, (v) => of(v)?.low ?? null],
    [`${name}_bytes_high`, (v) => of(v)?.high ?? null],
  ];
}

const DELIMITED: readonly (readonly [string, (variable: ProfileVariable) => Cell])[] = [
  ['variable', (v) => v.variable],
  ['module', (v) => v.moduleName],
  ['origin', (v) => v.origin],
  ['type', (v) => v.type],
  ['script', (v) => v.script],
  ['line', (v) => v.line],
  ['expiry', (v) => v.expiry],
  ['method', (v) => v.method],
  ...range('peak', (v) => v.peak),
  ...range('final', (v) => v.final),
  ['peak_entries', (v) => v.peakEntries],
  ['final_entries', (v) => v.finalEntries],
  ['bytes_per_1000_connections', (v) => v.perThousandConnections],
  ['present', (v) => v.present],
  ...range('peak_before', (v) => v.before?.peak ?? null),
  ['expiry_before', (v) => v.before?.expiry ?? null],
];

export function profileDelimited(result: ProfileResult, format: 'csv' | 'tsv'): string {
  return delimited(
    format,
    DELIMITED.map(([name]) => name),
    result.variables.map((variable) => DELIMITED.map(([, cell]) => cell(variable))),
  );
}
