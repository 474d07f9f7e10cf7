"""Bank statements over HTTP: what is refused changes nothing, what is taken is taken once."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from .conftest import TLS, problem, serve_backend, sign_up

HEADER = "Date,Description,Amount\n"
GOOD = HEADER + "2026-11-01,Corner Grocery Store,-12.50\n2026-11-02,ACME Ltd Salary,3400.00\n"
ROWS = 100_000
SHOWN = 100
MIB = 1024 * 1024


def table(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


REFUSED = {
    "empty": (b"", "empty_file", "empty"),
    "blank": (b" \n\n", "empty_file", "empty"),
    "header only": (HEADER.encode(), "empty_file", "no transactions"),
    "binary": (bytes(range(256)) * 8, "not_csv", "binary"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_csv", "binary"),
    "a workbook": (b"PK\x03\x04\x14\x00rest", "not_csv", "save it as CSV"),
    "a PDF": (b"%PDF-1.7\n", "not_csv", "PDF"),
    "text without a table": (b"Dear customer,\nplease find nothing attached.\n", "no_header", "names its columns"),
    "no header": (b"2026-11-01,Shop,-1\n", "no_header", "names its columns"),
    "mixed dates": (
        (HEADER + "2026-11-01,A,-1\n13/11/2026,B,-2\n").encode(),
        "mixed_dates",
        "row 2 has '2026-11-01', row 3",
    ),
    "days and months mixed": (
        (HEADER + "13/02/2026,A,-1\n02/14/2026,B,-2\n").encode(),
        "mixed_dates",
        "different ways",
    ),
    "dates with two meanings": (
        (HEADER + "03/04/2026,A,-1\n").encode(),
        "ambiguous_dates",
        "3 April 2026 or 4 March 2026",
    ),
    "mixed amounts": (
        b"Date;Description;Amount\n2026-11-01;A;1.50\n2026-11-02;B;1,50\n",
        "mixed_numbers",
        "row 3 has '1,50'",
    ),
    "an open quotation": ((HEADER + '2026-11-01,"A,-1\n2026-11-02,B,-2\n').encode(), "malformed_csv", "quotation mark"),
    "broken UTF-8": (
        (HEADER + "2026-11-01,Zażółć gęślą,-1\n2026-11-02,").encode() + b"\xff,-1\n",
        "broken_encoding",
        "Line 3",
    ),
}
UNREADABLE = {
    "a formula as amount": ("2026-11-03,Shop,=1+1", "is a formula"),
    "a formula as date": ("=TODAY(),Shop,-1", "is not a date"),
    "no such day": ("2026-02-30,Shop,-1", "is not a date"),
    "no date": (",Shop,-1", "date is missing"),
    "no amount": ("2026-11-03,Shop,", "amount is missing"),
    "words as amount": ("2026-11-03,Shop,twelve", "is not an amount"),
    "too many decimals": ("2026-11-03,Shop,-1.2345", "decimals"),
    "too much money": ("2026-11-03,Shop,-99999999999999.00", "more than can be booked"),
    "another currency": ("2026-11-03,Shop,-1.00 EUR", "in EUR"),
    "a comma too many": ("2026-11-03,Shop, Inc,-1.00", "more than the 3 columns"),
    "a very long text": (f"2026-11-03,{'x' * 1001},-1.00", "longer than 1000"),
}


def nothing_changed(person, account: str) -> bool:
    (found,) = person.http.get("/accounts").json()
    return not person.http.get("/transactions").json()["items"] and found["balance"] == found["opening_balance"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_cause_and_cure(ada, name):
    content, code, words = REFUSED[name]
    account = ada.account(opening_balance="10.00")
    for send in (ada.preview, ada.imported):
        detail = problem(send(account, content), 422, code)["detail"]
        assert words in detail
        assert re.search("choose|save|write|download|split|correct", detail, re.IGNORECASE), "no cure"
    assert nothing_changed(ada, account)


@pytest.mark.parametrize("name", UNREADABLE)
def test_one_bad_row_is_named_and_keeps_all_the_others_out(ada, name):
    row, words = UNREADABLE[name]
    account = ada.account(opening_balance="10.00")
    content = f"{GOOD}{row}\n2026-11-04,Later,-1.00\n".encode()
    preview = ada.preview(account, content).json()
    assert [(bad["row"], words in bad["message"]) for bad in preview["errors"]] == [(4, True)]
    assert preview["totals"] == {"rows": 4, "new": 3, "duplicates": 0, "refused": 1}
    assert len(preview["rows"]) == 3
    body = problem(ada.imported(account, content), 422, "unreadable_rows")
    assert body["errors"][0]["field"] == "row 4"
    assert "nothing was imported" in body["detail"]
    assert nothing_changed(ada, account)


def test_a_preview_shows_what_the_import_then_does(ada):
    account = ada.account(opening_balance="100.00")
    preview = ada.preview(account, GOOD.encode()).json()
    assert preview == {
        "totals": {"rows": 2, "new": 2, "duplicates": 0, "refused": 0},
        "rows": [
            {
                "row": 2,
                "date": "2026-11-01",
                "payee": "Corner Grocery Store",
                "note": None,
                "amount": {"amount": "-12.50", "currency": "USD"},
                "duplicate": False,
                "category_guess": "Groceries",
            },
            {
                "row": 3,
                "date": "2026-11-02",
                "payee": "ACME Ltd Salary",
                "note": None,
                "amount": {"amount": "3400.00", "currency": "USD"},
                "duplicate": False,
                "category_guess": "Salary",
            },
        ],
        "errors": [],
        "unbooked": 0,
        "format": "csv",
        "unit": "row",
        "date_format": "YYYY-MM-DD",
        "encoding": "UTF-8",
        "header": ["Date", "Description", "Amount"],
        "profile": None,
        "mapping": None,
        "guess": {
            "columns": {
                "date": 1,
                "payee": None,
                "notes": [2],
                "amount": 3,
                "debit": None,
                "credit": None,
                "fee": None,
                "currency": None,
                "external_id": None,
            },
            "delimiter": ",",
            "skip_rows": 0,
            "has_header": True,
            "date_format": "YYYY-MM-DD",
            "decimal": ".",
            "sign": "negative_is_spending",
        },
    }
    assert ada.http.get("/transactions").json()["items"] == []
    result = ada.imported(account, GOOD.encode())
    assert (result.status_code, result.json()["imported"], result.json()["duplicates"]) == (201, 2, 0)
    items = ada.http.get("/transactions").json()["items"]
    assert {one["import_id"] for one in items} == {result.json()["id"]}
    assert {one["category_id"] for one in items} == {ada.category("Groceries"), ada.category("Salary")}
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "3487.50"


def test_the_same_rows_never_count_twice_however_they_are_written(ada):
    account = ada.account()
    assert ada.imported(account, GOOD.encode()).json()["imported"] == 2
    other = (
        "Money out;Money in;Booking date;Details\n"
        "12,50;;01.11.2026;Corner  Grocery Store\n"
        ";3.400,00;02.11.2026;ACME Ltd Salary\n"
        "1,00;;03.11.2026;New\n"
    )
    preview = ada.preview(account, other.encode("utf-16")).json()
    assert [row["duplicate"] for row in preview["rows"]] == [True, True, False]
    assert preview["totals"] == {"rows": 3, "new": 1, "duplicates": 2, "refused": 0}
    result = ada.imported(account, other.encode("utf-16")).json()
    assert (result["imported"], result["duplicates"]) == (1, 2)
    # Another account's statement is another matter.
    assert ada.imported(ada.account("Other"), GOOD.encode()).json()["imported"] == 2


def test_equal_rows_of_one_file_are_not_duplicates_of_each_other(ada):
    account = ada.account()
    coffees = (HEADER + "2026-11-01,Cafe Luna,-3.00\n" * 2).encode()
    assert ada.imported(account, coffees).json()["imported"] == 2
    assert ada.imported(account, coffees + b"2026-11-01,Cafe Luna,-3.00\n").json() | {"id": ""} == {
        "id": "",
        "imported": 1,
        "duplicates": 2,
    }


def test_the_same_file_sent_twice_at_once_is_imported_once(ada):
    account = ada.account()
    with ThreadPoolExecutor(2) as hands:
        results = [
            one.result().json() for one in [hands.submit(ada.imported, account, GOOD.encode()) for _ in range(2)]
        ]
    assert sorted(result["imported"] for result in results) == [0, 2]
    assert len(ada.http.get("/transactions").json()["items"]) == 2


def test_formulas_stay_text(ada):
    account = ada.account()
    payees = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|'x'!A0", "+1+1", "-2+3", '=HYPERLINK("http://evil.example")']
    rows = "".join(f'2026-11-01,"{payee.replace(chr(34), chr(34) * 2)}",-1.00\n' for payee in payees)
    assert [row["payee"] for row in ada.preview(account, (HEADER + rows).encode()).json()["rows"]] == payees
    assert ada.imported(account, (HEADER + rows).encode()).json()["imported"] == len(payees)
    assert {one["payee"] for one in ada.http.get("/transactions").json()["items"]} == set(payees)


@pytest.mark.parametrize(
    ("encoding", "name", "payee", "currency"),
    [
        ("utf-8-sig", "UTF-8", "Café Zürich", "EUR"),
        ("utf-16", "UTF-16", "Žluťoučký kůň", "EUR"),
        ("utf-16-be", "UTF-16", "Corner Shop", "EUR"),
        ("cp1252", "CP1252", "Müller Bäckerei für Brötchen", "EUR"),
        ("cp1250", "CP1250", "Česká spořitelna, příchozí úhrada", "CZK"),
        ("cp1251", "CP1251", "Оплата за коммунальные услуги", "RUB"),
        ("cp932", "CP932", "東京電力株式会社のお支払い", "JPY"),
    ],
)
def test_other_encodings_are_recognised_and_named(ada, encoding, name, payee, currency):
    account = ada.account("Main", currency)
    content = f"Date;Description;Amount\n2026-11-01;{payee};-1250\n".encode(encoding)
    preview = ada.preview(account, content).json()
    assert (preview["encoding"], preview["rows"][0]["payee"]) == (name, payee)


@pytest.mark.parametrize(
    ("date_format", "date"), [("DD/MM/YYYY", "2026-04-03"), ("MM/DD/YYYY", "2026-03-04"), ("YYYY-MM-DD", None)]
)
def test_a_format_settles_dates_with_two_meanings(ada, date_format, date):
    content = (HEADER + "03/04/2026,A,-1\n").encode()
    preview = ada.preview(ada.account(), content, date_format=date_format).json()
    assert [row["date"] for row in preview["rows"]] == ([date] if date else [])
    assert len(preview["errors"]) == (0 if date else 1)


def test_a_payee_gets_the_category_it_was_given_last(ada):
    account = ada.account()
    ada.spend(account, "-1", "corner grocery store", category_id=ada.category("Eating out"))
    assert ada.preview(account, GOOD.encode()).json()["rows"][0]["category_guess"] == "Eating out"


def test_what_a_form_must_have(ada):
    account = ada.account()
    problem(ada.http.post("/imports", data={"account_id": account}), 422, "invalid")
    problem(ada.http.post("/imports", files={"file": b"x"}), 422, "invalid")
    problem(ada.upload("/imports", "not-an-id", GOOD.encode()), 422, "invalid")
    problem(ada.imported(account, GOOD.encode(), date_format="backwards"), 422, "invalid")
    problem(ada.http.post("/imports", json={}), 422, "invalid")
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(ada.http.post("/imports", content=b"--x\r\nnonsense", headers=broken), 422, "invalid")
    problem(ada.imported("00000000-0000-7000-8000-000000000000", GOOD.encode()), 404, "not_found")


@pytest.mark.parametrize("path", ["/imports", "/imports/preview"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(ada, path):
    answer = ada.upload(path, ada.account(), b"x" * (21 * MIB))
    assert "20 MiB" in problem(answer, 413, "too_large")["detail"]


def test_how_large_a_file_may_be_is_a_setting(database, tmp_path):
    with serve_backend(database.backend, tmp_path / "log", UPLOAD_LIMIT_MIB=2) as served:
        ada = sign_up(served)
        account = ada.account()
        for path, status in (("/imports/preview", 200), ("/imports", 201)):
            padded = GOOD.encode() + b"\n" * (2 * MIB - 4096)
            assert ada.upload(path, account, padded).status_code == status
            answer = ada.upload(path, account, GOOD.encode() + b"\n" * (2 * MIB))
            assert "the 2 MiB taken at once" in problem(answer, 413, "too_large")["detail"]


def test_a_file_with_too_many_rows_is_refused(ada):
    content = (HEADER + "2026-11-01,A,-1\n" * 200_001).encode()
    assert "200,000" in problem(ada.preview(ada.account(), content), 422, "too_many_rows")["detail"]


def test_an_upload_of_somebody_unknown_is_not_taken(visitor):
    answer = visitor.post("/imports", data={"account_id": "x"}, files={"file": GOOD.encode()})
    problem(answer, 401, "signed_out")


def test_a_preview_of_a_hundred_thousand_rows_has_their_totals_and_the_first_of_them(ada):
    account = ada.account()
    known = [f"2026-11-01,Payee {i},-1.00" for i in range(50)]
    assert ada.imported(account, table(*known)).json()["imported"] == len(known)
    bad = [f"2026-11-02,Payee {i},nothing" for i in range(2000)]
    more = [f"2026-11-03,Payee {i},-{i}.00" for i in range(ROWS - len(known) - len(bad))]
    answer = ada.preview(account, table(*bad, *known, *more))
    assert answer.status_code == 200, answer.text[:1000]
    assert len(answer.content) < 100_000
    preview = answer.json()
    new = len(more)
    assert preview["totals"] == {"rows": ROWS, "new": new, "duplicates": len(known), "refused": len(bad)}
    # Row 1 is the header.
    first = 2 + len(bad)
    assert [row["row"] for row in preview["rows"]] == list(range(first, first + SHOWN))
    assert [row["duplicate"] for row in preview["rows"]] == [True] * len(known) + [False] * (SHOWN - len(known))
    assert [error["row"] for error in preview["errors"]] == list(range(2, 2 + SHOWN))
    assert all("is not an amount" in error["message"] for error in preview["errors"])
    body = problem(ada.imported(account, table(*bad, *known, *more)), 422, "unreadable_rows")
    assert "2,000 rows" in body["detail"]
    assert len(body["errors"]) == SHOWN


def test_a_hundred_thousand_rows_are_imported_in_bounded_memory_while_others_are_served(ada, served):
    """On two idle cores about half a minute; the statement has 3 MB, and no more than a few copies of it are held."""

    def resident(what: str) -> int:
        return int(re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{served.process.pid}/status").read_text())[1]) // 1024

    account = ada.account()
    amounts = [f"{i % 900}.{i % 100:02d}" for i in range(ROWS)]
    content = table(
        *(f"2026-{1 + i % 12:02d}-{1 + i % 28:02d},Payee {i % 5000},-{amount}" for i, amount in enumerate(amounts))
    )
    before = resident("VmRSS")
    with ThreadPoolExecutor(1) as hand:
        sent = hand.submit(ada.imported, account, content)
        waits = []
        while not sent.done():
            asked = time.perf_counter()
            assert httpx.get(f"{served.address}/healthz", verify=TLS).status_code == 200
            waits.append(time.perf_counter() - asked)
            time.sleep(0.2)
    result = sent.result()
    assert result.status_code == 201, result.text
    assert result.json()["imported"] == ROWS
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == str(-sum(map(Decimal, amounts)))
    assert resident("VmHWM") - before < 120
    assert sorted(waits)[len(waits) // 2] < 0.25


def test_rules_are_applied_to_what_is_imported_and_foreseen(ada):
    account, savings = ada.account(), ada.account("Savings")
    dining = ada.category("Eating out")
    for name, contains, actions in (
        ("Lunch", "canteen", {"category_id": dining, "tags": ["work"], "payee": "Canteen"}),
        ("Saved", "standing order", {"transfer_account_id": savings}),
    ):
        conditions = {"texts": [{"field": "payee", "operator": "contains", "value": contains}]}
        made = ada.http.post("/rules", json={"name": name, "conditions": conditions, "actions": actions})
        assert made.status_code == 201, made.text
    statement = b"Date,Payee,Amount\n2026-10-01,THE CANTEEN 4711,-7.50\n2026-10-02,Standing Order,-100.00\n"
    foreseen = [row["category_guess"] for row in ada.preview(account, statement).json()["rows"]]
    assert foreseen == ["Eating out", None]
    answer = ada.imported(account, statement).json()
    assert answer["imported"] == 2
    saved, lunch = ada.http.get("/transactions", params={"account_id": account}).json()["items"]
    assert (lunch["payee"], lunch["category_id"], lunch["tags"]) == ("Canteen", dining, ["work"])
    assert (saved["kind"], saved["transfer"]["account_id"]) == ("transfer", savings)
    assert ada.http.get(f"/imports/{answer['id']}").json()["changed"] == 0
    assert ada.imported(account, statement).json()["imported"] == 0
    ada.http.patch(f"/transactions/{lunch['id']}", json={"note": "with Grace"})
    assert ada.http.get(f"/imports/{answer['id']}").json()["changed"] == 1
