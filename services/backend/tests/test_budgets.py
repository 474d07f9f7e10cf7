"""Budgets: envelopes, their history and the status of a month."""

import uuid
from datetime import UTC, datetime

import pytest

from .conftest import problem


def amounts(budget) -> dict[str, str]:
    return {one["month"]: one["amount"]["amount"] for one in budget["amounts"]}


def budget(person, category: str = "Groceries", **wanted):
    wanted = {"category_id": person.category(category), "amount": "100", "month": "2026-09"} | wanted
    answer = person.http.post("/budgets", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def status(person, month: str):
    return person.http.get("/budgets/status", params={"month": month}).json()


def test_an_envelope_keeps_the_history_of_its_amounts(ada):
    made = budget(ada, month=None)
    this_month = f"{datetime.now(UTC):%Y-%m}"
    assert made == {
        "id": made["id"],
        "category_id": ada.category("Groceries"),
        "currency": "USD",
        "rollover": "none",
        "amounts": [{"month": this_month, "amount": {"amount": "100.00", "currency": "USD"}}],
    }
    url = f"/budgets/{made['id']}"
    assert ada.http.get(url).json() == made
    assert ada.http.get("/budgets").json() == [made]
    changed = ada.http.patch(url, json={"amount": "120", "month": "2030-01", "rollover": "all"}).json()
    assert amounts(changed) == {this_month: "100.00", "2030-01": "120.00"}
    assert changed["rollover"] == "all"
    assert amounts(ada.http.patch(url, json={"amount": "90"}).json()) == {this_month: "90.00", "2030-01": "120.00"}
    assert ada.http.delete(url).status_code == 204
    problem(ada.http.get(url), 404, "not_found")
    assert ada.http.get("/budgets").json() == []


def test_the_status_of_a_month_counts_what_was_spent_and_what_rolled_over(ada):
    account, groceries = ada.account(), ada.category("Groceries")
    made = budget(ada, rollover="leftover")
    budget(ada, "Transport", amount="20")
    ada.spend(account, "-60", date="2026-09-30", category_id=groceries)
    ada.spend(account, "-130", date="2026-10-01", category_id=groceries)
    ada.spend(account, "10", "Refund", date="2026-10-31", category_id=groceries)
    ada.spend(account, "-99", date="2026-10-31")
    found = status(ada, "2026-10")
    assert found["month"] == "2026-10"
    assert [(one["category"], one["state"], one["percent"]) for one in found["budgets"]] == [
        ("Groceries", "warning", "85.7"),
        ("Transport", "ok", "0.0"),
    ]
    assert found["budgets"][0] == {
        "budget_id": made["id"],
        "category_id": groceries,
        "category": "Groceries",
        "rollover": "leftover",
        "budgeted": {"amount": "100.00", "currency": "USD"},
        "rolled_over": {"amount": "40.00", "currency": "USD"},
        "available": {"amount": "140.00", "currency": "USD"},
        "spent": {"amount": "120.00", "currency": "USD"},
        "left": {"amount": "20.00", "currency": "USD"},
        "percent": "85.7",
        "state": "warning",
    }
    (total,) = found["totals"]
    assert (total["available"]["amount"], total["spent"]["amount"], total["left"]["amount"]) == (
        "160.00",
        "120.00",
        "40.00",
    )
    assert status(ada, "2026-08") == {"month": "2026-08", "budgets": [], "totals": []}
    assert ada.http.get("/budgets/status").json()["month"] == f"{datetime.now(UTC):%Y-%m}"


def test_overspending_rolls_over_where_it_is_wanted(ada):
    account, groceries = ada.account(), ada.category("Groceries")
    made = budget(ada)
    ada.spend(account, "-130", date="2026-09-30", category_id=groceries)
    for rollover, left in (("none", "100.00"), ("leftover", "100.00"), ("all", "70.00")):
        ada.http.patch(f"/budgets/{made['id']}", json={"rollover": rollover})
        assert status(ada, "2026-10")["budgets"][0]["left"]["amount"] == left
    assert status(ada, "2026-09")["budgets"][0]["state"] == "over"


def test_each_currency_has_an_envelope_of_its_own(ada):
    euros, groceries = ada.account("Euro", "EUR"), ada.category("Groceries")
    budget(ada)
    budget(ada, currency="eur", amount="50")
    ada.spend(euros, "-7", date="2026-09-01", category_id=groceries)
    found = status(ada, "2026-09")
    assert {one["spent"]["currency"]: one["spent"]["amount"] for one in found["budgets"]} == {
        "EUR": "7.00",
        "USD": "0.00",
    }
    assert [one["left"] for one in found["totals"]] == [
        {"amount": "43.00", "currency": "EUR"},
        {"amount": "100.00", "currency": "USD"},
    ]
    again = {"category_id": groceries, "amount": "1", "currency": "EUR"}
    assert "EUR" in problem(ada.http.post("/budgets", json=again), 409, "budget_exists")["detail"]


def test_a_budget_goes_with_its_category(ada):
    category = ada.http.post("/categories", json={"name": "Hobby"}).json()["id"]
    ada.http.post("/budgets", json={"category_id": category, "amount": "5"})
    ada.http.delete(f"/categories/{category}")
    assert ada.http.get("/budgets").json() == []


def test_a_change_of_what_has_changed_meanwhile_is_refused(ada):
    made = budget(ada)
    url = f"/budgets/{made['id']}"
    read = ada.http.get(url).headers["ETag"]
    assert ada.http.patch(url, json={"amount": "5"}, headers={"If-Match": read}).headers["ETag"] != read
    problem(ada.http.patch(url, json={"amount": "6"}, headers={"If-Match": read}), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers={"If-Match": read}), 412, "changed_meanwhile")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category_id": str(uuid.uuid4())}, "category_id"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"currency": "XXQ"}, "currency"),
        ({"month": "2026-13"}, "month"),
        ({"month": "0001-01"}, "month"),
        ({"rollover": "some"}, "rollover"),
        ({"until": "2026-10"}, "until"),
    ],
)
def test_a_budget_that_can_not_be_taken(ada, change, field):
    wanted = {"category_id": ada.category("Groceries"), "amount": "100"} | change
    assert problem(ada.http.post("/budgets", json=wanted), 422, "invalid")["errors"][0]["field"] == field
    assert ada.http.get("/budgets").json() == []


def test_what_is_earned_has_no_budget_and_a_month_alone_changes_nothing(ada):
    wanted = {"category_id": ada.category("Salary"), "amount": "100"}
    assert "income" in problem(ada.http.post("/budgets", json=wanted), 422, "invalid")["detail"]
    url = f"/budgets/{budget(ada)['id']}"
    assert problem(ada.http.patch(url, json={"month": "2026-10"}), 422, "invalid")["errors"][0]["field"] == "month"
    problem(ada.http.get("/budgets/status", params={"month": "october"}), 422, "invalid")
    assert ada.http.patch("/budgets/status", json={}).status_code == 405
