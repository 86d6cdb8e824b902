/**
 * Every number that decides what a series does, in one place, each with its reason. Times are in hours, shares are of what is
 * named beside them. docs/commands/growth.md tells what they are for.
 */

/** Fewer points, or a shorter time, tell nothing: a line through fewer has no error to speak of. */
export const FEWEST_POINTS = 8;
export const SHORTEST = 5 / 60;
/** Unless they are very many for their time. */
const MANY_POINTS = 60;
const SHORTEST_OF_MANY = 1 / 60;

/** @param span of so many points, in hours */
export function isEnough(points: number, span: number): boolean {
  return points >= MANY_POINTS ? span >= SHORTEST_OF_MANY : points >= FEWEST_POINTS && span >= SHORTEST;
}

/** Stretches are looked for in so many blocks: a hundredth of the time is fine enough for an onset. */
export const STRETCH_BLOCKS = 128;
/** An onset is looked for in so many blocks of the last movement and the stretch before it. */
export const ONSET_BLOCKS = 96;
/** Curves are fitted to so many blocks of the last stretch: enough to tell a bend from a line. */
export const CURVE_BLOCKS = 48;

/** The floor of what is emptied now and then is told by the least of so many blocks: several teeth lie in each. */
export const FLOOR_BLOCKS = 24;

/** Points of a stretch at least: two always lie on a line. */
export const SHORTEST_STRETCH = 3;
/**
 * What another stretch costs, in units of noise² and of the logarithm of the number of points: a slope, a level and a place
 * are three parameters, twice as much since neighbours stray together.
 */
export const STRETCH_PENALTY = 6;
/** What strays less than this share of the whole range is one stretch: stairs of ten steps are within it of a line. */
export const FINEST_NOISE = 0.02;
/** Over so many points from each other, values are compared for their noise: what strays slowly is noise, too. */
export const NOISE_LAGS = [1, 2, 4, 8] as const;

/** Standard errors by which a stretch must rise to be one that does. */
export const CLEAR_SLOPE = 4;
/** And how many times the noise a jump between two has, and a step that is told. */
export const CLEAR_JUMP = 4;
export const CLEAR_STEP = 8;

/** A rhythm of the day is taken out from this time on: one and a half of them, so that half is seen twice. */
export const RHYTHM_FROM = 36;
/** Waves of a day: once, twice and three times a day make up what offices and night jobs do. */
export const DAY_WAVES = 3;

/** A series whose range is less than this share of it, and which goes to and fro, is flat. */
export const FLAT = 0.005;
/** Of a rise, what may be lost again in a series that "never shrank". */
export const SHRINKING = 0.02;
/** What happens in this first share of the time belongs to the start. */
export const STARTING = 0.12;
/** A step that adds this share of what was there before is worth a line. */
export const WORTH_A_LINE = 0.5;
/** More jumps than this are a way of growing. */
export const MOST_STEPS = 3;
/** What does not grow by so many entries or objects in a month is not worth a line. */
export const FEWEST_IN_A_MONTH = 1000;
/** What does not grow by this share in a month is not worth a line. */
export const SLOWEST_IN_A_MONTH = 0.2;

/** A rise must be so many times what was lost at once, over as long a time, before it: else it is how the series is. */
export const BEYOND_NORMAL = 1.3;
/** Of what there is now, how much must have come if something is known of before. */
export const LEAST_AFTER_QUIET = 0.03;
/** And of a process's memory, if it came from the start: of what its scripts load, less is left to come by then. */
export const LEAST_OF_MEMORY = 0.08;

/** A fall that empties a series is this share of the range. */
export const SWING = 0.4;
/** Emptied so often, it is emptied again and again. */
export const FEWEST_TEETH = 2;
/** How high its teeth are is told by so many points. */
export const TEETH_POINTS = 256;
/** And so many times as fast as it fills. */
export const SUDDEN = 2;

/**
 * What rises less in each of so many parts of the time, by this share of the one before, fills ever more slowly, if in no way that a
 * single curve has: of hosts or names that are seen more or less often, ever fewer are new. By chance the rises of a line come in
 * this order once in 24 times, and hardly ever so far apart.
 */
export const SLOWING_PARTS = 4;
export const SLOWING = 0.85;
/** What rises in each third by more than this share of what it does in the first goes in a straight line. */
export const STRAIGHT = 0.7;

/**
 * No rhythm goes further down than to this share of its middle: at noon a table has ten times as many entries as at night, and a
 * process three times as much memory, as it also holds what does not depend on the hour.
 */
export const QUIETEST = { entries: 0.18, size: 0.18, gauge: 0.5 } as const;
/**
 * A rise by less than this share of all there is may be a day's, though nothing was lost before: much seldom is for a while. And it
 * is not worth a line yet, where it is next to nothing beside the process.
 */
export const SMALL_RISE = 0.08;
/** Values this close to a curve are on it: less, as a share of the range, shows in no picture. */
export const FINEST_FIT = 0.004;
/** A rise must be this share of a tooth: how far the last one will go nobody knows. */
export const OF_A_TOOTH = 0.35;
/** A stretch that rises this much more slowly than what follows is another movement. */
export const OTHER_SLOPE = 0.1;

/**
 * Growth that has come to less than this share of the process is not worth a line yet, if it is less than two of malloc's steps
 * or goes to and fro: among hundreds of variables that come and go, some always look so for a while.
 */
export const TRIFLE_BYTES = 2 * 135_168;
export const TRIFLE_SHARE = 0.01;
/** What each entry of a table takes grows where it is so many times what it was: sizes are looked up anew only now and then. */
export const MORE_INSIDE = 1.05;
/** A variable follows the traffic if live connections rose by this share of its own rise. */
export const FOLLOWS_TRAFFIC = 0.5;
/** The first part of a process's life, in which it loads, is no beginning to compare with. */
export const SETTLED = 0.1;
/** Points of a rise at least: fewer are on many a curve. */
export const FEWEST_AFTER = 6;

/** A restart that changed a series by at most this share of its range did not empty it. */
export const SAME_AFTER_RESTART = 0.25;
/** What comes to this share of what is usual in a life has filled up. */
export const FILLED = 0.9;
/** A rise that begins later than so many times what filling up took in an earlier life is no refilling. */
export const REFILLING = 2;
