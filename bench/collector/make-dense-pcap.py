#!/usr/bin/env python3
"""Writes a trace as dense as that of a production node, made of real sessions.

make-dense-pcap.py TRACES OUT CONNECTIONS_PER_SECOND SECONDS

TRACES is the folder testing/btest/Traces of Zeek's source tree, which is not
part of this repository. Each session of the mix below is replayed again and
again, at other times, from other clients and other ports; what is in it stays as it was.
OUT can be "-": Zeek reads that with "-r -". Checksums of the changed packets are not right: run
Zeek with -C. The same arguments always give the same bytes.
"""
import heapq
import random
import struct
import sys

START = 1_700_000_000.0
# So many clients take turns.
CLIENTS = 20_000
# A pause inside a session lasts no longer than this; some traces were pasted together.
LONGEST_GAP = 30.0

# Of a hundred connections, how many belong to a session from this file.
MIX = [
    ("dns53.pcap", 5),
    ("dns-https.pcap", 12),
    ("dns-two-responses.trace", 6),
    ("dns-edns-cookie.pcap", 6),
    ("dns/hinfo.pcap", 6),
    ("tls/tls1.2.trace", 6),
    ("tls/chrome-34-google.trace", 5),
    ("tls/tls13-ech.pcap", 6),
    ("tls/google-duplicate.trace", 4),
    ("tls/ocsp-stapling.trace", 3),
    ("tls/client-certificate.pcap", 1),
    ("tls/missing-intermediate.pcap", 3),
    ("quic/curl-8.1.2-dev-http3-www-google-de.pcap", 0.5),
    ("wikipedia.trace", 10),
    ("http/bro.org-filtered.pcap", 4),
    ("http/get.trace", 3),
    ("http/version-mismatch.pcap", 2),
    ("http/pipelined-requests.trace", 0.5),
    ("http/proxy.pcap", 1),
    ("ssh/single-conn.trace", 1),
    ("ssh/ssh_kex_curve25519.pcap", 0.5),
    ("smtp/smtp-bdat-pipeline-8bitmime.pcap", 0.5),
    ("tls/smtp-starttls.pcap", 1),
    ("smtp.trace", 1),
    ("ftp/ipv4.trace", 0.5),
    ("pop3/pop3.pcap", 0.5),
    ("irc-basic.trace", 0.2),
    ("sip/wireshark.trace", 0.5),
    ("krb/auth.trace", 1),
    ("krb/smb2_krb.pcap", 0.3),
    ("smb/smb311.pcap", 0.5),
    ("mysql/auth.trace", 0.5),
    ("postgresql/psql-aws-ssl-require.pcap", 0.3),
    ("ldap/ldap_invalid_credentials.pcap", 0.3),
    ("radius/radius.trace", 0.4),
    ("snmp/snmpv2_get.pcap", 1),
    ("ntp.pcap", 3),
    ("dhcp/dhcp.trace", 0.5),
    ("rdp/rdp-to-ssl.pcap", 0.1),
]


def packets_of(path):
    """The Ethernet frames of a trace that hold TCP or UDP over IPv4, with their times."""
    with open(path, "rb") as file:
        data = file.read()
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    ticks = 1e9 if data[:4] in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else 1e6
    if struct.unpack_from(order + "I", data, 20)[0] != 1:
        raise ValueError(f"{path} is no trace of Ethernet")
    at = 24
    while at + 16 <= len(data):
        seconds, fraction, captured, length = struct.unpack_from(order + "IIII", data, at)
        frame = data[at + 16 : at + 16 + captured]
        at += 16 + captured
        is_fragment = len(frame) > 21 and struct.unpack_from("!H", frame, 20)[0] & 0x3FFF
        if frame[12:14] == b"\x08\x00" and not is_fragment and len(frame) >= 42 and frame[23] in (6, 17):
            yield seconds + fraction / ticks, frame, length


class Session:
    """What one trace holds: frames, and where in them the clients' addresses and ports are."""

    def __init__(self, path):
        self.frames = []
        flows = {}
        clients = {}
        before = now = None
        for time, frame, length in packets_of(path):
            now = 0.0 if before is None else now + min(max(time - before, 0.0), LONGEST_GAP)
            before = time
            ports_at = 14 + (frame[14] & 15) * 4
            source, target = frame[26:30], frame[30:34]
            sport, dport = struct.unpack_from("!HH", frame, ports_at)
            key = (frame[23], source, sport, target, dport)
            back = (frame[23], target, dport, source, sport)
            if key not in flows and back not in flows:
                flows[key] = True
                clients.setdefault(source, len(clients))
            port_at, port = (ports_at, sport) if key in flows else (ports_at + 2, dport)
            # Services that talk from a port of their own keep it.
            changes = [] if port < 1024 else [(port_at, port)]
            addresses = [(at, clients[a]) for at, a in ((26, source), (30, target)) if a in clients]
            self.frames.append((now, bytearray(frame), length, addresses, changes))
        if not flows:
            raise ValueError(f"{path} has no TCP or UDP over IPv4")
        self.connections = len(flows)
        self.clients = len(clients)

    def replay(self, start, number):
        """The packets of the number-th copy, as (time, bytes of the trace's record)."""
        first = number * self.clients
        for offset, frame, length, addresses, ports in self.frames:
            copy = bytearray(frame)
            for at, client in addresses:
                host = (first + client) % CLIENTS
                copy[at : at + 4] = bytes((10, 20, host >> 8 & 0xFF, host & 0xFF))
            for at, port in ports:
                struct.pack_into("!H", copy, at, 1024 + (port - 1024 + 13 * number) % 64512)
            time = start + offset
            seconds = int(time)
            yield time, struct.pack("<IIII", seconds, int((time - seconds) * 1e6), len(copy), length) + copy


def begin(traces, rate, seconds):
    """When which session begins: (time, session, the number of its copy)."""
    chooser = random.Random(1)
    sessions = [(Session(f"{traces}/{name}"), share) for name, share in MIX]
    weights = [share / session.connections for session, share in sessions]
    now = 0.0
    number = 0
    while now < seconds:
        session = chooser.choices(sessions, weights)[0][0]
        yield now, session, number
        number += 1
        now += session.connections / rate


def in_order(traces, rate, seconds):
    """The packets of all sessions, as (connections that begin with it, the trace's record)."""
    under_way = []
    for at, session, number in [*begin(traces, rate, seconds), (seconds, None, 0)]:
        if session is not None:
            packets = session.replay(START + at, number)
            time, record = next(packets)
            heapq.heappush(under_way, (time, number, record, session.connections, packets))
        while under_way and under_way[0][0] <= START + at:
            _, number, record, connections, packets = under_way[0]
            yield connections, record
            time, record = next(packets, (None, b""))
            # What lasts longer than the trace is cut off.
            if time is None or time > START + seconds:
                heapq.heappop(under_way)
            else:
                heapq.heapreplace(under_way, (time, number, record, 0, packets))


def main(traces, out, rate, seconds):
    file = sys.stdout.buffer if out == "-" else open(out, "wb")
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    connections = packets = size = 0
    for begun, record in in_order(traces, rate, seconds):
        file.write(record)
        connections += begun
        packets += 1
        size += len(record)
    file.close()
    print(f"{connections} connections, {packets} packets, {size / 1e6:.0f} MB in {seconds:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
