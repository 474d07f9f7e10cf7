"""The rows of tool results that an answer rests on, so that a page can link a figure to where it comes from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from wealth_agents.figures import find_figures
from wealth_agents.turn import Proposal, ToolCall

_MAX_REFERENCES = 50
_LABELS = ("label", "payee", "name", "title", "symbol", "category", "summary")
_DATES = ("date", "month", "due_on", "next_date", "target_date", "start_date", "created_at")
_AMOUNTS = ("amount", "balance", "value", "market_value", "target_amount", "target", "spent")
_SINGULAR = {
    "categories": "category",
    "securities": "security",
    "holdings": "holding",
    "positions": "holding",
    "entries": "entry",
    "upcoming": "occurrence",
    "recurring": "recurring",
}


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    id: str
    label: str | None = None
    date: str | None = None
    amount: Mapping[str, str] | None = None


def references(text: str, calls: Iterable[ToolCall]) -> list[Reference]:
    """Rows that the text names, or whose amount it states, in the order of the calls."""
    figures = {abs(value) for figure in find_figures(text) for value in figure.values}
    rows = dict.fromkeys(row for call in calls for row in _rows(call.result, ""))
    return [row for row in rows if _is_named(row, text) or _amount_of(row) in figures][:_MAX_REFERENCES]


def proposals_in(result: Any) -> tuple[Proposal, ...]:
    """What a proposing tool has filed."""
    if not isinstance(result, Mapping) or not isinstance(result.get("proposal_id"), str):
        return ()
    expires = result.get("expires_at")
    return (Proposal(result["proposal_id"], str(result.get("summary", "")), None if expires is None else str(expires)),)


def _rows(value: Any, kind: str) -> Iterator[Reference]:
    """Every object with an id; what it is says the key that it, or its list, stands under."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str) and kind:
            yield Reference(kind, value["id"], _text(value, _LABELS), _text(value, _DATES), _money(value))
        for key, part in value.items():
            yield from _rows(part, key)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _rows(part, _SINGULAR.get(kind) or kind.removesuffix("s"))


def _text(row: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    return next((row[key] for key in keys if isinstance(row.get(key), str) and row[key]), None)


def _money(row: Mapping[str, Any]) -> "_Money | None":
    for key in _AMOUNTS:
        given = row.get(key)
        if isinstance(given, Mapping) and {"amount", "currency"} <= given.keys():
            return _Money({"amount": str(given["amount"]), "currency": str(given["currency"])})
    return None


class _Money(dict[str, str]):
    """Told apart by its content, so that a row that two calls gave counts once."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def _is_named(row: Reference, text: str) -> bool:
    return bool(row.label) and re.search(rf"(?<!\w){re.escape(row.label or '')}(?!\w)", text, re.IGNORECASE) is not None


def _amount_of(row: Reference) -> Decimal | None:
    try:
        return abs(Decimal(row.amount["amount"])) if row.amount else None
    except InvalidOperation:
        return None
