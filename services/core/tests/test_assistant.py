"""What the database itself makes of proposals and conversations, whoever writes to it."""

import uuid

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege

from wealth_core.texts import plain_text, storable

pytestmark = pytest.mark.anyio

FILE = (
    "INSERT INTO proposals (id, user_id, kind, payload, summary)"
    " VALUES (%s, %s, 'category', '{\"name\": \"Tea\"}', 'Tea')"
)


def connect(url: str, user: uuid.UUID) -> psycopg.Connection:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("SELECT set_config('app.user_id', %s, false)", [str(user)])
    return connection


async def test_the_mcp_servers_role_files_proposals_and_decides_none(database, ada, eve):
    filed = uuid.uuid4()
    with connect(database.mcp, ada.id) as connection:
        connection.execute(FILE, [filed, ada.id])
        row = connection.execute("SELECT status, expires_at - created_at FROM proposals").fetchone()
        assert row is not None
        assert (row[0], row[1].total_seconds()) == ("pending", 24 * 3600)
        with pytest.raises(InsufficientPrivilege):
            connection.execute(FILE, [uuid.uuid4(), eve.id])
        for column, value in (
            ("status", "'confirmed'"),
            ("expires_at", "'infinity'"),
            ("decided_at", "now()"),
            ("results", "'[]'"),
            ("created_at", "now()"),
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(
                    f"INSERT INTO proposals (id, user_id, kind, payload, summary, {column})"  # noqa: S608 - our own names
                    f" VALUES (gen_random_uuid(), app_user_id(), 'category', '{{}}', 'x', {value})"
                )
        for statement in (
            "UPDATE proposals SET status = 'confirmed', decided_at = now()",
            "UPDATE proposals SET payload = '{}'",
            "SELECT * FROM proposals FOR UPDATE",
            "DELETE FROM proposals",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())
    with connect(database.mcp, eve.id) as connection:
        assert connection.execute("SELECT * FROM proposals").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proposals SET status = 'confirmed'",
        "UPDATE proposals SET decided_at = now()",
        "UPDATE proposals SET status = 'expired', decided_at = now()",
        "UPDATE proposals SET kind = 'account'",
        "UPDATE proposals SET payload = '[]'",
    ],
)
async def test_a_proposal_is_always_in_one_of_its_states(database, ada, statement):
    with connect(database.backend, ada.id) as connection:
        connection.execute(FILE, [uuid.uuid4(), ada.id])
        with pytest.raises(CheckViolation):
            connection.execute(statement.encode())


async def test_a_message_belongs_to_a_conversation_of_its_own_user_and_goes_with_it(database, ada, eve):
    hers, row = (
        uuid.uuid4(),
        "INSERT INTO messages (id, user_id, conversation_id, role, text) VALUES (%s, %s, %s, 'user', 'x')",
    )
    with connect(database.backend, eve.id) as connection:
        connection.execute("INSERT INTO conversations (id, user_id, title) VALUES (%s, %s, 'x')", [hers, eve.id])
        connection.execute(row, [uuid.uuid4(), eve.id, hers])
    with connect(database.backend, ada.id) as connection, pytest.raises(ForeignKeyViolation):
        connection.execute(row, [uuid.uuid4(), ada.id, hers])
    with connect(database.backend, eve.id) as connection:
        connection.execute("DELETE FROM conversations")
        assert connection.execute("SELECT * FROM messages").fetchall() == []


def test_text_is_one_clean_line():
    assert plain_text("  Cafe\u0301 ") == "Caf\u00e9"
    assert plain_text(5) == 5
    for text in ("a\nb", "a\x00b", "a\x85b", "a\ud800b"):
        with pytest.raises(ValueError, match="control characters"):
            plain_text(text)


def test_what_can_not_be_stored_is_left_out_wherever_it_stands():
    assert storable({"a\x00": ["x\ud800y", {"b": "\x00"}, 5, None]}) == {"a": ["xy", {"b": ""}, 5, None]}
    assert storable("\U0001f375 ok") == "\U0001f375 ok"
