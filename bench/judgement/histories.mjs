/**
 * Labelled histories of a Zeek process, made up: quiet ones of every kind, and leaks of which is known where they are,
 * when they began and how fast they are. The same seed makes the same history.
 *
 * A history is told by what it holds at a time (hours since the process started): entries of its variables, entries of a
 * field of its connections, live connections, and resident memory, which is the sum of all that and of what is outside
 * scripts.
 */

const DAY = 24;
/** Bytes per entry of `set[addr]`, and per object in a field of a connection. */
const ENTRY_BYTES = 112;
const FIELD_BYTES = 250;

/** Numbers that look random (mulberry32), the same for the same seed. */
class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low, high) {
    return low + (high - low) * this.next();
  }

  /** From a range of magnitudes, all as likely. */
  magnitude(low, high) {
    return Math.exp(this.between(Math.log(low), Math.log(high)));
  }

  normal() {
    return Math.sqrt(-2 * Math.log(this.next() + 1e-12)) * Math.cos(2 * Math.PI * this.next());
  }

  one(list) {
    return list[Math.floor(this.next() * list.length)];
  }
}

/** A function of the hours since the start and of the run's number, from a level. */
const QUIET = {
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
const LEAKS = {
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

const PLACES = ['variable', 'inside', 'outside', 'connection'];
const GROUNDS = ['constant', 'noisy', 'wandering', 'rhythm', 'teeth', 'hourly', 'warmUp', 'week'];

/** @param {number} seed @param {boolean} isLeak */
export function historyOf(seed, isLeak) {
  const chance = new Chance(seed * 2_654_435_761 + (isLeak ? 1 : 0));
  const span = chance.magnitude(1, 336);
  const interval = (60 * Math.max(1, Math.ceil((span * 60) / 3000))) / 3600;
  const runs = Math.floor(span / interval);
  const base = chance.magnitude(120e6, 3e9);
  const kind = isLeak ? leakKind(chance, span) : chance.one(Object.keys(QUIET));
  const ground = isLeak ? chance.one(GROUNDS) : kind;
  const place = isLeak ? chance.one(PLACES) : chance.one(['variable', 'outside']);
  const level = chance.magnitude(0.002, isLeak ? 0.15 : 0.6) * base;
  const below = QUIET[ground](chance, level, span);
  const leak = isLeak ? leakOf(chance, kind, runs, interval, base + level) : null;
  const traffic = rhythmOf(chance, chance.magnitude(20, 5000), chance.between(0, 0.8), chance.next() < 0.5);
  const others = Array.from({ length: 3 }, () => {
    const size = chance.magnitude(500, 0.05 * (base / ENTRY_BYTES));
    return QUIET[chance.one(['constant', 'noisy', 'rhythm', 'teeth', 'warmUp', 'wandering'])](chance, size, span);
  });
  return { seed, isLeak, kind, ground, place, span, interval, runs, rows: rowsOf(), truth: truthOf() };

  function* rowsOf() {
    const keeps = chance.next() < 0.5;
    const jitter = chance.magnitude(1e-4, 3e-3);
    let most = 0;
    for (let run = 0; run < runs; run++) {
      const hour = 10 / 3600 + run * interval;
      const quiet = Math.max(0, below(hour));
      const added = leak === null || run < leak.first ? 0 : leak.at((run - leak.first) * interval);
      const live = Math.max(1, Math.round(traffic(hour)));
      const sizes = others.map((one) => Math.max(0, Math.round(one(hour))));
      const sum = base + quiet + added + live * 6000 + sizes.reduce((a, b) => a + b, 0) * ENTRY_BYTES;
      const needed = sum * (1 + jitter * chance.normal());
      most = Math.max(most, needed);
      yield { hour, run: run + 1, live, sizes, resident: Math.round(keeps ? most : needed), ...placed(quiet, added) };
    }
  }

  function placed(quiet, added) {
    const entries = (bytes) => Math.round(bytes / ENTRY_BYTES);
    if (place === 'variable')
      return { entries: entries(quiet + added), objects: 3 * entries(quiet + added), field: null };
    if (place === 'inside') return { entries: 500, objects: 1500 + Math.round((quiet + added) / 50), field: null };
    if (place === 'connection') return { entries: 0, objects: 0, field: Math.round((quiet + added) / FIELD_BYTES) };
    return { entries: 0, objects: 0, field: null };
  }

  function truthOf() {
    if (leak === null) return null;
    const total = (runs - 1 - leak.first) * interval;
    const perUnit = { variable: ENTRY_BYTES, inside: 50, outside: 1, connection: FIELD_BYTES }[place];
    return { onset: 10 / 3600 + leak.first * interval, perHour: leak.added / total / perUnit, added: leak.added };
  }
}

function leakKind(chance, span) {
  const kinds = Object.keys(LEAKS).filter((kind) => kind !== 'byDay' || span > 2 * DAY);
  return chance.one(kinds);
}

function leakOf(chance, kind, runs, interval, process) {
  const added = process * chance.magnitude(0.1, 2);
  const share = chance.next() < 0.15 ? 0 : chance.between(0, 0.95);
  const first = Math.min(Math.floor(share * runs), runs - 11);
  const total = (runs - 1 - first) * interval;
  return { first, added, at: LEAKS[kind](chance, added, total) };
}
