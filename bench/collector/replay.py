#!/usr/bin/env python3
"""Sends a trace on an interface again and again, at the speed at which it was recorded. Needs root.

usage: replay.py INTERFACE TRACE SECONDS
"""

import socket
import struct
import sys
import time


def packets(path):
    with open(path, "rb") as file:
        file.read(24)
        while head := file.read(16):
            seconds, micros, length, _ = struct.unpack("<IIII", head)
            yield seconds + micros / 1e6, file.read(length)


interface, path, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind((interface, 0))
end = time.time() + seconds
sent = 0
while time.time() < end:
    began, first = time.time(), None
    for at, data in packets(path):
        first = at if first is None else first
        wait = began + at - first - time.time()
        if wait > 0.002:
            time.sleep(wait)
        if time.time() > end:
            break
        s.send(data[:65000])
        sent += 1
print(f"sent {sent} packets")
