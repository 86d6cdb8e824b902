/**
 * What comes again in a series, told apart from where it goes: the rhythm of the day, and teeth where it is filled and emptied
 * again and again. Both are fitted by least squares together with a line that may bend once, so that a leak is not taken
 * for a part of them.
 */

import { median } from 'simple-statistics';
import { type Basis, basisOf, type Fit, leastSquares, Term, type Values, valuesOf } from './least-squares.ts';
import { measureRange, type Points } from './points.ts';
import { DAY_WAVES, FEWEST_TEETH, RHYTHM_FROM, SUDDEN, SWING, TEETH_POINTS } from './thresholds.ts';

const DAY = 24;
/** Where the line may bend, in shares of the time. */
const BENDS = Array.from({ length: 20 }, (_, i) => i / 20);

export interface Patterns {
  /** The series without what comes again. */
  readonly rest: Points;
  /** How far what comes again goes up and down; 0 where there is none. */
  readonly rhythm: number;
  readonly teeth: number;
}

/** A line that bends at a share of the time (and other terms), ready to be fitted. */
interface Bent {
  readonly bend: number;
  readonly basis: Basis;
}

interface BentFit {
  readonly bend: number;
  readonly fit: Fit;
}

/** @param blocks of the points: what is fitted, but for the teeth, which blocks would wear off */
export function findPatterns(points: Points, blocks: Points): Patterns {
  const span = points.t.at(-1)! - points.t[0]!;
  const wave = span >= RHYTHM_FROM ? findRhythm(blocks) : null;
  const waves = wave === null ? null : points.t.map(wave);
  const calm = waves === null ? points : without(points, waves);
  const teeth = findTeeth(calm, wave === null ? blocks : without(blocks, blocks.t.map(wave)));
  return {
    rest: teeth === null ? calm : without(calm, teeth),
    rhythm: waves === null ? 0 : measureRange(waves),
    teeth: teeth === null ? 0 : measureRange(teeth),
  };
}

function without({ t, y }: Points, pattern: readonly number[]): Points {
  return { t, y: y.map((value, i) => value - pattern[i]!) };
}

/** The day's waves by the hour; null where a bent line does as well without them. */
function findRhythm(blocks: Points): ((hour: number) => number) | null {
  const values = valuesOf(blocks.y);
  const parameters = 2 * DAY_WAVES;
  const plain = findBestBend(PLAIN.at(blocks.t), values);
  const found = findBestBend(DAILY.at(blocks.t), values);
  if (plain === null || found === null) return null;
  const { coefficients, rss } = found.fit;
  const n = blocks.y.length;
  // As BIC has it, with each block's neighbours taken for half of it.
  if ((n / 2) * Math.log(plain.fit.rss / Math.max(rss, 1e-300)) < parameters * Math.log(n)) return null;
  const first = coefficients.length - parameters;
  return (hour) => {
    let sum = 0;
    for (let wave = 1; wave <= DAY_WAVES; wave++) {
      const angle = (2 * Math.PI * wave * hour) / DAY;
      sum +=
        coefficients[first + 2 * wave - 2]! * Math.cos(angle) + coefficients[first + 2 * wave - 1]! * Math.sin(angle);
    }
    return sum;
  };
}

/** Series of one node have the same times, so what was made for the last ones is kept. */
class KeptLines {
  readonly #make: (t: readonly number[]) => readonly Bent[];
  #t: readonly number[] = [];
  #lines: readonly Bent[] = [];

  constructor(make: (t: readonly number[]) => readonly Bent[]) {
    this.#make = make;
  }

  at(t: readonly number[]): readonly Bent[] {
    if (this.#t.length !== t.length || this.#t.some((time, i) => time !== t[i])) {
      this.#t = [...t];
      this.#lines = this.#make(t);
    }
    return this.#lines;
  }
}

const DAILY = new KeptLines((t) => {
  const waves = Array.from({ length: DAY_WAVES }, (_, i) => t.map((hour) => (2 * Math.PI * (i + 1) * hour) / DAY));
  return bentLines(
    t,
    waves.flatMap((angles) => [new Term(angles.map(Math.cos)), new Term(angles.map(Math.sin))]),
  );
});
const PLAIN = new KeptLines((t) => bentLines(t, []));

function bentLines(t: readonly number[], more: readonly Term[]): Bent[] {
  const span = t.at(-1)! - t[0]!;
  const x = t.map((hour) => (hour - t[0]!) / span);
  const one = new Term(x.map(() => 1));
  const line = new Term(x);
  return BENDS.flatMap((bend) => {
    const lines = bend === 0 ? [one, line] : [one, line, new Term(x.map((v) => Math.max(0, v - bend)))];
    const basis = basisOf([...lines, ...more]);
    return basis === null ? [] : [{ bend, basis }];
  });
}

/** What teeth do to a series; null where it is not emptied again and again. */
function findTeeth(points: Points, blocks: Points): number[] | null {
  const flat = findBestBend(PLAIN.at(blocks.t), valuesOf(blocks.y));
  if (flat === null) return null;
  const phases = listPhases(without(points, lineAt(flat, blocks.t, points.t)));
  if (phases === null) return null;
  const thin = Math.ceil(points.t.length / TEETH_POINTS);
  const some = (list: readonly number[]) => (thin === 1 ? list : list.filter((_, i) => i % thin === 0));
  const times = some(points.t);
  const values = valuesOf(some(points.y));
  let best: { rss: number; teeth: number[] } | null = null;
  for (const phase of phases) {
    const found = findBestBend(bentLines(times, [new Term(some(phase))]), values);
    if (found === null) continue;
    const height = found.fit.coefficients.at(-1)!;
    if (height <= 0 || (best !== null && found.fit.rss >= best.rss)) continue;
    best = { rss: found.fit.rss, teeth: phase.map((value) => height * value) };
  }
  return best?.teeth ?? null;
}

/** @param fitted the times at which it was fitted */
function lineAt({ bend, fit }: BentFit, fitted: readonly number[], t: readonly number[]): number[] {
  const [level, slope, change = 0] = fit.coefficients as [number, number, number?];
  const span = fitted.at(-1)! - fitted[0]!;
  return t.map((hour) => {
    const x = (hour - fitted[0]!) / span;
    return level + slope * x + change * Math.max(0, x - bend);
  });
}

function findBestBend(lines: readonly Bent[], values: Values): BentFit | null {
  let best: BentFit | null = null;
  for (const { bend, basis } of lines) {
    const fit: Fit | null = leastSquares(basis, values, best?.fit.rss);
    if (fit !== null && (best === null || fit.rss < best.fit.rss)) best = { bend, fit };
  }
  return best;
}

/** A fall from a top to a bottom: places of points. */
interface Fall {
  readonly top: number;
  readonly bottom: number;
}

/**
 * How full it is at each point: once as a share of the tooth it is in (what is emptied when it is full), once as the hours since
 * it was emptied (what is emptied after a time).
 *
 * @param points without where they go to
 * @returns null where it is not emptied again and again, or as slowly as it fills
 */
function listPhases({ t, y }: Points): readonly (readonly number[])[] | null {
  const falls = findFalls(y);
  if (falls.length < FEWEST_TEETH) return null;
  const falling = falls.reduce((sum, { top, bottom }) => sum + bottom - top, 0);
  const rising = falls.slice(1).reduce((sum, { top }, i) => sum + top - falls[i]!.bottom, 0);
  if (falling * SUDDEN > rising) return null;
  const usual = median(falls.slice(1).map(({ top }, i) => t[top]! - t[falls[i]!.bottom]!));
  const share = new Array<number>(t.length).fill(0);
  const hours = new Array<number>(t.length).fill(0);
  for (let k = 0; k <= falls.length; k++) {
    const from = falls[k - 1]?.bottom ?? 0;
    const to = falls[k]?.top ?? t.length - 1;
    const whole = k > 0 && k < falls.length ? t[to]! - t[from]! : usual;
    // The first one began before there was a log; how long the last one will be nobody knows.
    const began = k === 0 ? t[to]! - whole : t[from]!;
    for (let i = from; i <= to; i++) {
      hours[i] = t[i]! - began;
      share[i] = whole > 0 ? Math.max(0, Math.min(1, hours[i]! / whole)) : 0;
    }
    if (k === falls.length) break;
    const { top, bottom } = falls[k]!;
    for (let i = top + 1; i < bottom; i++) {
      const left = (bottom - i) / (bottom - top);
      share[i] = share[top]! * left;
      hours[i] = hours[top]! * left;
    }
  }
  return [share, hours];
}

function findFalls(y: readonly number[]): Fall[] {
  const swing = SWING * measureRange(y);
  const falls: Fall[] = [];
  let top = 0;
  let bottom = 0;
  let isUp = true;
  for (let i = 1; i < y.length; i++) {
    if (isUp) {
      if (y[i]! > y[top]!) top = i;
      if (y[top]! - y[i]! < swing) continue;
      isUp = false;
      bottom = i;
    } else {
      if (y[i]! < y[bottom]!) bottom = i;
      if (y[i]! - y[bottom]! < swing) continue;
      falls.push({ top, bottom });
      isUp = true;
      top = i;
    }
  }
  // One from which it has not come back yet.
  if (!isUp) falls.push({ top, bottom });
  return falls;
}
