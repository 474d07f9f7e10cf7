"""Trees of categories: their shape, merging, and what they add up to."""

import uuid

import pytest

from .conftest import problem


def make(person, name: str, parent: str | None = None, **more) -> str:
    answer = person.http.post("/categories", json={"name": name, "parent_id": parent, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def chain(person, length: int, name: str = "Level") -> list[str]:
    ids: list[str] = []
    for level in range(length):
        ids.append(make(person, f"{name} {level}", ids[-1] if ids else None))
    return ids


def category(person, category_id: str) -> dict:
    return person.http.get(f"/categories/{category_id}").json()


def test_a_category_has_a_place_an_icon_and_a_colour(ada):
    home = make(ada, "Home", icon="🏠", color="#2F7D5B", position=3)
    made = category(ada, home)
    assert made == {
        "id": home,
        "name": "Home",
        "kind": "expense",
        "parent_id": None,
        "icon": "🏠",
        "color": "#2f7d5b",
        "position": 3,
    }
    rent = make(ada, "Rent", home)
    assert category(ada, rent)["parent_id"] == home
    url = f"/categories/{rent}"
    changed = ada.http.patch(url, json={"icon": "key", "position": 1, "color": None}).json()
    assert (changed["name"], changed["parent_id"], changed["icon"], changed["position"]) == ("Rent", home, "key", 1)
    assert ada.http.patch(url, json={"parent_id": None}).json()["parent_id"] is None
    wage = make(ada, "Wage", ada.category("Salary"))
    assert category(ada, wage)["kind"] == "income"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parent_id": str(uuid.UUID(int=0))}, "parent_id"),
        ({"parent_id": "income"}, "parent_id"),
        ({"color": "red"}, "color"),
        ({"icon": "x" * 33}, "icon"),
        ({"position": -1}, "position"),
    ],
)
def test_a_category_that_can_not_be_taken(ada, change, field):
    if change.get("parent_id") == "income":
        change = {"parent_id": ada.category("Salary")}
    for answer in (
        ada.http.post("/categories", json={"name": "New", "kind": "expense"} | change),
        ada.http.patch(f"/categories/{ada.category('Groceries')}", json=change),
    ):
        assert problem(answer, 422, "invalid")["errors"][0]["field"] == field


def test_a_tree_is_no_deeper_than_five_and_has_no_circle(ada, eve):
    ids = chain(ada, 5)
    answer = ada.http.post("/categories", json={"name": "Too deep", "parent_id": ids[-1]})
    assert "5 levels" in problem(answer, 422, "invalid")["detail"]
    for child in (ids[0], ids[2]):
        answer = ada.http.patch(f"/categories/{ids[0]}", json={"parent_id": child})
        assert "below itself" in problem(answer, 422, "invalid")["detail"]
    two = chain(ada, 2, "Other")
    problem(ada.http.patch(f"/categories/{two[0]}", json={"parent_id": ids[3]}), 422, "invalid")
    assert ada.http.patch(f"/categories/{two[0]}", json={"parent_id": ids[2]}).status_code == 200
    problem(ada.http.patch(f"/categories/{two[0]}", json={"parent_id": make(eve, "Hers")}), 422, "invalid")


def test_a_category_that_goes_lifts_those_below_it(ada):
    ids = chain(ada, 3)
    one = ada.spend(ada.account(), "-5", category_id=ids[1])
    assert ada.http.delete(f"/categories/{ids[1]}").status_code == 204
    assert category(ada, ids[2])["parent_id"] == ids[0]
    assert ada.http.get(f"/transactions/{one}").json()["category_id"] is None


def test_merging_moves_all_that_names_the_category(ada):
    account = ada.account()
    old, child, new = make(ada, "Old"), None, make(ada, "New")
    child = make(ada, "Child", old)
    spent = ada.spend(account, "-5", category_id=old)
    split = [{"amount": "-1", "category_id": old}, {"amount": "-2", "category_id": new}]
    parts = ada.spend(account, "-3", splits=split)
    rule = {
        "name": "r",
        "conditions": {"texts": [{"value": "x"}]},
        "actions": {"category_id": old},
    }
    rule_id = ada.http.post("/rules", json=rule).json()["id"]
    merged = ada.http.post(f"/categories/{old}/merge", json={"into_id": new})
    assert (merged.status_code, merged.json()["id"]) == (200, new)
    problem(ada.http.get(f"/categories/{old}"), 404, "not_found")
    assert ada.http.get(f"/transactions/{spent}").json()["category_id"] == new
    assert {one["category_id"] for one in ada.http.get(f"/transactions/{parts}").json()["splits"]} == {new}
    assert ada.http.get(f"/rules/{rule_id}").json()["actions"]["category_id"] == new
    assert category(ada, child)["parent_id"] == new


def test_a_merge_that_makes_no_sense_changes_nothing(ada, eve):
    ids = chain(ada, 2)
    hers = make(eve, "Hers")
    deep = chain(ada, 5, "Deep")
    for into in (ids[0], ids[1], ada.category("Salary"), hers, str(uuid.UUID(int=0)), deep[4]):
        answer = ada.http.post(f"/categories/{ids[0]}/merge", json={"into_id": into})
        assert problem(answer, 422, "invalid")["errors"][0]["field"] == "into_id"
    problem(ada.http.post(f"/categories/{hers}/merge", json={"into_id": ids[0]}), 404, "not_found")
    assert category(ada, ids[1])["parent_id"] == ids[0]


def test_search_and_summary_know_what_is_below(ada):
    ids = chain(ada, 3)
    account = ada.account()
    lowest = ada.spend(account, "-5", category_id=ids[2])
    ada.spend(account, "-7", category_id=ids[0])
    ada.spend(account, "-1", category_id=ada.category("Groceries"))

    def found(category_id: str) -> list[str]:
        rows = ada.http.get("/transactions", params={"category_id": category_id}).json()["items"]
        return [one["id"] for one in rows]

    assert found(ids[1]) == found(ids[2]) == [lowest]
    assert len(found(ids[0])) == 2

    def spent(**query) -> dict[str, str]:
        month = ada.http.get("/summary/monthly", params={"month": "2026-10"} | query).json()
        return {one["name"]: one["amount"]["amount"] for one in month["categories"]}

    assert spent() == {"Level 0": "7.00", "Level 2": "5.00", "Groceries": "1.00"}
    assert spent(rolled_up=True) == {"Level 0": "12.00", "Groceries": "1.00"}


def test_a_category_that_changed_meanwhile_is_not_overwritten(ada):
    url = f"/categories/{make(ada, 'Mine')}"
    read = ada.http.get(url).headers["ETag"]
    assert ada.http.patch(url, json={"name": "Ours"}, headers={"If-Match": read}).status_code == 200
    for answer in (
        ada.http.patch(url, json={"name": "Yours"}, headers={"If-Match": read}),
        ada.http.delete(url, headers={"If-Match": read}),
        ada.http.post(f"{url}/merge", json={"into_id": ada.category("Groceries")}, headers={"If-Match": read}),
    ):
        problem(answer, 412, "changed_meanwhile")
    assert ada.http.get(url).json()["name"] == "Ours"
