"""Notifications: read, read all, dismissed."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.models import NotificationKind
from wealth_core.repositories import NewNotification, NotificationRepository
from wealth_core.settings import DatabaseSettings

from .conftest import problem


@pytest.fixture
def tell(database):
    """Notifies a person of these, in this order."""

    async def notify(person, keys: str) -> list[bool]:
        opened = Database(DatabaseSettings(database_url=SecretStr(database.backend), database_connect_timeout_s=30))
        async with opened.transaction(uuid.UUID(person.id)) as session:
            made = [
                await NotificationRepository(session).notify(
                    uuid.UUID(person.id),
                    NewNotification(NotificationKind.GOAL_REACHED, key, f"Goal {key}", "It is reached."),
                )
                for key in keys
            ]
        await opened.close()
        return made

    return lambda person, keys: asyncio.run(notify(person, keys))


def titles(person, **query):
    return [one["title"] for one in person.http.get("/notifications", params=query).json()["items"]]


def test_the_newest_come_first_in_pages(ada, tell):
    tell(ada, "abcde")
    first = ada.http.get("/notifications", params={"limit": 3}).json()
    rest = ada.http.get("/notifications", params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [one["title"] for one in first["items"] + rest["items"]] == [f"Goal {key}" for key in "edcba"]
    assert (first["unread"], rest["unread"], rest["next_cursor"]) == (5, 5, None)
    newest = first["items"][0]
    assert newest == {
        "id": newest["id"],
        "kind": "goal_reached",
        "title": "Goal e",
        "message": "It is reached.",
        "subject_id": None,
        "created_at": newest["created_at"],
        "read": False,
    }


def test_they_can_be_read_and_unread(ada, tell):
    tell(ada, "abc")
    one = ada.http.get("/notifications").json()["items"][1]
    assert ada.http.patch(f"/notifications/{one['id']}", json={"read": True}).json() == one | {"read": True}
    assert titles(ada, unread=True) == ["Goal c", "Goal a"]
    assert ada.http.get("/notifications").json()["unread"] == 2
    assert ada.http.patch(f"/notifications/{one['id']}", json={"read": False}).json() == one
    assert ada.http.post("/notifications/read-all").json() == {"marked": 3}
    assert ada.http.get("/notifications").json()["unread"] == 0
    assert len(titles(ada)) == 3


def test_a_dismissed_one_is_gone_and_is_not_made_again(ada, tell):
    assert tell(ada, "ab") == [True, True]
    one = ada.http.get("/notifications").json()["items"][0]
    assert ada.http.delete(f"/notifications/{one['id']}").status_code == 204
    assert tell(ada, "ab") == [False, False]
    assert titles(ada) == ["Goal a"]
    assert ada.http.get("/notifications").json()["unread"] == 1
    problem(ada.http.delete(f"/notifications/{one['id']}"), 404, "not_found")
    problem(ada.http.patch(f"/notifications/{one['id']}", json={"read": True}), 404, "not_found")


def test_a_request_that_makes_no_sense(ada):
    for query, field in (
        ({"cursor": "nonsense"}, "cursor"),
        ({"limit": 0}, "limit"),
        ({"unread": "perhaps"}, "unread"),
    ):
        body = problem(ada.http.get("/notifications", params=query), 422, "invalid")
        assert body["errors"][0]["field"] == f"query.{field}"
    problem(ada.http.patch(f"/notifications/{uuid.uuid4()}", json={"read": True}), 404, "not_found")
    assert ada.http.patch("/notifications/read-all", json={"read": True}).status_code == 405
