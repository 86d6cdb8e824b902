/** Rough shapes: processes that are simulated rather than drawn, whose noise has heavy tails and whose rhythms drift. */

const DAY = 24;
/** A simulation goes on in steps of a minute. */
const STEP = 1 / 60;

/** A function of the hours since the start, from a level. Times are asked for in their order. */
export const quiet = {
  heavyTails: (chance, level) => {
    const share = chance.magnitude(0.003, 0.05);
    return () => level * Math.max(0, 1 + share * studentOf(chance));
  },
  office: (chance, level) => officeOf(chance, level, chance.between(0.05, 0.6)),
  flatNight: (chance, level) => flatNightOf(chance, level, chance.between(0.05, 0.5)),
  driftingDay: (chance, level) => driftingDayOf(chance, level, chance.between(0.1, 0.7)),
  unevenTeeth: (chance, level, span) => unevenTeethOf(chance, level, span),
  capacities: (chance, level) => {
    // A table takes the next power of two, and never gives it back.
    const entries = driftingDayOf(chance, 1, chance.between(0.05, 0.6));
    let most = 0;
    return (hour) => {
      most = Math.max(most, 2 ** Math.ceil(Math.log2(1.3 * entries(hour))));
      return level * most;
    };
  },
  batches: (chance, level, span) => {
    // What is older than a time goes at the next cleaning, all at once.
    const keep = span * chance.magnitude(0.01, 0.3);
    const every = keep * chance.between(0.1, 0.6);
    const rate = driftingDayOf(chance, 1, chance.between(0, 0.5));
    const parts = [];
    let cleaned = 0;
    return simulated(
      (hour) => {
        parts.push([hour, rate(hour)]);
        if (hour - cleaned > every) {
          cleaned = hour;
          while (parts.length > 0 && hour - parts[0][0] > keep) parts.shift();
        }
        return (level * STEP * parts.reduce((sum, [, part]) => sum + part, 0)) / keep;
      },
      Math.max(STEP, span / 400),
    );
  },
  sessions: (chance, level) => {
    // As many come as go; few stay very long. What is there at the start has been there for a while.
    const stay = chance.magnitude(0.05, 2);
    const usual = chance.magnitude(200, 5000);
    let live = usual;
    return simulated((_hour, step) => {
      const come = (usual * step) / stay;
      const goes = (live * step) / stay;
      live = Math.max(0, live + come - goes + Math.sqrt(come + goes) * chance.normal());
      return (level * live) / usual;
    });
  },
  hostsSeen: (chance, level, span) => {
    // Distinct hosts are seen by day more than by night until all were seen.
    const pace = span * chance.magnitude(0.01, 0.15);
    const rate = flatNightOf(chance, 1, chance.between(0, 0.6));
    let left = 1;
    return simulated((hour, step) => {
      left *= Math.exp((-step * rate(hour)) / pace);
      return level * (1 - left);
    });
  },
  scans: (chance, level, span) => {
    const pace = span * chance.magnitude(0.003, 0.03);
    let high = 0;
    return simulated((_, step) => {
      high *= Math.exp(-step / pace);
      if (chance.next() < (4 * step) / span) high += paretoOf(chance, 1.2, 20);
      return level * (0.3 + high + 0.005 * chance.normal());
    });
  },
  reloaded: (chance, level, span) => {
    const at = span * chance.between(0.1, 0.9);
    const share = chance.between(0.05, 1);
    return (hour) => level * (1 + (hour >= at ? share : 0) + 0.004 * chance.normal());
  },
  dayAndTeeth: (chance, level, span) => {
    const day = driftingDayOf(chance, 0.7 * level, chance.between(0.1, 0.6));
    const teeth = unevenTeethOf(chance, 0.3 * level, span);
    return (hour) => day(hour) + teeth(hour);
  },
};

/** What a leak has added `age` hours after it began, of a leak that adds `added` in `total` hours. */
export const leaks = {
  steady: (_, added, total) => (age) => (added * age) / total,
  heavyTailed: (chance, added, total) => {
    const share = chance.between(0, 0.02) * added;
    return (age) => Math.max(0, (added * age) / total + share * studentOf(chance));
  },
  unequalArrivals: (chance, added, total) => {
    const times = Array.from({ length: Math.round(chance.between(150, 900)) }, () => [
      total * chance.next(),
      paretoOf(chance, 1.8, 20),
    ]);
    const all = times.reduce((sum, [, size]) => sum + size, 0);
    return (age) => (added * times.reduce((sum, [at, size]) => (at <= age ? sum + size : sum), 0)) / all;
  },
  batches: (chance, added, total) => {
    const steps = Math.round(chance.between(12, 60));
    return (age) => (added * Math.floor((age / total) * steps)) / steps;
  },
  powerLaw: (chance, added, total) => {
    const power = chance.between(1.4, 2.5);
    return (age) => added * (age / total) ** power;
  },
  collected: (chance, added, total) => {
    // Garbage is collected again and again; what leaks is not.
    const teeth = unevenTeethOf(chance, chance.between(0.05, 0.3) * added, total);
    const start = teeth(0);
    return (age) => Math.max(0, (added * age) / total + teeth(age) - start);
  },
  byOfficeHours: (chance, added, total) => {
    const rate = flatNightOf(chance, 1, chance.between(0.2, 0.7));
    const sums = [0];
    for (let hour = 0; hour < total + STEP; hour += total / 500) sums.push(sums.at(-1) + rate(hour));
    return (age) => (added * sums[Math.min(sums.length - 1, Math.round((age / total) * 500))]) / sums[500];
  },
};

export const grounds = [
  'heavyTails',
  'office',
  'flatNight',
  'driftingDay',
  'unevenTeeth',
  'batches',
  'sessions',
  'hostsSeen',
  'dayAndTeeth',
];
export const others = ['heavyTails', 'driftingDay', 'sessions', 'unevenTeeth', 'hostsSeen', 'flatNight', 'batches'];
export const uneven = ['powerLaw'];
export const daily = ['byOfficeHours'];

export function traffic(chance, level) {
  return chance.next() < 0.5
    ? officeOf(chance, level, chance.between(0, 0.7))
    : driftingDayOf(chance, level, chance.between(0, 0.7));
}

/** Makes a function of the hour of one that must be called step by step. */
function simulated(next, step = STEP) {
  let at = 0;
  let value = next(0, step);
  return (hour) => {
    while (at + step <= hour) {
      at += step;
      value = next(at, step);
    }
    return value;
  };
}

/** Student's t with three degrees of freedom, to a standard deviation of one. */
function studentOf(chance) {
  const squares = chance.normal() ** 2 + chance.normal() ** 2 + chance.normal() ** 2;
  return chance.normal() / Math.sqrt(squares);
}

function paretoOf(chance, tail, most) {
  return Math.min(most, (1 - chance.next()) ** (-1 / tail));
}

/** Sharp mornings and evenings, a dip at noon, quiet weekends. */
function officeOf(chance, level, depth) {
  const phase = chance.between(0, 7 * DAY);
  const sharp = chance.between(0.3, 1.5);
  const weekend = chance.between(0, 0.6);
  const share = chance.magnitude(0.003, 0.04);
  const step = (hour, at) => 1 / (1 + Math.exp((at - hour) / sharp));
  return (hour) => {
    const time = hour + phase;
    const clock = time % DAY;
    const busy = step(clock, 8) - step(clock, 17.5) - 0.2 * (step(clock, 12) - step(clock, 13.5));
    const isFree = Math.floor(time / DAY) % 7 >= 5;
    return level * Math.max(0, 1 - depth + depth * busy * (isFree ? weekend : 1)) * (1 + share * chance.normal());
  };
}

/** The same all night, a hump by day, each day of another height. */
function flatNightOf(chance, level, depth) {
  const phase = chance.between(0, DAY);
  const long = chance.between(8, 16);
  const heights = Array.from({ length: 16 }, () => chance.between(0.75, 1.15));
  const share = chance.magnitude(0.002, 0.03);
  return (hour) => {
    const time = hour + phase;
    const hump = Math.sin((Math.PI * (time % DAY)) / long);
    const high = time % DAY < long ? Math.max(0, hump) * heights[Math.floor(time / DAY) % 16] : 0;
    return level * Math.max(0, 1 - depth + depth * high) * (1 + share * chance.normal());
  };
}

/** A day whose peak comes sooner or later, higher or lower, from day to day; its noise strays slowly. */
function driftingDayOf(chance, level, depth) {
  const phase = chance.between(0, DAY);
  const second = chance.between(0, 0.6);
  const shifts = Array.from({ length: 17 }, () => 1.2 * chance.normal());
  const heights = Array.from({ length: 17 }, () => Math.max(0.5, 1 + 0.15 * chance.normal()));
  const share = chance.magnitude(0.003, 0.04);
  let stray = 0;
  return (hour) => {
    const time = hour + phase;
    const day = Math.floor(time / DAY) % 16;
    const part = (time % DAY) / DAY;
    const between = (list) => list[day] * (1 - part) + list[day + 1] * part;
    const angle = (2 * Math.PI * (time + between(shifts))) / DAY;
    const wave = (1 + second - Math.cos(angle) - second * Math.cos(2 * angle)) / (2 + 2 * second);
    stray = 0.7 * stray + 0.7 * share * studentOf(chance);
    return level * Math.max(0, 1 - depth + depth * wave * between(heights)) * Math.max(0, 1 + stray);
  };
}

/** Filled at an uneven rate, and emptied at a threshold that is another one each time. */
function unevenTeethOf(chance, level, span) {
  const period = span / chance.between(4, 60);
  const floor = chance.between(0, 0.5);
  const draw = () => period * Math.max(0.15, -0.5 * Math.log(1 - chance.next()) - 0.5 * Math.log(1 - chance.next()));
  let from = -draw() * chance.next();
  let long = draw();
  return (hour) => {
    while (hour >= from + long) {
      from += long;
      long = draw();
    }
    return level * (floor + ((1 - floor) * Math.min(2, (hour - from) / period)) / 2) * (1 + 0.004 * chance.normal());
  };
}
