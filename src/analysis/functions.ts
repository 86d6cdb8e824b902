/** What the functions of a package took, from what Zeek's profiler of scripts tells of all. */

import type { CallFrame, CallStack, FunctionProfile, ProfiledFunction } from '../model/answers/profile.ts';
import type { ProfilerRow } from '../model/answers/profile-run.ts';
import type { OwnScript } from './profile.ts';

/** A function of the package. */
interface OwnRow extends ProfilerRow {
  readonly owner: OwnScript;
}

/** @param own what a script, as Zeek names it, is of a package that is measured; null for those of others */
export function profileFunctions(
  rows: readonly ProfilerRow[],
  own: (script: string) => OwnScript | null,
): FunctionProfile {
  const ownRows: OwnRow[] = [];
  const others: ProfilerRow[] = [];
  for (const row of rows) {
    // Of built-in functions Zeek names the script that it happened to read when it came to them.
    const owner = row.script === null || row.kind === 'BiF' ? null : own(row.script);
    if (owner === null) others.push(row);
    else ownRows.push({ ...row, owner });
  }
  const functions = ownRows.map(makeFunction).sort((a, b) => b.cpu! - a.cpu! || b.calls - a.calls);
  return { functions: [...functions, takeTogether(others)], stacks: listStacks(ownRows) };
}

function makeFunction({
  name,
  kind,
  owner,
  line,
  calls,
  cpu,
  childCpu,
  memory,
  childMemory,
}: OwnRow): ProfiledFunction {
  return {
    ...{ name, kind: kind as ProfiledFunction['kind'], packageName: owner.packageName, script: owner.path, line },
    ...{ calls, cpu, memory },
    ownCpu: Math.max(0, cpu - childCpu),
    ownMemory: Math.max(0, memory - childMemory),
  };
}

function takeTogether(rows: readonly ProfilerRow[]): ProfiledFunction {
  const sum = (of: (row: ProfilerRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    ...{ name: null, kind: null, packageName: null, script: null, line: null, cpu: null, memory: null },
    calls: sum(({ calls }) => calls),
    ownCpu: sum(({ cpu, childCpu }) => Math.max(0, cpu - childCpu)),
    ownMemory: sum(({ memory, childMemory }) => Math.max(0, memory - childMemory)),
  };
}

interface OwnStack {
  readonly row: OwnRow;
  readonly path: readonly string[];
  readonly calls: number;
  cpu: number;
  memory: number;
}

function listStacks(rows: readonly OwnRow[]): CallStack[] {
  const stacks = rows.flatMap((row) => row.stacks.map((stack): OwnStack => ({ ...stack, row })));
  const byPath = new Map<string, OwnStack[]>();
  for (const stack of stacks) {
    const key = stack.path.join(';');
    byPath.set(key, [...(byPath.get(key) ?? []), stack]);
  }
  const at = (path: readonly string[], length: number) => byPath.get(path.slice(0, length).join(';')) ?? [];
  for (const { path, cpu, memory } of stacks.map((stack) => ({ ...stack }))) {
    // What the innermost function of the package among its callers took holds what it took.
    let length = path.length - 1;
    while (length > 0 && at(path, length).length === 0) length--;
    take(at(path, length), 'cpu', cpu, ({ childCpu }) => childCpu);
    take(at(path, length), 'memory', memory, ({ childMemory }) => childMemory);
  }
  return stacks.map(({ row, path, calls, cpu, memory }) => ({
    frames: [...path.slice(0, -1).map((name, i) => makeCallerFrame(name, at(path, i + 1))), makeFrame(row)],
    calls,
    cpu: Math.max(0, cpu),
    memory: Math.max(0, memory),
  }));
}

/** Several bodies of one hook or event have the same path: which of them called is told by what each spent in calls. */
function take(
  callers: readonly OwnStack[],
  what: 'cpu' | 'memory',
  amount: number,
  inCalls: (row: OwnRow) => number,
): void {
  const all = callers.reduce((sum, { row }) => sum + inCalls(row), 0);
  if (all > 0) for (const caller of callers) caller[what] -= (amount * inCalls(caller.row)) / all;
}

/** @param bodies those of the package that were called in this way */
function makeCallerFrame(name: string, bodies: readonly OwnStack[]): CallFrame {
  const [caller] = bodies.toSorted((a, b) => b.row.childCpu - a.row.childCpu);
  return caller === undefined ? { name, script: null, line: null } : makeFrame(caller.row);
}

function makeFrame({ name, owner, line }: OwnRow): CallFrame {
  return { name, script: owner.path, line };
}
