/**
 * Labelled histories of a Zeek process, made up: quiet ones of every kind, and leaks of which is known where they are,
 * when they began and how fast they are. The same seed makes the same history.
 *
 * A history is told by what it holds at a time (hours since the process started): entries of its variables, entries of a
 * field of its connections, live connections, and resident memory, which is the sum of all that and of what is outside
 * scripts. A restart empties all of it; a leak goes on from nothing.
 */

import { Chance } from './chance.mjs';
import * as rough from './rough-shapes.mjs';
import * as simulated from './simulated-shapes.mjs';
import * as smooth from './smooth-shapes.mjs';

const DAY = 24;
/** What histories are made of. */
export const SHAPES = { smooth, rough, simulated };
/** Bytes per entry of `set[addr]`, and per object in a field of a connection. */
const ENTRY_BYTES = 112;
const FIELD_BYTES = 250;

const PLACES = ['variable', 'inside', 'outside', 'connection'];

/**
 * @param {number} seed
 * @param {boolean} isLeak
 * @param {typeof smooth | typeof rough | typeof simulated} shapes what it may be made of
 */
export function historyOf(seed, isLeak, shapes) {
  const chance = new Chance(seed * 2_654_435_761 + (isLeak ? 1 : 0));
  const span = chance.magnitude(1, 336);
  const interval = (60 * Math.max(1, Math.ceil((span * 60) / 3000))) / 3600;
  const runs = Math.floor(span / interval);
  const base = chance.magnitude(120e6, 3e9);
  const kind = isLeak ? leakKind(chance, span, shapes) : chance.one(Object.keys(shapes.quiet));
  const ground = isLeak ? chance.one(shapes.grounds) : kind;
  const place = isLeak ? chance.one(PLACES) : chance.one(['variable', 'outside']);
  const level = chance.magnitude(0.002, isLeak ? 0.15 : 0.6) * base;
  const boots = [0, ...(shapes.restarts?.(chance, span) ?? [])];
  const rate = shapes.trafficOf?.(chance, span);
  // What takes longer than any life to fill is no other than a leak.
  const longest = longestLife(boots, 0, span);
  const leak = isLeak ? leakOf(chance, shapes.leaks[kind], { runs, interval, boots, span, rate }, base + level) : null;
  const traffic = shapes.traffic(chance, chance.magnitude(20, 5000), rate);
  const others = Array.from({ length: 3 }, () => {
    const size = chance.magnitude(500, 0.05 * (base / ENTRY_BYTES));
    return madeAnew(shapes.quiet[chance.one(shapes.others)], size);
  });
  const ofGround = madeAnew(shapes.quiet[ground], level);
  const isEven = !shapes.uneven.includes(kind);
  return { seed, isLeak, kind, isEven, ground, place, span, interval, runs, rows: rowsOf(), truth: truthOf() };

  function* rowsOf() {
    const keeps = chance.next() < 0.5;
    const jitter = chance.magnitude(1e-4, 3e-3);
    const leaked = (run) => (leak === null || run < leak.first ? 0 : leak.at((run - leak.first) * interval));
    let life = { boot: -1 };
    let most = 0;
    for (let run = 0; run < runs; run++) {
      const hour = 10 / 3600 + run * interval;
      const boot = boots.findLastIndex((at) => at <= hour);
      if (boot !== life.boot) {
        life = { boot, first: run, kept: leaked(run), below: ofGround(boot), others: others.map((make) => make(boot)) };
        most = 0;
      }
      const age = hour - boots[boot];
      const quiet = Math.max(0, life.below(age));
      const added = leaked(run) - life.kept;
      const live = Math.max(1, Math.round(traffic(hour)));
      const sizes = life.others.map((one) => Math.max(0, Math.round(one(age))));
      const sum = base + quiet + added + live * 6000 + sizes.reduce((a, b) => a + b, 0) * ENTRY_BYTES;
      const needed = sum * (1 + jitter * chance.normal());
      most = Math.max(most, needed);
      yield {
        hour,
        boot: boots[boot],
        run: run - life.first + 1,
        live,
        sizes,
        resident: Math.round(keeps ? most : needed),
        ...placed(quiet, added),
      };
    }
  }

  /** The same sort in every life, though not the same noise. */
  function madeAnew(make, size) {
    const sort = chance.between(0, 2 ** 32);
    return (life) => {
      const own = new Chance(sort);
      const at = make(own, size, longest, rate && ((age) => rate(boots[life] + age)));
      own.begin(sort + life);
      return at;
    };
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

function leakKind(chance, span, { leaks, daily }) {
  const kinds = Object.keys(leaks).filter((kind) => !daily.includes(kind) || span > 2 * DAY);
  return chance.one(kinds);
}

/** It adds a tenth of the process or more before a restart takes it away. */
function leakOf(chance, make, { runs, interval, boots, span, rate }, process) {
  const share = chance.next() < 0.15 ? 0 : chance.between(0, 0.95);
  const first = Math.min(Math.floor(share * runs), runs - 11);
  const total = (runs - 1 - first) * interval;
  const added = (process * chance.magnitude(0.1, 2) * total) / longestLife(boots, first * interval, span);
  return { first, added, at: make(chance, added, total, rate && ((age) => rate(first * interval + age))) };
}

/** The longest time without a restart after one, in hours. */
function longestLife(boots, from, to) {
  const cuts = [from, ...boots.filter((at) => at > from && at < to), to];
  return Math.max(...cuts.slice(1).map((cut, i) => cut - cuts[i]));
}
