/**
 * What values of a type can weigh, given how many objects Zeek counts for them.
 *
 * Zeek's footprint is a sum over all values, so what is known of one value is an average. The averages a population
 * can have are the convex hull of what single values can have: two curves over the number of objects, the lower one
 * convex, the upper one concave. Bytes that lie between them are possible, others are not.
 */

/** From `start` along the segments, then on with `tail`, in bytes per object; null: there is no more. */
interface Curve {
  readonly objects: number;
  readonly bytes: number;
  readonly segments: readonly CurveSegment[];
  readonly tail: number | null;
}

interface CurveSegment {
  readonly length: number;
  readonly slope: number;
}

/** Two curves that begin at the same number of objects, the least a value can have. */
export interface Envelope {
  readonly lower: Curve;
  readonly upper: Curve;
}

/** More segments than this say nothing more: the rest is taken as one. */
const MOST_SEGMENTS = 64;

/** A value of a fixed number of objects. */
export function fixed(objects: number, low: number, high: number = low): Envelope {
  return { lower: point(objects, low), upper: point(objects, high) };
}

/** A value that starts so and may have more objects, each of so many bytes. */
export function growing(objects: number, low: number, high: number, lowTail: number, highTail: number): Envelope {
  return {
    lower: { objects, bytes: low, segments: [], tail: lowTail },
    upper: { objects, bytes: high, segments: [], tail: highTail },
  };
}

function point(objects: number, bytes: number): Curve {
  return { objects, bytes, segments: [], tail: null };
}

/** Both values, side by side: the cheapest (dearest) place for an object comes first. */
export function plus(a: Envelope, b: Envelope): Envelope {
  return { lower: sum(a.lower, b.lower, 1), upper: sum(a.upper, b.upper, -1) };
}

/** @param sign 1 keeps slopes rising (a lower curve), -1 falling (an upper one) */
function sum(a: Curve, b: Curve, sign: 1 | -1): Curve {
  const tails = [a.tail, b.tail].filter((tail) => tail !== null);
  const tail = tails.length === 0 ? null : sign * Math.min(...tails.map((slope) => sign * slope));
  const segments: CurveSegment[] = [];
  // Both are sorted, so this is a merge; what comes after an endless stretch is never reached.
  let i = 0;
  let j = 0;
  while (i < a.segments.length || j < b.segments.length) {
    const left = a.segments[i];
    const right = b.segments[j];
    const takeLeft = right === undefined || (left !== undefined && sign * left.slope <= sign * right.slope);
    const next = takeLeft ? left! : right;
    if (takeLeft) i++;
    else j++;
    if (tail !== null && sign * next!.slope >= sign * tail) break;
    append(segments, next!);
  }
  return { objects: a.objects + b.objects, bytes: a.bytes + b.bytes, segments, tail };
}

function append(segments: CurveSegment[], { length, slope }: CurveSegment): void {
  const last = segments.at(-1);
  if (last !== undefined && (last.slope === slope || segments.length >= MOST_SEGMENTS))
    // Past the limit the slope of the last one stands for all: on the safe side, since slopes only get further away.
    segments[segments.length - 1] = { length: last.length + length, slope: last.slope };
  else segments.push({ length, slope });
}

/** The value, or nothing: what an absent field is. */
export function maybe(envelope: Envelope): Envelope {
  return { lower: hull([ORIGIN], envelope.lower, 1), upper: hull([ORIGIN], envelope.upper, -1) };
}

interface Vertex {
  readonly objects: number;
  readonly bytes: number;
}

const ORIGIN: Vertex = { objects: 0, bytes: 0 };

/** Extends a curve by points that lie before or on it, and keeps it convex (concave). */
function hull(points: readonly Vertex[], curve: Curve, sign: 1 | -1): Curve {
  return curveThrough([...points, ...verticesOf(curve)], curve.tail, sign);
}

function verticesOf(curve: Curve): Vertex[] {
  const vertices = [{ objects: curve.objects, bytes: curve.bytes }];
  for (const { length, slope } of curve.segments) {
    const last = vertices.at(-1)!;
    vertices.push({ objects: last.objects + length, bytes: last.bytes + length * slope });
  }
  return vertices;
}

/** The tightest convex (sign 1) or concave (-1) curve with all points on its safe side, going on with `tail`. */
export function curveThrough(points: readonly Vertex[], tail: number | null, sign: 1 | -1): Curve {
  const sorted = points.toSorted((a, b) => a.objects - b.objects || sign * (a.bytes - b.bytes));
  const chain: Vertex[] = [];
  const slope = (a: Vertex, b: Vertex) => (b.bytes - a.bytes) / (b.objects - a.objects);
  for (const vertex of sorted) {
    if (chain.at(-1)?.objects === vertex.objects) continue;
    while (chain.length > 1 && sign * slope(chain.at(-2)!, chain.at(-1)!) >= sign * slope(chain.at(-2)!, vertex))
      chain.pop();
    chain.push(vertex);
  }
  if (tail !== null) while (chain.length > 1 && sign * slope(chain.at(-2)!, chain.at(-1)!) >= sign * tail) chain.pop();
  const segments: CurveSegment[] = [];
  for (let i = 1; i < chain.length; i++) {
    const [from, to] = [chain[i - 1]!, chain[i]!];
    append(segments, { length: to.objects - from.objects, slope: slope(from, to) });
  }
  return { ...chain[0]!, segments, tail };
}

/** The least bytes per object anywhere on a lower curve, the most on an upper one, `extra` bytes added to each value. */
export function steepest(curve: Curve, extra: number, sign: 1 | -1): number {
  const slopes = verticesOf(curve)
    .filter(({ objects }) => objects > 0)
    .map(({ objects, bytes }) => (bytes + extra) / objects);
  if (curve.tail !== null) slopes.push(curve.tail);
  return sign * Math.min(...slopes.map((slope) => sign * slope));
}

/** The curve's bytes at a number of objects; outside of what is possible the nearest that is. */
export function at(curve: Curve, objects: number): number {
  let left = objects - curve.objects;
  let bytes = curve.bytes;
  if (left <= 0) return bytes;
  for (const { length, slope } of curve.segments) {
    const taken = Math.min(left, length);
    bytes += taken * slope;
    left -= taken;
    if (left <= 0) return bytes;
  }
  return bytes + left * (curve.tail ?? 0);
}

/** The most objects a value can have. */
export function mostObjects(curve: Curve): number {
  if (curve.tail !== null) return Number.POSITIVE_INFINITY;
  return curve.segments.reduce((sum, { length }) => sum + length, curve.objects);
}

/** What either of the two can be: for a type that is not known to be one or the other. */
export function either(a: Envelope, b: Envelope): Envelope {
  const tail = (x: Curve, y: Curve, sign: 1 | -1) => {
    const tails = [x.tail, y.tail].filter((slope) => slope !== null);
    return tails.length === 0 ? null : sign * Math.min(...tails.map((slope) => sign * slope));
  };
  return {
    lower: curveThrough([...verticesOf(a.lower), ...verticesOf(b.lower)], tail(a.lower, b.lower, 1), 1),
    upper: curveThrough([...verticesOf(a.upper), ...verticesOf(b.upper)], tail(a.upper, b.upper, -1), -1),
  };
}
