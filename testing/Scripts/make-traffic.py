#!/usr/bin/env python3
"""Sends a packet on loopback ten times a second.

usage: make-traffic.py SECONDS
"""

import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
end = time.time() + float(sys.argv[1])
while time.time() < end:
    s.sendto(b"x", ("127.0.0.1", 9))
    time.sleep(0.1)
