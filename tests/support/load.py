"""People who go on using the stack while something is done to it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.stack import Stack, Visitor

# of one user the backend takes ten requests a second
READS_A_SECOND = 8
# of one user the backend takes 30 questions a minute
QUESTION_EVERY_S = 3


@dataclass
class Load:
    """What was asked for and how it was answered. Failures tell when, what and how."""

    began: float = field(default_factory=time.monotonic)
    ended: float = 0
    answered: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.answered / (self.ended - self.began)

    def note(self, what: str, fault: str) -> None:
        if fault:
            self.failures.append(f"{time.monotonic() - self.began:.1f} s: {what}: {fault}")
        else:
            self.answered += 1


@contextmanager
def meanwhile(*works: Callable[[threading.Event], object]) -> Iterator[None]:
    """Each in a thread of its own until the block ends, which the event tells them; waits for their ends."""
    over = threading.Event()
    threads = [threading.Thread(target=work, args=(over,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def steady_load(stack: Stack) -> Iterator[Load]:
    """Somebody signed in who reads and renews the session, and somebody who asks the agents, until the block ends."""
    load = Load()
    with stack.visitor() as reader, stack.visitor() as asker:
        reader.sign_up()
        asker.sign_up()
        load.began = time.monotonic()
        try:
            with meanwhile(partial(_read, reader, load), partial(_ask, asker, load)):
                yield load
        finally:
            load.ended = time.monotonic()


def _read(visitor: Visitor, load: Load, over: threading.Event) -> None:
    """A new token once a second, which any replica has to take."""
    while not over.is_set():
        load.note("refresh", _fault(visitor, "POST", "/api/v1/auth/refresh", 200))
        for _ in range(READS_A_SECOND):
            load.note("accounts", _fault(visitor, "GET", "/api/v1/accounts", 200))
            over.wait(1 / READS_A_SECOND)


def _ask(visitor: Visitor, load: Load, over: threading.Event) -> None:
    """Through agents and the MCP server to the database."""
    while not over.wait(QUESTION_EVERY_S):
        try:
            load.note("chat", "" if visitor.ask("How much did I spend this month?")["tool_calls"] else "no tool ran")
        except (AssertionError, httpx.HTTPError) as error:
            load.note("chat", repr(error))


def _fault(visitor: Visitor, method: str, path: str, expected: int) -> str:
    try:
        answer = visitor.get(path) if method == "GET" else visitor.post(path)
    except httpx.HTTPError as error:
        return repr(error)
    return "" if answer.status_code == expected else f"{answer.status_code} {answer.text[:300]}"
