"""The path of a new user, as a person walks it: sign up, import a statement, see where the money went, ask about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload, Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Person

    Screenshot = Callable[[Page, str], None]

ACCOUNT = "Everyday account"
CHAT_TIMEOUT_MS = 60_000


@dataclass(frozen=True)
class Line:
    date: date
    payee: str
    amount: Decimal


@dataclass(frozen=True)
class Statement:
    """A bank statement over last month and this one, and what the dashboard must say about it."""

    lines: list[Line]
    last_month: str
    this_month: str

    def csv(self) -> bytes:
        rows = [f"{line.date.isoformat()},{line.payee},{line.amount}" for line in self.lines]
        return "\n".join(["Date,Description,Amount", *rows, ""]).encode()

    def income(self, month: str) -> Decimal:
        return sum((amount for amount in self._amounts(month) if amount > 0), Decimal(0))

    def expense(self, month: str) -> Decimal:
        return -sum((amount for amount in self._amounts(month) if amount < 0), Decimal(0))

    def spent_at(self, month: str, word: str) -> Decimal:
        return -sum((line.amount for line in self._of(month) if word in line.payee), Decimal(0))

    def _amounts(self, month: str) -> list[Decimal]:
        return [line.amount for line in self._of(month)]

    def _of(self, month: str) -> list[Line]:
        return [line for line in self.lines if line.date.isoformat().startswith(month)]


@pytest.fixture
def statement() -> Statement:
    first = datetime.now(UTC).date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    lines = [
        Line(before, "Rent October House", Decimal("-1250.00")),
        Line(before.replace(day=2), "ACME Ltd Salary", Decimal("3400.00")),
        Line(before.replace(day=4), "Corner Grocery Store", Decimal("-84.15")),
        Line(before.replace(day=11), "Corner Grocery Store", Decimal("-62.40")),
        Line(before.replace(day=15), "City Metro Ticket", Decimal("-49.00")),
        Line(before.replace(day=19), "Corner Grocery Store", Decimal("-91.07")),
        Line(before.replace(day=23), "Cafe Luna", Decimal("-18.60")),
        Line(first, "Corner Grocery Store", Decimal("-73.33")),
        Line(first, "Cafe Luna", Decimal("-9.90")),
    ]
    return Statement(lines=lines, last_month=f"{before:%Y-%m}", this_month=f"{first:%Y-%m}")


def dollars(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def sign_up(page: Page, user: Person) -> None:
    page.goto("/sign-up")
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_url(re.compile("/dashboard"))


def add_account(page: Page) -> None:
    page.goto("/accounts")
    page.get_by_label("Name").fill(ACCOUNT)
    page.get_by_label("Opening balance").fill("100.00")
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_role("heading", name=ACCOUNT)).to_be_visible()


def choose_statement(page: Page, statement: Statement) -> None:
    page.goto("/import")
    file = FilePayload(name="statement.csv", mimeType="text/csv", buffer=statement.csv())
    chooser = page.get_by_label("Statement file")
    expect(chooser).to_be_enabled()
    chooser.set_input_files(files=[file])
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()


def import_statement(page: Page, statement: Statement) -> None:
    choose_statement(page, statement)
    page.get_by_role("button", name=f"Import {len(statement.lines)} transactions").click()
    expect(page.get_by_text(f"{len(statement.lines)} transactions imported.")).to_be_visible()


def total(page: Page, label: str) -> str:
    return page.locator("dl > div", has_text=label).locator("dd").first.inner_text()


@pytest.mark.spec("US1", "FR-006")
def test_new_user_sees_where_the_money_went(
    page: Page, user: Person, statement: Statement, screenshot: Screenshot
) -> None:
    sign_up(page, user)
    expect(page.get_by_role("heading", name="Three steps to a clear picture")).to_be_visible()
    screenshot(page, "1-welcome")

    add_account(page)
    screenshot(page, "2-accounts")

    choose_statement(page, statement)
    expect(page.get_by_text(f"{len(statement.lines)} new transactions")).to_be_visible()
    screenshot(page, "3-preview")
    page.get_by_role("button", name=f"Import {len(statement.lines)} transactions").click()
    expect(page.get_by_text(f"{len(statement.lines)} transactions imported.")).to_be_visible()

    choose_statement(page, statement)
    expect(page.get_by_text(f"{len(statement.lines)} duplicates, left out")).to_be_visible()
    expect(page.get_by_text("Nothing new to import")).to_be_visible()
    screenshot(page, "4-duplicates")

    page.get_by_role("link", name="Transactions").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(1 + len(statement.lines))
    screenshot(page, "5-transactions")
    page.get_by_label("Search payee or note").fill("grocery")
    page.get_by_role("button", name="Apply").click()
    expect(rows).to_have_count(1 + sum("Grocery" in line.payee for line in statement.lines))

    for month in (statement.last_month, statement.this_month):
        page.goto(f"/dashboard?month={month}")
        income, expense = statement.income(month), statement.expense(month)
        assert total(page, "Money in") == dollars(income)
        assert total(page, "Money out") == dollars(expense)
        assert total(page, "Left over").removeprefix("+") == dollars(income - expense)
        page.get_by_role("region", name="Where it went").get_by_text("Show as a table").click()
        table = page.get_by_role("table").filter(has_text="Share")
        groceries = table.get_by_role("row", name=re.compile("Groceries"))
        expect(groceries.get_by_role("cell").first).to_have_text(dollars(statement.spent_at(month, "Grocery")))
        screenshot(page, f"6-dashboard-{month}")

    page.get_by_role("link", name="Ask").click()
    page.get_by_label("Your question").fill("How much did I spend on groceries last month?")
    page.get_by_role("button", name="Send").click()
    answer = page.get_by_role("log")
    spent = dollars(statement.spent_at(statement.last_month, "Grocery")).removeprefix("$")
    expect(answer).to_contain_text(spent, timeout=CHAT_TIMEOUT_MS)
    expect(answer.get_by_text(re.compile("Offline analyst|Answered by")).first).to_be_visible()
    answer.get_by_text(re.compile(r"\d+ tool calls?")).click()
    answer.get_by_role("listitem").first.locator("summary").click()
    expect(answer.get_by_text("Arguments").first).to_be_visible()
    expect(answer.get_by_text("Result").first).to_be_visible()
    screenshot(page, "7-chat")

    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto("/dashboard")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_signing_in_leads_back_to_the_wanted_page(page: Page, user: Person) -> None:
    sign_up(page, user)
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))

    page.goto("/transactions?q=coffee")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill("not the password of anyone")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(user.email)

    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/transactions\?q=coffee"))


def test_forms_keep_their_input_when_the_api_is_unreachable(page: Page, user: Person, screenshot: Screenshot) -> None:
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto("/sign-in")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(re.compile("The service doesn.t answer"))).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(user.email)
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()
    screenshot(page, "unreachable")
