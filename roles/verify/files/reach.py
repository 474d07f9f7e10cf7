"""Prints those of the given host:port addresses that take a TCP connection."""

import socket
import sys

for address in sys.argv[1:]:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        continue
    sys.stdout.write(f"{address}\n")
