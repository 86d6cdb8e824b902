/**
 * Writes a trace of a small office: DNS lookups, HTTP requests and scans, spread evenly over some minutes.
 *
 * node examples/make-pcap.mjs OUT [minutes=10] [lookups=300] [requests=40] [scans=60]
 *
 * The same arguments always give the same bytes. Addresses are from the ranges for documentation and private networks.
 */

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const START = 1_700_000_000;
const CLIENTS = 250;
const RESOLVER = [192, 0, 2, 53];
const MAC_A = [0x02, 0, 0, 0, 0, 0x01];
const MAC_B = [0x02, 0, 0, 0, 0, 0x02];
const TCP = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16 };

/** @returns {Buffer} a pcap file */
export function makeTrace({ minutes = 10, lookups = 300, requests = 40, scans = 60 } = {}) {
  const random = randomNumbers(42);
  const span = minutes * 60;
  const packets = [];
  for (let i = 0; i < lookups; i++) lookup(packets, START + ((i + 0.5) * span) / lookups, i, random);
  for (let i = 0; i < requests; i++) request(packets, START + ((i + 0.25) * span) / requests, i);
  for (let i = 0; i < scans; i++) scan(packets, START + ((i + 0.75) * span) / scans, i);
  packets.sort((a, b) => a.time - b.time);
  return Buffer.concat([fileHeader(), ...packets.map(record)]);
}

/** A name that nobody asked for before, and its answer. */
function lookup(packets, time, i, random) {
  const client = clientAddress(i);
  const port = 20_000 + (i % 20_000);
  const name = `${word(random, 6)}.${word(random, 9)}.example`;
  const question = Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0, 0, 1, 0, 1]),
  ]);
  const header = (flags, answers) =>
    Buffer.from([(i >> 8) & 255, i & 255, flags >> 8, flags & 255, 0, 1, 0, answers, 0, 0, 0, 0]);
  const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, 4, 198, 51, 100, i % 256]);
  packets.push({ time, data: udp(client, RESOLVER, port, 53, Buffer.concat([header(0x0100, 0), question])) });
  packets.push({
    time: time + 0.02,
    data: udp(RESOLVER, client, 53, port, Buffer.concat([header(0x8180, 1), question, answer])),
  });
}

/** A whole HTTP connection. */
function request(packets, time, i) {
  const client = clientAddress(i * 7);
  const server = [203, 0, 113, i % 200];
  const port = 40_000 + (i % 20_000);
  const sent = Buffer.from(`GET /page/${i} HTTP/1.1\r\nHost: www${i % 5}.example\r\nUser-Agent: example\r\n\r\n`);
  const received = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello');
  let at = time;
  const fromClient = (flags, seq, ack, data) => {
    packets.push({ time: at, data: tcp(client, server, port, 80, seq, ack, flags, data) });
    at += 0.01;
  };
  const fromServer = (flags, seq, ack, data) => {
    packets.push({ time: at, data: tcp(server, client, 80, port, seq, ack, flags, data) });
    at += 0.01;
  };
  fromClient(TCP.syn, 1000, 0);
  fromServer(TCP.syn | TCP.ack, 5000, 1001);
  fromClient(TCP.ack, 1001, 5001);
  fromClient(TCP.push | TCP.ack, 1001, 5001, sent);
  fromServer(TCP.push | TCP.ack, 5001, 1001 + sent.length, received);
  fromClient(TCP.fin | TCP.ack, 1001 + sent.length, 5001 + received.length);
  fromServer(TCP.fin | TCP.ack, 5001 + received.length, 1002 + sent.length);
  fromClient(TCP.ack, 1002 + sent.length, 5002 + received.length);
}

/** A connection that is refused. */
function scan(packets, time, i) {
  const scanner = [198, 51, 100, 66];
  const target = [10, 0, 1, i % 250];
  packets.push({ time, data: tcp(scanner, target, 50_000 + i, 22, 1, 0, TCP.syn) });
  packets.push({ time: time + 0.001, data: tcp(target, scanner, 22, 50_000 + i, 0, 2, TCP.rst | TCP.ack) });
}

function clientAddress(i) {
  return [10, 0, 0, 1 + (i % CLIENTS)];
}

function udp(source, target, sourcePort, targetPort, data) {
  const segment = Buffer.alloc(8 + data.length);
  segment.writeUInt16BE(sourcePort, 0);
  segment.writeUInt16BE(targetPort, 2);
  segment.writeUInt16BE(segment.length, 4);
  data.copy(segment, 8);
  segment.writeUInt16BE(transportChecksum(source, target, 17, segment) || 0xffff, 6);
  return frame(source, target, 17, segment);
}

function tcp(source, target, sourcePort, targetPort, seq, ack, flags, data = Buffer.alloc(0)) {
  const segment = Buffer.alloc(20 + data.length);
  segment.writeUInt16BE(sourcePort, 0);
  segment.writeUInt16BE(targetPort, 2);
  segment.writeUInt32BE(seq, 4);
  segment.writeUInt32BE(ack, 8);
  segment.writeUInt8(0x50, 12);
  segment.writeUInt8(flags, 13);
  segment.writeUInt16BE(65_535, 14);
  data.copy(segment, 20);
  segment.writeUInt16BE(transportChecksum(source, target, 6, segment), 16);
  return frame(source, target, 6, segment);
}

/** Ethernet and IPv4 around a segment. */
function frame(source, target, protocol, segment) {
  const header = Buffer.alloc(34);
  header.set([...MAC_B, ...MAC_A, 0x08, 0x00, 0x45], 0);
  header.writeUInt16BE(20 + segment.length, 16);
  header.writeUInt8(64, 22);
  header.writeUInt8(protocol, 23);
  header.set([...source, ...target], 26);
  header.writeUInt16BE(checksum(header.subarray(14)), 24);
  return Buffer.concat([header, segment]);
}

function transportChecksum(source, target, protocol, segment) {
  return checksum(
    Buffer.concat([
      Buffer.from([...source, ...target, 0, protocol, segment.length >> 8, segment.length & 255]),
      segment,
    ]),
  );
}

function checksum(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function fileHeader() {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

function record({ time, data }) {
  const header = Buffer.alloc(16);
  const microseconds = Math.round(time * 1e6);
  header.writeUInt32LE(Math.floor(microseconds / 1e6), 0);
  header.writeUInt32LE(microseconds % 1e6, 4);
  header.writeUInt32LE(data.length, 8);
  header.writeUInt32LE(data.length, 12);
  return Buffer.concat([header, data]);
}

function word(random, length) {
  let text = '';
  while (text.length < length) text += 'abcdefghijklmnopqrstuvwxyz'[random() % 26];
  return text;
}

/** A linear congruential generator, with the constants of Numerical Recipes. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [out, ...numbers] = process.argv.slice(2);
  if (out === undefined) {
    console.error('usage: node examples/make-pcap.mjs OUT [minutes] [lookups] [requests] [scans]');
    process.exit(2);
  }
  const [minutes, lookups, requests, scans] = numbers.map(Number);
  writeFileSync(out, makeTrace({ minutes, lookups, requests, scans }));
}
