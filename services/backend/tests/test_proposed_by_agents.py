"""What tools of the MCP server file, the backend carries out: every kind, through both services."""

from __future__ import annotations

import itertools
import uuid
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.support.books import KEY
from tests.support.services import free_port, serve
from wealth_core.models import ProposalKind
from wealth_core.tokens import mint_tool_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .conftest import Person


@pytest.fixture(scope="module")
def call(database, tmp_path_factory) -> Iterator[Callable[..., dict[str, Any]]]:
    """Calls a tool in a person's name."""
    port, numbers = free_port(), itertools.count()
    settings = {"MCP_TOKEN_KEY": KEY.get_secret_value(), "MCP_ALLOWED_HOSTS": f"127.0.0.1:{port}"}
    log = tmp_path_factory.mktemp("mcp") / "log"
    with serve("wealth_mcp", log, port=port, DATABASE_URL=database.mcp, **settings) as served:
        served.wait_ready("/readyz")

        def ask(person: Person, tool: str, **arguments: Any) -> dict[str, Any]:
            request = {
                "jsonrpc": "2.0",
                "id": next(numbers),
                "method": "tools/call",
                "params": {"name": tool, "arguments": arguments},
            }
            headers = {
                "Authorization": f"Bearer {mint_tool_token(uuid.UUID(person.id), KEY)}",
                "Accept": "application/json, text/event-stream",
            }
            answer = httpx.post(f"{served.address}/mcp", json=request, headers=headers, timeout=60)
            result: dict[str, Any] = answer.json()["result"]
            assert not result.get("isError"), result["content"]
            content: dict[str, Any] = result["structuredContent"]
            return content

        yield ask


@pytest.fixture
def bea(new_person) -> Person:
    person = new_person()
    person.account("Main", opening_balance="1000")
    person.account("Savings")
    person.account("Euro", "EUR")
    return person


TOOLS = [
    ("transaction", "propose_transaction", {"account": "Main", "amount": "-5", "payee": "Shop", "date": "2026-11-02"}),
    (
        "transaction",
        "propose_transfer",
        {"from_account": "Main", "to_account": "Savings", "amount": "100", "date": "2026-11-03"},
    ),
    (
        "transaction",
        "propose_transfer",
        {"from_account": "Main", "to_account": "Euro", "amount": "100", "received_amount": "92", "date": "2026-11-03"},
    ),
    ("budget", "propose_budget", {"category": "Groceries", "amount": "300", "month": "2026-11"}),
    ("goal", "propose_goal", {"name": "Boat", "target_amount": "5000", "account": "Savings"}),
    ("goal", "propose_goal", {"name": "Car", "target_amount": "5000", "target_date": "2030-01-01", "currency": "EUR"}),
    (
        "recurring",
        "propose_recurring",
        {
            "name": "Rent",
            "amount": "-700",
            "account": "Main",
            "category": "Housing",
            "frequency": "monthly",
            "start_date": "2099-01-31",
        },
    ),
    (
        "recurring",
        "propose_recurring",
        {
            "name": "Insurance",
            "amount": "-90",
            "account": "Main",
            "rule": "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1",
            "start_date": "2099-01-01",
            "remind_only": True,
        },
    ),
    (
        "rule",
        "propose_rule",
        {"name": "Coffee", "payee_contains": "coffee", "category": "Eating out", "tags": ["treat"]},
    ),
    (
        "rule",
        "propose_rule",
        {
            "name": "Saved",
            "text_contains": "save",
            "account": "Main",
            "max_amount": "9.5",
            "transfer_account": "Savings",
        },
    ),
    ("category", "propose_category", {"name": "Tea", "parent": "Groceries"}),
]


@pytest.mark.parametrize(("kind", "tool", "arguments"), TOOLS)
def test_what_a_tool_files_is_carried_out_when_it_is_confirmed(bea, call, *, kind, tool, arguments):
    filed = call(bea, tool, **arguments)
    before = {path: bea.http.get(path).json() for path in PATHS}
    shown = bea.http.get(f"/proposals/{filed['proposal_id']}").json()
    assert shown["summary"] == filed["summary"]
    # The form shows what was proposed, and sending it back unchanged changes nothing.
    again = bea.http.patch(f"/proposals/{shown['id']}", json={"payload": shown["payload"]})
    assert again.status_code == 200, again.text
    assert again.json()["payload"] == shown["payload"]
    assert {path: bea.http.get(path).json() for path in PATHS} == before
    done = bea.http.post(f"/proposals/{shown['id']}/confirm")
    assert done.status_code == 200, done.text
    [result] = done.json()["results"]
    assert result["kind"] == kind
    path = {"transaction": "/transactions", "recurring": "/recurring", "category": "/categories"}.get(kind, f"/{kind}s")
    listed = bea.http.get(path).json()
    rows = listed["items"] if isinstance(listed, dict) else listed
    assert result["id"] in {row["id"] for row in rows}
    changed = {path for path in PATHS if bea.http.get(path).json() != before[path]}
    assert path in changed


PATHS = ("/accounts", "/categories", "/transactions", "/budgets", "/goals", "/recurring", "/rules")


def test_a_transfer_moves_money_and_a_change_and_a_deletion_undo_it(bea, call):
    filed = call(bea, "propose_transfer", from_account="Main", to_account="Savings", amount="100", date="2026-11-03")
    moved = bea.http.post(f"/proposals/{filed['proposal_id']}/confirm").json()["results"][0]["id"]

    def balances() -> dict[str, str]:
        return {one["name"]: one["balance"]["amount"] for one in bea.http.get("/accounts").json()}

    assert balances() == {"Main": "900.00", "Savings": "100.00", "Euro": "0.00"}
    for tool, more in (("propose_transaction_change", {"amount": "40"}), ("propose_transaction_deletion", {})):
        filed = call(bea, tool, transaction_id=moved, **more)
        done = bea.http.post(f"/proposals/{filed['proposal_id']}/confirm")
        assert done.status_code == 200, done.text
        assert balances()["Main"] == ("960.00" if more else "1000.00")


def test_a_budget_that_is_there_gets_the_new_amount(bea, call):
    for amount in ("300", "350"):
        filed = call(bea, "propose_budget", category="Groceries", amount=amount, month="2026-11")
        assert bea.http.post(f"/proposals/{filed['proposal_id']}/confirm").status_code == 200
    [budget] = bea.http.get("/budgets").json()
    assert [one["amount"]["amount"] for one in budget["amounts"]] == ["350.00"]


def test_every_kind_can_be_proposed():
    of_transactions = {"transaction_change", "transaction_deletion", "transfer"}
    assert {kind for kind, _, _ in TOOLS} | of_transactions == {kind.value for kind in ProposalKind}
