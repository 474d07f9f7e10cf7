"""Rules over the API: kept, tried, applied to what comes and to what is there."""

import uuid

import pytest

from .conftest import problem

COFFEE = {"texts": [{"field": "payee", "operator": "contains", "value": "coffee"}]}


def make(person, conditions: dict | None = None, **actions) -> dict:
    wanted = {"name": "Coffee", "conditions": conditions or COFFEE, "actions": actions}
    answer = person.http.post("/rules", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def rows(person, **query) -> list[dict]:
    return person.http.get("/transactions", params=query).json()["items"]


@pytest.fixture
def main(ada) -> str:
    return ada.account()


@pytest.fixture
def fun(ada) -> str:
    return ada.category("Entertainment")


def test_a_rule_is_kept_changed_and_deleted(ada, main, fun):
    conditions = {
        "texts": [
            {"field": "any", "operator": "pattern", "value": "*coffee*"},
            {"field": "note", "operator": "ends", "value": "x"},
        ],
        "any_text": True,
        "account_id": main,
        "currency": "USD",
        "direction": "out",
        "min_amount": "1",
        "max_amount": "20.5",
    }
    actions = {
        "category_id": fun,
        "payee": "Café",
        "tags": ["treat"],
        "status": "cleared",
        "transfer_account_id": None,
    }
    made = make(ada, conditions, **actions)
    assert made == {
        "id": made["id"],
        "name": "Coffee",
        "position": 1,
        "enabled": True,
        "stop": False,
        "conditions": conditions,
        "actions": actions,
    }
    url = f"/rules/{made['id']}"
    read = ada.http.get(url)
    assert read.json() == made
    changed = ada.http.patch(url, json={"enabled": False, "actions": {"tags": ["a", "b"]}}).json()
    assert changed["conditions"] == conditions
    assert (changed["enabled"], changed["actions"]["tags"], changed["actions"]["category_id"]) == (
        False,
        ["a", "b"],
        None,
    )
    stale = {"If-Match": read.headers["ETag"]}
    problem(ada.http.patch(url, json={"name": "x"}, headers=stale), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers=stale), 412, "changed_meanwhile")
    assert ada.http.delete(url).status_code == 204
    problem(ada.http.get(url), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"conditions": {}}, "conditions"),
        ({"conditions": {"any_text": True}}, "conditions"),
        ({"actions": {}}, "actions"),
        ({"actions": {"tags": []}}, "actions"),
        ({"conditions": {"texts": [{"value": ""}]}}, "conditions.texts.0.value"),
        ({"conditions": {"texts": [{"operator": "regex", "value": "(a+)+$"}]}}, "conditions.texts.0.operator"),
        ({"conditions": {"min_amount": "2", "max_amount": "1"}}, "conditions.min_amount"),
        ({"conditions": {"min_amount": "1.00001"}}, "conditions.min_amount"),
        ({"conditions": {"max_amount": "10000000000000"}}, "conditions.max_amount"),
        ({"conditions": {"account_id": str(uuid.UUID(int=0))}}, "conditions.account_id"),
        ({"actions": {"category_id": str(uuid.UUID(int=0))}}, "actions.category_id"),
        ({"actions": {"transfer_account_id": str(uuid.UUID(int=0))}}, "actions.transfer_account_id"),
        ({"actions": {"category_id": "fun", "transfer_account_id": "main"}}, "actions.category_id"),
    ],
)
def test_a_rule_that_can_not_be_taken(ada, main, fun, change, field):
    for part in change.values():
        for key, value in part.items():
            part[key] = {"fun": fun, "main": main}.get(value, value) if isinstance(value, str) else value
    wanted = {"name": "r", "conditions": COFFEE, "actions": {"category_id": fun}} | change
    kept = make(ada, category_id=fun)
    for answer in (
        ada.http.post("/rules", json=wanted),
        ada.http.post("/rules/preview", json=wanted),
        ada.http.patch(f"/rules/{kept['id']}", json=change),
    ):
        assert problem(answer, 422, "invalid")["errors"][0]["field"] == field
    assert len(ada.http.get("/rules").json()) == 1


def test_what_comes_is_ruled_unless_somebody_has_chosen(ada, main, fun):
    savings = ada.account("Savings")
    make(ada, category_id=fun, tags=["treat"], payee="Café")
    ada.spend(main, "-3", "Coffee 17")
    (made,) = rows(ada)
    assert (made["payee"], made["category_id"], made["tags"]) == ("Café", fun, ["treat"])
    health = ada.category("Health")
    ada.spend(main, "-4", "coffee", category_id=health)
    ada.spend(main, "-5", "coffee", to_account_id=savings)
    ada.spend(main, "-6", "coffee", splits=[{"amount": "-1", "category_id": health}, {"amount": "-5"}])
    by_size = {one["amount"]["amount"]: one for one in rows(ada)}
    assert (by_size["-4.00"]["category_id"], by_size["-4.00"]["payee"]) == (health, "Café")
    assert (by_size["-5.00"]["kind"], by_size["-5.00"]["payee"]) == ("transfer", "coffee")
    assert [one["category_id"] for one in by_size["-6.00"]["splits"]] == [health, None]
    make(ada, {"texts": [{"value": "to savings"}]}, transfer_account_id=savings)
    moved = ada.http.get(f"/transactions/{ada.spend(main, '-9', 'To savings')}").json()
    assert (moved["kind"], moved["transfer"]["account_id"]) == ("transfer", savings)
    back = ada.http.get(f"/transactions/{ada.spend(main, '9', 'To savings')}").json()
    assert (back["account_id"], back["transfer"]["account_id"]) == (savings, main)
    chosen = ada.http.get(f"/transactions/{ada.spend(main, '-9', 'To savings', category_id=health)}").json()
    assert (chosen["kind"], chosen["category_id"]) == ("standard", health)


def test_a_preview_shows_what_would_change_and_changes_nothing(ada, main, fun):
    for day in range(1, 6):
        ada.spend(main, "-3", f"Coffee {day}", f"2026-10-0{day}")
        ada.spend(main, "-3", "Tea", f"2026-10-0{day}")
    before = rows(ada)
    wanted = {"name": "r", "conditions": COFFEE, "actions": {"category_id": fun, "tags": ["new"], "payee": "Café"}}
    seen, cursor, pages = [], None, 0
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = ada.http.post("/rules/preview", json=wanted, params=query).json()
        seen += page["items"]
        cursor, pages = page["next_cursor"], pages + 1
        if cursor is None:
            break
    assert [one["transaction"]["payee"] for one in seen] == [f"Coffee {day}" for day in range(5, 0, -1)]
    assert {(one["payee"], one["category_id"], *one["tags"]) for one in seen} == {("Café", fun, "new")}
    assert pages == 3
    assert rows(ada) == before
    assert ada.http.get("/tags").json() == []
    problem(ada.http.post("/rules/preview", json=wanted, params={"cursor": "x"}), 422, "invalid")
    kept = make(ada, category_id=fun)
    assert len(ada.http.post(f"/rules/{kept['id']}/preview").json()["items"]) == 5


def test_history_is_ruled_once(ada, main, fun):
    savings = ada.account("Savings")
    coffee = [ada.spend(main, "-3", "Coffee") for _ in range(3)]
    split = ada.spend(main, "-3", "Coffee", splits=[{"amount": "-1"}, {"amount": "-2"}])
    ada.spend(main, "-3", "Tea")
    aside = ada.spend(main, "-50", "Aside")
    before = {row["name"]: row["balance"]["amount"] for row in ada.http.get("/accounts").json()}
    first = make(ada, category_id=fun, payee="Café", tags=["treat"], status="reconciled")
    make(ada, {"texts": [{"operator": "equals", "value": "aside"}]}, transfer_account_id=savings)
    assert ada.http.post(f"/rules/{first['id']}/apply").json() == {"examined": 6, "changed": 4}
    assert ada.http.post(f"/rules/{first['id']}/apply").json() == {"examined": 6, "changed": 0}
    foreseen = ada.http.post("/rules/apply/preview").json()["items"]
    assert [(one["transaction"]["id"], one["transfer_account_id"]) for one in foreseen] == [(aside, savings)]
    assert ada.http.post("/rules/apply").json() == {"examined": 6, "changed": 1}
    assert ada.http.post("/rules/apply/preview").json()["items"] == []
    assert ada.http.post("/rules/apply").json() == {"examined": 5, "changed": 0}
    for one in coffee:
        row = ada.http.get(f"/transactions/{one}").json()
        assert (row["payee"], row["category_id"], row["tags"], row["status"]) == ("Café", fun, ["treat"], "reconciled")
    row = ada.http.get(f"/transactions/{split}").json()
    assert (row["payee"], row["tags"], len(row["splits"])) == ("Café", ["treat"], 2)
    assert ada.http.get(f"/transactions/{aside}").json()["kind"] == "transfer"
    after = {row["name"]: row["balance"]["amount"] for row in ada.http.get("/accounts").json()}
    assert after == before | {"Savings": "50.00"}


def test_a_rule_that_makes_transfers_keeps_the_line_of_the_statement(ada, main):
    savings = ada.account("Savings")
    statement = b"Date,Description,Amount\n2026-11-01,Aside,-30\n2026-11-02,Back,10\n"
    assert ada.imported(main, statement).json()["imported"] == 2
    make(ada, {"texts": [{"value": "aside"}, {"value": "back"}], "any_text": True}, transfer_account_id=savings)
    assert ada.http.post("/rules/apply").json()["changed"] == 2
    assert {row["name"]: row["balance"]["amount"] for row in ada.http.get("/accounts").json()} == {
        "Main": "-20.00",
        "Savings": "20.00",
    }
    assert ada.imported(main, statement).json()["duplicates"] == 2


def test_rules_are_tried_in_the_order_that_is_wanted(ada, main, fun):
    health = ada.category("Health")
    ids = [make(ada, category_id=category)["id"] for category in (fun, health)]
    assert ada.http.get(f"/transactions/{ada.spend(main, '-1', 'coffee')}").json()["category_id"] == health
    assert [one["id"] for one in ada.http.post("/rules/order", json={"ids": ids[::-1]}).json()] == ids[::-1]
    assert ada.http.get(f"/transactions/{ada.spend(main, '-1', 'coffee')}").json()["category_id"] == fun
    ada.http.patch(f"/rules/{ids[0]}", json={"enabled": False})
    assert ada.http.get(f"/transactions/{ada.spend(main, '-1', 'coffee')}").json()["category_id"] == health
    for wrong in ([ids[0]], [ids[0], ids[0]], [*ids, str(uuid.UUID(int=0))]):
        assert (
            problem(ada.http.post("/rules/order", json={"ids": wrong}), 422, "invalid")["errors"][0]["field"] == "ids"
        )


def test_rules_go_with_what_they_look_at_and_lose_what_is_gone(ada, main, fun):
    savings = ada.account("Savings")
    looks = make(ada, {"account_id": savings}, category_id=fun)["id"]
    moves = make(ada, COFFEE, transfer_account_id=savings, tags=["x"])["id"]
    (tag,) = ada.http.get("/tags").json()
    ada.http.delete(f"/accounts/{savings}")
    ada.http.delete(f"/tags/{tag['id']}")
    problem(ada.http.get(f"/rules/{looks}"), 404, "not_found")
    actions = ada.http.get(f"/rules/{moves}").json()["actions"]
    assert (actions["transfer_account_id"], actions["tags"]) == (None, [])


def test_a_rule_names_nothing_of_anybody_else(ada, eve, main, fun):
    hers, her_category = eve.account(), eve.category("Health")
    her_rule = make(eve, category_id=her_category)["id"]
    for conditions, actions in (
        ({"account_id": hers}, {"category_id": fun}),
        (COFFEE, {"category_id": her_category}),
        (COFFEE, {"transfer_account_id": hers}),
    ):
        wanted = {"name": "r", "conditions": conditions, "actions": actions}
        problem(ada.http.post("/rules", json=wanted), 422, "invalid")
    for method, path in (
        ("get", ""),
        ("patch", ""),
        ("delete", ""),
        ("post", "/preview"),
        ("post", "/apply"),
    ):
        body = {"json": {"name": "x"}} if method == "patch" else {}
        problem(ada.http.request(method, f"/rules/{her_rule}{path}", **body), 404, "not_found")
    problem(ada.http.post("/rules/order", json={"ids": [her_rule]}), 422, "invalid")
