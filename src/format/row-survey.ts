/** What a stream that several logs share holds of each. */

import { createReader, type Inspected } from './inspect.ts';
import { chooseKind, findKind, findPath, type LogKind, readPath } from './log-kind.ts';
import { eachRow, type RowReader } from './row-reader.ts';
import { StringPool } from './string-pool.ts';
import { endOfLine } from './tsv-field.ts';
import { addHeaderLine, recognizeHeader, type TsvHeader } from './tsv-header.ts';

const NEWLINE = 0x0a;
const HASH = 0x23;
const DECODER = new TextDecoder();

interface Share {
  readonly inspected: Inspected & { readonly kind: LogKind };
  /** The time of its first row, seconds since the epoch. */
  readonly firstTs: number;
}

export class RowSurvey implements Pick<RowReader, 'read' | 'skipLine'> {
  /** Of the logs we read, each of which a row has been read. */
  readonly shares = new Map<LogKind, Share>();
  /** Rows of logs we do not read, by their name; '' for those without one. */
  readonly others = new Map<string, number>();
  readonly #inspected: Inspected;
  readonly #file: string;
  #header: TsvHeader;
  /** Why the first row could not be read that could not. */
  problem: { readonly line: number; readonly reason: string } | null = null;
  #lines = 0;

  /** @param inspected by the beginning of the stream */
  constructor(inspected: Inspected, file: string) {
    this.#inspected = inspected;
    this.#header = inspected.header;
    this.#file = file;
    this.#lines = inspected.dataLine;
  }

  read(buffer: Uint8Array, end: number): void {
    for (let at = 0; at < end; ) {
      const next = buffer.indexOf(NEWLINE, at) + 1;
      this.#lines++;
      if (next - at > 1) this.#line(buffer.subarray(at, next));
      at = next;
    }
  }

  skipLine(): void {
    this.#lines++;
  }

  #line(line: Uint8Array): void {
    if (this.#inspected.format === 'json') this.#jsonRow(line);
    else if (line[0] === HASH)
      this.#header = addHeaderLine(
        this.#header,
        line.subarray(0, endOfLine(line, 0, line.length - 1)),
        this.#file,
        this.#lines,
      );
    else this.#count(recognizeHeader(this.#header), this.#header.path, line);
  }

  #jsonRow(line: Uint8Array): void {
    const text = DECODER.decode(line);
    const path = findPath(text);
    const kind = path === null ? null : findKind(path);
    if (kind !== null) {
      this.#count(kind, path, line);
      return;
    }
    try {
      const row: unknown = JSON.parse(text);
      if (typeof row === 'object' && row !== null && !Array.isArray(row))
        this.#count(chooseKind(row as Record<string, unknown>), readPath(row as Record<string, unknown>), line);
    } catch {
      // Whoever reads it counts and shows it.
    }
  }

  #count(kind: LogKind | null, path: string | null, line: Uint8Array): void {
    if (kind === null) this.others.set(path ?? '', (this.others.get(path ?? '') ?? 0) + 1);
    else if (!this.shares.has(kind)) this.#readFirst(kind, line);
  }

  #readFirst(kind: LogKind, line: Uint8Array): void {
    const inspected = { ...this.#inspected, kind, header: this.#header, isShared: true };
    // Whoever reads it from the beginning sees the headers change.
    const share = inspected.format === 'tsv' ? { ...inspected, dataOffset: 0, dataLine: 0 } : inspected;
    const sink = {
      rows: eachRow(([ts]) => {
        // The time is the first column of every log but those without one.
        this.shares.set(kind, { inspected: share, firstTs: kind.columns[0]?.kind === 'time' ? ts! : 0 });
      }),
      skipped: (number: number, reason: string) => {
        this.problem ??= { line: number, reason };
      },
    };
    createReader(inspected, new StringPool(), sink, this.#file, this.#lines - 1).read(line, line.length);
  }
}
