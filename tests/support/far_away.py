"""What a network in between does to a database: each byte takes half a round trip in either direction."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    UnderWay = SimpleQueue[tuple[float, bytes]]


@dataclass
class Distance:
    """The port on 127.0.0.1 that leads to the server, and the round trip that is added; it may change at any time."""

    port: int
    round_trip_s: float = 0

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        under_way: UnderWay = SimpleQueue()
        threading.Thread(target=self._take, args=(source, under_way), daemon=True).start()
        threading.Thread(target=self._give, args=(target, under_way), daemon=True).start()

    def _take(self, source: socket.socket, under_way: UnderWay) -> None:
        content = b"-"
        while content:
            try:
                content = source.recv(65536)
            except ConnectionError:
                content = b""
            under_way.put((time.monotonic() + self.round_trip_s / 2, content))

    def _give(self, target: socket.socket, under_way: UnderWay) -> None:
        with suppress(OSError):  # the other side has gone
            while True:
                due, content = under_way.get()
                time.sleep(max(due - time.monotonic(), 0))
                if not content:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(content)


@contextmanager
def far_away(server: Path) -> Iterator[Distance]:
    """A way to the server that listens on this unix socket."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        distance = Distance(listener.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):  # the listener is closed
                while True:
                    near, _ = listener.accept()
                    near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    far = socket.socket(socket.AF_UNIX)
                    far.connect(str(server))
                    distance.carry(near, far)
                    distance.carry(far, near)

        threading.Thread(target=accept, daemon=True).start()
        yield distance
