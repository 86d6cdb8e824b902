import { describe, expect, test } from 'vitest';
import { judge } from '../../src/analysis/judge/judge.ts';
import type { PointsTrend } from '../../src/analysis/judge/points-trend.ts';
import { type Course, INCIDENTS, LINE_BENEATH_RHYTHM, QUIET, recorded, STEP, STEPS } from './recordings.ts';

/** Hours: from a quarter to a week. */
const SPANS = [0.25, 1, 4, 12, 24, 48, 168];
const SEEDS = Array.from({ length: 8 }, (_, i) => 1000 + 77 * i);

function trends(course: Course, spans = SPANS): { name: string; trend: PointsTrend }[] {
  return spans.flatMap((span) =>
    SEEDS.map((seed) => ({ name: `${span} h, seed ${seed}`, trend: judge(recorded(course, span, seed), 'entries') })),
  );
}

describe('in quiet recordings nothing grows', () => {
  test.each(Object.entries(QUIET))('%s', (_, course) => {
    const found = trends(course).filter(({ trend }) => trend.verdict === 'growing' || trend.verdict === 'stepped');
    expect(found.map(({ name, trend }) => `${name}: ${trend.shape}`)).toEqual([]);
  });
});

describe('incidents are found', () => {
  test.each(Object.entries(INCIDENTS))('%s', (name, course) => {
    // A quarter of an hour of a bend is too little to tell it from a straight line, or from noise.
    const spans = SPANS.filter((span) => span > 0.25 || name.includes('nothing'));
    const all = trends(course, spans);
    const missed = all.filter(({ trend }) => trend.verdict !== 'growing' && trend.why !== 'part-of-a-day');
    expect(missed.map(({ name, trend }) => `${name}: ${trend.shape} ${trend.why}`)).toEqual([]);
    const sure = all.filter(({ trend }) => trend.verdict === 'growing');
    expect(sure.length).toBeGreaterThanOrEqual(0.85 * all.length);
  });

  test('a straight line has its slope, and its confidence holds it', () => {
    let within = 0;
    let fromStart = 0;
    for (const seed of SEEDS) {
      const points = recorded((chance) => (hour) => 5000 + 1234 * hour + 200 * chance.normal(), 12, seed);
      const { shape, perHour, confidence, since } = judge(points, 'entries');
      expect({ shape, confidence }).toEqual({ shape: 'line', confidence: 'high' });
      expect(perHour!.likely / 1234).toBeCloseTo(1, 1);
      if (perHour!.low < 1234 && perHour!.high > 1234) within++;
      if (since < 2) fromStart++;
    }
    // 95 of 100 would be; of these eight, most.
    expect(within).toBeGreaterThanOrEqual(6);
    expect(fromStart).toBeGreaterThanOrEqual(7);
  });

  test('what rises ever faster is told from a line', () => {
    const shapes = trends(INCIDENTS.accelerating!, [4, 24, 168]).map(({ trend }) => trend.shape);
    expect(new Set(shapes)).toEqual(new Set(['accelerating']));
    const lines = trends(INCIDENTS['line from nothing']!).map(({ trend }) => trend.shape);
    expect(new Set(lines)).toEqual(new Set(['line']));
  });

  test('after a warm-up, and from some time on, the slope is that of the line', () => {
    const line = (from: number) => (hour: number) => 1000 + 4000 * Math.max(0, hour - from);
    expect(
      judge(
        recorded(() => line(3), 8, 1),
        'entries',
      ).perHour!.likely,
    ).toBeCloseTo(4000, -3);
    const warm = recorded(() => (hour) => 9000 * (1 - Math.exp(-hour / 0.3)) + 2000 * hour, 8, 1);
    expect(judge(warm, 'entries').perHour!.likely / 2000).toBeCloseTo(1, 1);
  });

  test('a step is one, with its time', () => {
    for (const { name, trend } of trends(STEP, [1, 4, 24, 168]))
      expect({ name, shape: trend.shape, verdict: trend.verdict }).toEqual({ name, shape: 'step', verdict: 'stepped' });
    const { since, rise } = judge(
      recorded(() => (hour) => (hour < 5 ? 2000 : 9000), 8, 1),
      'entries',
    );
    expect(since).toBeCloseTo(5, 0);
    expect(rise).toBeCloseTo(7000, -2);
  });

  test('a few steps are no line', () => {
    for (const { name, trend } of trends(STEPS, [1, 4, 24, 168]))
      expect({ name, shape: trend.shape, verdict: trend.verdict }).toEqual({ name, shape: 'step', verdict: 'stepped' });
  });

  test('beneath the rhythm of days a line is still one', () => {
    for (const { name, trend } of trends(LINE_BENEATH_RHYTHM, [48, 168]))
      expect(`${name}: ${trend.verdict}`).toBe(`${name}: growing`);
  });
});

describe('shapes of what is fine', () => {
  const shape = (course: Course, span = 48) => judge(recorded(course, span, 7), 'entries').shape;

  test.each([
    ['plateau', 'warm-up to a plateau'],
    ['plateau', 'filled up to its expiry'],
    ['rhythm', 'the rhythm of a day'],
    ['sawtooth', 'sawtooth of expiry'],
  ])('%s: %s', (expected, name) => {
    expect(shape(QUIET[name]!)).toBe(expected);
  });

  test('flat', () => {
    expect(shape(() => () => 17_998)).toBe('flat');
    expect(shape(() => (_, run) => 100_000 + (run % 3))).toBe('flat');
  });

  test('falling', () => {
    expect(shape(() => (hour) => 90_000 - 1000 * hour)).toBe('falling');
  });

  test('a cache that still fills is watched, with where it ends', () => {
    const { verdict, why, plateau } = judge(
      recorded(() => (hour) => 50_000 * (1 - Math.exp(-hour / 20)), 40, 1),
      'entries',
    );
    expect({ verdict, why }).toEqual({ verdict: 'watch', why: 'filling' });
    expect(plateau! / 50_000).toBeCloseTo(1, 1);
  });
});

describe('too little', () => {
  test.each([
    ['no run', [], []],
    ['one run', [0], [5]],
    ['seven runs', [0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]],
    ['four minutes', Array.from({ length: 25 }, (_, i) => i / 360), Array.from({ length: 25 }, (_, i) => 1000 * i)],
  ])('%s is not enough', (_, t, y) => {
    expect(judge({ t, y }, 'entries')).toMatchObject({ shape: 'unclear', verdict: 'unclear', perHour: null });
  });
});
