"""What people do with their own data: take it along, bring it back, let a program in, undo an import, leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import new_person
from tests.e2e.test_user_path import add_account, sign_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import Person

STATEMENT = "Date,Description,Amount\n2026-10-01,Corner shop,-12.50\n2026-10-02,Salary,3400.00\n"
BROKEN = STATEMENT + "2026-10-32,No such day,-1.00\n2026-10-04,No such amount,twelve\n"


def choose_file(page: Page, text: str) -> None:
    page.goto("/import")
    chooser = page.get_by_label("Statement file")
    expect(chooser).to_be_enabled()
    chooser.set_input_files(files=[FilePayload(name="statement.csv", mimeType="text/csv", buffer=text.encode())])
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()


def import_statement(page: Page) -> None:
    choose_file(page, STATEMENT)
    page.get_by_role("button", name="Import 2 transactions").click()
    expect(page.get_by_text("2 transactions imported.")).to_be_visible()


def rows_of(page: Page) -> int:
    page.goto("/transactions")
    expect(page.get_by_role("heading", level=1)).to_have_text("Transactions")
    return page.locator("[data-row]").count()


def test_rows_that_cannot_be_read_are_named_and_an_import_is_undone(page: Page, user: Person) -> None:
    sign_up(page, user)
    add_account(page)
    choose_file(page, BROKEN)
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("2 rows can’t be read")).to_be_visible()  # noqa: RUF001 - as it stands there
    expect(preview.get_by_role("alert").get_by_role("listitem")).to_have_count(2)
    expect(preview.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)

    import_statement(page)
    assert rows_of(page) == 2
    page.goto("/import")
    page.get_by_role("button", name="Undo the import of statement.csv").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Nothing imported yet")).to_be_visible()
    assert rows_of(page) == 0


def test_an_archive_is_taken_along_to_a_new_account(
    open_page: Callable[..., Page], user: Person, tmp_path: Path
) -> None:
    page = open_page()
    sign_up(page, user)
    add_account(page)
    import_statement(page)
    page.goto("/settings")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download archive").click()
    archive = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(archive)

    other = open_page()
    sign_up(other, new_person())
    other.goto("/settings")
    restore = other.get_by_role("button", name="Restore")
    expect(restore).to_be_enabled()
    broken = FilePayload(name="archive.json", mimeType="application/json", buffer=b"{}")
    other.get_by_label("Archive file").set_input_files(files=[broken])
    restore.click()
    expect(other.locator("#data").get_by_role("alert")).to_be_visible()
    other.get_by_label("Archive file").set_input_files(archive)
    restore.click()
    expect(other.get_by_text(re.compile(r"\d+ records restored\."))).to_be_visible()
    assert rows_of(other) == 2

    # it isn't empty any more, so nothing in it can be overwritten
    other.goto("/settings")
    other.get_by_label("Archive file").set_input_files(archive)
    restore.click()
    expect(other.locator("#data").get_by_role("alert")).to_be_visible()
    assert rows_of(other) == 2


def test_a_token_is_shown_once_lets_a_program_in_and_is_revoked(page: Page, user: Person, base_url: str) -> None:
    sign_up(page, user)
    page.goto("/settings")
    page.get_by_role("button", name="New token").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Backup script")
    dialog.get_by_role("button", name="Make token").click()
    token = dialog.locator("code").inner_text()
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{base_url}/api/v1", headers=bearer, timeout=60) as http:
        assert http.get("/accounts").json() == []
        assert http.post("/accounts", json={"name": "x", "kind": "cash", "currency": "USD"}).status_code == 403
        dialog.get_by_role("button", name="Done").click()
        tokens = page.get_by_role("region", name="Access tokens")
        expect(tokens.get_by_text("Backup script")).to_be_visible()
        assert token not in page.content()
        tokens.get_by_role("button", name=re.compile("Revoke")).click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile("Revoke")).click()
        expect(tokens.get_by_text("Backup script")).to_have_count(0)
        assert http.get("/accounts").status_code == 401


def test_an_account_is_deleted_for_good(page: Page, user: Person) -> None:
    sign_up(page, user)
    page.goto("/settings")
    page.get_by_role("button", name="Delete account…").click()
    dialog = page.get_by_role("dialog")
    gone = dialog.get_by_role("button", name="Delete everything")
    dialog.get_by_label("Your password").fill("not the password of anyone")
    expect(gone).to_be_disabled()
    dialog.get_by_label(f"Type {user.email} to confirm").fill(user.email)
    gone.click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Your password").fill(user.password)
    gone.click()
    expect(page).to_have_url(re.compile("/sign-in"))

    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()
