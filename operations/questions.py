"""What a question wants to know. A few sentences are understood without a model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HEALTH, WHY, RESTART = "health", "why", "restart"

EXAMPLES = ("what is the cluster health?", "why is backend failing?", "restart the backend")

_RESTART = re.compile(r"\b(?:restart|reboot|bounce|roll ?out)\b", re.IGNORECASE)
_WHY = re.compile(
    r"\b(?:why|wrong|fail\w*|broken|crash\w*|down|slow|problem|unhealthy|not (?:ready|working|running)|happened)\b",
    re.IGNORECASE,
)
_HEALTH = re.compile(r"\b(?:health\w*|status|how (?:is|are)|all (?:well|right|ok)|overview|running)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """`kind` is health, why, restart, or empty for what only a model understands; `service` may be empty."""

    kind: str
    service: str = ""


def understand(text: str, services: Iterable[str]) -> Question:
    """What a sentence wants, and of which service."""
    words = re.sub(r"[_\s]+", " ", text)
    named = [name for name in services if re.search(rf"\b{_spelled(name)}\b", words, re.IGNORECASE)]
    service = max(named, key=len, default="")
    if (
        _RESTART.search(words)
        and service
        and not re.match(r"\s*(?:why|when|how|did|has|was|is)\b", words, re.IGNORECASE)
    ):
        return Question(RESTART, service)
    if _WHY.search(words):
        return Question(WHY, service) if service else Question(HEALTH)
    if _HEALTH.search(words):
        return Question(WHY, service) if service else Question(HEALTH)
    return Question("")


def _spelled(name: str) -> str:
    """`mcp-server`, `mcp server`"""
    return "[- ]?".join(map(re.escape, name.split("-")))
