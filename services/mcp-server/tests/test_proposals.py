"""Proposing: what is filed, in which words, and that nothing else happens."""

import asyncio
import datetime as dt
import uuid

import psycopg
import pytest

pytestmark = pytest.mark.anyio

TABLES = ("accounts", "categories", "transactions", "postings")
_OF = {table: f"SELECT * FROM {table} WHERE user_id = %s ORDER BY 1, 2" for table in TABLES}  # noqa: S608 - our own names
_FILED = (
    "SELECT id, kind, payload, summary, status, expires_at - created_at FROM proposals WHERE user_id = %s ORDER BY id"
)
TEA = {"account": "checking", "amount": "-3.5", "payee": "Tea house", "date": "2026-10-21"}


@pytest.fixture
def rows(database):
    """Everything in one user's books, and their proposals."""

    def read(person) -> tuple[dict[str, list], list]:
        with psycopg.connect(database.superuser) as connection:
            books = {table: connection.execute(_OF[table], [person.id]).fetchall() for table in TABLES}
            filed = connection.execute(_FILED, [person.id]).fetchall()
        return books, filed

    return read


@pytest.fixture
def ids(database):
    def read(person, table: str, column: str = "name") -> dict[str, str]:
        with psycopg.connect(database.superuser) as connection:
            found = connection.execute(f"SELECT {column}, id FROM {table} WHERE user_id = %s", [person.id])  # noqa: S608
            return {name: str(row_id) for name, row_id in found}

    return read


async def test_a_proposal_is_filed_and_nothing_else_changes(ask, newcomer, rows, ids):
    before, _ = rows(newcomer)
    answer = await ask("propose_transaction", newcomer, **TEA, category="GROCERIES", note="with milk")
    after, filed = rows(newcomer)
    assert after == before
    [(row_id, kind, payload, summary, status, lasts)] = filed
    assert (answer["proposal_id"], answer["summary"]) == (str(row_id), summary)
    assert dt.datetime.fromisoformat(answer["expires_at"]) > dt.datetime.now(dt.UTC)
    assert (kind, status, lasts) == ("transaction", "pending", dt.timedelta(hours=24))
    assert payload == {
        "account_id": ids(newcomer, "accounts")["Checking"],
        "amount": "-3.50",
        "payee": "Tea house",
        "date": "2026-10-21",
        "category_id": ids(newcomer, "categories")["Groceries"],
        "note": "with milk",
    }
    assert summary == "Spend 3.50 USD at Tea house from Checking on 2026-10-21, category Groceries"


PROPOSALS = [
    (
        "propose_transaction",
        TEA | {"amount": "20"},
        "Receive 20.00 USD from Tea house in Checking on 2026-10-21",
    ),
    (
        "propose_transfer",
        {
            "from_account": "Checking",
            "to_account": "Euro",
            "amount": "100",
            "received_amount": "92.5",
            "date": "2026-11-01",
        },
        "Transfer 100.00 USD from Checking to Euro (arriving as 92.50 EUR) on 2026-11-01",
    ),
    (
        "propose_budget",
        {"category": "groceries", "amount": "15000", "currency": "PKR", "month": "2026-11"},
        "Budget 15,000.00 PKR a month for Groceries from 2026-11 on",
    ),
    (
        "propose_budget",
        {"category": "Transport", "amount": "0"},
        "Budget 0.00 USD a month for Transport from this month on",
    ),
    (
        "propose_goal",
        {"name": "Holiday", "target_amount": "1500", "target_date": "2027-06-01", "account": "Euro"},
        "Save 1,500.00 EUR for Holiday by 2027-06-01, counting what is in Euro",
    ),
    ("propose_goal", {"name": "Rainy days", "target_amount": "900"}, "Save 900.00 USD for Rainy days"),
    (
        "propose_recurring",
        {
            "name": "Rent",
            "amount": "-700",
            "account": "Checking",
            "rule": "FREQ=MONTHLY;BYMONTHDAY=31",
            "start_date": "2026-12-31",
            "category": "Transport",
        },
        (
            "Record paying 700.00 USD for Rent, from Checking, FREQ=MONTHLY;BYMONTHDAY=31 from 2026-12-31,"
            " category Transport"
        ),
    ),
    (
        "propose_recurring",
        {
            "name": "Salary",
            "amount": 3000,
            "account": "Checking",
            "frequency": "monthly",
            "start_date": "2026-12-01",
            "remind_only": True,
        },
        "Remind of receiving 3,000.00 USD for Salary, in Checking, every month from 2026-12-01",
    ),
    (
        "propose_rule",
        {"name": "Coffee", "payee_contains": "kaffee", "account": "Euro", "category": "Groceries", "tags": ["treats"]},
        "Rule Coffee: where payee contains “kaffee” and account is Euro, set category Groceries, tag treats",
    ),
    (
        "propose_rule",
        {"name": "Saved", "text_contains": "save", "direction": "out", "min_amount": "10", "transfer_account": "Euro"},
        "Rule Saved: where any contains “save” and money out and amount is at least 10, set transfer with Euro",
    ),
    (
        "propose_category",
        {"name": "Tea", "parent": "groceries"},
        "Add the expense category Tea under Groceries",
    ),
    ("propose_category", {"name": " Tea  houses ", "kind": "expense"}, "Add the expense category Tea  houses"),
]


@pytest.mark.parametrize(("tool", "arguments", "summary"), PROPOSALS)
async def test_the_summary_says_what_would_be_done(ask, newcomer, rows, *, tool, arguments, summary):
    before, _ = rows(newcomer)
    answer = await ask(tool, newcomer, **arguments)
    assert answer.get("summary") == summary, answer
    assert rows(newcomer)[0] == before


async def test_changes_and_deletions_name_the_transaction_as_it_is_now(ask, newcomer, ids, rows):
    kiosk = ids(newcomer, "transactions", "payee")["Corner Kiosk"]
    euro = ids(newcomer, "accounts")["Euro"]
    change = await ask(
        "propose_transaction_change",
        newcomer,
        transaction_id=kiosk,
        amount="-4",
        account=euro,
        category="Transport",
        note="",
    )
    assert change["summary"] == (
        "Change Corner Kiosk, -3.50 USD, of 2026-10-20 in Checking: amount -4.00 EUR, no note, account Euro,"
        " category Transport"
    )
    deletion = await ask("propose_transaction_deletion", newcomer, transaction_id=kiosk)
    assert deletion["summary"] == "Delete Corner Kiosk, -3.50 USD, of 2026-10-20 in Checking"
    assert {kind: payload["transaction_id"] for _, kind, payload, *_ in rows(newcomer)[1]} == {
        "transaction_change": kiosk,
        "transaction_deletion": kiosk,
    }


async def test_the_same_proposal_is_filed_once(ask, newcomer, rows, ids):
    euro = ids(newcomer, "accounts")["Checking"]
    asked = [TEA, TEA | {"account": euro}, TEA | {"amount": "-3.50", "payee": " Tea house"}, TEA | {"amount": -3.5}]
    answers = await asyncio.gather(*(ask("propose_transaction", newcomer, **one) for one in asked))
    assert len({answer["proposal_id"] for answer in answers}) == 1
    assert len(rows(newcomer)[1]) == 1
    other = await ask("propose_transaction", newcomer, **TEA | {"payee": "Other house"})
    assert other["proposal_id"] != answers[0]["proposal_id"]


async def test_proposals_are_listed_for_their_user_only(ask, newcomer, eve):
    filed = [(await ask("propose_category", newcomer, name=f"Tea {number}"))["proposal_id"] for number in range(3)]
    first = await ask("list_proposals", newcomer, limit=2)
    rest = await ask("list_proposals", newcomer, limit=2, cursor=first["next_cursor"])
    assert [one["proposal_id"] for one in first["proposals"] + rest["proposals"]] == filed[::-1]
    assert first["proposals"][0]["kind"] == "category"
    assert rest["next_cursor"] is None
    assert (await ask("list_proposals", newcomer, status="confirmed"))["proposals"] == []
    assert len((await ask("list_proposals", newcomer, status=None))["proposals"]) == 3
    assert "Tea" not in str(await ask("list_proposals", eve, status=None))


async def test_fifty_waiting_proposals_are_enough(ask, newcomer):
    for number in range(50):
        await ask("propose_category", newcomer, name=f"Tea {number}")
    assert (await ask("propose_category", newcomer, name="One too many"))["error"].endswith(
        "50 proposals wait already: ask the user to confirm or decline some of them first"
    )
    assert "proposal_id" in await ask("propose_category", newcomer, name="Tea 7")


NOBODYS = str(uuid.uuid4())


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        (
            "propose_transaction",
            TEA | {"account": "Chequing"},
            "there is no account 'Chequing'; the nearest are: Checking",
        ),
        ("propose_transaction", TEA | {"account": "Vault"}, "there are: Checking, Euro"),
        ("propose_transaction", TEA | {"account": NOBODYS}, "there is no account"),
        ("propose_transaction", TEA | {"category": "grocery"}, "the nearest are: Groceries"),
        ("propose_transaction", TEA | {"category": NOBODYS}, "there is no category"),
        ("propose_transaction", TEA | {"amount": "0"}, "an amount of zero"),
        ("propose_transaction", TEA | {"amount": "-3.555"}, "decimals of USD"),
        ("propose_transaction", TEA | {"amount": "-9999999999999.99"}, None),
        ("propose_transaction", TEA | {"amount": "a lot"}, "amount"),
        ("propose_transaction", TEA | {"amount": "١٢"}, "amount"),
        ("propose_transaction", TEA | {"amount": True}, "amount"),
        ("propose_transaction", TEA | {"amount": "NaN"}, "amount"),
        ("propose_transaction", TEA | {"date": "2300-01-01"}, "between 1900-01-01 and 2199-12-31"),
        ("propose_transaction", TEA | {"payee": ""}, "payee"),
        ("propose_transaction", TEA | {"payee": "x" * 201}, "payee"),
        ("propose_transaction", TEA | {"payee": "Tea\x00house"}, "control characters"),
        ("propose_transaction", TEA | {"note": "Tea\nhouse"}, "control characters"),
        ("propose_transaction", TEA | {"user_id": NOBODYS}, "user_id"),
        ("propose_transaction", TEA | {"status": "confirmed"}, "status"),
        (
            "propose_transfer",
            {"from_account": "Euro", "to_account": "EURO", "amount": "1", "date": "2026-11-01"},
            "name two",
        ),
        (
            "propose_transfer",
            {"from_account": "Euro", "to_account": "Checking", "amount": "1", "date": "2026-11-01"},
            "give received_amount",
        ),
        (
            "propose_transfer",
            {"from_account": "Euro", "to_account": "Checking", "amount": "-1", "date": "2026-11-01"},
            "amount",
        ),
        ("propose_transaction_change", {"transaction_id": NOBODYS, "note": "x"}, "there is no transaction"),
        ("propose_transaction_deletion", {"transaction_id": NOBODYS}, "there is no transaction"),
        ("propose_transaction_deletion", {"transaction_id": "the last one"}, "transaction_id"),
        ("propose_budget", {"category": "Groceries", "amount": "5", "currency": "XXQ"}, "ISO 4217"),
        ("propose_budget", {"category": "Groceries", "amount": "5", "month": "9999-01"}, "a month has to lie between"),
        ("propose_goal", {"name": "x", "target_amount": "5", "account": "Euro", "currency": "USD"}, "Euro is in EUR"),
        ("propose_goal", {"name": "x", "target_amount": "0"}, "an amount of zero"),
        (
            "propose_recurring",
            {"name": "x", "amount": "5", "account": "Euro", "start_date": "2026-12-01"},
            "give either frequency or rule",
        ),
        (
            "propose_recurring",
            {"name": "x", "amount": "5", "account": "Euro", "start_date": "2026-12-01", "rule": "FREQ=HOURLY"},
            "A rule needs FREQ=DAILY",
        ),
        ("propose_category", {"name": "x", "kind": "savings"}, "kind"),
        ("propose_category", {"name": "x", "kind": "income", "parent": "Groceries"}, "Groceries is of kind expense"),
        ("propose_rule", {"name": "x", "category": "Groceries"}, "a rule without a condition"),
        ("propose_rule", {"name": "x", "payee_contains": "x"}, "a rule without an action"),
        ("propose_rule", {"name": "x", "payee_contains": "x", "tags": ["a\x00"]}, "control characters"),
        (
            "propose_rule",
            {"name": "x", "payee_contains": "x", "category": "Groceries", "transfer_account": "Euro"},
            "a transfer has no category",
        ),
        ("list_proposals", {"cursor": "nonsense"}, "cursor"),
    ],
)
async def test_what_can_not_be_proposed_is_said_and_not_filed(ask, newcomer, rows, *, tool, arguments, message):
    answer = await ask(tool, newcomer, **arguments)
    if message is None:
        assert "proposal_id" in answer
        return
    assert message in answer["error"]
    assert rows(newcomer)[1] == []


async def test_nobody_proposes_anything_about_another_users_rows(ask, newcomer, ada, ids, rows):
    theirs = ids(ada, "transactions", "payee")["City Rail"]
    account = ids(ada, "accounts")["Checking"]
    assert (
        "there is no transaction"
        in (await ask("propose_transaction_deletion", newcomer, transaction_id=theirs))["error"]
    )
    assert "there is no account" in (await ask("propose_transaction", newcomer, **TEA | {"account": account}))["error"]
    assert rows(newcomer)[1] == []
