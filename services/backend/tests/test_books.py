"""Accounts, categories, transactions and the monthly summary."""

import uuid

import pytest

from .conftest import problem


def test_an_account_has_its_own_currency_and_a_balance_that_its_transactions_add_up_to(ada):
    account = ada.account("Everyday", "KWD", "1250.500")
    ada.spend(account, "-0.125")
    ada.spend(account, "10")
    (found,) = ada.http.get("/accounts").json()
    assert found == {
        "id": account,
        "name": "Everyday",
        "kind": "bank",
        "currency": "KWD",
        "balance": {"amount": "1260.375", "currency": "KWD"},
        "cleared_balance": {"amount": "1260.375", "currency": "KWD"},
        "opening_balance": {"amount": "1250.500", "currency": "KWD"},
        "opening_date": found["opening_date"],
        "note": None,
        "archived": False,
    }
    assert found["opening_date"] is not None


def test_an_account_can_be_changed_and_deleted(ada):
    account = ada.account(opening_balance="10.00")
    changed = ada.http.patch(f"/accounts/{account}", json={"name": "Other", "kind": "cash", "opening_balance": "-3.5"})
    assert changed.json()["balance"] == {"amount": "-3.50", "currency": "USD"}
    assert (changed.json()["name"], changed.json()["kind"]) == ("Other", "cash")
    ada.spend(account, "-1")
    problem(ada.http.delete(f"/accounts/{account}"), 409, "account_in_use")
    assert ada.http.delete(f"/accounts/{account}", params={"with_transactions": True}).status_code == 204
    assert ada.http.get("/accounts").json() == []
    assert ada.http.get("/transactions").json()["items"] == []
    problem(ada.http.get(f"/accounts/{account}"), 404, "not_found")


def test_names_are_unique_whatever_their_case(ada, eve):
    ada.account("Main")
    problem(ada.http.post("/accounts", json={"name": "mAIN"}), 409, "name_taken")
    assert eve.http.post("/accounts", json={"name": "Main"}).status_code == 201
    problem(ada.http.post("/categories", json={"name": "groceries"}), 409, "name_taken")
    other = ada.account("Other")
    problem(ada.http.patch(f"/accounts/{other}", json={"name": "main"}), 409, "name_taken")


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("12,5o", "is not an amount"),
        ("", "is not an amount"),
        ("1e5", "is not an amount"),
        ("NaN", "is not an amount"),
        ("1_000", "is not an amount"),
        ("\u0661\u0662", "is not an amount"),
        ("12.345", "2 decimals of USD"),
        ("10000000000000", "out of range"),
        ("9" * 20, "out of range"),
        ("9" * 21, "is not an amount"),
        (12.5, "has to be a text"),
    ],
)
def test_an_amount_that_can_not_be_taken(ada, amount, message):
    account = ada.account()
    wanted = {"account_id": account, "date": "2026-10-01", "payee": "Shop", "amount": amount}
    body = problem(ada.http.post("/transactions", json=wanted), 422, "invalid")
    assert body["errors"][0]["field"] == "amount"
    assert message in body["errors"][0]["message"]
    assert ada.http.get("/transactions").json()["items"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "2026-02-30"}, "date"),
        ({"date": "0001-01-01"}, "date"),
        ({"date": "2026-10-01T10:00:00"}, "date"),
        ({"payee": "  "}, "payee"),
        ({"payee": "x" * 201}, "payee"),
        ({"payee": "tab\there"}, "payee"),
        ({"note": "x" * 501}, "note"),
        ({"account_id": str(uuid.uuid4())}, "account_id"),
        ({"category_id": str(uuid.uuid4())}, "category_id"),
        ({"category_id": "none"}, "category_id"),
    ],
)
def test_a_transaction_that_can_not_be_taken(ada, change, field):
    wanted = {"account_id": ada.account(), "date": "2026-10-01", "payee": "Shop", "amount": "-1.00"} | change
    assert problem(ada.http.post("/transactions", json=wanted), 422, "invalid")["errors"][0]["field"] == field


def test_sums_may_grow_beyond_what_one_transaction_may_be(ada):
    account = ada.account()
    for _ in range(3):
        ada.spend(account, "9999999999999.99")
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "29999999999999.97"
    assert (
        ada.http.get("/summary/monthly", params={"month": "2026-10"}).json()["income"]["amount"] == "29999999999999.97"
    )


def test_a_transaction_can_be_read_changed_and_deleted(ada):
    account, euros = ada.account(), ada.account("Euro", "EUR")
    groceries = ada.category("Groceries")
    one = ada.spend(account, "-12.50", "Corner Shop", note="milk", category_id=groceries)
    url = f"/transactions/{one}"
    assert ada.http.get(url).json() == {
        "id": one,
        "kind": "standard",
        "date": "2026-10-05",
        "payee": "Corner Shop",
        "note": "milk",
        "amount": {"amount": "-12.50", "currency": "USD"},
        "account_id": account,
        "category_id": groceries,
        "status": "cleared",
        "reference": None,
        "tags": [],
        "splits": [],
        "transfer": None,
        "import_id": None,
    }
    changed = ada.http.patch(url, json={"amount": "-13", "note": None, "category_id": None}).json()
    assert (changed["amount"]["amount"], changed["note"], changed["category_id"]) == ("-13.00", None, None)
    assert changed["payee"] == "Corner Shop"
    moved = ada.http.patch(url, json={"account_id": euros}).json()
    assert moved["amount"] == {"amount": "-13.00", "currency": "EUR"}
    balances = {row["name"]: row["balance"]["amount"] for row in ada.http.get("/accounts").json()}
    assert balances == {"Main": "0.00", "Euro": "-13.00"}
    assert ada.http.delete(url).status_code == 204
    problem(ada.http.get(url), 404, "not_found")
    problem(ada.http.delete(url), 404, "not_found")


def test_a_change_of_what_has_changed_meanwhile_is_refused(ada):
    url = f"/transactions/{ada.spend(ada.account(), '-5')}"
    read = ada.http.get(url).headers["ETag"]
    changed = ada.http.patch(url, json={"payee": "Baker"}, headers={"If-Match": read})
    assert changed.headers["ETag"] == ada.http.get(url).headers["ETag"] != read
    problem(ada.http.patch(url, json={"payee": "Butcher"}, headers={"If-Match": read}), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers={"If-Match": read}), 412, "changed_meanwhile")
    assert ada.http.get(url).json()["payee"] == "Baker"
    assert ada.http.delete(url, headers={"If-Match": f'"none", {changed.headers["ETag"]}'}).status_code == 204


def test_a_deleted_category_leaves_its_transactions(ada):
    category = ada.http.post("/categories", json={"name": "Hobby", "kind": "expense"}).json()["id"]
    one = ada.spend(ada.account(), "-5", category_id=category)
    assert ada.http.patch(f"/categories/{category}", json={"name": "Hobbies"}).json()["name"] == "Hobbies"
    assert ada.http.delete(f"/categories/{category}").status_code == 204
    assert ada.http.get(f"/transactions/{one}").json()["category_id"] is None
    problem(ada.http.delete(f"/categories/{category}"), 404, "not_found")


def test_search_narrows_by_everything_at_once(ada):
    main, other = ada.account(), ada.account("Other")
    groceries = ada.category("Groceries")
    wanted = ada.spend(main, "-1", "100% Grocer", "2026-10-05", note="x", category_id=groceries)
    ada.spend(main, "-2", "Grocer", "2026-09-30", category_id=groceries)
    ada.spend(main, "-3", "Grocer", "2026-10-06")
    ada.spend(other, "-4", "Grocer", "2026-10-05", category_id=groceries)

    def ids(**query: str) -> list[str]:
        return [one["id"] for one in ada.http.get("/transactions", params=query).json()["items"]]

    assert len(ids()) == 4
    assert len(ids(q="GROCER")) == 4
    assert ids(q="100%") == [wanted]
    assert ids(q="_") == []
    assert ids(account_id=main, category_id=groceries, **{"from": "2026-10-01", "to": "2026-10-05"}) == [wanted]


def test_pages_hold_everything_once_and_the_newest_first(ada):
    account = ada.account(opening_balance="5")
    for day in (3, 1, 2, 2, 2, 4, 1):
        ada.spend(account, "-1", date=f"2026-10-0{day}")
    seen, cursor = [], None
    while True:
        page = ada.http.get("/transactions", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len({one["id"] for one in seen}) == len(seen) == 7
    assert [one["date"] for one in seen] == sorted((one["date"] for one in seen), reverse=True)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"cursor": "nonsense"}, "query.cursor"),
        ({"cursor": "\u00e4"}, "query.cursor"),
        ({"limit": "0"}, "query.limit"),
        ({"limit": "501"}, "query.limit"),
        ({"limit": "x"}, "query.limit"),
        ({"from": "yesterday"}, "query.from"),
        ({"from": "2026-10-02", "to": "2026-10-01"}, "query.from"),
        ({"account_id": "x"}, "query.account_id"),
        ({"q": "x\u0000"}, "query.q"),
    ],
)
def test_a_search_that_makes_no_sense(ada, query, field):
    assert problem(ada.http.get("/transactions", params=query), 422, "invalid")["errors"][0]["field"] == field


def test_the_month_stands_next_to_the_one_before(ada):
    account, euros = ada.account(), ada.account("Euro", "EUR")
    ada.spend(account, "3000", "Acme", "2026-10-01", category_id=ada.category("Salary"))
    ada.spend(account, "-75", "Grocer", "2026-10-02", category_id=ada.category("Groceries"))
    ada.spend(account, "-25", "Kiosk", "2026-10-31")
    ada.spend(account, "-60", "Grocer", "2026-09-30", category_id=ada.category("Groceries"))
    ada.spend(euros, "-7", "Kaffeehaus", "2026-10-08")
    summary = ada.http.get("/summary/monthly", params={"month": "2026-10"}).json()
    assert summary == {
        "month": "2026-10",
        "currency": "USD",
        "income": {"amount": "3000.00", "currency": "USD"},
        "expense": {"amount": "100.00", "currency": "USD"},
        "net": {"amount": "2900.00", "currency": "USD"},
        "categories": [
            {
                "category_id": ada.category("Groceries"),
                "name": "Groceries",
                "amount": {"amount": "75.00", "currency": "USD"},
                "share": "0.7500",
            },
            {
                "category_id": None,
                "name": "Uncategorised",
                "amount": {"amount": "25.00", "currency": "USD"},
                "share": "0.2500",
            },
        ],
        "previous": {
            "month": "2026-09",
            "income": {"amount": "0.00", "currency": "USD"},
            "expense": {"amount": "60.00", "currency": "USD"},
            "net": {"amount": "-60.00", "currency": "USD"},
        },
        "other_currencies": ["EUR"],
    }
    other = ada.http.get("/summary/monthly", params={"month": "2026-10", "currency": "EUR"}).json()
    assert (other["expense"]["amount"], other["previous"]) == ("7.00", None)
    assert ada.http.get("/summary/monthly").status_code == 200


@pytest.mark.parametrize("month", ["2026-13", "2026", "october", "0001-01", "9999-12", "2026-1", ""])
def test_a_month_that_is_none(ada, month):
    body = problem(ada.http.get("/summary/monthly", params={"month": month}), 422, "invalid")
    assert body["errors"][0]["field"] == "query.month"
