"""The verification leaves nothing behind: no throw-away user, no pod of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.stack import Stack

USERS = "select count(*) from users where email like 'verify-%'"


def test_throw_away_users_are_gone(stack: Stack) -> None:
    assert stack.kubectl("exec", "database-0", "--", "psql", "--username=wealth_owner", "-Atc", USERS, "wealth")
