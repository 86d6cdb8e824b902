/** Smooth shapes: what is mostly a formula of the time, with normal noise. */

const DAY = 24;

/** A function of the hours since the start and of the run's number, from a level. */
export const quiet = {
  constant: (_, level) => () => level,
  noisy: (chance, level) => {
    const share = chance.magnitude(0.003, 0.15);
    return () => level * (1 + share * chance.normal());
  },
  wandering: (chance, level) => {
    const keep = chance.between(0.8, 0.995);
    const share = chance.between(0.01, 0.1);
    let stray = chance.normal();
    return () => {
      stray = keep * stray + Math.sqrt(1 - keep ** 2) * chance.normal();
      return level * Math.max(0, 1 + share * stray);
    };
  },
  warmUp: (chance, level, span) => {
    const pace = span * chance.magnitude(0.01, 0.2);
    const share = chance.between(0, 0.03);
    return (hour) => level * (1 - Math.exp(-hour / pace)) * (1 + share * chance.normal());
  },
  fillsToExpiry: (chance, level, span) => {
    const corner = span * chance.between(0.03, 0.7);
    const share = chance.between(0, 0.03);
    return (hour) => level * Math.min(1, hour / corner) * (1 + share * chance.normal());
  },
  rhythm: (chance, level) => rhythmOf(chance, level, chance.between(0.1, 0.8), false),
  week: (chance, level) => rhythmOf(chance, level, chance.between(0.1, 0.8), true),
  teeth: (chance, level, span) => teethOf(chance, level, span, chance.between(0, 0.4)),
  hourly: (chance, level) => {
    const share = chance.between(0.05, 0.5);
    return (hour) => level * (1 + share * (hour % 1)) * (1 + 0.005 * chance.normal());
  },
  filledAndEmptied: (chance, level, span) => {
    const from = span * chance.between(0.1, 0.6);
    const to = from + span * chance.between(0.05, 0.3);
    return (hour) => (hour > from && hour < to ? level : level / 50) * (1 + 0.003 * chance.normal());
  },
  bursts: (chance, level, span) => {
    const times = Array.from({ length: 1 + Math.floor(chance.next() * 5) }, () => span * chance.next());
    const pace = span * chance.between(0.005, 0.05);
    return (hour) => {
      const since = times.map((at) => hour - at).filter((age) => age >= 0);
      return level * (1 + since.reduce((sum, age) => sum + Math.exp(-age / pace), 0) + 0.01 * chance.normal());
    };
  },
  falling: (chance, level, span) => (hour) => level * (1 - (0.7 * hour) / span) * (1 + 0.01 * chance.normal()),
  trickle: (chance, level) => {
    const every = chance.between(5, 30);
    return (hour) => Math.min(level, 3000) + Math.floor(hour / every);
  },
};

function rhythmOf(chance, level, depth, hasWeekend) {
  const phase = chance.between(0, DAY);
  const second = chance.between(0, 0.5);
  const share = chance.between(0.003, 0.06);
  const weekend = hasWeekend ? chance.between(0.3, 0.9) : 1;
  const begins = Math.floor(chance.next() * 7);
  return (hour) => {
    const angle = (2 * Math.PI * (hour + phase)) / DAY;
    const wave = (1 + Math.sin(angle) + second * Math.sin(2 * angle)) / (2 + second);
    const day = Math.floor((hour + phase) / DAY + begins) % 7;
    const traffic = 1 - depth + depth * Math.max(0, wave);
    return level * traffic * (day >= 5 ? weekend : 1) * (1 + share * chance.normal());
  };
}

function teethOf(chance, level, span, floor) {
  const period = span / chance.between(3, 40);
  const uneven = chance.between(0, 0.2);
  let from = 0;
  let to = period;
  return (hour) => {
    while (hour >= to) {
      from = to;
      to += period * (1 + uneven * chance.normal());
      if (to <= from) to = from + period / 2;
    }
    return level * (floor + ((1 - floor) * (hour - from)) / (to - from));
  };
}

/** What a leak has added `age` hours after it began, of a leak that adds `added` in `total` hours. */
export const leaks = {
  line: (_, added, total) => (age) => (added * age) / total,
  noisyLine: (chance, added, total) => {
    const share = chance.between(0, 0.05) * added;
    return (age) => Math.max(0, (added * age) / total + share * chance.normal());
  },
  arrivals: (chance, added, total) => {
    // Some hundreds of arrivals at random times, of unequal size.
    const times = Array.from({ length: Math.round(chance.between(60, 600)) }, () => [
      total * chance.next(),
      chance.next(),
    ]);
    const all = times.reduce((sum, [, size]) => sum + size, 0);
    return (age) => (added * times.reduce((sum, [at, size]) => (at <= age ? sum + size : sum), 0)) / all;
  },
  stairs: (chance, added, total) => {
    const steps = Math.round(chance.between(10, 30));
    return (age) => (added * Math.floor((age / total) * steps)) / steps;
  },
  accelerating: (_, added, total) => (age) => added * (age / total) ** 2,
  byDay: (chance, added, total) => {
    const phase = chance.between(0, 2 * Math.PI);
    const depth = chance.between(0.2, 0.7);
    const grown = (age) => age - (depth * DAY * Math.cos((2 * Math.PI * age) / DAY + phase)) / (2 * Math.PI);
    return (age) => (added * (grown(age) - grown(0))) / (grown(total) - grown(0));
  },
};

/** What a leak may lie on top of. */
export const grounds = ['constant', 'noisy', 'wandering', 'rhythm', 'teeth', 'hourly', 'warmUp', 'week'];

/** What else a process may hold. */
export const others = ['constant', 'noisy', 'rhythm', 'teeth', 'warmUp', 'wandering'];

/** Leaks whose rate is not the same all the time. */
export const uneven = ['accelerating'];

/** Leaks that have a rhythm of their own, which a short history does not show. */
export const daily = ['byDay'];

/** How many connections are live. */
export function traffic(chance, level) {
  return rhythmOf(chance, level, chance.between(0, 0.8), chance.next() < 0.5);
}
