"""Ports of this machine that nothing uses."""

from __future__ import annotations

import socket


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
