/** The series that pieces of logs hold: of a log that does not change any more from before, of the rest by reading it. */

import type { SeriesQuery } from '../model/logged/series.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { CacheEntry, ClosedLogs } from './cache/closed-logs.ts';
import type { LogFile } from './reading/log-file.ts';
import type { TimedPiece } from './reading/piece-plan.ts';
import type { Piece, PieceReading } from './reading/scan.ts';
import { DISORDER, SAME_RUN_WITHIN } from './runs/run-tracker.ts';
import { widen } from './runs/segment.ts';
import { type StretchesOfNode, StretchTable, stretchesWithin } from './runs/stretch-table.ts';
import type { PieceResult, ScanJob } from './scans/scan-job.ts';
import { runPieces } from './scans/scan-pool.ts';
import type { SeriesPart } from './scans/series-scan.ts';

/** What was found in a piece. */
interface Found {
  readonly reading: PieceReading;
  readonly series: SeriesPart;
}

type SeriesJob = Extract<ScanJob, { readonly kind: 'series' }>;

/** How a log is read that is read as if there were no other. */
interface Alone {
  readonly job: SeriesJob;
  /** Where what was found in it is kept; null where nothing is. */
  readonly entry: CacheEntry | null;
  /** True where all of it seems to be asked for. */
  readonly isWhole: boolean;
}

/**
 * A compressed log is read as if there were no other, so that what is kept of it stays the same whatever is logged later:
 * all of it, in buckets as wide as those of the stretches around it. What the question wants is taken from that.
 */
export class SeriesPieces {
  readonly #general: SeriesJob;
  readonly #table: StretchTable;
  readonly #closed: ClosedLogs | null;

  /** @param stretches as far as they are known, see `StretchTable` */
  constructor(query: SeriesQuery, stretches: readonly StretchesOfNode[], closed: ClosedLogs | null) {
    this.#general = { kind: 'series', query, stretches };
    this.#table = new StretchTable(stretches);
    this.#closed = closed;
  }

  /** In the order of the pieces. */
  async *read(
    pieces: readonly TimedPiece[],
    onProgress?: ProgressListener,
  ): AsyncGenerator<{ readonly piece: Piece } & Found> {
    const alone = new Map(pieces.map((piece) => [piece.log, this.#aloneOf(piece, pieces)]));
    const jobOf = ({ log }: Piece) => (alone.get(log)?.isWhole ? alone.get(log)!.job : this.#general);
    const toRead = pieces.filter(({ log }) => !alone.get(log)?.entry?.isKept);
    const outcomes = runPieces(toRead, jobOf, onProgress);
    let next = await outcomes.next();
    let keeping = Promise.resolve();
    for (const piece of pieces) {
      const known = alone.get(piece.log);
      if (known?.entry?.isKept) {
        // What was used of the one before can only be cleaned up in between.
        await new Promise(setImmediate);
        yield { piece, ...(await this.#take(piece, known.entry.find() as Found | undefined)) };
      } else if (!next.done && next.value.piece.log === piece.log && next.value.piece.from === piece.from) {
        const { piece: read, result } = next.value;
        const found = readFound(result);
        await keeping;
        if (known?.isWhole && known.entry !== null && isSound(found.reading)) keeping = known.entry.keep(found);
        yield { piece: read, ...(known?.isWhole ? await this.#take(piece, found) : found) };
        next = await outcomes.next();
      }
    }
    await keeping;
  }

  /** Null for a log that must be read with what is known of the others. */
  #aloneOf(piece: TimedPiece, pieces: readonly TimedPiece[]): Alone | null {
    const { query, stretches } = this.#general;
    const { log, startsAt } = piece;
    if (log.compression === 'none' || stretches.some(({ runs }) => runs !== null)) return null;
    // Those that were begun together are the share of several loggers.
    const following = pieces.find((other) => other.startsAt > startsAt + DISORDER);
    const ends = (following?.startsAt ?? Number.POSITIVE_INFINITY) + DISORDER;
    const job: SeriesJob = {
      kind: 'series',
      query: { ...query, since: null, until: null },
      stretches: stretchesWithin(stretches, startsAt - DISORDER, ends),
    };
    const isWhole = startsAt >= (query.since ?? startsAt) && ends <= (query.until ?? ends);
    return { job, entry: this.#entryOf(log, job), isWhole };
  }

  /** Where only the runs of other logs tell which sensor rows are of, nothing is kept. */
  #entryOf(log: LogFile, job: SeriesJob): CacheEntry | null {
    const { sensors, inspected } = log;
    if (this.#closed === null || (sensors !== null && sensors.ofNode.size > 0)) return null;
    const named =
      sensors === null ? null : [sensors.sensor, [...sensors.ofSystem], sensors.isBySystem, inspected.system];
    return this.#closed.entryOf([log], [job, named]);
  }

  /** Of what is in a log what is asked for; where that takes the rows, the log is read for it. */
  async #take(piece: TimedPiece, found: Found | undefined): Promise<Found> {
    const place = found === undefined ? 'across' : locate(found.series, this.#general.query);
    if (found === undefined || place === 'across') {
      for await (const { result } of runPieces([piece], () => this.#general)) return readFound(result);
      throw new Error('a piece was not read');
    }
    if (place === 'outside') return { ...found, series: { texts: [], segments: [] } };
    for (const segment of found.series.segments)
      widen(segment, this.#table.of(segment.node, segment.runs[0]!, segment.ts[0]!).level);
    return found;
  }
}

function readFound({ reading, series }: PieceResult): Found {
  return { reading, series: series! };
}

/** What was skipped is told by the log's path, and may be an error. */
function isSound({ skipped, unfinished, notes }: PieceReading): boolean {
  return skipped + unfinished + notes.length === 0;
}

/** Where the runs of a part lie, as seen from a span of time. */
function locate({ segments }: SeriesPart, { since, until }: SeriesQuery): 'within' | 'outside' | 'across' {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { ts } of segments) {
    for (const one of ts) {
      if (one < first) first = one;
      // The last rows of a run.
      if (one + SAME_RUN_WITHIN > last) last = one + SAME_RUN_WITHIN;
    }
  }
  const [from, to] = [since ?? Number.NEGATIVE_INFINITY, until ?? Number.POSITIVE_INFINITY];
  if (first >= from && last <= to) return 'within';
  return last < from || first > to ? 'outside' : 'across';
}
