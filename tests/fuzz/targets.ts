/** What must hold of any bytes whatever: each target reads them in its way, and throws where something is wrong with us. */

import { rmSync, writeFileSync } from 'node:fs';
import { readCompression, readUncompressed } from '../../src/decoding/compression.ts';
import { recognizeForeignFile } from '../../src/format/foreign-file.ts';
import { findForms, undoForms } from '../../src/format/forms/forms.ts';
import { createReader, inspect } from '../../src/format/inspect.ts';
import { LineCutter } from '../../src/format/line-cutter.ts';
import {
  CLUSTER,
  CONNECTIONS,
  isText,
  LOADED_SCRIPTS,
  NODE_RUNS,
  SAMPLES,
  VARIABLES,
} from '../../src/format/log-kind.ts';
import { eachRow } from '../../src/format/row-reader.ts';
import { RowSurvey } from '../../src/format/row-survey.ts';
import { StringPool } from '../../src/format/string-pool.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';

export type Target = (bytes: Uint8Array, file: string) => Promise<void>;

const KINDS = [SAMPLES, NODE_RUNS, CONNECTIONS, VARIABLES, CLUSTER, LOADED_SCRIPTS];
/** What a zero byte, a quote or a row of an array may grow to, and what a form adds once. */
const MOST_GROWTH = 8;
const ADDED = 4096;

async function converted(bytes: Uint8Array, size: number): Promise<Buffer> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const made: Buffer[] = [];
  for await (const chunk of undoForms(chunks(), findForms(bytes).forms)) made.push(Buffer.from(chunk));
  return Buffer.concat(made);
}

/** Forms: the same wherever the bytes are cut, and not much longer. */
const forms: Target = async (bytes) => {
  const whole = await converted(bytes, bytes.length || 1);
  const cut = await converted(bytes, 7);
  if (!whole.equals(cut)) throw new Error('it depends on where the bytes are cut');
  if (whole.length > bytes.length * MOST_GROWTH + ADDED)
    throw new Error(`${bytes.length} bytes became ${whole.length}`);
};

/** Readers: every line is a row, is counted, or holds none; rows are what their columns say. */
const readers: Target = async (bytes, file) => {
  recognizeForeignFile(bytes);
  const text = await converted(bytes, 4096);
  const inspected = expected(() => inspect(text, file));
  if (inspected == null) return;
  for (const kind of inspected.kind === null ? KINDS : [inspected.kind]) {
    const pool = new StringPool();
    let rows = 0;
    let skipped = 0;
    const sink = {
      rows: eachRow((values) => {
        rows++;
        kind.columns.forEach((column, i) => {
          const value = values[i]!;
          if (isText(column.kind) ? value >= pool.size || value < -1 : !isNumber(column.kind, value, column.optional))
            throw new Error(`${column.name} is ${value}`);
        });
      }),
      skipped: () => {
        skipped++;
      },
    };
    expected(() => {
      const reader = createReader({ ...inspected, kind }, pool, sink, file, inspected.dataLine);
      const lines = new LineCutter(reader);
      for (let at = inspected.dataOffset; at < text.length; at += 100) lines.push(text.subarray(at, at + 100));
      if (lines.restLength > 0) lines.push(Uint8Array.of(0x0a));
      if (rows + skipped > reader.lines)
        throw new Error(`${reader.lines} lines hold ${rows} rows and ${skipped} others`);
    });
  }
  expected(() => new RowSurvey(inspected, file).read(withNewline(text), text.length + 1));
};

/** Decompressors: bytes come out, or it is said why they do not. */
const decoders: Target = async (bytes, file) => {
  writeFileSync(file, bytes);
  try {
    let made = 0;
    for await (const chunk of readUncompressed(file, readCompression(file), { onCutOff: () => {} }))
      made += chunk.length;
    if (made > (64 << 20) + bytes.length * 1000 + (1 << 20)) throw new Error(`${bytes.length} bytes became ${made}`);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
  } finally {
    rmSync(file, { force: true });
  }
};

export const TARGETS: readonly { readonly name: string; readonly corpus: string; readonly target: Target }[] = [
  { name: 'forms', corpus: 'logs', target: forms },
  { name: 'readers', corpus: 'logs', target: readers },
  { name: 'decoders', corpus: 'compressed', target: decoders },
];

function expected<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function withNewline(text: Uint8Array): Uint8Array {
  return Buffer.concat([text, Uint8Array.of(0x0a)]);
}

function isNumber(kind: string, value: number, mayBeUnset: boolean): boolean {
  if (Number.isNaN(value)) return mayBeUnset;
  if (kind === 'count') return value >= 0 && value <= 2 ** 64 && Number.isInteger(value);
  if (kind === 'bool') return value === 0 || value === 1;
  return kind !== 'time' || (value < 9e9 && value > -9e9);
}
