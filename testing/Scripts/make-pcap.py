#!/usr/bin/env python3
"""Writes small packet traces for the tests and the benchmark.

make-pcap.py sparse OUT PACKETS SECONDS   one UDP packet every SECONDS
make-pcap.py long OUT PACKETS             one TCP connection of about PACKETS packets
make-pcap.py mixed OUT CONNECTIONS SECONDS  DNS, HTTP and scans over SECONDS
make-pcap.py soak OUT SECONDS             connections that last and hold state, others that close, DNS

The same arguments always give the same bytes.
"""
import heapq
import struct
import sys

START = 1_700_000_000.0


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ip(source, target, protocol, payload):
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0) + source + target
    header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + header + payload


def udp(source, target, sport, dport, data):
    pseudo = source + target + struct.pack("!BBH", 0, 17, 8 + len(data))
    header = struct.pack("!HHHH", sport, dport, 8 + len(data), 0)
    total = checksum(pseudo + header + data) or 0xFFFF
    return ip(source, target, 17, header[:6] + struct.pack("!H", total) + data)


def tcp(source, target, sport, dport, seq, ack, flags, data=b""):
    header = struct.pack("!HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, 0x50, flags, 65535, 0, 0)
    pseudo = source + target + struct.pack("!BBH", 0, 6, len(header) + len(data))
    total = checksum(pseudo + header + data)
    return ip(source, target, 6, header[:16] + struct.pack("!H", total) + header[18:] + data)


class Trace:
    def __init__(self, path):
        self.file = open(path, "wb")
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))

    def packet(self, time, data):
        seconds = int(time)
        self.file.write(struct.pack("<IIII", seconds, int((time - seconds) * 1e6), len(data), len(data)))
        self.file.write(data)


def address(a, b, c, d):
    return bytes((a, b, c & 0xFF, d & 0xFF))


def dns_query(number, name):
    labels = b"".join(bytes((len(part),)) + part for part in name.split(b"."))
    return struct.pack("!HHHHHH", number & 0xFFFF, 0x0100, 1, 0, 0, 0) + labels + b"\0\0\x01\0\x01"


def dns_reply(number, name):
    query = dns_query(number, name)
    return (
        query[:2]
        + struct.pack("!HHHHH", 0x8180, 1, 1, 0, 0)
        + query[12:]
        + b"\xc0\x0c\0\x01\0\x01\0\0\x01\0\0\x04"
        + address(93, 184, number >> 8, number)
    )


SYN, ACK, PUSH, FIN = 2, 16, 8, 1


def conversation(client, server, sport, dport, exchanges):
    """The packets of a TCP connection, as (is from client, bytes)."""
    seq, ack = 1000, 5000
    yield tcp(client, server, sport, dport, seq, 0, SYN)
    yield tcp(server, client, dport, sport, ack, seq + 1, SYN | ACK)
    seq, ack = seq + 1, ack + 1
    yield tcp(client, server, sport, dport, seq, ack, ACK)
    for asked, answered in exchanges:
        yield tcp(client, server, sport, dport, seq, ack, ACK | PUSH, asked)
        seq += len(asked)
        if answered:
            yield tcp(server, client, dport, sport, ack, seq, ACK | PUSH, answered)
            ack += len(answered)
            yield tcp(client, server, sport, dport, seq, ack, ACK)
    yield tcp(client, server, sport, dport, seq, ack, ACK | FIN)
    yield tcp(server, client, dport, sport, ack, seq + 1, ACK | FIN)
    yield tcp(client, server, sport, dport, seq + 1, ack + 1, ACK)


def sparse(path, packets, seconds):
    trace = Trace(path)
    for i in range(packets):
        trace.packet(START + i * seconds, udp(address(10, 0, 0, 1), address(10, 0, 0, 2), 1000 + i % 60000, 9, b"x"))


def long(path, packets):
    trace = Trace(path)
    exchanges = [(b"x" * 50, b"y" * 50)] * (packets // 3)
    for i, data in enumerate(conversation(address(10, 0, 0, 1), address(10, 0, 0, 2), 40000, 9999, exchanges)):
        trace.packet(START + i * 0.05, data)


def http(number):
    asked = (
        b"GET /page/%d HTTP/1.1\r\nHost: host-%d.example.net\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
        b"Accept: */*\r\n\r\n" % (number, number % 500)
    )
    body = b"<html><body>%d</body></html>" % number
    answered = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    return asked, answered


def mixed(path, connections, seconds):
    trace = Trace(path)
    packets = []
    for i in range(connections):
        time = START + seconds * i / connections
        client = address(10, 1, i >> 6, i)
        server = address(198, 51, 100, i % 250)
        if i % 4 == 0:
            name = b"host-%d.example.net" % (i % 5000)
            resolver = address(192, 0, 2, 53)
            packets.append((time, udp(client, resolver, 1024 + i % 60000, 53, dns_query(i, name))))
            packets.append((time + 0.01, udp(resolver, client, 53, 1024 + i % 60000, dns_reply(i, name))))
        elif i % 4 == 1:
            packets.append((time, tcp(client, server, 1024 + i % 60000, i % 1000, 1, 0, SYN)))
        else:
            exchanges = [http(i), http(i + 1)]
            for j, data in enumerate(conversation(client, server, 1024 + i % 60000, 80, exchanges)):
                packets.append((time + j * 0.005, data))
    packets.sort(key=lambda packet: packet[0])
    for time, data in packets:
        trace.packet(time, data)


def at_times(start, distance, packets):
    for i, data in enumerate(packets):
        yield START + start + i * distance, data


def lasting(number, seconds):
    """A connection kept alive to the end: a request every 20 seconds, each answered."""
    client = address(10, 2, number >> 8, number)
    exchanges = [http(i) for i in range(int(seconds / 20))]
    # Each exchange is three packets; that it takes a third of its 20 seconds for each does not matter.
    return at_times(number * 0.1, 20 / 3, conversation(client, address(198, 51, 100, 80), 30000, 80, exchanges))


def pending(start, number):
    """Five minutes of requests, each seen to arrive and never answered; then it closes."""
    client, server = address(10, 3, number >> 8, number), address(198, 51, 100, 81)
    seq, ack = 1000, 5000

    def packets():
        nonlocal seq
        yield tcp(client, server, 30001, 80, seq, 0, SYN)
        yield tcp(server, client, 80, 30001, ack, seq + 1, SYN | ACK)
        seq += 1
        yield tcp(client, server, 30001, 80, seq, ack + 1, ACK)
        for i in range(1500):
            asked, _ = http(i)
            yield tcp(client, server, 30001, 80, seq, ack + 1, ACK | PUSH, asked)
            seq += len(asked)
            yield tcp(server, client, 80, 30001, ack + 1, seq, ACK)
        yield tcp(client, server, 30001, 80, seq, ack + 1, ACK | FIN)
        yield tcp(server, client, 80, 30001, ack + 1, seq + 1, ACK | FIN)
        yield tcp(client, server, 30001, 80, seq + 1, ack + 2, ACK)

    return at_times(start, 0.1, packets())


def one_sided(start, number):
    """Requests of which only the client's side is seen."""
    client, server = address(10, 4, number >> 8, number), address(198, 51, 100, 82)
    exchanges = [(http(i)[0], b"") for i in range(1500)]
    seen = (data for data in conversation(client, server, 30002, 80, exchanges) if data[26:30] == client)
    return at_times(start, 0.1, seen)


def dns(seconds):
    resolver = address(192, 0, 2, 53)
    for i in range(seconds):
        client, name = address(10, 5, i >> 8, i), b"host-%d.example.net" % (i % 500)
        yield START + i, udp(client, resolver, 1024 + i % 60000, 53, dns_query(i, name))
        yield START + i + 0.01, udp(resolver, client, 53, 1024 + i % 60000, dns_reply(i, name))


def soak(path, seconds):
    trace = Trace(path)
    flows = [dns(seconds)] + [lasting(i, seconds) for i in range(60)]
    # The same addresses and ports again and again, as when a client reconnects.
    for number, start in enumerate(range(0, seconds - 300, 60)):
        flows += [pending(start, number % 8), one_sided(start + 30, number % 8)]
    for time, data in heapq.merge(*flows, key=lambda packet: packet[0]):
        if time < START + seconds:
            trace.packet(time, data)


if __name__ == "__main__":
    kind, path, *numbers = sys.argv[1:]
    {"sparse": sparse, "long": long, "mixed": mixed, "soak": soak}[kind](path, *(int(n) for n in numbers))
