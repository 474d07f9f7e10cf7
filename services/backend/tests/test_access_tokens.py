"""Personal access tokens: for programs, within their scopes, and never more than that."""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest

from wealth_backend.auth import tokens

from .conftest import ORIGIN, TLS, Person, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Corner Shop,-6.66\n"
PLAIN = "wc_pat_" + "A" * 64


def program(person: Person, *scopes: str, **more: object) -> httpx.Client:
    """Has a token, and neither cookies nor an Origin header."""
    answer = person.http.post("/auth/tokens", json={"name": "Robot", "scopes": scopes, **more})
    assert answer.status_code == 201, answer.text
    return with_token(person, answer.json()["token"])


def with_token(person: Person, token: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": secrets.token_hex(8)}
    return httpx.Client(base_url=person.http.base_url, headers=headers, verify=TLS, timeout=60)


def as_robot(person: Person, http: httpx.Client) -> Person:
    return Person(http, person.id, person.email)


def test_a_token_reads_and_writes_without_cookie_and_origin(ada):
    robot = as_robot(ada, program(ada, "read", "write"))
    account = robot.account("By a robot")
    robot.spend(account, "-1")
    assert [one["id"] for one in ada.http.get("/accounts").json()] == [account]


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [(["read"], {"read"}), (["write"], {"write"}), (["import"], {"import"}), (["read", "import"], {"read", "import"})],
)
def test_a_token_does_what_its_scopes_say(ada, scopes, allowed):
    account = ada.account()
    robot = as_robot(ada, program(ada, *scopes))
    tries = {
        "read": lambda: robot.http.get("/transactions"),
        "write": lambda: robot.http.post("/categories", json={"name": secrets.token_hex(4)}),
        "import": lambda: robot.imported(account, STATEMENT),
    }
    for scope, attempt in tries.items():
        answer = attempt()
        if scope in allowed:
            assert answer.is_success, answer.text
            continue
        assert scope in problem(answer, 403, "insufficient_scope")["detail"]
        assert answer.headers["www-authenticate"] == f'Bearer error="insufficient_scope", scope="{scope}"'


def test_no_token_reaches_what_belongs_to_the_person(ada):
    robot = program(ada, "read", "write", "import")
    for method, path, body in (
        ("GET", "/auth/me", None),
        ("PATCH", "/auth/me", {"name": "Robot"}),
        ("DELETE", "/auth/me", None),
        ("GET", "/auth/sessions", None),
        ("POST", "/auth/sign-out-everywhere", None),
        ("POST", "/auth/password", {"current_password": "x", "new_password": "another short sentence"}),
        ("GET", "/auth/tokens", None),
        ("POST", "/auth/tokens", {"name": "Child", "scopes": ["write"]}),
    ):
        problem(robot.request(method, path, json=body), 403, "insufficient_scope")
    assert ada.http.get("/auth/me").json()["name"] == "Ada"


def test_a_token_is_shown_once_and_only_its_digest_is_kept(ada, database):
    made = ada.http.post("/auth/tokens", json={"name": "Robot", "scopes": ["write", "read", "read"], "days": 30}).json()
    token = made.pop("token")
    assert re.fullmatch(r"wc_pat_[A-Za-z0-9_-]{64}[0-9A-Za-z]{6}", token)
    assert ada.http.get("/auth/tokens").json() == [made]
    assert (made["scopes"], made["last_used_at"]) == (["read", "write"], None)
    lasts = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < lasts <= timedelta(days=30)
    with psycopg.connect(database.superuser) as connection:
        for table in ("access_tokens", "audit_events", "idempotency_keys"):
            kept = str(connection.execute(f"SELECT * FROM {table} WHERE user_id = %s", [ada.id]).fetchall())  # noqa: S608
            assert token[7:40] not in kept
    assert with_token(ada, token).get("/accounts").status_code == 200
    (listed,) = ada.http.get("/auth/tokens").json()
    assert datetime.now(UTC) - datetime.fromisoformat(listed["last_used_at"]) < timedelta(minutes=1)


def test_a_revoked_token_is_refused_at_once(ada, eve):
    robot = program(ada, "read")
    assert robot.get("/accounts").status_code == 200
    (listed,) = ada.http.get("/auth/tokens").json()
    problem(eve.http.delete(f"/auth/tokens/{listed['id']}"), 404, "not_found")
    assert robot.get("/accounts").status_code == 200
    assert ada.http.delete(f"/auth/tokens/{listed['id']}").status_code == 204
    problem(robot.get("/accounts"), 401, "invalid_token")
    events = [one["event"] for one in ada.http.get("/audit").json()["items"]]
    assert events[:2] == ["token.revoked", "token.made"]


def test_a_token_that_has_run_out_is_refused(ada, database):
    robot = program(ada, "read")
    assert robot.get("/accounts").status_code == 200
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute("UPDATE access_tokens SET expires_at = now() WHERE user_id = %s", [ada.id])
    answer = robot.get("/accounts")
    problem(answer, 401, "invalid_token")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic YTpi", f"Bearer {PLAIN}000000", "Bearer \u00e9"])
def test_what_is_no_token_is_refused_even_with_a_session_besides(ada, header):
    problem(ada.http.get("/accounts", headers={"Authorization": header.encode("latin-1")}), 401, "invalid_token")


def test_a_well_formed_token_that_nobody_made_is_refused(ada, eve):
    problem(with_token(ada, tokens.new_token(uuid.uuid4())).get("/accounts"), 401, "invalid_token")
    robot = program(eve, "read")
    claims = tokens.read_token(robot.headers["authorization"].removeprefix("Bearer "))
    assert str(claims.user_id) == eve.id


def test_a_cookie_needs_an_origin_whatever_else_is_sent(ada):
    robot = program(ada, "write")
    cookie = {"Cookie": f"wealth_session={ada.http.cookies['wealth_session']}"}
    problem(robot.post("/categories", json={"name": "x"}, headers=cookie), 403, "wrong_origin")
    assert robot.post("/categories", json={"name": "x"}, headers=cookie | {"Origin": ORIGIN}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"days": 366}, {"days": 0}, {"scopes": []}, {"scopes": ["admin"]}, {"name": ""}, {"name": "x" * 101}],
)
def test_a_token_has_a_name_a_scope_and_an_end(ada, wrong):
    problem(ada.http.post("/auth/tokens", json={"name": "Robot", "scopes": ["read"]} | wrong), 422, "invalid")


def test_a_user_has_a_bounded_number_of_tokens(ada, database):
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO access_tokens (id, user_id, name, digest, scopes, expires_at)"
            " SELECT gen_random_uuid(), %s, 'x', gen_random_uuid()::text::bytea, '{read}', now()"
            " FROM generate_series(1, 50)",
            [ada.id],
        )
    problem(ada.http.post("/auth/tokens", json={"name": "Robot", "scopes": ["read"]}), 409, "too_many_tokens")


def test_a_key_works_with_a_token_too(ada):
    robot = program(ada, "write")
    first, again = (
        robot.post("/categories", json={"name": "Robots"}, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert (first.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
