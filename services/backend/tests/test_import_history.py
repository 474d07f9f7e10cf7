"""What was imported: never twice, and undone as a whole."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from wealth_core import export_cells

from .conftest import problem
from .test_statements import camt, entry, ofx, paid

NOBODY = "00000000-0000-7000-8000-000000000000"
CSV = "Date,Description,Amount\n2026-11-05,Shop,-5.00\n2026-11-06,Cafe Luna,-3.00\n2026-11-07,Employer,100.00\n"


def counts(answer) -> tuple[int, int]:
    assert answer.status_code == 201, answer.text
    return answer.json()["imported"], answer.json()["duplicates"]


def items(person) -> list[dict]:
    return person.http.get("/transactions").json()["items"]


# --- never twice ---


def test_an_overlapping_window_of_another_export_adds_only_what_is_new(ada):
    account = ada.account()
    first = ofx(paid(fitid="A"), paid("-7.00", "B", "Other"))
    assert counts(ada.imported(account, first.encode())) == (2, 0)
    # The bank has cleaned the names up meanwhile; its ids say that it is the same.
    second = ofx(paid("-7.00", "B", "OTHER Ltd"), paid("-9.00", "C", "Third"))
    preview = ada.preview(account, second.encode()).json()
    assert [row["duplicate"] for row in preview["rows"]] == [True, False]
    assert counts(ada.imported(account, second.encode())) == (1, 1)
    assert {one["payee"] for one in items(ada)} == {"Shop", "Other", "Third"}


def test_another_format_of_the_same_bank_is_recognised_by_its_ids(ada):
    account = ada.account()
    reference = "<AcctSvcrRef>A</AcctSvcrRef><AddtlNtryInf>Card payment</AddtlNtryInf>"
    assert counts(ada.imported(account, ofx(paid("-5.00", "A")).encode())) == (1, 0)
    assert counts(ada.imported(account, camt(entry("5.00", reference)).encode())) == (0, 1)


def test_two_equal_coffees_stay_two_though_each_comes_in_a_file_of_its_own(ada):
    account = ada.account()
    coffee = [ofx(paid("-3.00", fitid, "Cafe Luna")).encode() for fitid in ("A", "B", "C")]
    for number, file in enumerate(coffee, start=1):
        assert counts(ada.imported(account, file)) == (1, 0)
        assert len(items(ada)) == number
    for file in (*coffee, ofx(*(paid("-3.00", fitid, "Cafe Luna") for fitid in "ABC")).encode()):
        assert counts(ada.imported(account, file))[0] == 0
    assert len(items(ada)) == 3


def test_rows_without_ids_and_rows_with_them_are_compared_by_content(ada):
    account = ada.account()
    assert counts(ada.imported(account, CSV.encode())) == (3, 0)
    # The bank's OFX of the same days: the ids are learned, nothing is added.
    same = ofx(paid("-5.00", "A"), paid("-3.00", "B", "Cafe Luna", "20261106"))
    assert counts(ada.imported(account, same.encode())) == (0, 2)
    # So another id is another transaction, however equal.
    assert counts(ada.imported(account, ofx(paid("-5.00", "Z")).encode())) == (1, 0)
    # And a CSV after the OFX is recognised by what it says.
    assert counts(ada.imported(account, CSV.encode())) == (0, 3)


def test_one_id_for_a_payment_and_its_fee_or_twice_in_a_file_loses_no_row(ada):
    account = ada.account()
    file = ofx(paid("-50.00", "A"), paid("-1.50", "A", "Fee"), paid("-3.00", "D", "Cafe"), paid("-3.00", "D", "Cafe"))
    assert counts(ada.imported(account, file.encode())) == (4, 0)
    assert counts(ada.imported(account, file.encode())) == (0, 4)


def test_the_same_file_sent_by_several_at_once_is_imported_once(ada):
    account = ada.account()
    file = ofx(*(paid(fitid=f"F{number}", name=f"Shop {number}") for number in range(20))).encode()
    with ThreadPoolExecutor(4) as hands:
        results = [one.result() for one in [hands.submit(ada.imported, account, file) for _ in range(4)]]
    assert sorted(counts(result) for result in results) == [(0, 20)] * 3 + [(20, 0)]
    assert len(items(ada)) == 20


# --- our own export ---


def exported(*rows: dict[str, str]) -> bytes:
    file = io.StringIO()
    table = csv.DictWriter(file, export_cells.HEADER, restval="")
    table.writeheader()
    for row in rows:
        table.writerow(
            {name: export_cells.escape(cell) if name in export_cells.TEXTS else cell for name, cell in row.items()}
        )
    return file.getvalue().encode()


TEXTS = ["=HYPERLINK(1)", "'quoted'", "''", "-5", "+1", "@home", "plain  with two blanks"]


def test_our_own_export_comes_back_with_exactly_its_texts_and_categories(ada):
    account = ada.account()
    rows = [
        {
            "date": "2026-03-04",
            "account": "=Main",
            "payee": text,
            "note": text,
            "amount": "-1.00",
            "currency": "USD",
            "category": "Groceries",
            "id": f"019a0000-0000-7000-8000-00000000000{number}",
        }
        for number, text in enumerate(TEXTS)
    ]
    assert ada.preview(account, exported(*rows)).json()["errors"] == []
    assert counts(ada.imported(account, exported(*rows))) == (len(TEXTS), 0)
    found = items(ada)
    assert sorted((one["payee"], one["note"]) for one in found) == sorted((text, text) for text in TEXTS)
    assert {one["category_id"] for one in found} == {ada.category("Groceries")}
    assert counts(ada.imported(account, exported(*rows))) == (0, len(TEXTS))


def test_our_own_export_of_what_is_there_adds_nothing(ada):
    account = ada.account()
    transaction = ada.spend(account, "-5.00", "By hand")
    row = {"date": "2026-10-05", "account": "Main", "amount": "-5.00", "currency": "USD", "id": transaction}
    assert counts(ada.imported(account, exported(row | {"payee": "By hand"}))) == (0, 1)
    assert counts(ada.imported(ada.account("Other"), exported(row | {"payee": "By hand"}))) == (1, 0)


def test_of_an_export_of_several_accounts_one_has_to_be_chosen(ada):
    account = ada.account()
    row = {"date": "2026-10-05", "payee": "Shop", "amount": "-5.00", "currency": "USD"}
    file = exported(row | {"account": "Main"}, row | {"account": "Savings", "amount": "7.00"})
    assert "“Main”, “Savings”" in problem(ada.imported(account, file), 422, "several_accounts")["detail"]
    assert counts(ada.imported(account, file, statement_account="Savings")) == (1, 0)
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "7.00"


def test_a_leading_apostrophe_of_any_other_file_stays(ada):
    account = ada.account()
    assert counts(ada.imported(account, b"Date,Description,Amount\n2026-11-05,'=1+1,-5.00\n")) == (1, 0)
    assert items(ada)[0]["payee"] == "'=1+1"


# --- undone ---


def imported(person, account: str, file: str = CSV) -> str:
    answer = person.imported(account, file.encode())
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def test_imports_are_listed_the_newest_first_in_pages(ada):
    account = ada.account()
    made = [imported(ada, account, CSV + f"2026-11-08,Extra {number},-1\n") for number in range(3)]
    page = ada.http.get("/imports", params={"limit": 2}).json()
    assert [one["id"] for one in page["items"]] == made[:0:-1]
    assert page["items"][-1] | {"created_at": ""} == {
        "id": made[1],
        "account_id": account,
        "account_name": "Main",
        "filename": "statement.csv",
        "format": "csv",
        "imported": 1,
        "duplicates": 3,
        "created_at": "",
    }
    rest = ada.http.get("/imports", params={"cursor": page["next_cursor"]}).json()
    assert ([one["id"] for one in rest["items"]], rest["next_cursor"]) == (made[:1], None)
    for cursor in ("x", "!", "é", page["next_cursor"] + "AAAA"):
        problem(ada.http.get("/imports", params={"cursor": cursor}), 422, "invalid")


def test_an_undo_takes_an_import_back_and_nothing_else(ada):
    account = ada.account(opening_balance="10.00")
    kept = ada.spend(account, "-1.00", "By hand")
    imported(ada, account, CSV)
    later = imported(ada, account, CSV + "2026-11-08,Extra,-2.00\n")
    assert ada.http.delete(f"/imports/{later}").status_code == 204
    problem(ada.http.get(f"/imports/{later}"), 404, "not_found")
    problem(ada.http.delete(f"/imports/{later}"), 404, "not_found")
    assert len(items(ada)) == 4
    (first,) = ada.http.get("/imports").json()["items"]
    assert ada.http.delete(f"/imports/{first['id']}").status_code == 204
    assert [one["id"] for one in items(ada)] == [kept]
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "9.00"
    assert counts(ada.imported(account, CSV.encode())) == (3, 0)


def test_transactions_changed_since_are_counted_and_have_to_be_given_up(ada):
    account = ada.account()
    done = imported(ada, account)
    by_payee = {one["payee"]: one["id"] for one in items(ada)}

    def state() -> tuple[int, int]:
        found = ada.http.get(f"/imports/{done}").json()
        return found["transactions"], found["changed"]

    assert state() == (3, 0)
    same = ada.http.patch(f"/transactions/{by_payee['Shop']}", json={"payee": "Shop"})
    assert (same.status_code, state()) == (200, (3, 0))
    for payee, change in (
        ("Shop", {"category_id": ada.category("Travel")}),
        ("Employer", {"note": "Bonus"}),
        ("Shop", {"amount": "-6.00"}),
    ):
        assert ada.http.patch(f"/transactions/{by_payee[payee]}", json=change).status_code == 200
    assert state() == (3, 2)
    assert ada.http.delete(f"/transactions/{by_payee['Cafe Luna']}").status_code == 204
    assert state() == (2, 2)
    detail = problem(ada.http.delete(f"/imports/{done}"), 409, "import_changed")["detail"]
    assert "2 of this import's transactions were changed" in detail
    assert len(items(ada)) == 2
    assert ada.http.delete(f"/imports/{done}", params={"with_changes": True}).status_code == 204
    assert items(ada) == []


def test_what_happens_to_a_category_is_no_change_of_its_transactions(ada):
    account = ada.account()
    done = imported(ada, account, "Date,Description,Amount\n2026-11-05,Corner Grocery,-5.00\n")
    assert items(ada)[0]["category_id"] == ada.category("Groceries")
    assert ada.http.delete(f"/categories/{ada.category('Groceries')}").status_code == 204
    assert items(ada)[0]["category_id"] is None
    assert ada.http.get(f"/imports/{done}").json()["changed"] == 0


def test_an_undo_on_what_was_read_before_is_refused_once_something_changed(ada):
    account = ada.account()
    done = imported(ada, account)
    tag = ada.http.get(f"/imports/{done}").headers["ETag"]
    ada.http.patch(f"/transactions/{items(ada)[0]['id']}", json={"note": "Mine"})
    stale = ada.http.delete(f"/imports/{done}", params={"with_changes": True}, headers={"If-Match": tag})
    problem(stale, 412, "changed_meanwhile")
    assert len(items(ada)) == 3
    fresh = ada.http.get(f"/imports/{done}").headers["ETag"]
    again = ada.http.delete(f"/imports/{done}", params={"with_changes": True}, headers={"If-Match": fresh})
    assert again.status_code == 204


@pytest.mark.parametrize("method", ["get", "delete"])
def test_there_is_no_import_that_nobody_made(ada, method):
    problem(ada.http.request(method, f"/imports/{NOBODY}"), 404, "not_found")
