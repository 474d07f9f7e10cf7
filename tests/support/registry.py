"""Debian's docker-registry, which stands in for a company's."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_S = 60


@contextmanager
def serve_registry(folder: Path, host: str, port: int) -> Iterator[None]:
    """Serves what is pushed, kept in the folder, at a host of this machine; 0.0.0.0 is all of them."""
    settings = {
        "version": 0.1,
        "log": {"level": "warn"},
        "storage": {"filesystem": {"rootdirectory": str(folder / "registry")}},
        "http": {"addr": f"{host}:{port}"},
    }
    configuration = folder / "registry.yml"
    configuration.write_text(json.dumps(settings))
    with subprocess.Popen(["docker-registry", "serve", str(configuration)], stdout=subprocess.DEVNULL) as running:
        try:
            deadline = time.monotonic() + _START_S
            while not _answers(f"http://127.0.0.1:{port}/v2/"):
                assert time.monotonic() < deadline, "the registry does not answer"
                time.sleep(0.2)
            yield
        finally:
            running.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
