/** Reads a part of a log through its format's reader. */

import { createReader } from '../../format/inspect.ts';
import { LineCutter } from '../../format/line-cutter.ts';
import type { RowSink, RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { ExpectedError, LIMIT_REACHED } from '../../model/errors/catalogue.ts';
import { SKIPPED_EXAMPLES, type SkippedRow } from '../../model/logged/reading.ts';
import type { LogFile } from './log-file.ts';
import { openText } from './log-text.ts';
import { qualifyNodes } from './node-names.ts';

/** A part of a log that is read at one go: the whole of a compressed one, or a range of bytes between lines. */
export interface Piece {
  readonly log: LogFile;
  /** In bytes of uncompressed text; `to` is Infinity for the log's end, as it always is for a compressed one. */
  readonly from: number;
  readonly to: number;
}

export interface PieceReading {
  readonly rows: number;
  /** Lines in the piece; for one that starts at the file's beginning, its header's included. */
  readonly lines: number;
  readonly skipped: number;
  /** Lines are counted within the piece. */
  readonly examples: readonly SkippedRow[];
  /** Where in the log's uncompressed text the next row after this piece will begin. */
  readonly consumed: number;
  /** 1 where the piece ends in a line that is not finished, which is not read. */
  readonly unfinished: number;
  /** True where a log ends before its time, or cannot be read on; the line in which it does is among the skipped. */
  readonly cutOff: boolean;
  readonly layoutChanged: boolean;
  /** What is to be said of the rows that were read. */
  readonly notes: readonly string[];
}

const ROUNDED = 'These logs hold counts above 2^53, which are given as the nearest number of 16 digits (≈).';
const NEWLINE = new Uint8Array([0x0a]);

/** The whole log as one piece. */
export function coverLog(log: LogFile): Piece {
  return { log, from: 0, to: Number.POSITIVE_INFINITY };
}

/**
 * @param handle takes the rows; what is skipped does not reach it
 * @param onRead hears how many bytes of the file were taken
 * @throws ExpectedError where a limit of the system is reached, or the header changes to one that cannot be used
 */
export async function scanPiece(
  piece: Piece,
  pool: StringPool,
  handle: RowsHandler,
  onRead?: (bytes: number) => void,
): Promise<PieceReading> {
  const steps = scanInSteps(piece, pool, handle, onRead);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** The same, some of the piece at a time: it goes on when it is asked to. */
export async function* scanInSteps(
  piece: Piece,
  pool: StringPool,
  handle: RowsHandler,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<undefined, PieceReading> {
  const { log, from, to } = piece;
  const examples: SkippedRow[] = [];
  let rows = 0;
  let skipped = 0;
  const take = qualifyNodes(log, pool, handle);
  const sink: RowSink = {
    rows: (values, from, stride, count) => {
      rows += count;
      take(values, from, stride, count);
    },
    skipped: (line, reason) => {
      skipped++;
      if (examples.length < SKIPPED_EXAMPLES) examples.push({ file: log.path, line, reason });
    },
  };
  // The lines of a header that is inspected already are only counted.
  const { dataOffset, dataLine } = log.inspected;
  const reader = createReader(log.inspected, pool, sink, log.path, from <= dataOffset ? dataLine : 0);
  const start = Math.max(from, dataOffset);
  // Only plain logs can be entered at any place.
  let toSkip = log.compression === 'none' ? 0 : start;
  let consumed = start;
  const lines = new LineCutter(reader);
  let broken: string | null = null;
  const onCutOff = (reason: string) => {
    broken = `the file is cut off here, or still being compressed (${reason})`;
  };
  const onDamage = (error: ExpectedError) => {
    if (log.isOnly) throw error;
    broken = `from here on the file ${error.message}`;
  };
  for await (let chunk of untilDamage(openText(log, { onRead, from: start, to, onCutOff }), onDamage)) {
    if (toSkip > 0) {
      const skip = Math.min(toSkip, chunk.length);
      toSkip -= skip;
      chunk = chunk.subarray(skip);
    }
    consumed += chunk.length;
    lines.push(chunk);
    yield;
  }
  let unfinished = 0;
  if (broken !== null) {
    sink.skipped(reader.lines + 1, broken);
    consumed -= lines.restLength;
  } else if (lines.restLength > 0) {
    const { rest } = lines;
    if (rest === null || (log.inspected.format === 'json' && isWholeObject(rest))) {
      lines.push(NEWLINE);
    } else {
      unfinished = 1;
      consumed -= rest.length;
    }
  }
  return {
    rows,
    lines: reader.lines,
    skipped,
    examples,
    consumed,
    unfinished,
    cutOff: broken !== null,
    layoutChanged: reader.layoutChanged,
    notes: reader.hasRounded ? [ROUNDED] : [],
  };
}

/** What can be read of a file that goes away, or turns out to be damaged, while it is read. */
async function* untilDamage(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (error: ExpectedError) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code === LIMIT_REACHED) throw error;
    onDamage(error);
  }
}

/** A JSON row says itself whether it is finished; a TSV row's last field may have been cut anywhere. */
function isWholeObject(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
