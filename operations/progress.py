"""Says what is waited for, once that takes longer than a moment."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_S = 5.0


@contextmanager
def waiting(what: str, every_s: float = EVERY_S) -> Iterator[None]:
    """While the block runs, a line on standard error every few seconds: what it does, and since when."""
    done = threading.Event()
    began = time.monotonic()

    def tell() -> None:
        while not done.wait(every_s):
            print(f"{what} ({time.monotonic() - began:.0f} s so far)", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
