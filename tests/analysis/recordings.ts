/** Made-up courses of a size: quiet ones, in which nothing is wrong, and incidents. All are the same at every run. */

import type { Points } from '../../src/analysis/judge/points.ts';

/** Numbers that look random, the same for the same seed (a linear congruential generator). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1. */
  next(): number {
    this.#state = (this.#state * 1_664_525 + 1_013_904_223) >>> 0;
    return this.#state / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** From a range of magnitudes, all as likely. */
  magnitude(low: number, high: number): number {
    return Math.exp(this.between(Math.log(low), Math.log(high)));
  }

  /** From the normal distribution (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.next() + 1e-12)) * Math.cos(2 * Math.PI * this.next());
  }
}

/** A course: what there is `hour` hours after the start, over a recording of `span` hours. */
export type Course = (chance: Chance, span: number) => (hour: number, run: number) => number;

/** One run a minute, in at most 256 points, as the store gives them. */
export function recorded(course: Course, span: number, seed: number): Points {
  const at = course(new Chance(seed), span);
  const runs = Math.floor(span * 60);
  let width = 1;
  while ((runs * 60) / width > 256) width *= 2;
  const points: { t: number[]; y: number[] } = { t: [], y: [] };
  let last = -1;
  for (let run = 0; run < runs; run++) {
    const bucket = Math.floor((run * 60) / width);
    if (bucket !== last) {
      points.t.push(0);
      points.y.push(0);
      last = bucket;
    }
    points.t[points.t.length - 1] = run / 60;
    points.y[points.y.length - 1] = Math.max(0, Math.round(at(run / 60, run)));
  }
  return points;
}

const noisy = (chance: Chance, share: number, course: (hour: number) => number) => (hour: number) =>
  course(hour) * (1 + share * chance.normal());

const wave = (hour: number) => Math.sin((2 * Math.PI * hour) / 24);

export const QUIET: Record<string, Course> = {
  'steady, with noise': (chance) => {
    const level = chance.magnitude(300, 3e5);
    return noisy(chance, chance.between(0.005, 0.2), () => level);
  },
  'steady, wandering': (chance) => {
    const level = chance.magnitude(300, 3e5);
    const memory = chance.between(0.9, 0.99);
    let stray = 0;
    return () => {
      stray = memory * stray + Math.sqrt(1 - memory ** 2) * chance.normal();
      return level * (1 + 0.08 * stray);
    };
  },
  'warm-up to a plateau': (chance, span) => {
    const level = chance.magnitude(1e3, 3e5);
    const pace = span * chance.magnitude(0.03, 0.25);
    return noisy(chance, chance.between(0, 0.03), (hour) => level * (1 - Math.exp(-hour / pace)));
  },
  'filled up to its expiry': (chance, span) => {
    const level = chance.magnitude(1e3, 3e5);
    const corner = span * chance.between(0.05, 0.7);
    return noisy(chance, chance.between(0, 0.03), (hour) => level * Math.min(1, hour / corner));
  },
  'the rhythm of a day': (chance) => {
    const level = chance.magnitude(1e3, 3e5);
    const depth = chance.between(0.1, 0.6);
    const phase = chance.between(0, 24);
    return noisy(chance, chance.between(0.01, 0.06), (hour) => level * (1 + depth * wave(hour + phase)));
  },
  'sawtooth of expiry': (chance, span) => {
    const level = chance.magnitude(1e3, 3e5);
    const period = span / chance.between(3.2, 12);
    return noisy(chance, chance.between(0, 0.03), (hour) => level * ((hour / period) % 1));
  },
  'filled once and emptied': (chance, span) => {
    const level = chance.magnitude(1e3, 3e5);
    const from = span * chance.between(0.2, 0.6);
    const to = from + span * chance.between(0.05, 0.3);
    return noisy(chance, 0.003, (hour) => (hour > from && hour < to ? level : level / 50));
  },
  'a few entries a day': (chance) => {
    const level = Math.floor(chance.magnitude(300, 3e3));
    return (hour) => level + Math.floor(hour / 7);
  },
};

export const INCIDENTS: Record<string, Course> = {
  'line from nothing': (chance, span) => {
    const rise = chance.magnitude(2e3, 1e6);
    return (hour) => (rise * hour) / span;
  },
  'line on a level, with noise': (chance, span) => {
    const rise = chance.magnitude(3e3, 1e6);
    const level = rise * chance.between(0.05, 0.6);
    const noise = chance.between(0, 0.02) * rise;
    return (hour) => level + (rise * hour) / span + noise * chance.normal();
  },
  'a small leak in a large table that never shrinks': (chance, span) => {
    const rise = chance.magnitude(3e3, 1e6);
    const level = rise * chance.between(1, 10);
    return (hour) => level + (rise * hour) / span;
  },
  'warm-up, and then a line': (chance, span) => {
    const rise = chance.magnitude(3e3, 1e6);
    const level = rise * chance.between(0.1, 0.4);
    const pace = span * chance.between(0.02, 0.1);
    return (hour) => level * (1 - Math.exp(-hour / pace)) + (rise * hour) / span;
  },
  'line from some time on': (chance, span) => {
    const rise = chance.magnitude(3e3, 1e6);
    const from = span * chance.between(0.1, 0.6);
    return (hour) => rise / 20 + (rise * Math.max(0, hour - from)) / (span - from);
  },
  'a line under teeth': (chance, span) => {
    const tooth = chance.magnitude(3e3, 1e5);
    const rise = tooth * chance.between(1.5, 4);
    const period = span / chance.between(12, 30);
    return (hour) => tooth * ((hour % period) / period) + (rise * hour) / span;
  },
  accelerating: (chance, span) => {
    const rise = chance.magnitude(3e3, 1e6);
    return (hour) => rise / 50 + rise * (hour / span) ** 2;
  },
};

export const STEP: Course = (chance, span) => {
  const level = chance.magnitude(1e3, 1e5);
  const height = level * chance.between(1, 10);
  const from = span * chance.between(0.2, 0.8);
  return noisy(chance, chance.between(0, 0.03), (hour) => (hour < from ? level : level + height));
};

/** Loaded in two or three parts. */
export const STEPS: Course = (chance, span) => {
  const level = chance.magnitude(1e3, 1e5);
  const times = [chance.between(0.15, 0.35), chance.between(0.45, 0.6), chance.between(0.7, 0.85)];
  const steps = times.slice(chance.between(0, 1) < 0.5 ? 1 : 0).map((share) => ({
    from: share * span,
    height: level * chance.between(1, 5),
  }));
  return (hour) => steps.reduce((sum, { from, height }) => sum + (hour < from ? 0 : height), level);
};

/** A leak beneath the rhythm of days. */
export const LINE_BENEATH_RHYTHM: Course = (chance, span) => {
  const rise = chance.magnitude(1e4, 1e6);
  const level = rise * chance.between(0.1, 0.7);
  const depth = chance.between(0.05, 0.3);
  return (hour) => level * (1 + depth * wave(hour)) + (rise * hour) / span + 0.02 * rise * chance.normal();
};
