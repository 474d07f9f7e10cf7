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
    "to_account_id": "account",
    "transfer_account_id": "account",
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

_RHYTHMS = {
    "FREQ=DAILY": "every day",
    "FREQ=WEEKLY": "every week",
    "FREQ=WEEKLY;INTERVAL=2": "every two weeks",
    "FREQ=MONTHLY": "every month",
    "FREQ=MONTHLY;INTERVAL=3": "every three months",
    "FREQ=YEARLY": "every year",
}


def references(payload: Payload, within: str = "") -> Iterator[tuple[str, str, uuid.UUID]]:
    """The rows that a payload names, however deep: where it does, the kind of row, its id."""
    for key, value in payload.items():
        if isinstance(value, Mapping):
            yield from references(value, f"{within}{key}.")
        elif key in REFERENCES and value is not None:
            for row_id in value if isinstance(value, list) else [value]:
                yield f"{within}{key}", REFERENCES[key], uuid.UUID(str(row_id))


def summary(kind: ProposalKind, payload: Payload, labels: Labels) -> str:
    return _SENTENCES[kind](payload, _Names(labels))


class _Names:
    """What the sentences call the rows by, whose ids stand in the payload."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def __call__(self, row_id: Any) -> str:
        return self._labels[uuid.UUID(str(row_id))].text

    def currency(self, *row_ids: Any) -> str:
        """Of the first that there is."""
        return next((self._labels[uuid.UUID(str(one))].currency for one in row_ids if one is not None), "")


def _money(amount: object, currency: str) -> str:
    return f"{Decimal(str(amount)):,f} {currency}".rstrip()


def _transaction(payload: Payload, names: _Names) -> str:
    amount, account_id = Decimal(payload["amount"]), payload["account_id"]
    currency, account = names.currency(account_id), names(account_id)
    if payload.get("to_account_id") is not None:
        return _transfer(payload, names)
    what = (
        f"Spend {_money(-amount, currency)} at {payload['payee']} from {account}"
        if amount < 0
        else f"Receive {_money(amount, currency)} from {payload['payee']} in {account}"
    )
    category = f", category {names(payload['category_id'])}" if payload.get("category_id") else ""
    parts = f", in {len(payload['splits'])} parts" if payload.get("splits") else ""
    return f"{what} on {payload['date']}{category}{parts}"


def _transfer(payload: Payload, names: _Names) -> str:
    source, target = payload["account_id"], payload["to_account_id"]
    amount = _money(abs(Decimal(payload["amount"])), names.currency(source))
    received = payload.get("received_amount")
    arriving = "" if received is None else f" (arriving as {_money(received, names.currency(target))})"
    return f"Transfer {amount} from {names(source)} to {names(target)}{arriving} on {payload['date']}"


def _change(payload: Payload, names: _Names) -> str:
    changes = []
    if payload.get("amount") is not None:
        currency = names.currency(payload.get("account_id"), payload["transaction_id"])
        changes.append(f"amount {_money(payload['amount'], currency)}")
    changes += [f"{key} {payload[key]}" for key in ("payee", "date", "status") if payload.get(key) is not None]
    if "note" in payload:
        changes.append(f"note “{payload['note']}”" if payload["note"] else "no note")
    if payload.get("account_id") is not None:
        changes.append(f"account {names(payload['account_id'])}")
    if "category_id" in payload:
        changes.append(f"category {names(payload['category_id'])}" if payload["category_id"] else "no category")
    shown = {"transaction_id", "amount", "payee", "date", "status", "note", "account_id", "category_id"}
    changes += [key.removesuffix("_id").replace("_", " ") for key in payload if key not in shown]
    return f"Change {names(payload['transaction_id'])}: {', '.join(changes) or 'nothing'}"


def _deletion(payload: Payload, names: _Names) -> str:
    return f"Delete {names(payload['transaction_id'])}"


def _budget(payload: Payload, names: _Names) -> str:
    since = f"from {payload['month']} on" if payload.get("month") else "from this month on"
    amount = _money(payload["amount"], payload.get("currency") or "")
    return f"Budget {amount} a month for {names(payload['category_id'])} {since}"


def _goal(payload: Payload, names: _Names) -> str:
    account_ids = payload.get("account_ids") or []
    amount = _money(payload["target_amount"], payload.get("currency") or names.currency(*account_ids))
    until = f" by {payload['target_date']}" if payload.get("target_date") else ""
    where = f", counting what is in {', '.join(map(names, account_ids))}" if account_ids else ""
    return f"Save {amount} for {payload['name']}{until}{where}"


def _recurring(payload: Payload, names: _Names) -> str:
    amount, account_id = Decimal(payload["amount"]), payload.get("account_id")
    money = _money(abs(amount), payload.get("currency") or names.currency(account_id))
    verb = "Remind of" if payload.get("kind") == "remind" else "Record"
    parts = [f"{verb} {'paying' if amount < 0 else 'receiving'} {money} for {payload['name']}"]
    if account_id is not None:
        parts.append(f"{'from' if amount < 0 else 'in'} {names(account_id)}")
    parts.append(f"{_RHYTHMS.get(payload['rule'], payload['rule'])} from {payload['start_date']}")
    if payload.get("category_id"):
        parts.append(f"category {names(payload['category_id'])}")
    return ", ".join(parts)


def _rule(payload: Payload, names: _Names) -> str:
    conditions, actions = payload["conditions"], payload["actions"]
    texts = [
        f"{one.get('field', 'payee')} {one.get('operator', 'contains')} “{one['value']}”"
        for one in conditions.get("texts") or []
    ]
    when = [" or ".join(texts)] if conditions.get("any_text") and texts else texts
    if conditions.get("account_id"):
        when.append(f"account is {names(conditions['account_id'])}")
    given = (("money {}", "direction"), ("currency is {}", "currency"))
    when += [text.format(conditions[key]) for text, key in given if conditions.get(key)]
    bounds = (("at least", "min_amount"), ("at most", "max_amount"))
    when += [f"amount is {word} {conditions[key]}" for word, key in bounds if conditions.get(key) is not None]
    then = [f"category {names(actions['category_id'])}"] if actions.get("category_id") else []
    then += [f"{key} {actions[key]}" for key in ("payee", "status") if actions.get(key)]
    then += [f"tag {tag}" for tag in actions.get("tags") or []]
    if actions.get("transfer_account_id"):
        then.append(f"transfer with {names(actions['transfer_account_id'])}")
    return f"Rule {payload['name']}: where {' and '.join(when) or 'anything'}, set {', '.join(then) or 'nothing'}"


def _category(payload: Payload, names: _Names) -> str:
    parent = f" under {names(payload['parent_id'])}" if payload.get("parent_id") else ""
    kind = f" {payload['kind']}" if payload.get("kind") else ""
    return f"Add the{kind} category {payload['name']}{parent}"


_SENTENCES: Mapping[ProposalKind, Callable[[Payload, _Names], str]] = {
    ProposalKind.TRANSACTION: _transaction,
    ProposalKind.TRANSFER: _transfer,
    ProposalKind.TRANSACTION_CHANGE: _change,
    ProposalKind.TRANSACTION_DELETION: _deletion,
    ProposalKind.BUDGET: _budget,
    ProposalKind.GOAL: _goal,
    ProposalKind.RECURRING: _recurring,
    ProposalKind.RULE: _rule,
    ProposalKind.CATEGORY: _category,
}
