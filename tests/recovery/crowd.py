"""People who keep asking the agents, and what became of each turn."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from tests.support.stack import Stack, Visitor

QUESTION = "How much did I spend this month?"
# As often as the backend lets one person ask, with a margin.
PAUSE_S = 2.1
# Nobody waits longer; the product itself may take 40 s for a turn.
PATIENCE_S = 5.0


@dataclass(frozen=True)
class Turn:
    """Times in seconds, as `time.monotonic` counts them; a failure is empty where the answer came from the books."""

    began: float
    ended: float
    failure: str = ""


class Crowd:
    """Asks through the URL as a browser does; every person is a user of their own, who is deleted at the end."""

    def __init__(self, stack: Stack, people: int, *, patience: float = PATIENCE_S, pause: float = PAUSE_S) -> None:
        self._stack = stack
        self._patience = patience
        self._pause = pause
        self._turns: list[Turn] = []
        self._leave = threading.Event()
        self._all_here = threading.Barrier(people + 1)
        self._threads = [threading.Thread(target=self._ask_on, args=(place / people,)) for place in range(people)]

    @property
    def turns(self) -> list[Turn]:
        """In the order in which they ended."""
        return list(self._turns)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self._all_here.wait(timeout=60)
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self, place: float) -> None:
        with self._stack.visitor() as visitor:
            try:
                visitor.sign_up()
            except BaseException:
                self._all_here.abort()
                raise
            self._all_here.wait(timeout=60)
            # one after the other, not all at once
            self._leave.wait(place * self._pause)
            while not self._leave.is_set():
                began = time.monotonic()
                failure = ask(visitor, self._patience)
                ended = time.monotonic()
                self._turns.append(Turn(began, ended, failure))
                self._leave.wait(max(0.0, began + self._pause - ended))


def ask(visitor: Visitor, patience: float) -> str:
    """One turn through every hop; what went wrong, or nothing."""
    try:
        answer = visitor.post("/api/v1/chat", json={"message": QUESTION}, timeout=patience)
    except httpx.HTTPError as error:
        return type(error).__name__
    if answer.status_code != httpx.codes.OK:
        return f"status {answer.status_code}"
    return "" if answer.json()["tool_calls"] else "no tool was called"


def unanswered(turns: list[Turn], fault: float) -> float:
    """Seconds from a fault until a turn was answered that began after the first that failed; 0 where none failed."""
    failed = [turn.began for turn in turns if turn.failure and turn.ended > fault]
    if not failed:
        return 0
    answered = [turn.ended for turn in turns if not turn.failure and turn.began > min(failed)]
    return min(answered, default=float("inf")) - fault
