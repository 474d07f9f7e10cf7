from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.far_away import far_away

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Path]:
    """A server that says again what it hears, until nothing more comes."""
    place = tmp_path / "echo"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                while content := connection.recv(65536):
                    connection.sendall(content)

        server = threading.Thread(target=serve)
        server.start()
        yield place
        server.join(10)
        assert not server.is_alive(), "the end of the connection did not arrive"


def heard(connection: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        content += connection.recv(65536)
    return content


def test_a_round_trip_is_added_and_can_be_changed(echo: Path) -> None:
    with far_away(echo) as distance, socket.create_connection(("127.0.0.1", distance.port)) as connection:
        for round_trip in (0.2, 0.05):
            distance.round_trip_s = round_trip
            began = time.monotonic()
            connection.sendall(b"x")
            assert heard(connection, 1) == b"x"
            assert time.monotonic() - began >= round_trip


def test_what_is_sent_arrives_whole_and_in_order(echo: Path) -> None:
    content = bytes(range(256)) * 4096
    with far_away(echo) as distance, socket.create_connection(("127.0.0.1", distance.port)) as connection:
        distance.round_trip_s = 0.02
        sender = threading.Thread(target=connection.sendall, args=(content,))
        sender.start()
        assert heard(connection, len(content)) == content
        sender.join()
