"""What goes out comes back in: the table of transactions and the document of everything."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from wealth_core import archive
from wealth_core.models import Base

from .conftest import problem


def rich(person) -> dict[str, str]:
    """Something of everything that can be in the books."""
    main = person.account("Main", opening_balance="100")
    euros = person.account("Euro", "EUR")
    savings = person.account("Savings")
    person.http.patch(f"/accounts/{savings}", json={"archived": False, "note": "for later"})
    groceries = person.category("Groceries")
    vegetables = person.http.post("/categories", json={"name": "Vegetables", "parent_id": groceries}).json()["id"]
    person.http.patch(f"/categories/{groceries}", json={"parent_id": person.category("Shopping")})
    person.spend(main, "-12.50", "=cmd|' /C calc'!A0", note="'quoted", category_id=vegetables, tags=["a", "b"])
    person.spend(main, "-3", "Pending", status="pending", reference="ref-1")
    person.spend(
        main, "-9", "Split", splits=[{"amount": "-4", "category_id": groceries, "note": "n"}, {"amount": "-5"}]
    )
    person.spend(main, "-20", "Move", to_account_id=savings)
    person.spend(main, "-11", "Exchange", to_account_id=euros, received_amount="10")
    conditions = {"texts": [{"value": "never seen"}], "account_id": main, "min_amount": "5"}
    actions = {"category_id": groceries, "tags": ["c"]}
    person.http.post("/rules", json={"name": "r", "conditions": conditions, "actions": actions})
    assert person.imported(main, b"Date,Description,Amount\n2026-11-01,Kiosk,-7\n").status_code == 201
    return {"main": main, "euros": euros, "savings": savings}


def exported(person) -> bytes:
    answer = person.http.get("/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.content


def restored(person, content: bytes, status: int = 201):
    answer = person.http.post("/restore", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    return answer


def test_everything_that_is_restored_is_the_same_byte_for_byte(ada, eve):
    rich(ada)
    document = exported(ada)
    counts = restored(eve, document).json()["tables"]
    assert exported(eve) == document
    assert counts["accounts"] == 3
    assert counts["transactions"] == 7
    shown = {"id": None, "account_id": None, "category_id": None, "import_id": None}

    def transactions(person) -> list[dict]:
        rows = person.http.get("/transactions").json()["items"]
        for row in rows:
            for split in row["splits"]:
                split["category_id"] = None
            if row["transfer"]:
                row["transfer"]["account_id"] = None
        return [row | shown for row in rows]

    assert transactions(eve) == transactions(ada)
    balances = [
        {(one["name"], one["balance"]["amount"]) for one in person.http.get("/accounts").json()}
        for person in (ada, eve)
    ]
    assert balances[0] == balances[1]


def test_the_document_is_json_and_says_nothing_of_where_it_is_from(ada):
    ids = rich(ada)
    document = exported(ada)
    found = json.loads(document)
    assert (found["format"], found["version"]) == ("wealth-companion", 1)
    assert found["user"]["currency"] == "USD"
    assert set(found["tables"]) == {table.name for table in archive.exported_tables()}
    assert ada.email.encode() not in document
    assert not any(one.encode() in document for one in (ada.id, *ids.values()))
    assert set(re.findall(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}", document)) == {b"00000000-0000-8000-8000-"}
    for row in found["tables"]["postings"]:
        assert re.fullmatch(r"-?\d+\.\d{4}", row["amount"])


def test_what_was_restored_lives_on(ada, eve):
    rich(ada)
    restored(eve, exported(ada))
    main = next(one["id"] for one in eve.http.get("/accounts").json() if one["name"] == "Main")
    again = eve.imported(main, b"Date,Description,Amount\n2026-11-01,Kiosk,-7\n").json()
    assert (again["imported"], again["duplicates"]) == (0, 1)
    assert eve.spend(main, "-1", tags=["A"])
    problem(eve.http.post("/restore", content=exported(ada)), 409, "not_empty")


def test_only_an_account_with_nothing_in_it_takes_an_export(ada, eve):
    document = exported(ada)
    eve.http.post("/categories", json={"name": "My own"})
    problem(restored(eve, document, 409), 409, "not_empty")
    hers = eve.http.get("/categories").json()
    assert "My own" in {one["name"] for one in hers}


def test_a_compressed_document_is_taken_back_too(ada, eve):
    rich(ada)
    answers = [ada.http.get("/export", params={"compressed": True}) for _ in range(2)]
    assert answers[0].headers["content-type"] == "application/gzip"
    assert answers[0].content == answers[1].content
    assert gzip.decompress(answers[0].content) == exported(ada)
    for damaged in (answers[0].content[:-20], answers[0].content[:10], b"\x1f\x8b" + b"x" * 50):
        problem(restored(eve, damaged, 422), 422, "invalid")
    bomb = gzip.compress(exported(ada).splitlines(keepends=True)[0] + b'"accounts":[\n' + b" " * 30_000_000)
    assert "longer than any" in problem(restored(eve, bomb, 422), 422, "invalid")["detail"]
    restored(eve, answers[0].content)
    assert exported(eve) == exported(ada)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (r"wealth-companion", "something-else", "not an export"),
        (r'"version":1', '"version":2', "newer version"),
        (r'"user":\{', '"user":{"password_hash":"x",', "head"),
        (r'"accounts":\[', '"secrets":[', "is not what an export has there"),
        (r'"name":"Main"', '"name":"Main","surname":"x"', "no row of accounts"),
        (r'"name":"Main"', '"name":"Ma\\\\u0000in"', "control characters"),
        (r'"currency":"EUR","note"', '"currency":"XXQ","note"', "not a currency"),
        (r'"kind":"bank"', '"kind":"house"', "kind is not one of"),
        (r'"date":"2026-10-05"', '"date":"0001-10-05"', "no date"),
        (r'"amount":"-12.5000"', '"amount":"-12.5001"', "decimals"),
        (r'"amount":"-12.5000"', '"amount":"-13.5000"', "don't fit together"),
        (r'"amount":"-12.5000"', '"amount":"NaN"', "no decimal"),
        (r'"amount":"-12.5000"', '"amount":-12.5', "no decimal"),
        (r'"operator":"contains"', '"operator":"regex"', "can't be shown"),
        (r'"name":"Savings"', '"name":"Main"', "don't fit together"),
        (r"\}\}\n$", "", "The end of this export is missing"),
        (r'"parent_id":"([^"]*)"', r'"parent_id":"00000000-0000-8000-8000-00000000ffff"', "don't fit together"),
    ],
)
def test_a_document_that_was_changed_is_refused_and_leaves_nothing(ada, eve, old, new, words):
    rich(ada)
    document = exported(ada).decode()
    changed = re.sub(old, new, document, count=1)
    assert changed != document
    before = exported(eve)
    body = problem(restored(eve, changed.encode(), 422), 422, "invalid")
    assert words in body["detail"]
    assert exported(eve) == before


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"format":"wealth-companion"}', b"null\n" * 9])
def test_what_is_no_export_is_refused(ada, content):
    problem(restored(ada, content, 422), 422, "invalid")


def test_no_document_reaches_another_users_rows(ada, eve, new_person):
    hers = eve.account("Hers")
    ada.account("Mine")
    document = exported(ada).decode()
    attack = document.replace(json.loads(document)["tables"]["accounts"][0]["id"], hers)
    other = new_person()
    problem(restored(other, attack.encode(), 422), 422, "invalid")
    assert [one["name"] for one in eve.http.get("/accounts").json()] == ["Hers"]


def test_a_circle_of_categories_is_refused(ada, eve):
    ada.http.post("/categories", json={"name": "Below", "parent_id": ada.category("Groceries")})
    document = json.loads(exported(ada))
    rows = {row["name"]: row for row in document["tables"]["categories"]}
    rows["Groceries"]["parent_id"] = rows["Below"]["id"]
    written = exported(ada).decode()
    line = next(line for line in written.splitlines() if '"name":"Groceries"' in line)
    changed = written.replace(line, re.sub(r'"parent_id":null', f'"parent_id":"{rows["Below"]["id"]}"', line))
    assert changed != written
    problem(restored(eve, changed.encode(), 422), 422, "invalid")


def test_an_older_document_without_new_columns_is_taken(ada, eve):
    rich(ada)
    document = exported(ada).decode()
    older = re.sub(r',"reference":"[^"]*"', "", document)
    assert older != document
    restored(eve, older.encode())
    assert {one["reference"] for one in eve.http.get("/transactions").json()["items"]} == {None}


def test_every_table_is_exported_or_has_a_reason_not_to_be():
    exported_names = {table.name for table in archive.exported_tables()}
    assert not exported_names & set(archive.NOT_EXPORTED)
    assert all(archive.NOT_EXPORTED.values())
    for table in Base.metadata.sorted_tables:
        assert table.name in exported_names | set(archive.NOT_EXPORTED), f"{table.name} is neither exported nor excused"


def test_nothing_that_opens_an_account_is_exported():
    words = re.compile(r"password|secret|token|digest|hash")
    for table in archive.exported_tables():
        assert not words.search(table.name), table.name
        assert not [name for name in archive.exported_columns(table) if words.search(name)], table.name
    assert set(archive.settings_columns()) >= {"name", "currency"}
    assert not any(words.search(name) or name == "email" for name in archive.settings_columns())


def test_deleting_the_account_deletes_rows_of_every_table(database, ada):
    rich(ada)

    def rows() -> dict[str, int]:
        with psycopg.connect(database.superuser) as connection:
            return {
                table.name: connection.execute(
                    f'SELECT count(*) FROM "{table.name}" WHERE user_id = %s'.encode(),  # noqa: S608 - the models' names
                    [ada.id],
                ).fetchone()[0]
                for table in Base.metadata.sorted_tables
                if "user_id" in table.c
            }

    before = rows()
    ours = (
        "accounts",
        "categories",
        "imports",
        "postings",
        "rule_tags",
        "rules",
        "tags",
        "transaction_tags",
        "transactions",
    )
    assert all(before[name] for name in ours)
    assert ada.http.delete("/auth/me").status_code == 204
    assert not any(rows().values())


# --- the table of transactions ---


def table(person, **query) -> list[dict[str, str]]:
    answer = person.http.get("/export/transactions.csv", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "\n" not in answer.content.decode().replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_the_table_has_each_side_of_each_transaction(ada):
    ids = rich(ada)
    rows = table(ada)
    by_payee = {(row["payee"], row["account"]): row for row in rows}
    assert by_payee["Move", "Main"]["amount"] == "-20.00"
    assert by_payee["Move", "Savings"]["amount"] == "20.00"
    assert (by_payee["Exchange", "Euro"]["amount"], by_payee["Exchange", "Euro"]["currency"]) == ("10.00", "EUR")
    assert by_payee["'=cmd|' /C calc'!A0", "Main"]["note"] == "''quoted"
    assert by_payee["'=cmd|' /C calc'!A0", "Main"]["tags"] == "a; b"
    assert (by_payee["Pending", "Main"]["status"], by_payee["Move", "Main"]["kind"]) == ("pending", "transfer")
    assert {row["account"] for row in table(ada, account_id=ids["euros"])} == {"Euro"}
    assert [row["payee"] for row in table(ada, **{"from": "2026-11-01"})] == ["Kiosk"]
    answer = ada.http.get("/export/transactions.csv", params={"account_id": "00000000-0000-0000-0000-000000000000"})
    assert problem(answer, 422, "invalid")["errors"][0]["field"] == "query.account_id"


def test_no_cell_of_a_persons_is_a_formula(ada):
    account = ada.account("=1+1")
    for start in "=+-@'":
        ada.spend(account, "-1", f"{start}x", note=f"{start}y", tags=[f"{start}z"])
    for row in table(ada):
        for name in ("account", "payee", "note", "tags"):
            assert row[name].startswith("'"), row
            assert not row[name].lstrip("'").startswith("\t")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text.strip()
)
ROWS = st.lists(
    st.tuples(
        st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        WORDS | st.sampled_from(["=1+1", "'x", "''", "+1", "a,b", 'a"b', "Date", "@x"]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
        st.integers(-(10**12), 10**12),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("KWD", 3), ("JPY", 0)])
def test_what_is_exported_and_imported_is_the_same(new_person, currency, digits):
    person = new_person()
    count = 0

    @settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(ROWS)
    def is_the_same(rows) -> None:
        nonlocal count
        count += 1
        one, other = (person.account(f"{name} {count}", currency) for name in ("From", "To"))
        for day, payee, note, amount in rows:
            person.spend(one, str(Decimal(amount).scaleb(-digits)), payee, day.isoformat(), note=note)
        content = person.http.get("/export/transactions.csv", params={"account_id": one}).content
        done = person.imported(other, content)
        assert done.status_code == 201, done.text

        def shown(account_id: str) -> list[tuple[str, ...]]:
            found = person.http.get("/transactions", params={"account_id": account_id, "limit": 500}).json()["items"]
            return sorted((row["date"], row["payee"], row["note"] or "", row["amount"]["amount"]) for row in found)

        assert shown(other) == shown(one)

    is_the_same()
