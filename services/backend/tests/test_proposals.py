"""Proposals: filed as the MCP server's role files them, decided over HTTP."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest

from tests.support.books import KEY
from wealth_core.repositories.proposals import TooManyProposalsError
from wealth_core.tokens import mint_tool_token

from .conftest import TLS, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Person

STATUSES = ("pending", "confirmed", "declined", "expired", "failed")


@pytest.fixture
def age(database) -> Callable[[str], None]:
    """Lets a proposal's time run out."""

    def expire(proposal_id: str) -> None:
        with psycopg.connect(database.superuser, autocommit=True) as connection:
            connection.execute("UPDATE proposals SET expires_at = now() - interval '1 s' WHERE id = %s", [proposal_id])

    return expire


def spending(account: str, **more: Any) -> dict[str, Any]:
    return {"account_id": account, "date": "2026-10-05", "payee": "Petrol pump", "amount": "-500.00", **more}


def balance(person: Person) -> str:
    return person.http.get("/accounts").json()[0]["balance"]["amount"]


def decide(person: Person, proposal_id: str, decision: str = "confirm", **options: Any) -> Any:
    return person.http.post(f"/proposals/{proposal_id}/{decision}", **options)


def test_nothing_happens_until_it_is_confirmed(ada, propose):
    account = ada.account()
    wanted = propose(ada, "transaction", **spending(account, category_id=ada.category("Transport")))
    shown = ada.http.get(f"/proposals/{wanted}").json()
    assert shown["status"] == "pending"
    assert shown["summary"] == "Spend 500.00 USD at Petrol pump from Main on 2026-10-05, category Transport"
    assert shown["payload"]["amount"] == "-500.00"
    assert balance(ada) == "0.00"
    done = decide(ada, wanted)
    assert done.status_code == 200, done.text
    body = done.json()
    assert (body["status"], body["results"][0]["kind"]) == ("confirmed", "transaction")
    assert body["decided_at"]
    made = ada.http.get(f"/transactions/{body['results'][0]['id']}").json()
    assert (made["payee"], made["amount"]["amount"]) == ("Petrol pump", "-500.00")
    assert balance(ada) == "-500.00"


def test_a_transaction_is_changed_and_another_deleted(ada, propose):
    account = ada.account()
    kept, gone = ada.spend(account, "-5", category_id=ada.category("Groceries")), ada.spend(account, "-7", "Wrong")
    change = propose(ada, "transaction_change", transaction_id=kept, amount="-6.00", category_id=None, note="Tea")
    deletion = propose(ada, "transaction_deletion", transaction_id=gone)
    summaries = {one["id"]: one["summary"] for one in ada.http.get("/proposals").json()["items"]}
    assert summaries == {
        change: "Change Shop, -5.00 USD, of 2026-10-05 in Main: amount -6.00 USD, note “Tea”, no category",
        deletion: "Delete Wrong, -7.00 USD, of 2026-10-05 in Main",
    }
    assert decide(ada, change).json()["results"] == [{"kind": "transaction", "id": kept}]
    assert decide(ada, deletion).json()["results"] == [{"kind": "transaction", "id": gone}]
    left = ada.http.get("/transactions").json()["items"]
    assert [(one["id"], one["amount"]["amount"], one["note"], one["category_id"]) for one in left] == [
        (kept, "-6.00", "Tea", None)
    ]


def test_a_category_is_added(ada, propose):
    wanted = propose(ada, "category", name="Tea houses", kind="expense")
    assert ada.http.get(f"/proposals/{wanted}").json()["summary"] == "Add the expense category Tea houses"
    made = decide(ada, wanted).json()["results"]
    assert made == [{"kind": "category", "id": ada.category("Tea houses")}]
    event = next(one for one in ada.http.get("/audit").json()["items"] if one["event"] == "proposal.confirmed")
    assert event["ids"] == {"proposal_id": wanted}


def test_confirmed_twice_it_is_done_once(ada, propose):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(lambda _: decide(ada, wanted), range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["results"][0]["id"] for answer in answers}) == 1
    assert balance(ada) == "-500.00"


def test_of_confirming_and_declining_at_once_one_wins(ada, propose):
    account = ada.account()
    for _ in range(4):
        wanted = propose(ada, "transaction", **spending(account))
        before = balance(ada)
        with ThreadPoolExecutor(2) as hands:
            answers = list(hands.map(lambda decision: decide(ada, wanted, decision), ("confirm", "decline")))  # noqa: B023
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        confirmed = ada.http.get(f"/proposals/{wanted}").json()["status"] == "confirmed"
        assert (balance(ada) != before) == confirmed


def test_what_is_declined_stays_undone(ada, propose):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    for _ in range(2):
        assert decide(ada, wanted, "decline").json()["status"] == "declined"
    refused = problem(decide(ada, wanted), 409, "proposal_decided")
    assert refused["detail"] == "This proposal is declined already: ask for a new one."
    assert balance(ada) == "0.00"


def test_what_is_too_old_can_not_be_decided_any_more(ada, propose, age):
    account = ada.account()
    wanted = propose(ada, "transaction", **spending(account))
    age(wanted)
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "expired"
    for decision in ("confirm", "decline"):
        assert "ask for it again" in problem(decide(ada, wanted, decision), 410, "proposal_expired")["detail"]
    problem(ada.http.patch(f"/proposals/{wanted}", json={"payload": {"amount": "-1"}}), 410, "proposal_expired")
    assert balance(ada) == "0.00"
    again = propose(ada, "transaction", **spending(account))
    assert again != wanted
    listed = {status: ada.http.get("/proposals", params={"status": status}).json()["items"] for status in STATUSES}
    assert {status: [one["id"] for one in found] for status, found in listed.items() if found} == {
        "expired": [wanted],
        "pending": [again],
    }


def test_a_proposal_is_corrected_before_it_is_confirmed(ada, propose):
    wanted = propose(ada, "transaction", **spending(ada.account(), category_id=ada.category("Transport")))
    tag = ada.http.get(f"/proposals/{wanted}").headers["etag"]
    changes = {"payload": {"amount": "-45.5", "category_id": None}}
    changed = ada.http.patch(f"/proposals/{wanted}", json=changes, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.text
    assert changed.json()["summary"] == "Spend 45.5 USD at Petrol pump from Main on 2026-10-05"
    # What was looked at isn't what would be done now.
    problem(decide(ada, wanted, headers={"If-Match": tag}), 412, "changed_meanwhile")
    problem(ada.http.patch(f"/proposals/{wanted}", json=changes, headers={"If-Match": tag}), 412, "changed_meanwhile")
    current = {"If-Match": changed.headers["etag"]}
    assert decide(ada, wanted, headers=current).json()["status"] == "confirmed"
    assert decide(ada, wanted, headers=current).json()["status"] == "confirmed"
    assert balance(ada) == "-45.50"
    problem(ada.http.patch(f"/proposals/{wanted}", json=changes), 409, "proposal_decided")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "a lot"}, "payload.amount"),
        ({"date": "2300-01-01"}, "payload.date"),
        ({"payee": None}, "payload.payee"),
        ({"payee": "a\u0000b"}, "payload.payee"),
        ({"user_id": str(uuid.uuid4())}, "payload.user_id"),
        ({"account_id": str(uuid.uuid4())}, "payload.account_id"),
        ({"category_id": str(uuid.uuid4())}, "payload.category_id"),
    ],
)
def test_what_could_not_be_done_can_not_be_proposed_instead(ada, propose, changes, field):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    before = ada.http.get(f"/proposals/{wanted}").json()
    refused = problem(ada.http.patch(f"/proposals/{wanted}", json={"payload": changes}), 422, "invalid")
    assert refused["errors"][0]["field"] == field
    assert ada.http.get(f"/proposals/{wanted}").json() == before


def test_a_proposed_deletion_can_not_be_turned_against_another_transaction(ada, propose):
    account = ada.account()
    wanted = propose(ada, "transaction_deletion", transaction_id=ada.spend(account, "-5"))
    changes = {"payload": {"transaction_id": ada.spend(account, "-6")}}
    refused = problem(ada.http.patch(f"/proposals/{wanted}", json=changes), 422, "invalid")
    assert refused["errors"][0]["field"] == "payload.transaction_id"


def test_what_is_in_the_way_is_said_and_the_proposal_still_waits(ada, propose):
    wanted = propose(ada, "category", name="Tea houses", kind="expense")
    assert ada.http.post("/categories", json={"name": "tea HOUSES"}).status_code == 201
    assert "choose another name" in problem(decide(ada, wanted), 409, "name_taken")["detail"]
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "pending"
    ada.http.patch(f"/proposals/{wanted}", json={"payload": {"name": "Coffee houses"}})
    assert decide(ada, wanted).json()["status"] == "confirmed"


def test_an_account_that_is_gone_is_a_value_to_correct(ada, propose):
    account = ada.account()
    wanted = propose(ada, "transaction", **spending(account))
    assert ada.http.delete(f"/accounts/{account}").status_code == 204
    assert problem(decide(ada, wanted), 422, "invalid")["errors"][0]["field"] == "payload.account_id"
    ada.http.patch(f"/proposals/{wanted}", json={"payload": {"account_id": ada.account("Other")}})
    assert decide(ada, wanted).json()["status"] == "confirmed"


@pytest.mark.parametrize("kind", ["transaction_change", "transaction_deletion"])
def test_a_proposal_about_what_is_gone_is_over(ada, propose, kind):
    spent = ada.spend(ada.account(), "-5")
    more = {"payee": "Elsewhere"} if kind == "transaction_change" else {}
    wanted = propose(ada, kind, transaction_id=spent, **more)
    assert ada.http.delete(f"/transactions/{spent}").status_code == 204
    refused = problem(decide(ada, wanted), 409, "proposal_outdated")
    assert refused["detail"] == ("This can't be done any more. There is no such transaction; it may have been deleted.")
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "failed"
    problem(decide(ada, wanted), 409, "proposal_decided")


def test_a_payload_that_an_older_version_filed_is_refused_not_guessed(ada, propose, database):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute("UPDATE proposals SET payload = '{\"sum\": 5}' WHERE id = %s", [wanted])
    assert problem(decide(ada, wanted), 422, "invalid")["errors"]
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "pending"


def test_only_their_user_sees_and_decides_proposals(ada, eve, propose):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    assert eve.http.get("/proposals").json() == {"items": [], "next_cursor": None}
    for answer in (
        eve.http.get(f"/proposals/{wanted}"),
        eve.http.patch(f"/proposals/{wanted}", json={"payload": {}}),
        decide(eve, wanted),
        decide(eve, wanted, "decline"),
    ):
        problem(answer, 404, "not_found")
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "pending"


def test_a_tool_token_confirms_nothing(ada, propose, served):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    token = mint_tool_token(uuid.UUID(ada.id), KEY)
    cookie = ada.http.cookies.get("wealth_session")
    assert cookie
    ada.http.cookies.clear()
    problem(decide(ada, wanted, headers={"Authorization": f"Bearer {token}"}), 401, "invalid_token")
    problem(decide(ada, wanted, headers={"Cookie": f"wealth_session={token}"}), 401, "signed_out")
    ada.http.cookies.set("wealth_session", cookie)
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "pending"


def test_an_access_token_reads_proposals_and_decides_none(ada, propose):
    wanted = propose(ada, "transaction", **spending(ada.account()))
    made = ada.http.post("/auth/tokens", json={"name": "x", "scopes": ["read", "write"]}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    with httpx.Client(base_url=ada.http.base_url, headers=headers, verify=TLS, timeout=60) as robot:
        assert robot.get(f"/proposals/{wanted}").json()["status"] == "pending"
        for answer in (
            robot.post(f"/proposals/{wanted}/confirm"),
            robot.post(f"/proposals/{wanted}/decline"),
            robot.patch(f"/proposals/{wanted}", json={"payload": {"amount": "-1"}}),
        ):
            problem(answer, 403, "insufficient_scope")
    assert ada.http.get(f"/proposals/{wanted}").json()["status"] == "pending"


def test_the_list_pages_through_everything_once(ada, propose):
    filed = [propose(ada, "category", name=f"Tea {number}", kind="expense") for number in range(5)]
    seen, cursor = [], None
    while True:
        page = ada.http.get("/proposals", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == filed[::-1]
    for cursor in ("x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA"):
        answer = ada.http.get("/proposals", params={"cursor": cursor})
        assert answer.status_code == 200 or problem(answer, 422, "invalid")["errors"][0]["field"] == "query.cursor"


def test_the_same_proposal_waits_once_and_fifty_are_enough(ada, propose):
    same = {propose(ada, "category", name="Tea", kind="expense") for _ in range(3)}
    assert len(same) == 1
    with ThreadPoolExecutor(4) as hands:
        at_once = set(hands.map(lambda _: propose(ada, "category", name="Coffee", kind="expense"), range(4)))
    assert len(at_once) == 1
    for number in range(48):
        propose(ada, "category", name=f"More {number}", kind="expense")
    with pytest.raises(TooManyProposalsError):
        propose(ada, "category", name="One too many", kind="expense")
    decide(ada, same.pop(), "decline")
    propose(ada, "category", name="One too many", kind="expense")
