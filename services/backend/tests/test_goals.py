"""Goals: saved on accounts or contributed by hand."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from .conftest import problem

TODAY = datetime.now(UTC).date()


def goal(person, **wanted):
    answer = person.http.post("/goals", json={"name": "Boat", "target_amount": "1000"} | wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def contribute(person, goal_id: str, amount: str, **more):
    return person.http.post(f"/goals/{goal_id}/contributions", json={"amount": amount, **more})


def test_a_goal_is_what_was_contributed_to_it(ada):
    target_date = TODAY + timedelta(days=1)
    made = goal(ada, target_date=target_date.isoformat())
    assert made["state"] == "behind"
    url = f"/goals/{made['id']}"
    for amount, when in (("300", TODAY - timedelta(days=10)), ("-50", TODAY), ("1000", TODAY + timedelta(days=1))):
        answer = contribute(ada, made["id"], amount, date=when.isoformat(), note="x")
        assert answer.status_code == 201, answer.text
    # What is to come doesn't count yet. Saved in 30 days, the least that a pace is taken from: 250.
    payments = 1 if target_date.month == TODAY.month else 2
    assert ada.http.get(url).json() == made | {
        "saved": {"amount": "250.00", "currency": "USD"},
        "missing": {"amount": "750.00", "currency": "USD"},
        "percent": "25.0",
        "per_month": {"amount": "253.65", "currency": "USD"},
        "needed_per_month": {"amount": f"{750 / payments:.2f}", "currency": "USD"},
        "projected_date": (TODAY + timedelta(days=90)).isoformat(),
        "state": "behind",
    }
    contribute(ada, made["id"], "750")
    assert ada.http.get("/goals").json()[0]["state"] == "reached"
    assert ada.http.delete(url).status_code == 204
    assert ada.http.get("/goals").json() == []


def test_contributions_come_in_pages_and_can_be_taken_back(ada):
    made = goal(ada)
    url = f"/goals/{made['id']}/contributions"
    ids = [contribute(ada, made["id"], str(amount)).json()["id"] for amount in range(1, 6)]
    first = ada.http.get(url, params={"limit": 3}).json()
    rest = ada.http.get(url, params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next_cursor"] is None
    assert ada.http.delete(f"{url}/{ids[0]}").status_code == 204
    problem(ada.http.delete(f"{url}/{ids[0]}"), 404, "not_found")
    assert ada.http.get(f"/goals/{made['id']}").json()["saved"]["amount"] == "14.00"
    for cursor in ("nonsense", "\u00e4"):
        body = problem(ada.http.get(url, params={"cursor": cursor}), 422, "invalid")
        assert body["errors"][0]["field"] == "query.cursor"


def test_a_goal_can_follow_accounts(ada):
    savings, other, euros = (
        ada.account("Savings", opening_balance="400"),
        ada.account("Other"),
        ada.account("Euro", "EUR"),
    )
    made = goal(ada, account_ids=[savings, savings])
    assert made["account_ids"] == [savings]
    assert (made["saved"]["amount"], made["per_month"]["amount"]) == ("400.00", "0.00")
    ada.spend(savings, "300", "From salary", date=TODAY.isoformat())
    ada.spend(savings, "50", "Next year", date=(TODAY + timedelta(days=400)).isoformat())
    now = ada.http.get(f"/goals/{made['id']}").json()
    assert (now["saved"]["amount"], now["projected_date"]) == ("700.00", (TODAY + timedelta(days=30)).isoformat())
    problem(contribute(ada, made["id"], "5"), 409, "goal_follows_accounts")
    taken = {"name": "Car", "target_amount": "1", "account_ids": [savings]}
    problem(ada.http.post("/goals", json=taken), 409, "account_in_goal")
    url = f"/goals/{made['id']}"
    assert "EUR" in problem(ada.http.patch(url, json={"account_ids": [euros]}), 422, "invalid")["detail"]
    assert ada.http.patch(url, json={"account_ids": [other]}).json()["saved"]["amount"] == "0.00"
    assert ada.http.patch(url, json={"account_ids": []}).json()["account_ids"] == []
    assert contribute(ada, made["id"], "5").status_code == 201
    problem(ada.http.patch(url, json={"account_ids": [other]}), 409, "goal_has_contributions")


def test_a_goal_outlives_its_accounts_and_takes_their_currency(ada):
    euros = ada.account("Euro", "EUR")
    made = goal(ada, account_ids=[euros])
    assert made["target"] == {"amount": "1000.00", "currency": "EUR"}
    assert ada.http.delete(f"/accounts/{euros}").status_code == 204
    assert ada.http.get(f"/goals/{made['id']}").json()["account_ids"] == []


def test_the_tag_is_of_what_people_have_settled(ada):
    made = goal(ada, target_date="2030-01-01")
    url = f"/goals/{made['id']}"
    read = ada.http.get(url).headers["ETag"]
    contribute(ada, made["id"], "5")
    changed = ada.http.patch(url, json={"name": "Ship", "target_date": None}, headers={"If-Match": read})
    assert (changed.json()["name"], changed.json()["target_date"], changed.json()["state"]) == ("Ship", None, "open")
    assert changed.headers["ETag"] != read
    problem(ada.http.patch(url, json={"name": "Raft"}, headers={"If-Match": read}), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers={"If-Match": read}), 412, "changed_meanwhile")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"target_amount": "0"}, "target_amount"),
        ({"target_amount": "-5"}, "target_amount"),
        ({"target_amount": "much"}, "target_amount"),
        ({"currency": "dollars"}, "currency"),
        ({"target_date": "0001-01-01"}, "target_date"),
        ({"account_ids": [str(uuid.uuid4())]}, "account_ids"),
        ({"account_ids": [str(uuid.uuid4())] * 21}, "account_ids"),
    ],
)
def test_a_goal_that_can_not_be_taken(ada, change, field):
    wanted = {"name": "Boat", "target_amount": "1000"} | change
    assert problem(ada.http.post("/goals", json=wanted), 422, "invalid")["errors"][0]["field"] == field


def test_names_are_unique_and_nothing_is_no_contribution(ada, eve):
    made = goal(ada)
    problem(ada.http.post("/goals", json={"name": "bOAT", "target_amount": "1"}), 409, "name_taken")
    goal(eve)
    assert problem(contribute(ada, made["id"], "0.00"), 422, "invalid")["errors"][0]["field"] == "amount"
    problem(contribute(ada, str(uuid.uuid4()), "1"), 404, "not_found")
    assert date.fromisoformat(contribute(ada, made["id"], "1").json()["date"]) == datetime.now(UTC).date()
