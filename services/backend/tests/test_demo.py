"""The demo household: three years of money in one transaction, and nobody's own data touched."""

import datetime as dt
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import httpx
import psycopg
import pytest

from tests.support.books import KEY
from tests.support.services import Served, environment
from wealth_backend.demo.household import ACCOUNTS, household
from wealth_core.periods import utc_today

from .conftest import JWT_KEY, ORIGIN, Person, browser, problem, sign_up

DAY = dt.date(2026, 11, 20)


def seed(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"DATABASE_URL": url, "JWT_KEY": JWT_KEY, "MCP_TOKEN_KEY": KEY.get_secret_value(), "PUBLIC_URL": ORIGIN}
    return subprocess.run(
        [sys.executable, "-m", "wealth_backend.demo", *arguments],
        env=environment(**settings, DATABASE_STATEMENT_TIMEOUT_MS=60_000),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def contents(database) -> dict[str, tuple[int, str]]:
    """How many rows each table has of everybody but the demo user, and what they add up to."""
    with psycopg.connect(database.superuser) as connection:
        tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = {}
        for table in sorted(set(tables) - {"alembic_version", "attempts"}):
            owner = "id" if table == "users" else "user_id"
            query = (
                f"SELECT count(*), md5(coalesce(string_agg(row::text, ',' ORDER BY row::text), ''))"  # noqa: S608
                f" FROM {table} AS row WHERE {owner} NOT IN (SELECT id FROM users WHERE email LIKE 'demo%')"
            )
            found[table] = connection.execute(query.encode()).fetchone()
    return found


@pytest.fixture(scope="module")
def demo(served: Served, database) -> Person:
    before = contents(database)
    made = seed(database.backend, "--email", "demo-one@example.org", "--day", str(DAY))
    assert made.returncode == 0, made.stderr
    assert contents(database) == before
    said = re.fullmatch(rf"Sign in at {ORIGIN} as demo-one@example.org with the password (\S+)\n", made.stdout)
    assert said, made.stdout
    http = browser(served)
    answer = http.post("/auth/sign-in", json={"email": "demo-one@example.org", "password": said[1]})
    assert answer.status_code == 200, answer.text
    return Person(http, answer.json()["id"], "demo-one@example.org")


def test_the_balances_are_those_of_the_household(demo):
    made = household(DAY)
    balances = {account.name: account.opening for account in ACCOUNTS}
    for one in made.entries:
        balances[one.account] += one.amount
    for one in made.transfers:
        balances[one.account] -= one.amount
        balances[one.to_account] += one.received or one.amount
    balances["Brokerage"] -= sum(one.quantity * one.price for one in made.purchases)
    balances["Brokerage"] += sum(one.amount for one in made.dividends)
    shown = {row["name"]: Decimal(row["balance"]["amount"]) for row in demo.http.get("/accounts").json()}
    assert shown == balances


@pytest.mark.parametrize(
    "path",
    [
        "/budgets/status",
        "/goals",
        "/recurring/upcoming",
        "/insight/net-worth",
        "/insight/cash-flow",
        "/insight/forecast",
        "/insight/anomalies?months=12",
        "/insight/health",
        "/portfolio",
        "/portfolio/performance",
        "/transactions",
    ],
)
def test_there_is_something_to_see_everywhere(demo, path):
    answer = demo.http.get(path)
    assert answer.status_code == 200, answer.text
    assert len(answer.content) > 200, answer.text


def test_everything_has_a_price_and_a_rate(demo):
    answer = demo.http.get("/insight/net-worth")
    assert answer.status_code == 200, answer.text
    months = answer.json()["points"]
    assert not any(month["missing_rates"] or month["unpriced"] for month in months[1:]), months
    assert Decimal(months[-1]["investments"]["amount"]) > 0


def test_a_second_time_changes_nothing(served, demo, database):
    before = contents(database)
    transactions = demo.http.get("/transactions").json()
    again = seed(database.backend, "--email", "demo-one@example.org")
    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    assert contents(database) == before
    assert demo.http.get("/transactions").json() == transactions


@pytest.mark.parametrize("arguments", [["--email", "nobody"], ["--day", "soon"], ["--day", "1850-01-01"]])
def test_what_makes_no_sense_is_refused(database, arguments):
    refused = seed(database.backend, *arguments)
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].startswith("demo: error: argument")


def test_without_a_database_nothing_is_claimed():
    gone = seed("postgresql://nobody:x@127.0.0.1:9/wealth")
    assert gone.returncode == 1
    assert gone.stderr == "Nothing was written, as the database is not available.\n"


def test_the_same_day_gives_the_same_books(demo, served, database):
    made = seed(database.backend, "--email", "demo-two@example.org", "--day", str(DAY))
    password = made.stdout.split()[-1]
    with httpx.Client(base_url=demo.http.base_url, headers=demo.http.headers, verify=False) as http:  # noqa: S501 - loopback, no TLS
        http.post("/auth/sign-in", json={"email": "demo-two@example.org", "password": password}).raise_for_status()
        tables = [one.get("/export/transactions.csv").text.splitlines() for one in (demo.http, http)]
    assert [row.rsplit(",", 1)[0] for row in tables[0]] == [row.rsplit(",", 1)[0] for row in tables[1]]
    assert len(tables[0]) > 1300


@pytest.fixture(scope="module")
def household_of_somebody(served) -> Person:
    person = sign_up(served)
    answer = person.http.post("/demo")
    made = household(utc_today())
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"accounts": len(ACCOUNTS), "transactions": len(made.entries) + len(made.transfers)}
    return person


def test_with_one_request_somebody_new_has_the_same_household(household_of_somebody):
    rows = household_of_somebody.http.get("/export/transactions.csv").text.splitlines()
    assert len(rows) > 1300
    assert {row["currency"] for row in household_of_somebody.http.get("/budgets").json()} == {"PKR"}
    assert household_of_somebody.http.get("/auth/me").json()["currency"] == "USD"
    assert household_of_somebody.http.get("/audit").json()["items"][0]["event"] == "demo.added"


def test_books_with_something_in_them_are_left_alone(household_of_somebody, ada):
    before = household_of_somebody.http.get("/export").text
    problem(household_of_somebody.http.post("/demo"), 409, "not_empty")
    assert household_of_somebody.http.get("/export").text == before
    ada.account("My own")
    problem(ada.http.post("/demo"), 409, "not_empty")
    assert [row["name"] for row in ada.http.get("/accounts").json()] == ["My own"]


def test_a_deleted_category_is_no_obstacle_and_one_of_ones_own_is(ada, eve):
    assert ada.http.delete(f"/categories/{ada.category('Groceries')}").status_code == 204
    assert ada.http.post("/demo").status_code == 201
    assert eve.http.post("/categories", json={"name": "Mine", "kind": "expense"}).status_code == 201
    problem(eve.http.post("/demo"), 409, "not_empty")


def test_sent_twice_at_once_it_is_done_once(ada):
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: ada.http.post("/demo"), range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(ada.http.get("/accounts").json()) == len(ACCOUNTS)


def test_under_a_key_it_is_answered_again(ada):
    first, again = (ada.http.post("/demo", headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotency-Replayed"] == "true"
