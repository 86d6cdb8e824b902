#!/usr/bin/env python3
"""Asks a cluster for a run over Zeek's WebSocket and prints who answers.

usage: websocket.py PORT ID NODE SECONDS      NODE "" asks all

Prints one line per answer, "reply ID NODE ROWS" or "refused ID NODE REASON",
until SECONDS have passed. Python's standard library only.
"""

import base64
import json
import os
import socket
import struct
import sys
import time


def connect(port, deadline):
    while True:
        try:
            s = socket.create_connection(("127.0.0.1", port), timeout=5)
            break
        except OSError:
            if time.time() > deadline:
                raise
            time.sleep(0.3)

    key = base64.b64encode(os.urandom(16)).decode()
    s.sendall(
        (
            "GET /v1/messages/json HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
    )
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += s.recv(1)
    assert b" 101 " in head.split(b"\r\n")[0], head
    return s


def send(s, data, kind=0x81):
    mask = os.urandom(4)
    length = struct.pack("!BBH", kind, 0x80 | 126, len(data)) if len(data) > 125 else bytes([kind, 0x80 | len(data)])
    s.sendall(length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))


def exactly(s, n):
    data = b""
    while len(data) < n:
        part = s.recv(n - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def receive(s):
    """The next message, put together from its frames; None after a ping."""
    text = b""
    while True:
        first, length = exactly(s, 2)
        if length == 126:
            (length,) = struct.unpack("!H", exactly(s, 2))
        elif length == 127:
            (length,) = struct.unpack("!Q", exactly(s, 8))
        part = exactly(s, length)
        if first & 0x0F == 9:  # A ping: Zeek hangs up on who does not answer.
            send(s, part, 0x8A)
            return None
        if first & 0x0F > 2:
            continue
        text += part
        if first & 0x80:
            return text.decode()


def main():
    port, request_id, node, seconds = int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
    deadline = time.time() + seconds
    s = connect(port, deadline)
    send(s, json.dumps(["zeek/my_stats/reply"]).encode())
    values = [{"@data-type": "string", "data": text} for text in (request_id, node)]
    event = [
        {"@data-type": "string", "data": "my_stats::request"},
        {"@data-type": "vector", "data": values},
    ]
    one = {"@data-type": "count", "data": 1}
    send(
        s,
        json.dumps(
            {
                "type": "data-message",
                "topic": "zeek/my_stats/request",
                "@data-type": "vector",
                "data": [one, one, {"@data-type": "vector", "data": event}],
            }
        ).encode(),
    )
    try:
        while time.time() < deadline:
            s.settimeout(max(0.01, deadline - time.time()))
            text = receive(s)
            if text is None:
                continue
            message = json.loads(text)
            if message.get("type") == "ack":
                continue
            if message.get("type") != "data-message":
                print(message, flush=True)
                continue
            name, arguments = (part["data"] for part in message["data"][2]["data"][:2])
            told = arguments[2]["data"]
            what = told if isinstance(told, str) else len(told)
            print(name.replace("my_stats::", ""), arguments[0]["data"], arguments[1]["data"], what, flush=True)
    except (TimeoutError, socket.timeout):
        pass


main()
