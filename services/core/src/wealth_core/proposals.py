"""What a proposal would do, in one sentence for the person who has to decide.

Payloads are what the API takes for the same change, in JSON: amounts are decimal strings, rows are named by their ids.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wealth_core.models import ProposalKind

Payload = Mapping[str, Any]

# Keys of payloads that name a row of the user's, and what kind of row it is.
REFERENCES = {
    "account_id": "account",
    "account_ids": "account",
    "from_account_id": "account",
    "to_account_id": "account",
    "category_id": "category",
    "parent_id": "category",
    "transaction_id": "transaction",
}


@dataclass(frozen=True, slots=True)
class Label:
    """How a row is called in a sentence, and the currency of its amounts where it has one."""

    text: str
    currency: str = ""


Labels = Mapping[uuid.UUID, Label]


def references(payload: Payload) -> Iterator[tuple[str, str, uuid.UUID]]:
    """The rows that a payload names: the key, the kind of row, its id."""
    for key, what in REFERENCES.items():
        for row_id in _ids(payload.get(key)):
            yield key, what, row_id


def _ids(value: object) -> list[uuid.UUID]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [uuid.UUID(str(one)) for one in values]


def summary(kind: ProposalKind, payload: Payload, labels: Labels) -> str:
    return _SENTENCES[kind](payload, _Names(payload, labels))


class _Names:
    def __init__(self, payload: Payload, labels: Labels) -> None:
        self._payload = payload
        self._labels = labels

    def __call__(self, key: str) -> str:
        return ", ".join(self._labels[row_id].text for row_id in _ids(self._payload.get(key)))

    def currency(self, *keys: str) -> str:
        """Of the first of these rows that the payload names."""
        return next((self._labels[row_id].currency for key in keys for row_id in _ids(self._payload.get(key))), "")


def _money(amount: object, currency: str) -> str:
    return f"{Decimal(str(amount)):,f} {currency}".rstrip()


def _transaction(payload: Payload, names: _Names) -> str:
    amount, currency, account = Decimal(payload["amount"]), names.currency("account_id"), names("account_id")
    what = (
        f"Spend {_money(-amount, currency)} at {payload['payee']} from {account}"
        if amount < 0
        else f"Receive {_money(amount, currency)} from {payload['payee']} in {account}"
    )
    category = f", category {names('category_id')}" if payload.get("category_id") else ""
    return f"{what} on {payload['date']}{category}"


def _change(payload: Payload, names: _Names) -> str:
    changes = []
    if payload.get("amount") is not None:
        changes.append(f"amount {_money(payload['amount'], names.currency('account_id', 'transaction_id'))}")
    changes += [f"{key} {payload[key]}" for key in ("payee", "date") if payload.get(key) is not None]
    if "note" in payload:
        changes.append(f"note “{payload['note']}”" if payload["note"] else "no note")
    if payload.get("account_id") is not None:
        changes.append(f"account {names('account_id')}")
    if "category_id" in payload:
        changes.append(f"category {names('category_id')}" if payload["category_id"] else "no category")
    return f"Change {names('transaction_id')}: {', '.join(changes) or 'nothing'}"


def _deletion(_: Payload, names: _Names) -> str:
    return f"Delete {names('transaction_id')}"


def _category(payload: Payload, names: _Names) -> str:
    parent = f" under {names('parent_id')}" if payload.get("parent_id") else ""
    return f"Add the {payload.get('kind', 'expense')} category {payload['name']}{parent}"


def _transfer(payload: Payload, names: _Names) -> str:
    source, target = names("from_account_id"), names("to_account_id")
    amount = _money(payload["amount"], names.currency("from_account_id"))
    received = payload.get("received_amount")
    arriving = "" if received is None else f" (arriving as {_money(received, names.currency('to_account_id'))})"
    return f"Transfer {amount} from {source} to {target}{arriving} on {payload['date']}"


def _budget(payload: Payload, names: _Names) -> str:
    since = f"from {payload['month']} on" if payload.get("month") else "from this month on"
    return (
        f"Budget {_money(payload['amount'], payload.get('currency') or '')} a month for {names('category_id')} {since}"
    )


def _goal(payload: Payload, names: _Names) -> str:
    amount = _money(payload["target_amount"], payload.get("currency") or names.currency("account_ids"))
    until = f" by {payload['target_date']}" if payload.get("target_date") else ""
    where = f", counting what is in {names('account_ids')}" if payload.get("account_ids") else ""
    return f"Save {amount} for {payload['name']}{until}{where}"


def _recurring(payload: Payload, names: _Names) -> str:
    amount = Decimal(payload["amount"])
    money = _money(abs(amount), payload.get("currency") or names.currency("account_id"))
    reminds = payload.get("kind") == "remind"
    what = f"{'Remind of' if reminds else 'Record'} {'paying' if amount < 0 else 'receiving'} {money}"
    where = f"{'from' if amount < 0 else 'in'} {names('account_id')}" if payload.get("account_id") else ""
    parts = [f"{what} for {payload['name']}", where, f"{payload['rule']} from {payload['start_date']}"]
    if payload.get("category_id"):
        parts.append(f"category {names('category_id')}")
    return ", ".join(part for part in parts if part)


_SENTENCES: Mapping[ProposalKind, Callable[[Payload, _Names], str]] = {
    ProposalKind.TRANSACTION: _transaction,
    ProposalKind.TRANSFER: _transfer,
    ProposalKind.TRANSACTION_CHANGE: _change,
    ProposalKind.TRANSACTION_DELETION: _deletion,
    ProposalKind.BUDGET: _budget,
    ProposalKind.GOAL: _goal,
    ProposalKind.RECURRING: _recurring,
    ProposalKind.CATEGORY: _category,
}
