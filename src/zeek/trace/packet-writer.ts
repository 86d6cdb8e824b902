/** Writes packets as a pcap file with nanoseconds. */

import { closeSync, openSync, writeSync } from 'node:fs';
import type { Packet } from '../../model/answers/profile-run.ts';
import { diskFull } from '../../model/errors/catalogue.ts';

const BUFFER = 1 << 20;

export class PacketWriter {
  readonly #path: string;
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(BUFFER);
  #used = 0;

  constructor(path: string, linkType: number) {
    this.#path = path;
    this.#fd = openSync(path, 'wx', 0o600);
    const header = this.#room(24);
    header.writeUInt32LE(0xa1b23c4d, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(0x7fffffff, 16);
    header.writeUInt32LE(linkType, 20);
  }

  /** @throws ExpectedError where the disk is full */
  write({ time, length, data }: Packet): void {
    const header = this.#room(16);
    header.writeUInt32LE(Number((time / 1_000_000_000n) & 0xffffffffn), 0);
    header.writeUInt32LE(Number(time % 1_000_000_000n), 4);
    header.writeUInt32LE(data.length, 8);
    header.writeUInt32LE(length, 12);
    if (data.length > BUFFER) {
      this.#flush();
      this.#out(data);
    } else this.#room(data.length).set(data);
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#fd);
    }
  }

  #room(length: number): Buffer {
    if (this.#used + length > BUFFER) this.#flush();
    this.#used += length;
    return this.#buffer.subarray(this.#used - length, this.#used);
  }

  #flush(): void {
    this.#out(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #out(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(this.#path);
      throw error;
    }
  }
}
