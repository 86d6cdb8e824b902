/** Every decompressor: whole, cut off, damaged, in several parts, and made to grow without end. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCompression, readUncompressed } from '../../src/decoding/compression.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';
import { needs } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'my-stats-decoders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(content: Uint8Array): string {
  const path = join(folder, `file-${files++}`);
  writeFileSync(path, content);
  return path;
}

interface Read {
  readonly text: string;
  readonly cutOff: boolean;
  readonly error: string | null;
}

async function read(content: Uint8Array): Promise<Read> {
  const path = write(content);
  const chunks: Buffer[] = [];
  let cutOff = false;
  const onCutOff = () => {
    cutOff = true;
  };
  let error: string | null = null;
  try {
    for await (const chunk of readUncompressed(path, readCompression(path), { onCutOff }))
      chunks.push(Buffer.from(chunk));
  } catch (thrown) {
    if (!(thrown instanceof ExpectedError)) throw thrown;
    error = thrown.code;
  }
  return { text: Buffer.concat(chunks).toString(), cutOff, error };
}

function compress(program: string, ...options: readonly string[]): (text: string | Buffer) => Buffer {
  return (text) => execFileSync(program, ['-c', ...options], { input: text, maxBuffer: 1 << 28, stdio: 'pipe' });
}

const TEXT = Array.from({ length: 60_000 }, (_, i) => `17955${(i * 7919) % 100_003}.125\t${i}\tworker\n`).join('');
const DECODERS: readonly [string, (text: string | Buffer) => Buffer, ReturnType<typeof needs>][] = [
  ['gzip', (text) => gzipSync(text), {}],
  ['zstd', compress('zstd', '-q'), needs('zstd')],
  ['zstd with a long window', compress('zstd', '-q', '-19', '--long=24'), needs('zstd')],
  ['bzip2', compress('bzip2'), needs('bzip2')],
  ['xz', compress('xz'), needs('xz')],
  ['lz4', compress('lz4', '-q'), needs('lz4')],
];

for (const [name, compressed, options] of DECODERS)
  describe(name, options, () => {
    let whole: Buffer = Buffer.alloc(0);
    beforeAll(() => {
      whole = compressed(TEXT);
    });

    test('gives the text', async () => {
      expect(await read(whole)).toEqual({ text: TEXT, cutOff: false, error: null });
    });

    test('reads parts that were put one behind the other', async () => {
      const parts = [compressed('a\n'), compressed(''), compressed(TEXT), compressed('b\n')];
      expect(await read(Buffer.concat(parts))).toEqual({ text: `a\n${TEXT}b\n`, cutOff: false, error: null });
    });

    test('gives what there is of a file that is cut off, and says so', async () => {
      const { text, cutOff, error } = await read(whole.subarray(0, whole.length - 5));
      expect({ cutOff, error }).toEqual({ cutOff: true, error: null });
      expect(TEXT.startsWith(text)).toBe(true);
    });

    test('notices every damaged part', async () => {
      for (const at of [0.2, 0.5, 0.8]) {
        const damaged = Buffer.from(whole);
        for (let i = 0; i < 8; i++) damaged[Math.floor(whole.length * at) + i]! ^= 0x55;
        const { error, cutOff } = await read(damaged);
        expect(cutOff || error === 'corrupt-compression', `${name} at ${at}`).toBe(true);
      }
    });

    test('notices a wrong checksum', async () => {
      const damaged = Buffer.from(whole);
      // The checksum of xz stands before its index.
      const at = name === 'xz' ? -40 : name === 'gzip' ? -6 : -3;
      damaged[whole.length + at]! ^= 0x10;
      const { error, cutOff } = await read(damaged);
      expect(cutOff || error === 'corrupt-compression').toBe(true);
    });
  });

describe('what no log is', () => {
  test('a bomb is refused before it has grown', needs('zstd'), async () => {
    const path = write(compress('zstd', '-q', '-1')(Buffer.alloc(200 << 20)));
    let largest = 0;
    let made = 0;
    const reading = async () => {
      for await (const chunk of readUncompressed(path, readCompression(path))) {
        made += chunk.length;
        largest = Math.max(largest, chunk.length);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'expands-too-much' });
    expect(made).toBeLessThan(80 << 20);
    expect(largest).toBeLessThan(1 << 20);
  });

  test.each([
    ['needs a window of gigabytes', [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0]],
    ['has a block of no kind', [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 7, 0, 0, 1, 2, 3, 4]],
    ['needs a dictionary', [0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x58, 9, 1, 0, 0]],
    ['goes on with other bytes', [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 1, 0, 0, 1, 2, 3, 4]],
  ])('a frame of zstd that %s', async (_, bytes) => {
    expect(await read(Uint8Array.from(bytes))).toEqual({ text: '', cutOff: false, error: 'corrupt-compression' });
  });

  test('many small blocks in a large window are no work without an end', async () => {
    const block = [0x08, 0, 0, 0x61];
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, ...Array<number[]>(20_000).fill(block).flat()]);
    const { error } = await read(frame);
    expect(error).toBe('corrupt-compression');
  });
});
