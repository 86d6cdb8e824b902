/** What a package holds in memory: the variables that are its own, or there or larger because of it. */

import type { ProfilePoint, ProfileSizes, ProfileVariable, ScriptReplacement } from '../model/answers/profile.ts';
import type { RunMark } from '../model/answers/profile-run.ts';
import { addBytes, type ByteRange, NO_BYTES } from '../model/bytes.ts';
import { readNumber } from '../model/logged/node-series.ts';
import type { Series, SeriesResult } from '../model/logged/series.ts';
import type { SizeEstimate } from '../model/size-estimate.ts';
import type { Weigher } from './weighing/weigh.ts';

/** A script of a package. */
export interface OwnScript {
  readonly packageName: string;
  /** Within the package. */
  readonly path: string;
}

/** What a run of Zeek measured. */
export interface MeasuredRun {
  readonly series: SeriesResult;
  readonly weigher: Weigher;
  /** Of the driver, in the order of time. */
  readonly marks: readonly RunMark[];
  /** Where scripts of the package give variables a new value as a whole. */
  readonly replacements: ReadonlyMap<string, ScriptReplacement>;
  /** What a script, as the log names it, is of a package that is measured; null for those of others. */
  readonly own: (script: string) => OwnScript | null;
}

/** The collector describes what it measures, so it holds more where there is more to measure. */
const COLLECTOR = /^my_stats(_profile)?$/;
/** Without the package, variables of Zeek's own still differ from run to run by little. */
const NOTABLE_BYTES = 4096;
const NOTABLE_SHARE = 0.02;
/** With as many entries in both runs, other ones of them may have been sampled. */
const NOTABLE_SHARE_INSIDE = 0.2;

/** A variable in one run. */
interface Track extends ProfileSizes {
  readonly variable: string;
  readonly moduleName: string;
  readonly node: string;
  readonly points: readonly ProfilePoint[];
  readonly last: SizeEstimate;
  readonly measured: ProfileVariable['measured'];
}

/**
 * The variables that count, the largest first.
 *
 * @param without the same run without the package; null leaves what the package makes others hold unknown
 * @param against the run with another version of it
 */
export function profileVariables(
  run: MeasuredRun,
  without: MeasuredRun | null,
  against: MeasuredRun | null,
): ProfileVariable[] {
  const tracks = collectTracks(run);
  const base = without === null ? null : collectTracks(without);
  const earlier = against === null ? null : collectTracks(against);
  const found: ProfileVariable[] = [];
  for (const track of tracks.values()) {
    const variable = describeVariable(run, track, base, earlier, against, true);
    if (variable !== null) found.push(variable);
  }
  if (against !== null) {
    for (const track of earlier!.values()) {
      if (tracks.has(track.variable)) continue;
      const gone = describeVariable(against, track, base, earlier, against, false);
      if (gone !== null) found.push(gone);
    }
  }
  const weight = (v: ProfileVariable) => Math.max(v.peak?.likely ?? 0, v.before?.peak?.likely ?? 0);
  return found.sort((a, b) => weight(b) - weight(a) || (a.variable < b.variable ? -1 : 1));
}

export function profileTotal(variables: readonly ProfileVariable[], compared: boolean) {
  const sum = (of: (v: ProfileVariable) => ByteRange | null | undefined) =>
    variables.reduce((total, v) => addBytes(total, of(v) ?? NO_BYTES), NO_BYTES);
  return {
    final: sum((v) => v.final),
    peak: sum((v) => v.peak),
    before: compared ? sum((v) => v.before?.peak) : null,
  };
}

/** What grows with every connection doubles from the middle of the trace to its end; what expires moves by less than this. */
const GROWTH_SHARE = 0.25;

/** Those that still grew in the second half of the trace: what levels off is as large as it gets with that traffic. */
export function findGrowing(variables: readonly ProfileVariable[]): ProfileVariable[] {
  return variables.filter(({ points, perThousandConnections: per }) => {
    const sized = points.filter(({ bytes }) => bytes !== null);
    if (per === null || per <= 0 || sized.length < 3) return false;
    const middle = (sized[0]!.ts + sized.at(-1)!.ts) / 2;
    const half = sized.findLast(({ ts }) => ts <= middle)!;
    return sized.at(-1)!.bytes! > half.bytes! * (1 + GROWTH_SHARE);
  });
}

/** True for a table or set of the package that grows and declares no expiry, and for one that loses what it declares. */
export function isWithoutExpiry({ origin, type, expiry, replaced }: ProfileVariable, grows: boolean): boolean {
  if (origin === 'other') return false;
  if (expiry !== null) return replaced?.expiry === 'lost';
  return grows && type !== null && /^(table|set)\b/.test(type);
}

function describeVariable(
  run: MeasuredRun,
  track: Track,
  base: ReadonlyMap<string, Track> | null,
  earlier: ReadonlyMap<string, Track> | null,
  against: MeasuredRun | null,
  present: boolean,
): ProfileVariable | null {
  const { description, attribution } = run.weigher.origin(track.node, track.variable);
  const other = base?.get(track.variable);
  const own = description?.script == null ? null : run.own(description.script);
  if (own === null && COLLECTOR.test(track.moduleName)) return null;
  const origin = own !== null ? 'package' : base !== null && other === undefined ? 'loaded' : 'other';
  if (origin === 'other' && (other === undefined || !isNotable(track, other))) return null;
  const sizes = origin === 'other' ? computeSurplus(track, other!) : track;
  const former = earlier?.get(track.variable);
  const formerSizes = former === undefined ? undefined : origin === 'other' ? computeSurplus(former, other!) : former;
  return {
    variable: track.variable,
    moduleName: track.moduleName,
    packageName: own?.packageName ?? attribution.package,
    origin,
    type: description?.type ?? null,
    method: track.last.method,
    measured: track.measured,
    points: sizes.points,
    ...(present ? pickSizes(sizes) : { peak: null, final: null, peakEntries: null, finalEntries: null }),
    perThousandConnections: present ? scaleToThousand(sizes.points, run.marks) : null,
    script: own?.path ?? attribution.script ?? description?.script ?? null,
    line: attribution.line,
    expiry: attribution.expiry,
    replaced: run.replacements.get(track.variable) ?? null,
    before:
      formerSizes === undefined || against === null
        ? null
        : {
            ...pickSizes(formerSizes),
            expiry: against.weigher.origin(former!.node, track.variable).attribution.expiry,
            replaced: against.replacements.get(track.variable) ?? null,
          },
    present,
  };
}

function pickSizes({ peak, final, peakEntries, finalEntries }: ProfileSizes): ProfileSizes {
  return { peak, final, peakEntries, finalEntries };
}

function isNotable(track: Track, other: Track): boolean {
  const more = (track.peak?.likely ?? 0) - (other.peak?.likely ?? 0);
  const share = track.peakEntries === other.peakEntries ? NOTABLE_SHARE_INSIDE : NOTABLE_SHARE;
  return more > NOTABLE_BYTES && more > share * (other.peak?.likely ?? 0);
}

/** What a variable has more than without the package. Both grew over the same packets, so peak is taken from peak. */
function computeSurplus(track: Track, other: Track): ProfileSizes & { readonly points: readonly ProfilePoint[] } {
  const entries = (a: number | null, b: number | null) => (a === null ? null : Math.max(0, a - (b ?? 0)));
  const before = other.final?.likely ?? 0;
  return {
    peak: subtractRanges(track.peak, other.peak),
    final: subtractRanges(track.final, other.final),
    peakEntries: entries(track.peakEntries, other.peakEntries),
    finalEntries: entries(track.finalEntries, other.finalEntries),
    points: track.points.map((point) => ({
      ...point,
      bytes: point.bytes === null ? null : Math.max(0, point.bytes - before),
    })),
  };
}

function subtractRanges(a: ByteRange | null, b: ByteRange | null): ByteRange | null {
  if (a === null) return null;
  const low = Math.max(0, a.low - (b?.high ?? 0));
  const likely = Math.max(0, a.likely - (b?.likely ?? 0));
  return { low, likely, high: Math.max(likely, a.high - (b?.low ?? 0)) };
}

/** Every variable of a run with its sizes over time. */
function collectTracks({ series, weigher }: MeasuredRun): Map<string, Track> {
  const tracks = new Map<string, Track>();
  for (const one of series.series) {
    if (one.source !== 'variable') continue;
    const { node, ts } = series.stretches[one.stretch]!;
    const track = trackOf(one, node, ts, weigher);
    if (track === null) continue;
    const before = tracks.get(one.key);
    // A clock set back in the trace begins another stretch of the same process.
    tracks.set(one.key, before === undefined ? track : joinTracks(before, track));
  }
  return tracks;
}

function trackOf(
  { key, moduleName, unit, size, entries }: Series,
  node: string,
  ts: Float64Array,
  weigher: Weigher,
): Track | null {
  const points: ProfilePoint[] = [];
  let peak: ByteRange | null = null;
  let peakEntries: number | null = null;
  let last: { estimate: SizeEstimate; size: number | null; entries: number | null } | null = null;
  for (let i = 0; i < ts.length; i++) {
    const now = { size: readNumber(size[i]!), entries: readNumber(entries[i]!) };
    if (now.size === null && now.entries === null) continue;
    if (now.entries !== null) peakEntries = Math.max(peakEntries ?? 0, now.entries);
    const estimate = weigher.estimate(node, { variable: key, unit, ...now, ts: ts[i]! }, peakEntries);
    const { bytes } = estimate;
    if (bytes !== null && (peak === null || bytes.likely > peak.likely)) peak = bytes;
    points.push({ ts: ts[i]!, bytes: bytes?.likely ?? null, entries: now.entries });
    last = { estimate, ...now };
  }
  if (last === null) return null;
  return {
    variable: key,
    moduleName,
    node,
    points,
    peak,
    final: last.estimate.bytes,
    peakEntries,
    finalEntries: last.entries,
    last: last.estimate,
    measured: { size: last.size, unit },
  };
}

function joinTracks(a: Track, b: Track): Track {
  const peak = (a.peak?.likely ?? 0) > (b.peak?.likely ?? 0) ? a.peak : b.peak;
  const entries = a.peakEntries === null ? b.peakEntries : Math.max(a.peakEntries, b.peakEntries ?? 0);
  return { ...b, points: [...a.points, ...b.points], peak, peakEntries: entries };
}

/** Growth from the first to the last measurement, per 1,000 connections that began in between; null where none did. */
function scaleToThousand(points: readonly ProfilePoint[], marks: readonly RunMark[]): number | null {
  const sized = points.filter(({ bytes }) => bytes !== null);
  const first = sized[0];
  const last = sized.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const connections = countConnectionsAt(marks, last.ts) - countConnectionsAt(marks, first.ts);
  return connections <= 0 ? null : ((last.bytes! - first.bytes!) * 1000) / connections;
}

/** The driver's marks carry the time of their run. */
function countConnectionsAt(marks: readonly RunMark[], ts: number): number {
  let connections = 0;
  for (const mark of marks) if (mark.kind === 'run' && mark.ts <= ts + 1e-5) connections = mark.connections;
  return connections;
}
