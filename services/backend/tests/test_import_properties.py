"""Whatever is in a file, importing it twice changes nothing, and one that can't be read is not imported by halves."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wealth_backend.imports.formats import BadRow, Options, open_statement
from wealth_backend.imports.formats.common import clean
from wealth_backend.imports.refusal import StatementError

from .test_statements import FILES, camt, ofx, qif

CENT = Decimal("0.01")
# What XML can hold, on one line; "^" and "!" are for the format of QIF to deal with.
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"), max_codepoint=0xFFFD),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(clean(text)))


@dataclass(frozen=True)
class Row:
    day: date
    payee: str
    amount: Decimal
    id: str | None


ROWS = st.lists(
    st.builds(
        Row,
        # Few days, payees and amounts, so that equal rows are frequent.
        day=st.dates(date(2026, 11, 13), date(2026, 11, 16)),
        payee=st.sampled_from(["Cafe Luna", "Shop", "=1+1"]) | TEXTS,
        amount=st.integers(-500, 500).filter(bool).map(lambda cents: cents * CENT),
        id=st.none() | st.sampled_from(["A", "B"]) | st.uuids().map(str),
    ),
    min_size=1,
    max_size=12,
)


def as_csv(rows: list[Row]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(
        [("Date", "Description", "Amount", "Transaction ID"), *((r.day, r.payee, r.amount, r.id) for r in rows)]
    )
    return file.getvalue().encode()


def as_ofx(rows: list[Row]) -> bytes:
    return ofx(
        *(
            f"<STMTTRN><DTPOSTED>{r.day:%Y%m%d}<TRNAMT>{r.amount}<FITID>{r.id or ''}<NAME>{escape(r.payee)}</STMTTRN>"
            for r in rows
        )
    ).encode()


def as_qif(rows: list[Row]) -> bytes:
    return qif(*(f"D{r.day}\nT{r.amount}\nP{r.payee}" for r in rows)).encode()


def as_camt(rows: list[Row]) -> bytes:
    return camt(
        *(
            f'<Ntry><Amt Ccy="USD">{abs(r.amount)}</Amt><CdtDbtInd>{"CRDT" if r.amount > 0 else "DBIT"}</CdtDbtInd>'
            f"<Sts>BOOK</Sts><BookgDt><Dt>{r.day}</Dt></BookgDt><AcctSvcrRef>{r.id or ''}</AcctSvcrRef>"
            f"<AddtlNtryInf>{escape(r.payee)}</AddtlNtryInf></Ntry>"
            for r in rows
        )
    ).encode()


WRITERS = {"csv": as_csv, "ofx": as_ofx, "qif": as_qif, "camt053": as_camt}


@pytest.mark.parametrize("name", WRITERS)
@given(rows=ROWS)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_what_is_read(name, rows):
    read = list(open_statement(WRITERS[name](rows), "USD", Options()).rows())
    assert [(one.date, one.payee, one.money.amount) for one in read] == [
        (one.day, clean(one.payee), one.amount) for one in rows
    ]


@pytest.mark.parametrize("name", WRITERS)
@given(rows=ROWS, more=ROWS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_twice_changes_nothing(ada, name, rows, more):
    account = ada.account(f"Account {len(ada.http.get('/accounts').json())}")

    def books() -> tuple[object, object]:
        listed = ada.http.get("/transactions", params={"account_id": account, "limit": 500}).json()["items"]
        return listed, next(one["balance"] for one in ada.http.get("/accounts").json() if one["id"] == account)

    file, longer = WRITERS[name](rows), WRITERS[name](rows + more)
    preview = ada.preview(account, file).json()["totals"]
    first = ada.imported(account, file).json()
    assert (first["imported"], first["duplicates"]) == (preview["new"], preview["duplicates"]) == (len(rows), 0)
    before = books()
    assert Decimal(before[1]["amount"]) == sum(one.amount for one in rows)
    assert ada.imported(account, file).json()["imported"] == 0
    assert books() == before
    # A longer statement adds exactly what is new, and its undo takes exactly that away.
    second = ada.imported(account, longer).json()
    assert (second["imported"], second["duplicates"]) == (len(more), len(rows))
    assert Decimal(books()[1]["amount"]) == sum(one.amount for one in rows + more)
    assert ada.http.delete(f"/imports/{second['id']}").status_code == 204
    assert books() == before


@pytest.mark.parametrize("name", WRITERS)
@given(rows=ROWS, data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_of_a_bad_file_is_imported(ada, name, rows, data):
    """One row of it has no such day, or it breaks off somewhere."""
    file = WRITERS[name](rows)
    if data.draw(st.booleans()):
        day = f"{rows[data.draw(st.integers(0, len(rows) - 1))].day:%Y-%m-%d}"
        bad = day[:-2] + "32"
        file = file.replace(day.encode(), bad.encode()).replace(
            day.replace("-", "").encode(), bad.replace("-", "").encode()
        )
    else:
        # Behind the last line break CSV and QIF can't tell, so at least the last transaction's end is cut off.
        file = file[: data.draw(st.integers(1, len(file) - 1))]
        with suppress(StatementError):
            assume(any(isinstance(row, BadRow) for row in open_statement(file, "USD", Options()).rows()))
    accounts = ada.http.get("/accounts").json()
    account = accounts[0]["id"] if accounts else ada.account()
    answer = ada.imported(account, file)
    assert (answer.status_code, answer.json()["code"] != "invalid") == (422, True), json.dumps(answer.json())
    assert ada.http.get("/transactions").json()["items"] == []
    assert ada.http.get("/imports").json()["items"] == []


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_files_are_read_or_refused_but_nothing_else(path, data):
    file = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(file) - 1))
        match data.draw(st.sampled_from(["change", "drop", "double", "cut"])):
            case "change":
                file[place] = data.draw(st.integers(0, 255))
            case "drop":
                del file[place : place + data.draw(st.integers(1, 40))]
            case "double":
                file[place:place] = file[place : place + data.draw(st.integers(1, 200))]
            case "cut":
                del file[place:]
        if not file:
            break
    with suppress(StatementError):
        for row in open_statement(bytes(file), "EUR", Options()).rows():
            assert row.number > 0
