"""Transfers, splits, states, tags, and changes of many transactions at once."""

import uuid

import pytest

from .conftest import problem

ONE = uuid.UUID(int=0)


def balances(person) -> dict[str, str]:
    return {row["name"]: row["balance"]["amount"] for row in person.http.get("/accounts").json()}


def listed(person, **query) -> list[dict]:
    answer = person.http.get("/transactions", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def add(person, account: str, amount: str, **more):
    wanted = {"account_id": account, "amount": amount, "payee": "Shop", "date": "2026-10-05", **more}
    answer = person.http.post("/transactions", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def main(ada) -> str:
    return ada.account()


@pytest.fixture
def savings(ada) -> str:
    return ada.account("Savings")


def test_a_transfer_is_seen_from_both_its_accounts_and_is_no_spending(ada, main, savings):
    made = add(ada, main, "-100", to_account_id=savings, payee="Put aside")
    assert made["kind"] == "transfer"
    assert (made["account_id"], made["amount"]["amount"], made["category_id"]) == (main, "-100.00", None)
    assert made["transfer"] == {"account_id": savings, "amount": {"amount": "100.00", "currency": "USD"}}
    assert balances(ada) == {"Main": "-100.00", "Savings": "100.00"}
    (out,), (into,) = listed(ada, account_id=main), listed(ada, account_id=savings)
    assert out == made
    assert into["id"] == made["id"]
    assert (into["account_id"], into["amount"]["amount"]) == (savings, "100.00")
    assert into["transfer"]["account_id"] == main
    assert len(listed(ada)) == 1
    month = ada.http.get("/summary/monthly", params={"month": "2026-10"}).json()
    assert (month["income"]["amount"], month["expense"]["amount"]) == ("0.00", "0.00")


def test_between_two_currencies_it_is_said_what_arrived(ada, main):
    euros = ada.account("Euro", "EUR")
    made = add(ada, main, "110", to_account_id=euros, received_amount="100")
    assert made["amount"] == {"amount": "-110.00", "currency": "USD"}
    assert made["transfer"]["amount"] == {"amount": "100.00", "currency": "EUR"}
    assert balances(ada) == {"Main": "-110.00", "Euro": "100.00"}
    url = f"/transactions/{made['id']}"
    assert ada.http.patch(url, json={"payee": "Holiday"}).json()["transfer"] == made["transfer"]
    problem(ada.http.patch(url, json={"amount": "-120"}), 422, "invalid")
    assert ada.http.patch(url, json={"amount": "-120", "received_amount": "109"}).status_code == 200
    assert balances(ada) == {"Main": "-120.00", "Euro": "109.00"}
    assert ada.http.delete(url).status_code == 204
    assert balances(ada) == {"Main": "0.00", "Euro": "0.00"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to_account_id": "main"}, "to_account_id"),
        ({"to_account_id": str(ONE)}, "to_account_id"),
        ({"amount": "0"}, "amount"),
        ({"received_amount": "99"}, "received_amount"),
        ({"to_account_id": "euros"}, "received_amount"),
        ({"to_account_id": "euros", "received_amount": "0"}, "received_amount"),
        ({"to_account_id": "euros", "received_amount": "1.234"}, "received_amount"),
        ({"category_id": "groceries"}, "category_id"),
        ({"splits": [{"amount": "-50"}, {"amount": "-50"}]}, "splits"),
    ],
)
def test_a_transfer_that_can_not_be_taken(ada, main, savings, change, field):
    known = {"main": main, "euros": ada.account("Euro", "EUR"), "groceries": ada.category("Groceries")}
    change = {key: known.get(value, value) if isinstance(value, str) else value for key, value in change.items()}
    wanted = {"account_id": main, "to_account_id": savings, "date": "2026-10-01", "payee": "x", "amount": "-100"}
    body = problem(ada.http.post("/transactions", json=wanted | change), 422, "invalid")
    assert body["errors"][0]["field"] == field
    assert listed(ada) == []


def test_what_is_received_belongs_to_a_transfer(ada, main):
    wanted = {"account_id": main, "date": "2026-10-01", "payee": "x", "amount": "-1", "received_amount": "1"}
    assert (
        problem(ada.http.post("/transactions", json=wanted), 422, "invalid")["errors"][0]["field"] == "received_amount"
    )


def test_spending_becomes_a_transfer_and_back(ada, main, savings):
    other = ada.account("Other")
    one = ada.spend(main, "-40", category_id=ada.category("Groceries"))
    url = f"/transactions/{one}"
    made = ada.http.patch(url, json={"to_account_id": savings}).json()
    assert (made["kind"], made["category_id"], made["transfer"]["account_id"]) == ("transfer", None, savings)
    assert balances(ada) == {"Main": "-40.00", "Savings": "40.00", "Other": "0.00"}
    assert ada.http.patch(url, json={"account_id": savings, "to_account_id": other}).json()["account_id"] == savings
    assert balances(ada) == {"Main": "0.00", "Savings": "-40.00", "Other": "40.00"}
    back = ada.http.patch(url, json={"to_account_id": None}).json()
    assert (back["kind"], back["transfer"], back["amount"]["amount"]) == ("standard", None, "-40.00")
    assert balances(ada) == {"Main": "0.00", "Savings": "-40.00", "Other": "0.00"}
    earned = ada.spend(main, "70")
    answer = ada.http.patch(f"/transactions/{earned}", json={"to_account_id": savings})
    assert "came in" in problem(answer, 422, "invalid")["detail"]
    turned = ada.http.patch(f"/transactions/{earned}", json={"account_id": savings, "to_account_id": main}).json()
    assert (turned["account_id"], turned["amount"]["amount"]) == (savings, "-70.00")


def test_splits_add_up_and_count_each_for_their_category(ada, main):
    groceries, health = ada.category("Groceries"), ada.category("Health")
    parts = [
        {"amount": "-60", "category_id": groceries, "note": "food"},
        {"amount": "-45", "category_id": health},
        {"amount": "5"},
    ]
    made = add(ada, main, "-100", splits=parts)
    assert made["category_id"] is None
    assert [(one["amount"]["amount"], one["category_id"], one["note"]) for one in made["splits"]] == [
        ("-60.00", groceries, "food"),
        ("-45.00", health, None),
        ("5.00", None, None),
    ]
    month = ada.http.get("/summary/monthly", params={"month": "2026-10"}).json()
    assert {one["name"]: one["amount"]["amount"] for one in month["categories"]} == {
        "Groceries": "60.00",
        "Health": "45.00",
    }
    assert [one["id"] for one in listed(ada, category_id=health)] == [made["id"]]
    assert [one["id"] for one in listed(ada, uncategorised=True)] == [made["id"]]
    url = f"/transactions/{made['id']}"
    assert ada.http.patch(url, json={"payee": "Market"}).json()["splits"] == made["splits"]
    body = problem(ada.http.patch(url, json={"amount": "-90"}), 422, "invalid")
    assert body["errors"] == [
        {
            "field": "splits",
            "message": "The splits add up to -100.00 USD, the amount is -90.00 USD: make them equal.",
        }
    ]
    whole = ada.http.patch(url, json={"category_id": health}).json()
    assert (whole["splits"], whole["category_id"]) == ([], health)
    again = ada.http.patch(url, json={"splits": parts}).json()
    assert len(again["splits"]) == 3
    assert ada.http.patch(url, json={"splits": None}).json()["splits"] == []
    assert balances(ada) == {"Main": "-100.00"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"splits": [{"amount": "-1"}]}, "splits"),
        ({"splits": [{"amount": "-1"}] * 51}, "splits"),
        ({"splits": [{"amount": "-50"}, {"amount": "-49.99"}]}, "splits"),
        ({"splits": [{"amount": "-50"}, {"amount": "-50.001"}]}, "splits.1.amount"),
        ({"splits": [{"amount": "-50"}, {"amount": "-50", "category_id": str(ONE)}]}, "splits.1.category_id"),
        ({"splits": [{"amount": "-50"}, {"amount": "-50"}], "category_id": "groceries"}, "category_id"),
    ],
)
def test_splits_that_can_not_be_taken(ada, main, change, field):
    if "category_id" in change:
        change = change | {"category_id": ada.category("Groceries")}
    wanted = {"account_id": main, "date": "2026-10-01", "payee": "x", "amount": "-100"} | change
    assert problem(ada.http.post("/transactions", json=wanted), 422, "invalid")["errors"][0]["field"] == field


def test_what_is_pending_is_in_the_balance_but_not_in_the_cleared_one(ada, main):
    made = add(ada, main, "-5", status="pending", reference="cheque 17")
    add(ada, main, "-2")
    (account,) = ada.http.get("/accounts").json()
    assert (account["balance"]["amount"], account["cleared_balance"]["amount"]) == ("-7.00", "-2.00")
    assert [one["id"] for one in listed(ada, status="pending")] == [made["id"]]
    assert [one["id"] for one in listed(ada, q="CHEQUE")] == [made["id"]]
    changed = ada.http.patch(f"/transactions/{made['id']}", json={"status": "reconciled", "reference": None}).json()
    assert (changed["status"], changed["reference"]) == ("reconciled", None)


def test_tags_are_made_when_they_are_first_used(ada, eve, main):
    made = add(ada, main, "-5", tags=["Holiday", "  rome  2026 ", "holiday"])
    assert made["tags"] == ["Holiday", "rome 2026"]
    other = add(ada, main, "-6", tags=["HOLIDAY"])
    assert other["tags"] == ["Holiday"]
    tags = {one["name"]: one for one in ada.http.get("/tags").json()}
    assert {name: one["transactions"] for name, one in tags.items()} == {"Holiday": 2, "rome 2026": 1}
    assert [one["id"] for one in listed(ada, tag_id=tags["rome 2026"]["id"])] == [made["id"]]
    url = f"/transactions/{made['id']}"
    assert ada.http.patch(url, json={"note": "x"}).json()["tags"] == ["Holiday", "rome 2026"]
    assert ada.http.patch(url, json={"tags": ["work"]}).json()["tags"] == ["work"]
    assert ada.http.patch(url, json={"tags": None}).json()["tags"] == []
    tag = f"/tags/{tags['Holiday']['id']}"
    problem(ada.http.patch(tag, json={"name": "WORK"}), 409, "name_taken")
    problem(ada.http.post("/tags", json={"name": "work"}), 409, "name_taken")
    assert ada.http.patch(tag, json={"name": "Vacation"}).json()["name"] == "Vacation"
    problem(eve.http.get(tag), 404, "not_found")
    stale = ada.http.get(tag).headers["ETag"]
    add(ada, main, "-1", tags=["vacation"])
    problem(ada.http.delete(tag, headers={"If-Match": stale}), 412, "changed_meanwhile")
    assert ada.http.delete(tag).status_code == 204
    assert ada.http.get(f"/transactions/{other['id']}").json()["tags"] == []
    problem(ada.http.get(tag), 404, "not_found")


def test_search_knows_amounts_direction_kind_and_currency(ada, main, savings):
    euros = ada.account("Euro", "EUR")
    small, large = ada.spend(main, "-5"), ada.spend(main, "-50")
    earned, foreign = ada.spend(main, "50"), ada.spend(euros, "-50")
    moved = add(ada, main, "-7", to_account_id=savings)["id"]

    def ids(**query) -> set[str]:
        return {one["id"] for one in listed(ada, **query)}

    assert ids(min_amount="50") == {large, earned, foreign}
    assert ids(min_amount="5", max_amount="7.5") == {small, moved}
    assert ids(direction="in") == {earned}
    assert ids(direction="in", account_id=savings) == {moved}
    assert ids(kind="transfer") == {moved}
    assert ids(kind="opening") == set()
    assert ids(currency="eur") == {foreign}
    body = problem(ada.http.get("/transactions", params={"min_amount": "-5"}), 422, "invalid")
    assert body["errors"][0]["field"] == "query.min_amount"
    problem(ada.http.get("/transactions", params={"min_amount": "5", "max_amount": "4"}), 422, "invalid")


def test_two_rows_that_are_one_transfer_are_made_one(ada, main, savings):
    out = add(ada, main, "-25", payee="To savings", tags=["a"])
    into = add(ada, savings, "25", payee="From main", date="2026-10-06", tags=["b"])
    made = ada.http.post(f"/transactions/{out['id']}/match", json={"other_id": into["id"]}).json()
    assert (made["id"], made["kind"], made["payee"], made["tags"]) == (out["id"], "transfer", "To savings", ["a", "b"])
    assert (made["account_id"], made["transfer"]["account_id"]) == (main, savings)
    assert balances(ada) == {"Main": "-25.00", "Savings": "25.00"}
    problem(ada.http.get(f"/transactions/{into['id']}"), 404, "not_found")


def test_matched_rows_are_known_again_by_both_statements(ada, main, savings):
    out, into = b"Date,Description,Amount\n2026-11-01,To savings,-30\n", b"Date,Payee,Amount\n2026-11-02,In,30\n"
    assert ada.imported(main, out).json()["imported"] == 1
    assert ada.imported(savings, into).json()["imported"] == 1
    first, second = (listed(ada, account_id=account)[0]["id"] for account in (savings, main))
    made = ada.http.post(f"/transactions/{first}/match", json={"other_id": second}).json()
    assert made["account_id"] == main
    for account, content in ((main, out), (savings, into)):
        assert ada.imported(account, content).json() | {"id": None} == {"id": None, "imported": 0, "duplicates": 1}
    # The sides may change places, and the row become spending again: the marks stay with their accounts.
    url = f"/transactions/{first}"
    assert ada.http.patch(url, json={"account_id": savings, "to_account_id": main}).status_code == 200
    for account, content in ((main, out), (savings, into)):
        assert ada.imported(account, content).json()["duplicates"] == 1
    assert ada.http.patch(url, json={"account_id": main, "to_account_id": None}).status_code == 200
    assert ada.imported(main, out).json()["duplicates"] == 1


def test_a_transfer_takes_over_the_other_accounts_line(ada, main, savings):
    made = add(ada, main, "-30", to_account_id=savings)
    line = b"Date,Payee,Amount\n2026-11-02,In,30\n"
    assert ada.imported(savings, line).json()["imported"] == 1
    imported = next(one["id"] for one in listed(ada, account_id=savings) if one["id"] != made["id"])
    url = f"/transactions/{made['id']}/match"
    assert ada.http.post(url, json={"other_id": imported}).status_code == 200
    assert balances(ada) == {"Main": "-30.00", "Savings": "30.00"}
    assert ada.imported(savings, line).json()["duplicates"] == 1
    problem(ada.http.post(url, json={"other_id": imported}), 422, "invalid")


@pytest.mark.parametrize(
    ("account", "amount", "words"),
    [("Main", "25", "same account"), ("Savings", "-25", "money that left"), ("Savings", "24", "the amounts differ")],
)
def test_rows_that_are_no_transfer_stay_what_they_are(ada, account, amount, words):
    accounts = {name: ada.account(name) for name in ("Main", "Savings")}
    out = ada.spend(accounts["Main"], "-25")
    other = ada.spend(accounts[account], amount)
    answer = ada.http.post(f"/transactions/{out}/match", json={"other_id": other})
    assert words in problem(answer, 409, "no_match")["detail"]
    assert len(listed(ada)) == 2


def test_matching_needs_two_rows_of_ones_own(ada, eve, main):
    one, hers = ada.spend(main, "-25"), eve.spend(eve.account(), "25")
    for other in (one, hers, str(ONE)):
        answer = ada.http.post(f"/transactions/{one}/match", json={"other_id": other})
        assert problem(answer, 422, "invalid")["errors"][0]["field"] == "other_id"
    problem(ada.http.post(f"/transactions/{hers}/match", json={"other_id": one}), 404, "not_found")


def test_many_are_changed_at_once_or_none(ada, eve, main, savings):
    ids = [ada.spend(main, f"-{n}") for n in range(1, 4)]
    groceries = ada.category("Groceries")

    def change(**wanted):
        return ada.http.post("/transactions/bulk", json={"ids": ids} | wanted)

    done = change(category_id=groceries, status="reconciled", add_tags=["x", "y"])
    assert done.json() == {"transactions": 3}
    rows = listed(ada)
    assert {(one["category_id"], one["status"], *one["tags"]) for one in rows} == {(groceries, "reconciled", "x", "y")}
    assert change(category_id=None, remove_tags=["X", "unknown"]).status_code == 200
    assert {(one["category_id"], *one["tags"]) for one in listed(ada)} == {(None, "y")}
    hers = eve.spend(eve.account(), "-1")
    for wrong, field in (
        ({"ids": [*ids, hers], "status": "pending"}, "ids.3"),
        ({"ids": ids}, "ids"),
        ({"ids": [], "delete": True}, "ids"),
        ({"delete": True, "status": "pending"}, "delete"),
        ({"category_id": str(ONE)}, "category_id"),
        ({"ids": [*ids, add(ada, main, "-9", to_account_id=savings)["id"]], "category_id": groceries}, "category_id"),
    ):
        assert problem(change(**wrong), 422, "invalid")["errors"][0]["field"] == field
    assert {one["status"] for one in listed(ada, kind="standard")} == {"reconciled"}
    assert change(delete=True).json() == {"transactions": 3}
    assert [one["kind"] for one in listed(ada)] == ["transfer"]
    assert eve.http.get(f"/transactions/{hers}").status_code == 200


def test_payees_are_listed_renamed_and_merged(ada, eve, main):
    groceries = ada.category("Groceries")
    ada.spend(main, "-1", "SHOP 17", "2026-10-01", category_id=groceries)
    ada.spend(main, "-2", "SHOP 17", "2026-10-03")
    ada.spend(main, "-3", "Shop", "2026-10-02")
    ada.spend(main, "-4", "Baker", "2026-10-04")
    eve.spend(eve.account(), "-4", "SHOP 17")
    page = ada.http.get("/payees", params={"q": "shop", "limit": 1}).json()
    assert page["items"] == [
        {"name": "SHOP 17", "transactions": 2, "last_date": "2026-10-03", "category_id": groceries}
    ]
    page = ada.http.get("/payees", params={"q": "shop", "limit": 1, "cursor": page["next_cursor"]}).json()
    assert ([one["name"] for one in page["items"]], page["next_cursor"]) == (["Shop"], None)
    done = ada.http.post("/payees/rename", json={"names": ["SHOP 17", "Shop", "nobody"], "name": "Corner Shop"})
    assert done.json() == {"transactions": 3}
    assert [one["name"] for one in ada.http.get("/payees").json()["items"]] == ["Baker", "Corner Shop"]
    assert [one["name"] for one in eve.http.get("/payees").json()["items"]] == ["SHOP 17"]
    problem(ada.http.get("/payees", params={"cursor": "x"}), 422, "invalid")


def test_an_account_that_goes_leaves_the_other_side_of_its_transfers(ada, main, savings):
    euros = ada.account("Euro", "EUR", "50")
    add(ada, main, "-100", to_account_id=savings)
    add(ada, savings, "-20", to_account_id=main)
    add(ada, main, "-11", to_account_id=euros, received_amount="10")
    add(ada, euros, "-5", to_account_id=main, received_amount="6")
    ada.spend(main, "-1")
    before = balances(ada)
    problem(ada.http.delete(f"/accounts/{main}"), 409, "account_in_use")
    assert ada.http.delete(f"/accounts/{main}", params={"with_transactions": True}).status_code == 204
    del before["Main"]
    assert balances(ada) == before == {"Savings": "80.00", "Euro": "55.00"}
    rows = listed(ada)
    assert sorted((one["kind"], one["amount"]["amount"], one["category_id"]) for one in rows) == [
        ("standard", "-20.00", None),
        ("standard", "-5.00", None),
        ("standard", "10.00", None),
        ("standard", "100.00", None),
    ]
    changed = ada.http.patch(f"/transactions/{rows[0]['id']}", json={"category_id": ada.category("Refunds")})
    assert changed.json()["category_id"] == ada.category("Refunds")


def test_an_archived_account_takes_nothing_new(ada, main, savings):
    one = ada.spend(main, "-5")
    account = ada.http.patch(f"/accounts/{main}", json={"archived": True, "note": "closed"}).json()
    assert (account["archived"], account["note"]) == (True, "closed")
    wanted = {"account_id": main, "date": "2026-10-01", "payee": "x", "amount": "-1"}
    assert "archived" in problem(ada.http.post("/transactions", json=wanted), 422, "invalid")["detail"]
    wanted = wanted | {"account_id": savings, "to_account_id": main}
    problem(ada.http.post("/transactions", json=wanted), 422, "invalid")
    assert ada.http.patch(f"/transactions/{one}", json={"payee": "Old"}).status_code == 200
    assert ada.http.patch(f"/accounts/{main}", json={"archived": False, "note": None}).json()["note"] is None
    ada.spend(main, "-5")


def test_an_opening_balance_has_a_date(ada):
    wanted = {"name": "Old", "opening_balance": "5", "opening_date": "2020-02-29"}
    made = ada.http.post("/accounts", json=wanted).json()
    url = f"/accounts/{made['id']}"
    assert made["opening_date"] == "2020-02-29"
    assert ada.http.patch(url, json={"opening_balance": "7"}).json()["opening_date"] == "2020-02-29"
    moved = ada.http.patch(url, json={"opening_date": "2019-01-01"}).json()
    assert (moved["opening_date"], moved["opening_balance"]["amount"]) == ("2019-01-01", "7.00")
    assert ada.http.patch(url, json={"opening_balance": "0"}).json()["opening_date"] is None
    empty = ada.http.patch(url, json={"opening_date": "2019-01-01"}).json()
    assert (empty["opening_date"], empty["balance"]["amount"]) == ("2019-01-01", "0.00")


def test_an_account_that_changed_meanwhile_is_not_overwritten(ada, main):
    url = f"/accounts/{main}"
    read = ada.http.get(url).headers["ETag"]
    ada.http.patch(url, json={"name": "Mine"}, headers={"If-Match": read})
    problem(ada.http.patch(url, json={"name": "Yours"}, headers={"If-Match": read}), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers={"If-Match": read}), 412, "changed_meanwhile")
    assert ada.http.get(url).json()["name"] == "Mine"
