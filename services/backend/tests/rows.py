"""Rows of one user that another tries to reach: one for each kind of id that an address of the API may name.

A domain whose addresses have a parameter of their own adds a line; without it `test_isolation` fails.
"""

from __future__ import annotations

import json
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.database import TestDatabase

    from .conftest import Person

# Stands in every text of these rows: whoever sees it sees what isn't theirs.
CANARY = f"Canary{secrets.token_hex(6)}"
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)
STATEMENT = f"Date,Description,Amount\n2026-11-01,{CANARY} Lair,-6.66\n".encode()


def _made(person: Person, path: str, wanted: Mapping[str, Any]) -> str:
    answer = person.http.post(path, json=wanted)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _transaction(person: Person, rows: dict[str, str]) -> str:
    return person.spend(rows["account_id"], "-6.66", f"{CANARY} payee", category_id=rows["category_id"])


def _import(person: Person, rows: dict[str, str]) -> str:
    answer = person.imported(rows["account_id"], STATEMENT)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _trade(person: Person, rows: dict[str, str]) -> str:
    broker = _made(person, "/accounts", {"name": f"{CANARY} broker", "kind": "investment"})
    bought = {"kind": "buy", "account_id": broker, "security_id": rows["security_id"], "date": "2026-10-01"}
    return _made(person, "/trades", bought | {"quantity": "6", "amount": "66"})


def _notification(person: Person, database: TestDatabase) -> str:
    """Nobody makes one over the API."""
    new = str(uuid.uuid4())
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "INSERT INTO notifications (id, user_id, kind, key, title, message)"
            " VALUES (%s, %s, 'low_balance', 'x', %s, 'It is low.')",
            [new, person.id, f"{CANARY} balance"],
        )
    return new


def _conversation(person: Person, database: TestDatabase) -> str:
    """Only an answer of the agents begins one."""
    new = str(uuid.uuid4())
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "INSERT INTO conversations (id, user_id, title) VALUES (%s, %s, %s)", [new, person.id, f"{CANARY} question"]
        )
    return new


def _proposal(person: Person, database: TestDatabase) -> str:
    """Only agents file them."""
    new = str(uuid.uuid4())
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "INSERT INTO proposals (id, user_id, kind, payload, summary) VALUES (%s, %s, 'category', %s, %s)",
            [new, person.id, json.dumps({"name": f"{CANARY} proposed"}), f"{CANARY} summary"],
        )
    return new


# In this order; what comes later may refer to what came before.
MAKERS: dict[str, Callable[[Person, dict[str, str]], str]] = {
    "session_id": lambda person, _: person.http.get("/auth/sessions").json()[0]["id"],
    "token_id": lambda person, _: _made(person, "/auth/tokens", {"name": f"{CANARY} token", "scopes": ["read"]}),
    "account_id": lambda person, _: person.account(f"{CANARY} account", opening_balance="666"),
    "category_id": lambda person, _: _made(person, "/categories", {"name": f"{CANARY} category"}),
    "transaction_id": _transaction,
    "rule_id": lambda person, rows: _made(
        person,
        "/rules",
        {
            "name": f"{CANARY} rule",
            "conditions": {"account_id": rows["account_id"]},
            "actions": {"tags": [f"{CANARY} tag"]},
        },
    ),
    "tag_id": lambda person, _: person.http.get("/tags").json()[0]["id"],
    "import_id": _import,
    "budget_id": lambda person, rows: _made(person, "/budgets", {"category_id": rows["category_id"], "amount": "1"}),
    "goal_id": lambda person, _: _made(person, "/goals", {"name": f"{CANARY} goal", "target_amount": "1"}),
    "contribution_id": lambda person, rows: _made(
        person, f"/goals/{rows['goal_id']}/contributions", {"amount": "1", "note": f"{CANARY} gift"}
    ),
    "recurring_id": lambda person, rows: _made(
        person,
        "/recurring",
        {
            "name": f"{CANARY} bill",
            "rule": "daily",
            "start_date": str(TOMORROW),
            "amount": "-1",
            "account_id": rows["account_id"],
        },
    ),
    "security_id": lambda person, _: _made(person, "/securities", {"symbol": "HERS", "name": f"{CANARY} shares"}),
    "trade_id": _trade,
    "price_id": lambda person, rows: _made(
        person, "/prices", {"security_id": rows["security_id"], "date": "2026-10-01", "price": "11"}
    ),
    "rate_id": lambda person, _: _made(
        person, "/rates", {"base": "EUR", "quote": "USD", "date": "2026-10-01", "rate": "6.66"}
    ),
    "profile_id": lambda person, _: _made(
        person,
        "/import-profiles",
        {
            "name": f"{CANARY} bank",
            "header": ["Date", CANARY],
            "mapping": {"columns": {"date": "Date", "amount": CANARY}},
        },
    ),
}


def make_rows(person: Person, database: TestDatabase) -> dict[str, str]:
    person.http.patch("/auth/me", json={"name": f"{CANARY} Ada"})
    rows: dict[str, str] = {}
    for name, make in MAKERS.items():
        rows[name] = make(person, rows)
    rows["occurrence"] = str(TOMORROW)
    rows["notification_id"] = _notification(person, database)
    rows["conversation_id"] = _conversation(person, database)
    rows["proposal_id"] = _proposal(person, database)
    return rows
