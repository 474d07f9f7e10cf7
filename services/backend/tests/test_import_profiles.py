"""Mappings of columns: sent along, saved, and chosen by the header of a file."""

from __future__ import annotations

import json

import pytest

from .conftest import problem

NOBODY = "00000000-0000-7000-8000-000000000000"
# Columns that no bank calls so, the sign turned round, and two lines above.
FILE = b"Report of 26/11/2026\n\nWhen;Who;What for;Sum\n05/11/2026;Shop;Rice;12,50\n06/11/2026;Employer;;-1.000,00\n"
MAPPING = {
    "columns": {"date": "When", "payee": "Who", "notes": ["What for"], "amount": "Sum"},
    "delimiter": ";",
    "skip_rows": 2,
    "date_format": "DD/MM/YYYY",
    "decimal": ",",
    "sign": "positive_is_spending",
}
HEADER = ["When", "Who", "What for", "Sum"]
READ = [("2026-11-05", "-12.50", "Shop", "Rice"), ("2026-11-06", "1000.00", "Employer", None)]


def rows(preview: dict) -> list[tuple]:
    return [(one["date"], one["amount"]["amount"], one["payee"], one["note"]) for one in preview["rows"]]


def save(person, **changes) -> dict:
    answer = person.http.post("/import-profiles", json={"name": "Mine", "header": HEADER, "mapping": MAPPING} | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_mapping_sent_along_says_how_a_file_is_read(ada):
    account = ada.account()
    problem(ada.preview(account, FILE), 422, "no_header")
    preview = ada.preview(account, FILE, mapping=json.dumps(MAPPING)).json()
    assert rows(preview) == READ
    assert (preview["header"], preview["profile"], preview["date_format"]) == (HEADER, None, "DD/MM/YYYY")
    assert preview["mapping"] == {
        "has_header": True,
        **MAPPING,
        "columns": dict.fromkeys(["debit", "credit", "fee", "currency", "external_id"]) | MAPPING["columns"],
    }
    assert ada.imported(account, FILE, mapping=json.dumps(MAPPING)).json()["imported"] == 2


def test_a_saved_profile_is_chosen_by_the_header_wherever_it_stands(ada):
    account = ada.account()
    saved = save(ada)
    preview = ada.preview(account, FILE).json()
    assert rows(preview) == READ
    assert preview["profile"] == {"id": saved["id"], "name": "Mine"}
    # The same header in other capitals, with nothing above it.
    assert rows(ada.preview(account, FILE.split(b"\n\n")[1].replace(b"When", b"WHEN")).json()) == READ
    assert ada.imported(account, FILE).json()["imported"] == 2
    assert ada.http.delete(f"/import-profiles/{saved['id']}").status_code == 204
    problem(ada.preview(account, FILE), 422, "no_header")


def test_a_profile_may_read_differently_what_would_be_read_without_it(ada):
    account = ada.account()
    file = b"Date,Description,Amount,Memo\n2026-11-05,Shop,12.50,Rice\n"
    assert rows(ada.preview(account, file).json()) == [("2026-11-05", "12.50", "Shop", "Rice")]
    mapping = {
        "columns": {"date": "Date", "payee": "Memo", "amount": "Amount"},
        "sign": "positive_is_spending",
    }
    save(ada, header=["Date", "Description", "Amount", "Memo"], mapping=mapping)
    assert rows(ada.preview(account, file).json()) == [("2026-11-05", "-12.50", "Rice", None)]
    # A mapping that is sent along comes before a saved one.
    sent = {"columns": {"date": 1, "payee": 2, "amount": 3}}
    assert rows(ada.preview(account, file, mapping=json.dumps(sent)).json()) == [("2026-11-05", "12.50", "Shop", None)]


def test_a_profile_can_be_named_and_one_without_a_header_has_to_be(ada):
    account = ada.account()
    file = b"05/11/2026,Shop,12.50,\n06/11/2026,Employer,,1000.00\n"
    mapping = {
        "columns": {"date": 1, "payee": 2, "debit": 3, "credit": 4},
        "has_header": False,
        "date_format": "DD/MM/YYYY",
    }
    saved = save(ada, header=[], mapping=mapping)
    problem(ada.preview(account, file), 422, "no_header")
    preview = ada.preview(account, file, profile_id=saved["id"]).json()
    assert [row[:3] for row in rows(preview)] == [row[:3] for row in READ]
    other = save(ada, name="Other")
    body = problem(ada.preview(account, file, profile_id=other["id"]), 422, "no_header")
    assert body["errors"][0]["field"] == "file"
    problem(ada.preview(account, b"Date,Amount\n2026-11-05,1\n", profile_id=other["id"]), 422, "mapping_mismatch")
    problem(ada.preview(account, file, profile_id=NOBODY), 422, "invalid")


def test_a_date_format_sent_along_comes_before_the_profiles(ada):
    save(ada)
    preview = ada.preview(ada.account(), FILE, date_format="MM/DD/YYYY").json()
    assert [row["date"] for row in preview["rows"]] == ["2026-05-11", "2026-06-11"]


@pytest.mark.parametrize(
    ("mapping", "field", "words"),
    [
        ("{", "mapping", "JSON"),
        ("[]", "mapping", ""),
        ("{}", "mapping.columns", "is missing"),
        ('{"columns": {"date": 1}}', "mapping.columns", "debit and credit"),
        ('{"columns": {"date": 1, "amount": 2, "debit": 3}}', "mapping.columns", "debit and credit"),
        ('{"columns": {"date": 0, "amount": 2}}', "mapping.columns.date", "at least 1"),
        ('{"columns": {"date": "When", "amount": 2}, "has_header": false}', "mapping", "places"),
        ('{"columns": {"date": 1, "amount": 2}, "date_format": "soon"}', "mapping.date_format", ""),
        ('{"columns": {"date": 1, "amount": 2}, "surprise": 1}', "mapping.surprise", "not known"),
        ('{"columns": {"date": 1, "amount": 9}}', "mapping", "column 9, which row 1"),
        ('{"columns": {"date": "Tag", "amount": 2}}', "mapping", "a column “Tag”"),
        ('{"columns": {"date": 1, "amount": 2}, "skip_rows": 100}', "file", "no transactions"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(ada, mapping, field, words):
    answer = ada.preview(ada.account(), b"Date,Amount\n2026-11-05,1\n", mapping=mapping)
    body = problem(answer, 422, answer.json()["code"])
    assert any(one["field"].startswith(field) and words in one["message"] for one in body["errors"]), body


def test_a_mapping_is_for_csv_only(ada):
    mapping = json.dumps({"columns": {"date": 1, "amount": 2}})
    answer = ada.preview(ada.account(), b"!Type:Bank\nD2026-11-05\nT-1\n^\n", mapping=mapping)
    problem(answer, 422, "mapping_mismatch")


def test_a_row_that_is_written_otherwise_than_the_mapping_says_is_refused(ada):
    preview = ada.preview(ada.account(), FILE.replace(b"12,50", b"12.50"), mapping=json.dumps(MAPPING)).json()
    assert [(error["row"], "1.234,56" in error["message"]) for error in preview["errors"]] == [(4, True)]


def test_profiles_are_listed_changed_and_deleted(ada):
    assert ada.http.get("/import-profiles").json() == []
    saved = save(ada)
    other = save(ada, name="Another")
    assert [one["name"] for one in ada.http.get("/import-profiles").json()] == ["Another", "Mine"]
    read = ada.http.get(f"/import-profiles/{saved['id']}")
    assert read.json() == saved
    tag = {"If-Match": read.headers["ETag"]}
    changed = ada.http.patch(f"/import-profiles/{saved['id']}", json={"name": "Ours"}, headers=tag)
    assert changed.json() == saved | {"name": "Ours"}
    problem(
        ada.http.patch(f"/import-profiles/{saved['id']}", json={"name": "X"}, headers=tag), 412, "changed_meanwhile"
    )
    problem(ada.http.delete(f"/import-profiles/{saved['id']}", headers=tag), 412, "changed_meanwhile")
    problem(ada.http.patch(f"/import-profiles/{saved['id']}", json={"name": "another"}), 409, "name_taken")
    problem(ada.http.post("/import-profiles", json={**saved, "name": "OURS"} | {}), 422, "invalid")
    taken = {"name": "OURS", "header": HEADER, "mapping": MAPPING}
    problem(ada.http.post("/import-profiles", json=taken), 409, "name_taken")
    problem(ada.http.patch(f"/import-profiles/{other['id']}", json={"header": []}), 422, "invalid")
    assert ada.http.delete(f"/import-profiles/{other['id']}").status_code == 204
    for method in ("get", "patch", "delete"):
        options = {"json": {}} if method == "patch" else {}
        problem(ada.http.request(method, f"/import-profiles/{other['id']}", **options), 404, "not_found")
    for wanted in (taken | {"name": "New", "header": []}, taken | {"name": ""}, {"name": "New"}):
        problem(ada.http.post("/import-profiles", json=wanted), 422, "invalid")


def test_there_are_no_more_profiles_than_an_upload_can_look_through(ada):
    for number in range(100):
        save(ada, name=f"Profile {number}")
    answer = ada.http.post("/import-profiles", json={"name": "One more", "header": HEADER, "mapping": MAPPING})
    problem(answer, 409, "too_many_profiles")


@pytest.mark.parametrize(
    "file",
    [
        b"Date,Description,Amount\n2026-11-01,Shop,-12.50\n2026-11-02,Employer,1000.00\n",
        b"Umsatz\n\nBuchungstag;Empf\xc3\xa4nger;Verwendungszweck;Betrag\n01.11.2026;Laden;Reis;-1.012,50\n",
        b"Details|Paid out|Paid in|Date\nShop|12.50||13/11/2026\nEmployer||1000.00|14/11/2026\n",
    ],
)
def test_what_was_found_out_is_a_mapping_that_reads_the_same(ada, file):
    account = ada.account()
    found = ada.preview(account, file).json()
    again = ada.preview(account, file, mapping=json.dumps(found["guess"])).json()
    assert rows(again) == rows(found)
    assert (again["mapping"], again["guess"]) == (found["guess"], None)


def test_no_mapping_is_offered_where_none_says_how_a_file_was_read(ada):
    file = b"Date,Description,Amount,Dr/Cr\n2026-11-01,Shop,12.50,DR\n"
    found = ada.preview(ada.account(), file).json()
    assert rows(found) == [("2026-11-01", "-12.50", "Shop", None)]
    assert found["guess"] is None
