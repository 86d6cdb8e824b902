/**
 * Reads pcap and pcapng: bytes in, packets out.
 *
 * Formats as in https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html and
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html.
 */

import type { Packet } from '../../model/answers/profile-run.ts';
import { damagedTrace, notATrace } from '../../model/errors/zeek-errors.ts';

const PCAP = { microseconds: 0xa1b2c3d4, nanoseconds: 0xa1b23c4d } as const;
/** Written by an old patched libpcap: 8 more bytes per packet. */
const PCAP_PATCHED = 0xa1b2cd34;
const PCAPNG_SECTION = 0x0a0d0d0a;
const PCAPNG_ORDER = 0x1a2b3c4d;
/** No packet or block is longer: a length beyond it is damage, not a reason to wait for a gigabyte. */
const LONGEST = 64 * 1024 * 1024;

/** True where the first bytes of a file, at least four, are those of a trace. */
export function isTrace(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const magics: readonly number[] = [PCAP.microseconds, PCAP.nanoseconds, PCAP_PATCHED];
  return (
    view.getUint32(0) === PCAPNG_SECTION ||
    magics.includes(view.getUint32(0)) ||
    magics.includes(view.getUint32(0, true))
  );
}

/** What a parser makes of the bytes at hand. */
interface Step {
  /** Bytes it is done with; 0 asks for more. */
  readonly used: number;
  readonly packet: Packet | null;
}

type Parser = (view: DataView, bytes: Uint8Array) => Step;
const MORE: Step = { used: 0, packet: null };

export class PacketReader {
  packets = 0;
  readonly #file: string;
  #parse: Parser;
  #rest = new Uint8Array(0);
  #begun = false;

  /** @param file named in errors, never opened */
  constructor(file: string) {
    this.#file = file;
    this.#parse = (view, bytes) => this.#begin(view, bytes);
  }

  /**
   * The packets in the next bytes. Their data is good until the next call.
   *
   * @throws ExpectedError where this is no trace, or one that is damaged
   */
  read(chunk: Uint8Array): Packet[] {
    const bytes = this.#rest.length === 0 ? chunk : concatenateBytes(this.#rest, chunk);
    const packets: Packet[] = [];
    let at = 0;
    for (;;) {
      const left = bytes.subarray(at);
      const { used, packet } = this.#parse(new DataView(left.buffer, left.byteOffset, left.length), left);
      if (packet !== null) packets.push(packet);
      if (used === 0) break;
      at += used;
    }
    this.packets += packets.length;
    // A copy, which slice() of a Buffer is not: the chunk may be used again by whoever read it.
    this.#rest = Uint8Array.from(bytes.subarray(at));
    return packets;
  }

  /**
   * @returns true where the trace ends in the middle of a packet
   * @throws ExpectedError where it was too short to be one
   */
  end(): boolean {
    if (!this.#begun && this.#rest.length > 0 && !isTrace(this.#rest)) throw notATrace(this.#file);
    return this.#rest.length > 0;
  }

  #begin(view: DataView, bytes: Uint8Array): Step {
    if (bytes.length < 4) return MORE;
    if (!isTrace(bytes)) throw notATrace(this.#file);
    this.#begun = true;
    if (view.getUint32(0) === PCAPNG_SECTION) {
      this.#parse = createPcapngParser(() => damagedTrace(this.#file, this.packets));
      return this.#parse(view, bytes);
    }
    if (bytes.length < 24) return MORE;
    const little = view.getUint8(0) !== 0xa1;
    const magic = view.getUint32(0, little);
    this.#parse = createPcapParser(
      little,
      magic === PCAP.nanoseconds ? 1n : 1000n,
      magic === PCAP_PATCHED ? 24 : 16,
      // The upper bits say how long the frame check sequence is.
      view.getUint32(20, little) & 0x03ffffff,
      () => damagedTrace(this.#file, this.packets),
    );
    return { used: 24, packet: null };
  }
}

function createPcapParser(
  little: boolean,
  nanosecondsPerUnit: bigint,
  headerLength: number,
  linkType: number,
  damaged: () => Error,
): Parser {
  return (view, bytes) => {
    if (bytes.length < headerLength) return MORE;
    const captured = view.getUint32(8, little);
    if (captured > LONGEST) throw damaged();
    const used = headerLength + captured;
    if (bytes.length < used) return MORE;
    const time =
      BigInt(view.getUint32(0, little)) * 1_000_000_000n + BigInt(view.getUint32(4, little)) * nanosecondsPerUnit;
    return {
      used,
      packet: { time, linkType, length: view.getUint32(12, little), data: bytes.subarray(headerLength, used) },
    };
  };
}

interface Interface {
  readonly linkType: number;
  /** Nanoseconds of a count of its clock, as a fraction. */
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const BLOCK = { interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6 } as const;

function createPcapngParser(damaged: () => Error): Parser {
  let little = true;
  let interfaces: Interface[] = [];
  let last = 0n;

  const packetOf = (view: DataView, bytes: Uint8Array, body: number, type: number, end: number): Packet | null => {
    const obsolete = type === BLOCK.packet;
    if (end - body < 20) throw damaged();
    const from = interfaces[obsolete ? view.getUint16(body, little) : view.getUint32(body, little)];
    const captured = view.getUint32(body + 12, little);
    if (from === undefined || body + 20 + captured > end) throw damaged();
    const units = (BigInt(view.getUint32(body + 4, little)) << 32n) | BigInt(view.getUint32(body + 8, little));
    last = (units * from.numerator) / from.denominator;
    const data = bytes.subarray(body + 20, body + 20 + captured);
    return { time: last, linkType: from.linkType, length: view.getUint32(body + 16, little), data };
  };
  const simplePacketOf = (view: DataView, bytes: Uint8Array, body: number, end: number): Packet | null => {
    const from = interfaces[0];
    if (from === undefined || end - body < 4) throw damaged();
    const length = view.getUint32(body, little);
    // Such packets carry no time: they count as recorded with the one before.
    return {
      time: last,
      linkType: from.linkType,
      length,
      data: bytes.subarray(body + 4, Math.min(end, body + 4 + length)),
    };
  };

  return (view, bytes) => {
    if (bytes.length < 12) return MORE;
    if (view.getUint32(0) === PCAPNG_SECTION) {
      little = view.getUint32(8, true) === PCAPNG_ORDER;
      if (!little && view.getUint32(8) !== PCAPNG_ORDER) throw damaged();
      interfaces = [];
    }
    const type = view.getUint32(0, little);
    const used = view.getUint32(4, little);
    if (used < 12 || used % 4 !== 0 || used > LONGEST) throw damaged();
    if (bytes.length < used) return MORE;
    const end = used - 4;
    let packet: Packet | null = null;
    if (type === BLOCK.interface) {
      if (end < 16) throw damaged();
      interfaces.push({ linkType: view.getUint16(8, little), ...readClock(view, 16, end, little) });
    } else if (type === BLOCK.enhancedPacket || type === BLOCK.packet) packet = packetOf(view, bytes, 8, type, end);
    else if (type === BLOCK.simplePacket) packet = simplePacketOf(view, bytes, 8, end);
    return { used, packet };
  };
}

const OPTION_RESOLUTION = 9;

/** The clock of an interface from its options: microseconds, unless `if_tsresol` says another power of 10 or 2. */
function readClock(view: DataView, options: number, end: number, little: boolean): Omit<Interface, 'linkType'> {
  let at = options;
  while (at + 4 <= end) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === 0) break;
    if (code === OPTION_RESOLUTION && length === 1 && at + 5 <= end) {
      const value = view.getUint8(at + 4);
      const exponent = BigInt(value & 0x7f);
      return { numerator: 1_000_000_000n, denominator: value & 0x80 ? 2n ** exponent : 10n ** exponent };
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { numerator: 1000n, denominator: 1n };
}

function concatenateBytes(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
