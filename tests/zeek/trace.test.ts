/** Traces in all their formats, whole and damaged, one and many. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../examples/make-pcap.mjs';
import { readCompression, readUncompressed } from '../../src/decoding/compression.ts';
import type { Packet } from '../../src/model/answers/profile-run.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';
import { PacketReader } from '../../src/zeek/trace/packet-reader.ts';
import { PacketWriter } from '../../src/zeek/trace/packet-writer.ts';
import { type Opener, prepareTrace } from '../../src/zeek/trace/prepare.ts';
import { ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';

const folder = temporaryFolder();
let files = 0;

function write(bytes: Uint8Array, name = `${++files}.pcap`): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

function newFolder(): string {
  const path = join(folder, `folder-${++files}`);
  mkdirSync(path);
  return path;
}

const open: Opener = (path) => {
  const compression = readCompression(path);
  return { compressed: compression !== 'none', bytes: readUncompressed(path, compression) };
};

function prepare(...paths: string[]) {
  return prepareTrace(paths, newFolder(), open);
}

/** Read in pieces of these lengths, in turn. */
function read(bytes: Uint8Array, lengths: readonly number[]): { packets: Packet[]; cut: boolean } {
  const reader = new PacketReader('trace');
  const packets: Packet[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    // Used again after each call, as the store's reader does.
    const chunk = Buffer.from(bytes.subarray(at, at + length));
    for (const packet of reader.read(chunk)) packets.push({ ...packet, data: Uint8Array.from(packet.data) });
    chunk.fill(0xff);
    at += length;
  }
  return { packets, cut: reader.end() };
}

interface Format {
  readonly little: boolean;
  /** Nanoseconds. */
  readonly unit: bigint;
}

function pcap(packets: readonly Packet[], { little, unit }: Format): Buffer {
  const header = Buffer.alloc(24);
  put(header, unit === 1n ? 0xa1b23c4d : 0xa1b2c3d4, 0, little);
  put(header, packets[0]?.linkType ?? 1, 20, little);
  const records = packets.map(({ time, length, data }) => {
    const head = Buffer.alloc(16);
    put(head, Number(time / 1_000_000_000n), 0, little);
    put(head, Number((time % 1_000_000_000n) / unit), 4, little);
    put(head, data.length, 8, little);
    put(head, length, 12, little);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, ...records]);
}

function pcapng(packets: readonly Packet[], { little, unit }: Format): Buffer {
  const block = (type: number, body: Buffer) => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const around = Buffer.alloc(padded.length + 12);
    put(around, type, 0, little);
    put(around, around.length, 4, little);
    padded.copy(around, 8);
    put(around, around.length, around.length - 4, little);
    return around;
  };
  const section = Buffer.alloc(16);
  put(section, 0x1a2b3c4d, 0, little);
  // A comment, then the resolution of the clock: 10^-9, or the default.
  const options = unit === 1n ? [option(1, Buffer.from('abc'), little), option(9, Buffer.from([9]), little)] : [];
  const link = Buffer.alloc(8);
  if (little) link.writeUInt16LE(packets[0]?.linkType ?? 1, 0);
  else link.writeUInt16BE(packets[0]?.linkType ?? 1, 0);
  const blocks = packets.map(({ time, length, data }) => {
    const body = Buffer.alloc(20);
    const units = time / unit;
    put(body, Number(units >> 32n), 4, little);
    put(body, Number(units & 0xffffffffn), 8, little);
    put(body, data.length, 12, little);
    put(body, length, 16, little);
    return block(6, Buffer.concat([body, data]));
  });
  const unknown = block(0x0bad, Buffer.from('ignored'));
  return Buffer.concat([block(0x0a0d0d0a, section), unknown, block(1, Buffer.concat([link, ...options])), ...blocks]);
}

function option(code: number, value: Buffer, little: boolean): Buffer {
  const head = Buffer.alloc(4);
  if (little) head.writeUInt16LE(code, 0);
  else head.writeUInt16BE(code, 0);
  if (little) head.writeUInt16LE(value.length, 2);
  else head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function put(buffer: Buffer, value: number, at: number, little: boolean): void {
  if (little) buffer.writeUInt32LE(value, at);
  else buffer.writeUInt32BE(value, at);
}

const packet = fc.record({
  time: fc.bigInt({ min: 1_000_000_000n, max: 4_000_000_000_000_000_000n }).map((ns) => (ns / 1000n) * 1000n),
  linkType: fc.constant(1),
  length: fc.integer({ min: 0, max: 70_000 }),
  data: fc.uint8Array({ maxLength: 80 }),
});
const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
const format = fc.record({ little: fc.boolean(), unit: fc.constantFrom(1n, 1000n) });

describe('reading', () => {
  test.each([
    ['pcap', pcap],
    ['pcapng', pcapng],
  ])('%s gives the packets that were written, however it is cut into chunks', (_, make) => {
    fc.assert(
      fc.property(fc.array(packet), format, lengths, (packets, format, lengths) => {
        const read1 = read(make(packets, format), lengths);
        expect(read1.packets.map(({ data, ...rest }) => ({ ...rest, data: [...data] }))).toEqual(
          packets.map(({ data, ...rest }) => ({ ...rest, data: [...data] })),
        );
        expect(read1.cut).toBe(false);
      }),
    );
  });

  test('a trace that ends anywhere gives its whole packets, and says that it is cut', () => {
    fc.assert(
      fc.property(fc.array(packet, { minLength: 2 }), format, fc.boolean(), fc.nat(), (packets, format, ng, where) => {
        const bytes = (ng ? pcapng : pcap)(packets, format);
        const whole = (ng ? pcapng : pcap)(packets.slice(0, -1), format).length;
        const cut = whole + 1 + (where % (bytes.length - whole - 1));
        expect(read(bytes.subarray(0, cut), [1000])).toMatchObject({
          packets: { length: packets.length - 1 },
          cut: true,
        });
      }),
    );
  });

  test('any bytes are packets or an expected error', () => {
    const magics = [Buffer.alloc(0), pcap([], { little: true, unit: 1n }), pcapng([], { little: false, unit: 1n })];
    fc.assert(
      fc.property(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 200 }), (magic, bytes) => {
        try {
          read(Buffer.concat([magic, bytes]), [64]);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpectedError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test('writing gives a file that reads as what was written', () => {
  fc.assert(
    fc.property(fc.array(packet), (packets) => {
      const file = join(folder, `${++files}.pcap`);
      const writer = new PacketWriter(file, 1);
      for (const one of packets) writer.write(one);
      writer.close();
      expect(readFileSync(file).subarray(24)).toEqual(pcap(packets, { little: true, unit: 1n }).subarray(24));
    }),
    { numRuns: 20 },
  );
});

function fingerprint({ time, length, data }: Packet): string {
  return `${time} ${length} ${Buffer.from(data).toString('hex')}`;
}

describe('preparing', () => {
  const trace = makeTrace({ minutes: 1, lookups: 20, requests: 2, scans: 3 });
  const packets = read(trace, [5000]).packets;
  const format: Format = { little: true, unit: 1000n };

  test('one plain trace is used as it is', async () => {
    const file = write(trace);
    expect(await prepare(file)).toMatchObject({ path: file, packets: packets.length, notes: [] });
  });

  test('a compressed one is written anew', async () => {
    const { path, packets: count } = await prepare(write(zlib.gzipSync(trace), 'small.pcap.gz'));
    expect(count).toBe(packets.length);
    expect(read(readFileSync(path), [5000]).packets).toEqual(packets);
  });

  test('one that ends in the middle of a packet is cut there, and that is said', async () => {
    const { path, notes } = await prepare(write(trace.subarray(0, -3), 'cut.pcap'));
    expect(read(readFileSync(path), [5000])).toEqual({ packets: packets.slice(0, -1), cut: false });
    expect(notes).toEqual([
      `${join(folder, 'cut.pcap')} ends in the middle of a packet; the ${packets.length - 1} before it were used.`,
    ]);
  });

  test('several become one, in the order of time', async () => {
    const owners = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: packets.length, maxLength: packets.length });
    await fc.assert(
      fc.asyncProperty(owners, async (owners) => {
        const parts = [0, 1, 2, 3]
          .map((owner) => packets.filter((_, i) => owners[i] === owner))
          .filter((part) => part.length > 0)
          .map((part, i) => write((i % 2 === 0 ? pcap : pcapng)(part, format)));
        const { path } = await prepare(...parts);
        const merged = read(readFileSync(path), [5000]).packets;
        expect(merged.map(({ time }) => time)).toEqual(packets.map(({ time }) => time));
        // Of those with the same time, any may come first.
        expect(merged.map(fingerprint).sort()).toEqual(packets.map(fingerprint).sort());
      }),
      { numRuns: 20 },
    );
  });

  test('a folder gives the traces in it, and nothing else', async () => {
    const traces = newFolder();
    writeFileSync(join(traces, 'b.pcap'), pcap(packets.slice(5), format));
    writeFileSync(join(traces, 'a.pcap.gz'), zlib.gzipSync(pcap(packets.slice(0, 5), format)));
    writeFileSync(join(traces, 'notes.txt'), 'not a trace');
    const { files: found, packets: count } = await prepare(traces);
    expect(found.map(({ path }) => path)).toEqual([join(traces, 'a.pcap.gz'), join(traces, 'b.pcap')]);
    expect(count).toBe(packets.length);
  });

  test('a day without packets between two is said', async () => {
    const later = packets.map((one) => ({ ...one, time: one.time + 3n * 86_400_000_000_000n }));
    const { notes } = await prepare(write(pcap(packets, format)), write(pcap(later, format), 'later.pcap'));
    expect(notes).toEqual([`There are 72 hours without a packet before ${join(folder, 'later.pcap')} begins.`]);
  });

  test.each([
    ['a text', Buffer.from('hello, world'), 'not-a-trace'],
    ['nothing', Buffer.alloc(0), 'empty-trace'],
    ['no packet', pcap([], format), 'empty-trace'],
    ['a length that cannot be', Buffer.concat([pcap([], format), Buffer.alloc(16, 0xff)]), 'damaged-trace'],
  ])('%s is refused', async (_, bytes, code) => {
    await expect(prepare(write(bytes))).rejects.toMatchObject({ code });
  });

  test('traces of different links are not made one', async () => {
    const raw = packets.map((one) => ({ ...one, linkType: 101 }));
    const files = [write(pcap(packets, format)), write(pcap(raw, format))];
    await expect(prepare(...files)).rejects.toMatchObject({ code: 'different-link-types' });
  });

  test('what is not there is said', async () => {
    await expect(prepare(join(folder, 'none.pcap'))).rejects.toMatchObject({ code: 'missing-path' });
    await expect(prepare(newFolder())).rejects.toMatchObject({ code: 'no-trace-in-folder' });
  });
});

test('the trace of the example is what its generator writes', () => {
  expect(readFileSync(join(ROOT, 'examples/office.pcap')).equals(makeTrace())).toBe(true);
});
