/** Runs of `my-stats profile` in folders that go with the tests, and what is read of their answers. */

import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { myStats, ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { processesWith } from './processes.ts';

export const folder = realpathSync(temporaryFolder());
/** All temporary folders of the program are in here, so that one that stays is seen. */
export const temporary = join(folder, 'temporary');
mkdirSync(temporary);
export const TRACE = join(ROOT, 'examples/office.pcap');
export const EXAMPLE = join(ROOT, 'examples/lookups');

/** For `describe`: each test runs Zeek two or three times. */
export const SLOW = { timeout: 120_000 };

export function profile(args: readonly string[], env: Record<string, string> = {}, cwd: string = folder) {
  return myStats(['profile', ...args], { env: { TMPDIR: temporary, ...env }, cwd });
}

export function script(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

export interface Variable {
  readonly variable: string;
  readonly origin: string;
  readonly peak: { readonly low: number; readonly likely: number; readonly high: number } | null;
  readonly final: { readonly low: number; readonly likely: number; readonly high: number } | null;
  readonly measured_size: number | null;
  readonly final_entries: number | null;
  readonly bytes_per_1000_connections: number | null;
  readonly points: readonly { readonly bytes: number }[];
}

export function byName(variables: readonly Variable[]): Record<string, Variable> {
  return Object.fromEntries(variables.map((variable) => [variable.variable, variable]));
}

/** Nothing is left behind, neither files nor processes. */
export function expectClean(): void {
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesWith(temporary)).toEqual([]);
}
