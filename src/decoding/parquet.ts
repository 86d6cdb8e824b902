/**
 * Parquet as Zeek's own text: what an archive or an export holds is read like the log it was made from.
 * Source of the format: https://parquet.apache.org/docs/file-format
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { Damage } from './damage.ts';

/** Where a file says which of Zeek's logs its rows are of: the name of that log. */
export const LOG_OF_ROWS = 'my_stats.log';

const COMPRESSORS = { GZIP: (bytes: Uint8Array) => gunzipSync(bytes), ZSTD: (bytes: Uint8Array) => decompress(bytes) };
/** Times as microseconds: a date would lose these. */
const PARSERS = {
  timestampFromMilliseconds: (time: bigint) => new Micros(time * 1000n),
  timestampFromMicroseconds: (time: bigint) => new Micros(time),
  timestampFromNanoseconds: (time: bigint) => new Micros(time / 1000n),
};
/** Hive's partitions: what the names of folders say is in no row. */
const SENSOR_OF_PATH = /(?:^|\/)sensor=([^/]+)\/[^/]*(?:\/[^/]*)?$/;
const SPECIAL = /[\\\x00-\x1f\x7f]/g;

class Micros {
  readonly text: string;

  constructor(time: bigint) {
    this.text = `${time / 1_000_000n}.${String(time % 1_000_000n).padStart(6, '0')}`;
  }
}

/**
 * The rows as TSV with Zeek's header, a row group at a time.
 *
 * @param onRead hears how many bytes of the file were taken
 * @throws Damage where it is torn, or not to be read
 */
export async function* readParquetChunks(path: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(path, 'r');
  try {
    const file = openBuffer(descriptor, onRead);
    const metadata = await translateDamage(() => parquetMetadataAsync(file, { parsers: PARSERS }));
    const names = metadata.schema.filter(({ num_children }) => num_children === undefined).map(({ name }) => name);
    const rows = new RowTexts(names, names.includes('sensor') ? null : readSensor(path));
    yield Buffer.from(rows.header(metadata));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const columns = new Map<string, ArrayLike<unknown>[]>();
      await translateDamage(() =>
        parquetRead({
          file,
          metadata,
          rowStart,
          rowEnd,
          compressors: COMPRESSORS,
          parsers: PARSERS,
          onChunk: ({ columnName, columnData }) => {
            columns.set(columnName, [...(columns.get(columnName) ?? []), columnData]);
          },
        }),
      );
      yield Buffer.from(rows.of(columns, rowEnd - rowStart));
      rowStart = rowEnd;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Whatever the library says of a file is wrong with the file. */
async function translateDamage<Found>(read: () => Promise<Found>): Promise<Found> {
  try {
    return await read();
  } catch (error) {
    throw new Damage((error as Error).message.replace(/^parquet /, ''));
  }
}

function openBuffer(descriptor: number, onRead: (bytes: number) => void): AsyncBuffer {
  const { size } = fstatSync(descriptor);
  return {
    byteLength: size,
    slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      onRead(readSync(descriptor, bytes, 0, bytes.length, start));
      return bytes.buffer;
    },
  };
}

function readSensor(path: string): string | null {
  const [, sensor] = SENSOR_OF_PATH.exec(path) ?? [];
  try {
    return sensor === undefined ? null : decodeURIComponent(sensor);
  } catch {
    return sensor!;
  }
}

class RowTexts {
  readonly #names: readonly string[];
  readonly #sensor: string | null;
  /** Names come again and again. */
  readonly #known = new Map<string, string>();

  constructor(names: readonly string[], sensor: string | null) {
    this.#names = names;
    this.#sensor = sensor;
  }

  header({ key_value_metadata = [] }: FileMetaData): string {
    const log = key_value_metadata.find(({ key }) => key === LOG_OF_ROWS)?.value;
    const path = log === undefined ? '' : `#path\t${log}\n`;
    const fields = [...this.#names, ...(this.#sensor === null ? [] : ['sensor'])].map((name) => this.#text(name));
    return `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n${path}#fields\t${fields.join('\t')}\n`;
  }

  of(columns: ReadonlyMap<string, readonly ArrayLike<unknown>[]>, count: number): string {
    const lines = new Array<string>(count).fill('');
    for (const name of this.#names) {
      let row = 0;
      for (const part of columns.get(name) ?? [])
        for (let i = 0; i < part.length && row < count; i++, row++) lines[row] += `${this.#cell(part[i])}\t`;
      for (; row < count; row++) lines[row] += '-\t';
    }
    const end = this.#sensor === null ? '' : this.#text(this.#sensor);
    return lines.map((line) => `${this.#sensor === null ? line.slice(0, -1) : line + end}\n`).join('');
  }

  #cell(value: unknown): string {
    if (value === null || value === undefined) return '-';
    if (typeof value === 'string') return this.#text(value);
    if (value instanceof Micros) return value.text;
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(6);
    if (typeof value === 'boolean') return value ? 'T' : 'F';
    if (!Array.isArray(value)) return this.#text(JSON.stringify(value));
    return value.length === 0
      ? '(empty)'
      : value.map((item) => this.#text(String(item)).replaceAll(',', '\\x2c')).join();
  }

  /** With Zeek's escapes, also of a text that means something else as it is. */
  #text(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const isWord = text === '-' || text === '(empty)' || text.startsWith('#');
    const first = isWord ? writeHex(text) : text.charAt(0).replace(SPECIAL, writeHex);
    const escaped = text === '' ? '(empty)' : first + text.slice(1).replace(SPECIAL, writeHex);
    this.#known.set(text, escaped);
    return escaped;
  }
}

function writeHex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
