"""What stands in the results of tools, taken as it is: sums as {"amount", "currency"}, rows as mappings with a label.

Tools may add fields; what is here shows every sum, share, date and state that a row has, under the row's first label.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from wealth_agents.models.offline.glossary import names
from wealth_agents.models.offline.lexicon.categories import canonical

_LABELS = (
    "category",
    "name",
    "payee",
    "title",
    "security",
    "symbol",
    "label",
    "month",
    "date",
    "factor",
    "kind",
    "currency",
)
# Said without what they are called.
_BARE = frozenset(("date", "due_date", "status", "state", "payee", "reason", "explanation"))
_NAMED_LISTS = frozenset(("other_currencies", "not_included", "unpriced", "missing_rates"))
_STATED = names(
    """status state date due_date next_date target_date on_date month score points rating quantity units method
    reason explanation message summary frequency rule grade horizon days confidence xirr twr return kind
    weight payee account price"""
)
_HIDDEN = frozenset(
    (
        "id",
        "account_id",
        "category_id",
        "next_cursor",
        "currency",
        "icon",
        "user_id",
        "date_from",
        "date_to",
        "price_source",
    )
)


def money(value: Any) -> str:
    return f"{Decimal(value['amount']):,f} {value['currency']}"


def is_money(value: Any) -> bool:
    return isinstance(value, Mapping) and {"amount", "currency"} <= set(value) and _is_number(value["amount"])


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def listed(heading: str, lines: Iterable[str]) -> str:
    text = "".join(f"\n- {line}" for line in lines)
    return f"{' ' if heading else ''}{heading}{text}" if text else ""


def lists(result: Any) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Every list of rows in a result, by its name; sums in a list are facts, no rows."""
    if isinstance(result, Mapping):
        for name, value in result.items():
            if (
                isinstance(value, list)
                and value
                and all(isinstance(row, Mapping) and not is_money(row) for row in value)
            ):
                yield name, value
    elif isinstance(result, list) and all(isinstance(row, Mapping) for row in result):
        yield "", result


def rows(result: Any, *preferred: str) -> Sequence[Mapping[str, Any]]:
    """The rows of the first list whose name has one of these words in it, or of the first list."""
    found = list(lists(result))
    for wanted in preferred:
        for name, value in found:
            if wanted in name:
                return value
    return found[0][1] if found else []


def label(row: Mapping[str, Any]) -> str:
    for key in _LABELS:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("symbol")
        if isinstance(value, str) and value:
            return value.replace("_", " ") if key in {"factor", "kind"} else value
    return ""


def described(row: Mapping[str, Any]) -> str:
    """ "Groceries: budget 20,000.00 PKR, spent 12,000.00 PKR, 60 %"."""
    name = label(row)
    facts = ", ".join(fact for fact in facts_of(row) if fact != name)
    return f"{name}: {facts}" if name and facts else name or facts


def facts_of(row: Mapping[str, Any]) -> Iterator[str]:
    """Every sum, share, date and state, also those one level down; the label isn't said twice."""
    shown = label(row)
    for key, value in row.items():
        if key in _HIDDEN or value is None or value == shown:
            continue
        said = key.replace("_", " ")
        if isinstance(value, Mapping) and not is_money(value):
            inner = described(value)
            if inner:
                yield f"{said} {inner}"
        elif isinstance(value, list):
            named = [
                money(one) if is_money(one) else str(one) for one in value if is_money(one) or isinstance(one, str)
            ]
            if named and key in _NAMED_LISTS:
                yield f"{said} {', '.join(named)}"
        else:
            yield from _fact(key, said, value)


def _fact(key: str, said: str, value: Any) -> Iterator[str]:
    if is_money(value):
        yield money(value) if key in {"amount", "money", "value", "total"} else f"{said} {money(value)}"
    elif key == "percent" and _is_number(value):
        yield f"{value} %"
    elif key.endswith("percent") and _is_number(value):
        yield f"{said.removesuffix(' percent')} {value} %"
    elif isinstance(value, bool):
        yield from [said] if value and key == "paused" else []
    elif isinstance(value, str | int) and (key in _STATED or "date" in key or key.endswith("_rate")):
        yield str(value) if key in _BARE else f"{said} {value}"


def concerns(row: Mapping[str, Any], category: str | None, subject: str | None) -> bool:
    """Whether a row is about what was asked: a category by any of its names, or a name that has the words in it."""
    name = label(row).casefold()
    if category is not None and canonical(name) == category:
        return True
    return bool(subject) and any(part in name for part in (subject or "").casefold().split() if len(part) > len("my"))
