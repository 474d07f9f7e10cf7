"""Recurring payments over HTTP: what is taken, what is coming, and settling an occurrence by hand."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from .conftest import problem

TODAY = datetime.now(UTC).date()
TOMORROW = TODAY + timedelta(days=1)


def recurring(person, **wanted):
    if wanted.get("kind") != "remind" and "account_id" not in wanted:
        wanted["account_id"] = person.account(f"Account {uuid.uuid4().hex}")
    wanted = {"name": "Rent", "rule": "daily", "start_date": TOMORROW.isoformat(), "amount": "-900"} | wanted
    answer = person.http.post("/recurring", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def days(count: int, first: date = TOMORROW) -> list[str]:
    return [(first + timedelta(days=number)).isoformat() for number in range(count)]


def upcoming(person, ahead: int = 3) -> list[str]:
    return [one["date"] for one in person.http.get("/recurring/upcoming", params={"days": ahead}).json()]


def test_a_schedule_is_kept_as_it_is_understood(ada):
    account, category = ada.account("Euro", "EUR"), ada.category("Housing")
    made = recurring(
        ada,
        account_id=account,
        category_id=category,
        rule="rrule:byday=th,mo;freq=weekly;interval=1",
        start_date="2026-01-01",
        end_date="2190-01-01",
        payee="Landlord",
        note="flat 3",
        notice_days=3,
    )
    assert made == {
        "id": made["id"],
        "name": "Rent",
        "kind": "post",
        "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
        "start_date": "2026-01-01",
        "end_date": "2190-01-01",
        "amount": {"amount": "-900.00", "currency": "EUR"},
        "account_id": account,
        "payee": "Landlord",
        "note": "flat 3",
        "category_id": category,
        "notice_days": 3,
        "paused": False,
        "next_date": made["next_date"],
    }
    assert TODAY <= date.fromisoformat(made["next_date"]) < TODAY + timedelta(days=5)
    assert ada.http.get(f"/recurring/{made['id']}").json() == made
    assert ada.http.get("/recurring").json() == [made]
    # What lies before today is left out.
    assert ada.http.get("/transactions").json()["items"] == []
    assert ada.http.delete(f"/recurring/{made['id']}").status_code == 204
    problem(ada.http.get(f"/recurring/{made['id']}"), 404, "not_found")


def test_what_is_upcoming_comes_in_order_and_bounded(ada):
    one, other = recurring(ada), recurring(ada, name="Phone", kind="remind", start_date=days(2)[1])
    found = ada.http.get("/recurring/upcoming", params={"days": 2}).json()
    assert [(item["recurring_id"], item["date"]) for item in found] == sorted(
        [(one["id"], days(2)[0]), (one["id"], days(2)[1]), (other["id"], days(2)[1])],
        key=lambda pair: (pair[1], pair[0]),
    )
    assert found[0]["amount"] == {"amount": "-900.00", "currency": "USD"}
    assert len(upcoming(ada, 366)) == 500
    ada.http.patch(f"/recurring/{one['id']}", json={"paused": True})
    assert upcoming(ada, 2) == [days(2)[1]]
    assert ada.http.get("/recurring/upcoming", params={"days": 367}).status_code == 422
    assert ada.http.patch("/recurring/upcoming", json={}).status_code == 405


def test_an_occurrence_can_be_posted_once_ahead_of_time(ada):
    category = ada.category("Housing")
    made = recurring(ada, category_id=category, payee="Landlord")
    url = f"/recurring/{made['id']}/occurrences"
    posted = ada.http.post(f"{url}/{days(2)[1]}/post", json={"amount": "-950"}).json()
    assert posted == {
        "recurring_id": made["id"],
        "date": days(2)[1],
        "outcome": "posted",
        "transaction_id": posted["transaction_id"],
    }
    transaction = ada.http.get(f"/transactions/{posted['transaction_id']}").json()
    assert (transaction["payee"], transaction["amount"]["amount"]) == ("Landlord", "-950.00")
    assert (transaction["date"], transaction["category_id"]) == (TODAY.isoformat(), category)
    for action in ("post", "skip"):
        problem(ada.http.post(f"{url}/{days(2)[1]}/{action}", json={}), 409, "occurrence_settled")
    assert upcoming(ada) == [days(3)[0], days(3)[2]]
    skipped = ada.http.post(f"{url}/{days(1)[0]}/skip").json()
    assert (skipped["outcome"], skipped["transaction_id"]) == ("skipped", None)
    assert ada.http.get(f"/recurring/{made['id']}").json()["next_date"] == days(3)[2]
    assert len(ada.http.get("/transactions").json()["items"]) == 1
    # Deleting what was posted doesn't bring it back.
    ada.http.delete(f"/transactions/{posted['transaction_id']}")
    assert upcoming(ada) == [days(3)[2]]


def test_only_occurrences_can_be_settled(ada):
    made = recurring(ada, rule="weekly")
    url = f"/recurring/{made['id']}/occurrences"
    for day in (days(2)[1], TODAY.isoformat(), (TOMORROW + timedelta(days=53 * 7)).isoformat()):
        problem(ada.http.post(f"{url}/{day}/post", json={}), 404, "not_found")
    problem(ada.http.post(f"{url}/yesterday/skip"), 422, "invalid")
    problem(ada.http.post(f"/recurring/{uuid.uuid4()}/occurrences/{TODAY}/skip"), 404, "not_found")
    reminder = recurring(ada, kind="remind")
    problem(ada.http.post(f"/recurring/{reminder['id']}/occurrences/{TOMORROW}/post", json={}), 409, "not_postable")


def test_a_change_holds_from_today_on(ada):
    made = recurring(ada)
    url = f"/recurring/{made['id']}"
    changed = ada.http.patch(url, json={"rule": "FREQ=DAILY;INTERVAL=2", "name": "Flat", "amount": "-10.5"}).json()
    assert (changed["rule"], changed["name"], changed["amount"]["amount"]) == (
        "FREQ=DAILY;INTERVAL=2",
        "Flat",
        "-10.50",
    )
    assert upcoming(ada) == [days(3)[0], days(3)[2]]
    assert ada.http.patch(url, json={"start_date": days(2)[1]}).json()["next_date"] == days(2)[1]
    assert ada.http.patch(url, json={"end_date": days(2)[1]}).json()["next_date"] == days(2)[1]
    assert ada.http.patch(url, json={"end_date": None, "notice_days": 2}).json()["end_date"] is None
    assert ada.http.patch(url, json={"payee": None}).json()["payee"] == "Flat"
    euros = ada.account("Euro", "EUR")
    assert ada.http.patch(url, json={"account_id": euros}).json()["amount"] == {"amount": "-10.50", "currency": "EUR"}
    yen = ada.account("Yen", "JPY")
    assert "decimals" in problem(ada.http.patch(url, json={"account_id": yen}), 422, "invalid")["detail"]
    assert ada.http.patch(url, json={"kind": "remind", "account_id": None}).json()["account_id"] is None
    body = problem(ada.http.patch(url, json={"kind": "post"}), 422, "invalid")
    assert body["errors"][0]["field"] == "account_id"


def test_the_tag_is_of_what_people_have_settled(ada):
    made = recurring(ada)
    url = f"/recurring/{made['id']}"
    read = ada.http.get(url).headers["ETag"]
    ada.http.post(f"{url}/occurrences/{TOMORROW}/skip")
    changed = ada.http.patch(url, json={"paused": True}, headers={"If-Match": read})
    assert changed.json()["paused"] is True
    problem(ada.http.patch(url, json={"paused": False}, headers={"If-Match": read}), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers={"If-Match": read}), 412, "changed_meanwhile")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"rule": "FREQ=HOURLY"}, "rule"),
        ({"rule": "every day"}, "rule"),
        ({"rule": "x" * 201}, "rule"),
        ({"rule": "FREQ=DAILY;UNTIL=20200101", "start_date": "2019-01-01"}, "rule"),
        ({"start_date": "2019-01-01", "end_date": "2020-01-01"}, "rule"),
        ({"end_date": "2020-01-01"}, "end_date"),
        ({"start_date": "0001-01-01"}, "start_date"),
        ({"amount": "0"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"account_id": None}, "account_id"),
        ({"account_id": str(uuid.uuid4())}, "account_id"),
        ({"category_id": str(uuid.uuid4())}, "category_id"),
        ({"currency": "EUR"}, "currency"),
        ({"notice_days": 31}, "notice_days"),
        ({"kind": "ask"}, "kind"),
    ],
)
def test_a_schedule_that_can_not_be_taken(ada, change, field):
    wanted = {"name": "x", "rule": "daily", "start_date": TOMORROW.isoformat(), "amount": "-1"}
    wanted |= {"account_id": ada.account()} | change
    assert problem(ada.http.post("/recurring", json=wanted), 422, "invalid")["errors"][0]["field"] == field
    assert ada.http.get("/recurring").json() == []


def test_what_seems_to_recur_is_suggested_until_it_has_a_schedule(ada):
    account, category = ada.account(), ada.category("Subscriptions")
    for number in range(4):
        paid = (TODAY - timedelta(days=7 * number + 1)).isoformat()
        ada.spend(account, f"-9.9{number}", "Streaming", paid, category_id=category)
        ada.spend(account, "-5", f"Kiosk {number}", paid)
    (found,) = ada.http.get("/recurring/suggestions").json()
    assert found == {
        "name": "Streaming",
        "payee": "Streaming",
        "rule": found["rule"],
        "start_date": (TODAY + timedelta(days=6)).isoformat(),
        "amount": {"amount": "-9.90", "currency": "USD"},
        "account_id": account,
        "category_id": category,
        "count": 4,
        "latest_date": (TODAY - timedelta(days=1)).isoformat(),
    }
    wanted = {key: found[key] for key in ("name", "payee", "rule", "start_date", "account_id", "category_id")}
    made = recurring(ada, **wanted, amount=found["amount"]["amount"])
    assert made["next_date"] == found["start_date"]
    assert ada.http.get("/recurring/suggestions").json() == []
