/**
 * Simulated shapes: what comes and goes is counted, entry by entry as far as numbers allow, from traffic whose hours and days
 * differ. Processes are started again now and then. Written after the judge, and nothing in it was tuned on them.
 */

const DAY = 24;
/** Steps of a simulation. */
const STEPS = 1500;

/**
 * A function of the hours since the start, from a level, and the traffic by these hours. Times are asked for in their order.
 */
export const quiet = {
  timeToLive: (chance, level, span, rate) => {
    // As many are there as came within the time they stay.
    const stay = span * chance.magnitude(0.005, 0.25);
    const come = arrivalsOf(chance, level / stay, span, rate);
    return stepped(span, (hour) => come.between(hour - stay, hour));
  },
  sessions: (chance, level, span, rate) => {
    // Lives of lognormal length: most short, some very long.
    const mean = span * chance.magnitude(0.002, 0.05);
    const wide = chance.between(0.3, 1.2);
    const come = arrivalsOf(chance, level / mean, span, rate);
    const stays = Array.from({ length: 32 }, () => mean * Math.exp(wide * chance.normal() - wide ** 2 / 2));
    return stepped(span, (hour) => stays.reduce((sum, stay) => sum + come.between(hour - stay, hour), 0) / 32);
  },
  distinctOfFew: (chance, level, span) => {
    // How many of some keys were seen, of which some are seen often and some seldom.
    const weights = Array.from({ length: 60 }, () => Math.exp(1.2 * chance.normal()));
    const pace = span * chance.magnitude(0.005, 0.04);
    return (hour) => (level * weights.reduce((sum, weight) => sum + 1 - Math.exp((-weight * hour) / pace), 0)) / 60;
  },
  fullCache: (chance, level, span) => {
    const fills = span * chance.magnitude(0.002, 0.3);
    const share = chance.magnitude(0.0005, 0.02);
    return (hour) => level * Math.min(1, hour / fills) * (1 - share * chance.next());
  },
  clearedByClock: (chance, level, span, rate) => {
    const every = Math.min(span / 5, chance.one([1, 6, DAY]));
    const come = arrivalsOf(chance, level / every, span, rate);
    const offset = every * chance.next();
    return stepped(span, (hour) => come.between(hour - ((hour + offset) % every), hour));
  },
  feed: (chance, level, span) => {
    // Loaded again each so often, a little larger or smaller than before.
    const every = span * chance.magnitude(0.03, 0.3);
    const share = chance.magnitude(0.001, 0.03);
    let next = every * chance.next();
    let now = level;
    return (hour) => {
      while (hour >= next) {
        next += every;
        now = level * (1 + share * chance.normal());
      }
      return now;
    };
  },
  scans: (chance, level, span, rate) => {
    const come = arrivalsOf(chance, (0.3 * level) / (0.02 * span), span, rate);
    const scans = Array.from({ length: Math.floor(6 * chance.next()) }, () => {
      return { at: span * chance.between(0, 0.97), high: level * chance.magnitude(0.3, 6) };
    });
    const fade = span * chance.magnitude(0.003, 0.02);
    return stepped(span, (hour) => {
      const raised = scans.reduce(
        (sum, { at, high }) => sum + (hour < at ? 0 : high * Math.exp((at - hour) / fade)),
        0,
      );
      return raised + come.between(hour - 0.02 * span, hour);
    });
  },
  meanders: (chance, level, span) => {
    const keep = Math.exp(-1 / (STEPS * chance.magnitude(0.003, 0.05)));
    const share = chance.magnitude(0.01, 0.15);
    let stray = chance.normal();
    return stepped(span, () => {
      stray = keep * stray + Math.sqrt(1 - keep ** 2) * chance.normal();
      return level * Math.max(0.05, 1 + share * stray);
    });
  },
  followsTraffic: (chance, level, _, rate) => {
    const share = chance.magnitude(0.003, 0.03);
    return (hour) => level * rate(hour) * (1 + share * chance.normal());
  },
};

/** What a leak has added `age` hours after it began, of a leak that adds `added` in `total` hours. */
export const leaks = {
  even: (_, added, total) => (age) => (added * age) / total,
  counted: (chance, added, total) => {
    const sizes = Array.from({ length: Math.round(chance.magnitude(150, 2000)) }, () => 1);
    return sumsOf(chance, sizes, added, total);
  },
  clumps: (chance, added, total) => {
    const sizes = Array.from({ length: Math.round(chance.between(100, 600)) }, () => -Math.log(1 - chance.next()));
    return sumsOf(chance, sizes, added, total);
  },
  partlyCleaned: (chance, added, total) => {
    // Of what comes, a part is taken away again, all at once.
    const every = total / chance.between(8, 50);
    const part = chance.between(0.1, 0.5);
    const rate = added / total;
    return (age) => rate * age + (rate * part * (age % every)) / (1 - part);
  },
  withTraffic: (_, added, total, rate) => {
    const sums = [0];
    for (let i = 0; i < STEPS; i++) sums.push(sums[i] + rate((i * total) / STEPS));
    return (age) => (added * sums[Math.round((age / total) * STEPS)]) / sums[STEPS];
  },
  quickening: (chance, added, total) => {
    const power = chance.between(1.2, 2.2);
    return (age) => added * (age / total) ** power;
  },
  doubling: (chance, added, total) => {
    const times = chance.between(1, 4);
    return (age) => (added * (2 ** ((times * age) / total) - 1)) / (2 ** times - 1);
  },
};

export const grounds = Object.keys(quiet).filter((kind) => kind !== 'scans');
export const others = ['timeToLive', 'sessions', 'fullCache', 'distinctOfFew', 'meanders', 'followsTraffic', 'feed'];
export const uneven = ['quickening', 'doubling'];
export const daily = ['withTraffic'];

/** How many connections are live. */
export function traffic(chance, level, rate) {
  const share = chance.magnitude(0.005, 0.05);
  return (hour) => level * rate(hour) * (1 + share * chance.normal());
}

/** When the process is started again, in hours: never, once, or every night. */
export function restarts(chance, span) {
  const way = chance.next();
  if (way < 0.6) return [];
  if (way < 0.8) return [span * chance.between(0.05, 0.95)];
  const first = DAY * chance.next();
  return Array.from({ length: Math.max(0, Math.ceil((span - first) / DAY)) }, (_, i) => first + i * DAY).slice(0, 20);
}

/** The traffic of each hour, 1 on the average: each hour of the day has its own, and each day, and it strays besides. */
export function trafficOf(chance, span) {
  const depth = chance.between(0, 0.7);
  const phase = DAY * chance.next();
  const hours = Array.from({ length: DAY }, (_, hour) => {
    return Math.exp(depth * Math.cos((2 * Math.PI * (hour + phase)) / DAY) + 0.15 * depth * chance.normal());
  });
  const days = Array.from({ length: Math.ceil(span / DAY) + 2 }, () => 1 + 0.15 * depth * chance.normal());
  const begins = DAY * chance.next();
  return (hour) => {
    const time = Math.max(0, hour + begins);
    const clock = time % DAY;
    const part = clock % 1;
    const [from, to] = [hours[Math.floor(clock)], hours[Math.floor(clock + 1) % DAY]];
    return Math.max(0.02, (from * (1 - part) + to * part) * days[Math.min(days.length - 1, Math.floor(time / DAY))]);
  };
}

/** How many came between two times, at a rate per hour that goes with the traffic; nothing came before the start. */
function arrivalsOf(chance, perHour, span, rate) {
  const width = span / STEPS;
  const sums = [0];
  for (let i = 0; i < STEPS; i++) {
    const expected = perHour * width * rate(i * width);
    sums.push(sums[i] + Math.max(0, expected + Math.sqrt(expected) * chance.normal()));
  }
  const until = (hour) => {
    const at = Math.max(0, Math.min(STEPS, hour / width));
    const below = Math.floor(at);
    return sums[below] + (at - below) * ((sums[below + 1] ?? sums[below]) - sums[below]);
  };
  return { between: (from, to) => until(to) - until(from) };
}

/** Sizes that come at random times. */
function sumsOf(chance, sizes, added, total) {
  const times = sizes.map(() => total * chance.next()).sort((a, b) => a - b);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let [place, sum] = [0, 0];
  return (age) => {
    while (place < times.length && times[place] <= age) sum += sizes[place++];
    return (added * sum) / all;
  };
}

/** A simulation's value at an hour, worked out once for each of its steps. */
function stepped(span, next) {
  let at = -1;
  let value = 0;
  return (hour) => {
    const step = Math.floor((hour / span) * STEPS);
    while (at < step) {
      at++;
      value = next((at * span) / STEPS);
    }
    return value;
  };
}
