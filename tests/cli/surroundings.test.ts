import { describe, expect, test } from 'vitest';
import { type ColorFlag, describeScreen, type OutputStream } from '../../src/cli/surroundings.ts';
import { createProgress } from '../../src/cli/write.ts';

function stream(isTTY: boolean, columns?: number): OutputStream & { written: string[] } {
  const written: string[] = [];
  return { isTTY, ...(columns === undefined ? {} : { columns }), written, write: (text) => written.push(String(text)) };
}

function screen(stdout: OutputStream, env: Record<string, string> = {}, flag: ColorFlag = undefined) {
  return describeScreen({ stdout, stderr: stream(false), env }, flag);
}

describe('width', () => {
  test('is the terminal’s, 80 where it does not know, and free in a pipe', () => {
    expect(screen(stream(true, 132)).width).toBe(132);
    expect(screen(stream(true)).width).toBe(80);
    expect(screen(stream(false)).width).toBe(null);
  });

  test('is COLUMNS where that is exported, and a number', () => {
    expect(screen(stream(true, 132), { COLUMNS: '60' }).width).toBe(60);
    expect(screen(stream(false), { COLUMNS: '60' }).width).toBe(60);
    expect(screen(stream(false), { COLUMNS: 'wide' }).width).toBe(null);
    expect(screen(stream(true, 90), { COLUMNS: '0' }).width).toBe(90);
  });
});

describe('colour', () => {
  test.each<[boolean, Record<string, string>, ColorFlag, boolean]>([
    [true, {}, undefined, true],
    [false, {}, undefined, false],
    [true, { TERM: 'dumb' }, undefined, false],
    [true, { NO_COLOR: '1' }, undefined, false],
    [true, { NO_COLOR: '' }, undefined, true],
    [false, { FORCE_COLOR: '1' }, undefined, true],
    [true, { FORCE_COLOR: '0' }, undefined, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    [false, { NO_COLOR: '1' }, 'always', true],
    [true, { FORCE_COLOR: '1' }, 'never', false],
    [true, {}, false, false],
    [true, {}, 'auto', true],
    [false, {}, 'auto', false],
  ])('terminal %s, %j, --color %s: %s', (isTTY, env, flag, color) => {
    expect(screen(stream(isTTY), env, flag).color).toBe(color);
  });
});

describe('progress', () => {
  function progressAt(times: number[], isTTY = true, env: Record<string, string> = {}) {
    const stderr = stream(isTTY);
    const progress = createProgress({ stdout: stream(false), stderr, env }, () => times.shift()!);
    return { stderr, progress };
  }

  test('is silent for half a second, then one line that is erased', () => {
    const { stderr, progress } = progressAt([0, 400, 600, 650, 800]);
    for (const done of [10, 50, 60, 75]) progress?.listener({ phase: 'reading', done, total: 100 });
    progress?.erase();
    expect(stderr.written).toEqual(['\r\x1b[Kreading … 50 %', '\r\x1b[Kreading … 75 %', '\r\x1b[K']);
  });

  test('says no percentage where the whole is not known, and never more than all', () => {
    const { stderr, progress } = progressAt([0, 600, 800]);
    progress?.listener({ phase: 'asking', done: 0, total: 0 });
    progress?.listener({ phase: 'reading', done: 12, total: 10 });
    expect(stderr.written).toEqual(['\r\x1b[Kasking …', '\r\x1b[Kreading … 100 %']);
  });

  test('leaves nothing behind where nothing was shown', () => {
    const { stderr, progress } = progressAt([0, 100]);
    progress?.listener({ phase: 'reading', done: 1, total: 2 });
    progress?.erase();
    expect(stderr.written).toEqual([]);
  });

  test('is for people at a terminal that can erase', () => {
    expect(progressAt([0], false).progress).toBe(null);
    expect(progressAt([0], true, { TERM: 'dumb' }).progress).toBe(null);
  });
});
