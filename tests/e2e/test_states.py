"""What people see when something is wrong: it is said in their language, the rest stands, and another try works.

The pages are a server of their own here, behind a gate that can fail as the API, or the way to it, can.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ARTIFACTS, DESKTOP, LOCALES, PHONE, Person, Texts, new_person, open_context
from tests.e2e.pages import PAGES
from tests.e2e.test_pages import ALL_OF_IT, AXE, TOO_WIDE
from tests.support.gate import Gate, open_gate
from tests.support.local_stack import build_pages, start_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Locator, Page

FOLDER = ARTIFACTS / "states"
SIZES = {"en": DESKTOP, "ur": PHONE}
# How a reading page may fail, and the message that says so.
FAILURES: dict[str, tuple[Callable[[Gate], AbstractContextManager[None]], str]] = {
    "down": (lambda gate: gate.down(), "problem.unreachable"),
    "starting": (lambda gate: gate.refusing("", 503, "http-503", Retry_After="5"), "problem.unavailable"),
    "too-many": (lambda gate: gate.refusing("", 429, "too_many_requests"), "problem.tooMany"),
}


@pytest.fixture(scope="module")
def gate(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    build_pages()
    with open_gate(base_url) as opened, ExitStack() as running:
        opened.pages = start_pages(running, tmp_path_factory.mktemp("pages"), opened.address).address
        yield opened


@pytest.fixture
def visit(browser: Browser, gate: Gate) -> Iterator[Callable[..., Page]]:
    with ExitStack() as closing:

        def open_page(language: str, person: Person | None, *, is_new: bool = False) -> Page:
            context = open_context(browser, gate.address, language, viewport=SIZES[language])
            closing.callback(context.close)
            context.add_init_script(path=AXE)
            if person:
                (person.sign_up if is_new else person.sign_in)(context, gate.address)
            return context.new_page()

        yield open_page


def look(page: Page, name: str) -> None:
    """It fits, everyone can use it, and there is a picture of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    language = page.locator("html").get_attribute("lang")
    page.screenshot(path=FOLDER / f"{name}-{language}.png")
    assert page.evaluate(TOO_WIDE) is None
    found = page.evaluate("(rules) => axe.run(document, { ...rules, resultTypes: ['violations'] })", ALL_OF_IT)
    assert [violation["id"] for violation in found["violations"]] == []


def api(page: Page, gate: Gate, method: str, path: str, **data: Any) -> Any:
    """What a second device of the same person does."""
    url = f"{gate.address}/api/v1{path}"
    answer = page.context.request.fetch(url, method=method, data=data, headers={"Origin": gate.address})
    assert answer.ok, answer.text()
    return answer.json()


def with_transaction(page: Page, gate: Gate) -> str:
    """Gives a new person an account with one transaction; returns the transaction's path in the API."""
    account = api(page, gate, "POST", "/accounts", name="Wallet", kind="cash", currency="USD", opening_balance="0.00")
    entry = {"account_id": account["id"], "date": "2026-10-05", "payee": "Corner shop", "amount": "-12.50"}
    return f"/transactions/{api(page, gate, 'POST', '/transactions', **entry)['id']}"


# ---- pages that can't be read ----


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_that_cannot_be_read_says_why_and_tries_again(
    language: str, gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts
) -> None:
    page = visit(language, demo)
    content = page.get_by_role("main")
    retry = content.get_by_role("button", name=texts(language, "problem.retry"))
    for failure, (fail, key) in FAILURES.items():
        with fail(gate):
            page.goto("/budgets")
            expect(content.get_by_text(texts(language, key))).to_be_visible()
            expect(page.get_by_role("heading", level=1)).to_have_text(texts(language, "budgets.title"))
            look(page, failure)
            # asked for once more, it says the same
            retry.click()
            expect(retry).to_be_enabled()
        retry.click()
        expect(content.get_by_text(texts(language, key))).to_have_count(0)
        expect(content.get_by_role("listitem").first).to_be_visible()


def test_every_page_stands_while_nothing_answers(
    gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts
) -> None:
    page = visit("en", demo)
    with gate.down():
        for entry in PAGES:
            if not entry.signed_in:
                continue
            page.goto(entry.path)
            expect(page.get_by_role("heading", level=1)).to_have_text(texts("en", entry.heading))
            expect(page.get_by_text(texts("en", "problem.unreachable")).first).to_be_visible()
            look(page, f"down-{entry.name}")


def test_a_slow_panel_holds_up_no_other(gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts) -> None:
    page = visit("en", demo)
    worth = page.get_by_role("region", name=texts("en", "dashboard.netWorth"))
    budgets = page.get_by_role("region", name=texts("en", "dashboard.budgets"))
    with gate.late("GET /insight/net-worth", 3):
        page.goto("/dashboard", wait_until="commit")
        expect(budgets.get_by_role("img").first).to_be_visible()
        expect(worth.locator("[aria-busy]")).to_be_visible()
        look(page, "slow")
        expect(worth.get_by_role("img").first).to_be_visible()
    # later than a page waits
    with gate.late("GET /insight/net-worth", 7):
        page.goto("/dashboard")
        expect(worth.get_by_text(texts("en", "problem.unreachable"))).to_be_visible()
        expect(budgets.get_by_role("img").first).to_be_visible()
        look(page, "late")


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_that_breaks_can_be_tried_again(
    language: str, gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts
) -> None:
    page = visit(language, demo)
    with gate.answering("GET /categories", {"not": "a list"}):
        page.goto("/categories")
        expect(page.get_by_role("heading", name=texts(language, "problem.crashTitle"))).to_be_visible()
        look(page, "broken")
    page.get_by_role("button", name=texts(language, "problem.retry")).click()
    expect(page.get_by_role("heading", level=1, name=texts(language, "categories.title"))).to_be_visible()


@pytest.mark.parametrize("language", LOCALES)
def test_an_ended_session_leads_to_sign_in_and_back(
    language: str, gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts
) -> None:
    page = visit(language, demo)
    with gate.refusing("", 401, "signed_out"):
        page.goto("/transactions?q=rent")
        expect(page.get_by_text(texts(language, "problem.signedOut"))).to_be_visible()
        look(page, "ended")
    page.get_by_label(texts(language, "auth.email")).fill(demo.email)
    page.get_by_label(texts(language, "auth.password"), exact=True).fill(demo.password)
    page.get_by_role("button", name=texts(language, "auth.signIn"), exact=True).click()
    expect(page).to_have_url(re.compile(r"/transactions\?q=rent"))


# ---- without a network ----


@pytest.mark.parametrize("language", LOCALES)
def test_offline_is_said_and_the_app_has_a_page_for_it(
    language: str, gate: Gate, visit: Callable[..., Page], demo: Person, texts: Texts
) -> None:
    page = visit(language, demo)
    page.goto("/accounts")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)
    expect(page.get_by_text(texts(language, "problem.offline"))).to_be_visible()
    look(page, "offline")
    page.goto("/budgets")
    expect(page.get_by_role("heading", name=re.compile("re offline"))).to_be_visible()
    page.screenshot(path=FOLDER / f"offline-page-{language}.png")
    page.context.set_offline(False)
    page.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts(language, "budgets.title"))


# ---- changes that don't go through ----


def payee_of(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"{name}: change the payee")


def rename(page: Page, old: str, new: str) -> None:
    payee_of(page, old).click()
    field = page.get_by_role("cell").get_by_role("textbox")
    field.fill(new)
    field.press("Enter")


def test_a_refused_change_goes_back_and_says_why(gate: Gate, visit: Callable[..., Page], texts: Texts) -> None:
    page = visit("en", new_person(), is_new=True)
    path = with_transaction(page, gate)
    page.goto("/transactions")
    with gate.refusing(f"PATCH {path}", 503, "http-503"):
        rename(page, "Corner shop", "Corner bakery")
        expect(page.get_by_role("cell").get_by_text(texts("en", "problem.unavailable"))).to_be_visible()
        expect(payee_of(page, "Corner shop")).to_be_visible()
        look(page, "refused-in-place")
    # what is shown at once is not yet kept
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        rename(page, "Corner shop", "Corner bakery")
    expect(payee_of(page, "Corner bakery")).to_be_visible()
    expect(page.get_by_text(texts("en", "problem.unavailable"))).to_have_count(0)
    assert api(page, gate, "GET", path)["payee"] == "Corner bakery"


def test_what_was_changed_elsewhere_is_not_overwritten(gate: Gate, visit: Callable[..., Page], texts: Texts) -> None:
    page = visit("en", new_person(), is_new=True)
    path = with_transaction(page, gate)
    page.goto("/transactions")
    expect(payee_of(page, "Corner shop")).to_be_enabled()
    api(page, gate, "PATCH", path, payee="Theirs")
    rename(page, "Corner shop", "Mine")
    expect(page.get_by_role("dialog").get_by_text(texts("en", "app.staleDetail"))).to_be_visible()
    assert api(page, gate, "GET", path)["payee"] == "Theirs"
    look(page, "stale-in-place")
    page.get_by_role("button", name=texts("en", "app.staleShow")).click()
    payee = page.get_by_role("dialog").get_by_label(texts("en", "transactions.payee"))
    expect(payee).to_have_value("Theirs")

    # the same in the dialog
    api(page, gate, "PATCH", path, payee="Theirs again")
    payee.fill("Mine again")
    page.get_by_role("button", name=texts("en", "app.save"), exact=True).click()
    expect(page.get_by_role("dialog").get_by_text(texts("en", "app.staleDetail"))).to_be_visible()
    expect(payee).to_have_value("Mine again")
    look(page, "stale-in-dialog")
    page.get_by_role("button", name=texts("en", "app.staleOverwrite")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert api(page, gate, "GET", path)["payee"] == "Mine again"


@pytest.mark.parametrize("language", LOCALES)
def test_a_form_keeps_what_was_typed(language: str, gate: Gate, visit: Callable[..., Page], texts: Texts) -> None:
    def text(key: str) -> str:
        return texts(language, key)

    page = visit(language, new_person(), is_new=True)
    with_transaction(page, gate)
    page.goto("/accounts")
    page.get_by_role("button", name=text("accounts.add")).click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label(text("accounts.name"))
    save = dialog.get_by_role("button", name=text("accounts.create"))
    name.fill("Savings")
    for fail, key in FAILURES.values():
        with fail(gate):
            save.click()
            expect(dialog.get_by_text(text(key))).to_be_visible()
        expect(name).to_have_value("Savings")
    look(page, "form-refused")

    # what is wrong with a value is said at the value
    refused = [{"field": "opening_balance", "message": "must be a number"}]
    with gate.refusing("POST /accounts", 422, "invalid", errors=refused):
        save.click()
        opening = dialog.get_by_label(text("accounts.opening"), exact=True)
        expect(opening).to_have_attribute("aria-invalid", "true")
        expect(opening).to_be_focused()
        said = "must be a number" if language == "en" else text("problem.field")
        expect(opening).to_have_accessible_description(re.compile(re.escape(said), re.IGNORECASE))
        look(page, "field-refused")
    save.click()
    expect(page.get_by_role("heading", name="Savings")).to_be_visible()
