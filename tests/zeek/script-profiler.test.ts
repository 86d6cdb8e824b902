/** What Zeek's profiler of scripts wrote of a package, and what is made of it. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Profile } from 'pprof-format';
import { expect, test } from 'vitest';
import { profileFunctions } from '../../src/analysis/functions.ts';
import { writeFunctionsPprof, writeFunctionsSpeedscope } from '../../src/report/export/functions.ts';
import { listProfilerArguments, readProfilerRows } from '../../src/zeek/script-profiler.ts';
import { ROOT } from '../cli/run.ts';
import { PROFILE } from '../report/profile-samples.ts';
import { temporaryFolder } from '../store/logs.ts';

const RECORDED = join(ROOT, 'fixtures/script-profiler-8.0.10');
const own = (script: string) =>
  script === '/home/me/mine/main.zeek' ? { packageName: 'mine', path: 'main.zeek' } : null;
const read = (folder = RECORDED) => profileFunctions(readProfilerRows(folder)!, own);

test('functions of the package stand by themselves, all others together, and sums of rows are no rows', () => {
  const { functions } = read();
  expect(functions.map(({ name, kind, line, calls }) => [name?.replace(/<\d+>/, ''), kind, line, calls])).toEqual([
    ['Mine::tick', 'event', 20, 2012],
    ['Mine::note', 'hook', 15, 2012],
    ['Mine::heavy', 'function', 7, 2012],
    ['lambda_', 'function', 23, 2012],
    ['Mine::note', 'hook', 19, 2012],
    ['zeek_init', 'event', 27, 1],
    ['lambda_', 'function', 31, 4],
    [undefined, null, null, 7 + 2012 + 402_400 + 2012 + 1],
  ]);
  const [tick, , heavy] = functions;
  expect(tick).toMatchObject({ cpu: 6.11491, memory: 2_359_296, ownMemory: 0, script: 'main.zeek' });
  expect(tick!.ownCpu).toBeCloseTo(6.11491 - 6.022598, 9);
  expect(heavy!.ownMemory).toBe(2_228_224);
});

test('a stack weighs what its function took with all it called, but for functions of the package', () => {
  const { functions, stacks } = read();
  const names = (frames: (typeof stacks)[number]['frames']) => frames.map(({ name, line }) => `${name}:${line}`);
  const heavy = stacks.find(({ frames }) => frames.at(-1)!.name === 'Mine::heavy')!;
  expect(names(heavy.frames)).toEqual(['Mine::tick:20', 'Mine::note:15', 'Mine::heavy:7']);
  // Built-in functions that it calls are in it.
  expect(heavy.cpu).toBeCloseTo(5.777848, 9);
  const outermost = functions.filter(({ name }) => name === 'Mine::tick' || name === 'zeek_init');
  const timers = stacks.filter(({ frames }) => frames.length === 1 && frames[0]!.name.startsWith('lambda'));
  const all = [...outermost, ...timers].reduce((sum, { cpu }) => sum + cpu!, 0);
  expect(stacks.reduce((sum, { cpu }) => sum + cpu, 0)).toBeCloseTo(all, 6);
  expect(stacks.reduce((sum, { memory }) => sum + memory, 0)).toBe(2_359_296);
});

test('a version without call stacks has functions without callers', () => {
  const folder = temporaryFolder();
  const text = readFileSync(join(RECORDED, 'my_stats_functions.tsv'), 'utf8');
  const plain = text.split('\n').map((line) => line.split('\t').slice(0, 8).join('\t'));
  writeFileSync(join(folder, 'my_stats_functions.tsv'), plain.join('\n'));
  const { functions, stacks } = read(folder);
  expect(functions).toEqual(read().functions);
  expect(stacks.every(({ frames }) => frames.length === 1)).toBe(true);
  expect(readProfilerRows(join(folder, 'nothing'))).toBeNull();
});

test('the profiler is turned on as far as the version has it', () => {
  const help = '    --profile-scripts[=file]        | profile scripts\n';
  expect(listProfilerArguments('usage: zeek [options]')).toEqual([]);
  expect(listProfilerArguments(help)).toHaveLength(1);
  expect(listProfilerArguments(`${help}    --profile-script-call-stacks    | add call stacks`)).toHaveLength(2);
});

test('speedscope and pprof have the same stacks, with where their functions are', () => {
  const result = { ...PROFILE, functions: read() };
  const { shared, profiles } = JSON.parse(writeFunctionsSpeedscope(result));
  expect(profiles.map(({ name, unit }: { name: string; unit: string }) => [name, unit])).toEqual([
    ['processor time', 'seconds'],
    ['growth of memory', 'bytes'],
  ]);
  expect(shared.frames).toContainEqual({ name: 'Mine::heavy', file: 'main.zeek', line: 7 });
  const profile = Profile.decode(writeFunctionsPprof(result));
  const text = (index: unknown) => profile.stringTable.strings[Number(index)];
  expect(profile.sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([
    ['cpu', 'nanoseconds'],
    ['memory', 'bytes'],
    ['calls', 'count'],
  ]);
  const seconds = profile.sample.reduce((sum, { value }) => sum + Number(value[0]) / 1e9, 0);
  expect(seconds).toBeCloseTo(profiles[0].endValue, 6);
});
