/** Zeek's own profiler of scripts, and what it writes: `--profile-scripts`. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfilerRow } from '../model/answers/profile-run.ts';

const FILE = 'my_stats_functions.tsv';
const KINDS: readonly string[] = ['event', 'hook', 'function', 'BiF'] satisfies ProfilerRow['kind'][];
/** Columns before those of stacks, and those of stacks, which are the last. */
const COLUMNS = 8;
const STACK_COLUMNS = 4;

/** @returns the arguments that turn it on, in so far as the version has it; none where it has none */
export function listProfilerArguments(help: string): string[] {
  if (!help.includes('--profile-scripts')) return [];
  return [
    `--profile-scripts=${FILE}`,
    ...(help.includes('--profile-script-call-stacks') ? ['--profile-script-call-stacks'] : []),
  ];
}

/** @returns null where a run in this folder has left none, since it was ended from outside */
export function readProfilerRows(folder: string): ProfilerRow[] | null {
  try {
    return parseProfilerRows(readFileSync(join(folder, FILE), 'utf8'));
  } catch {
    return null;
  }
}

/** All but the sums at the end, which are of other rows. */
function parseProfilerRows(text: string): ProfilerRow[] {
  return text.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const cells = line.split('\t');
    const [name, location, kind] = cells as [string, string, string];
    if (cells.length < COLUMNS || !KINDS.includes(kind) || /^\d+-locations$/.test(location)) return [];
    const [calls, cpu, childCpu, memory, childMemory] = cells.slice(3, COLUMNS).map(Number) as [
      ...[number, number, number, number, number],
    ];
    const colon = location.lastIndexOf(':');
    return {
      name,
      kind: kind as ProfilerRow['kind'],
      script: colon < 0 ? null : location.slice(0, colon),
      line: colon < 0 ? null : Number(location.slice(colon + 1)),
      ...{ calls, cpu, childCpu, memory, childMemory },
      stacks: readStacks(cells) ?? [{ path: [name], calls, cpu, memory }],
    };
  });
}

/** Null where none were asked for. In the text of a stack the function comes first, then what called it, outermost first. */
function readStacks(cells: readonly string[]): ProfilerRow['stacks'] | null {
  if (cells.length < COLUMNS + STACK_COLUMNS) return null;
  const [stacks, calls, cpu, memory] = cells.slice(-STACK_COLUMNS).map((cell) => cell.split('|')) as [
    ...[string[], string[], string[], string[]],
  ];
  return stacks.map((text, i) => {
    const [name, ...callers] = text.split(';');
    return { path: [...callers, name!], calls: Number(calls[i]), cpu: Number(cpu[i]), memory: Number(memory[i]) };
  });
}
