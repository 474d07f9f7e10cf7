"""Sign-up, sessions, and what protects them."""

import json
import re
import secrets
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import psycopg
import pytest
from pydantic import SecretStr

from tests.support.books import KEY
from wealth_backend.app import build_app
from wealth_backend.auth.keys import Keyring
from wealth_backend.auth.sessions import COOKIE, SessionError, SessionTokens
from wealth_backend.settings import Settings
from wealth_core.models import SignInSession

from .conftest import JWT_KEY, ORIGIN, PASSWORD, TLS, browser, problem, sign_up


def test_a_session_lasts_from_sign_up_to_sign_out(visitor):
    email = f"  {secrets.token_hex(6)}@Example.ORG "
    answer = visitor.post("/auth/sign-up", json={"email": email, "password": PASSWORD, "currency": "eur"})
    assert answer.status_code == 201
    assert answer.json() == {
        "id": answer.json()["id"],
        "email": email.strip().lower(),
        "name": None,
        "currency": "EUR",
        "language": "en",
        "theme": "system",
    }
    assert visitor.get("/auth/me").json() == answer.json()

    old = visitor.cookies[COOKIE]
    left = visitor.post("/auth/sign-out")
    assert left.status_code == 204
    assert COOKIE not in visitor.cookies
    problem(visitor.get("/auth/me"), 401, "signed_out")
    problem(visitor.get("/auth/me", headers={"Cookie": f"{COOKIE}={old}"}), 401, "signed_out")
    assert visitor.post("/auth/sign-out").status_code == 204

    answer = visitor.post("/auth/sign-in", json={"email": email.upper(), "password": PASSWORD})
    assert answer.status_code == 200
    assert visitor.get("/auth/me").status_code == 200


def test_who_reads_urdu_says_so_when_signing_up(visitor):
    wanted = {"email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD, "language": "ur"}
    assert visitor.post("/auth/sign-up", json=wanted).json()["language"] == "ur"
    assert visitor.get("/auth/me").json()["language"] == "ur"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor):
    answer = visitor.post("/auth/sign-up", json={"email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD})
    flags = {}
    for cookie in answer.headers.get_list("set-cookie"):
        name, *rest = cookie.split(";")
        flags[name.split("=")[0]] = {part.strip().lower() for part in rest}
    assert flags == {
        "wealth_session": {"httponly", "samesite=lax", "path=/", "max-age=604800"},
        "wealth_refresh": {"httponly", "samesite=strict", "path=/api/v1/auth", "max-age=604800"},
    }


@pytest.mark.anyio
async def test_behind_https_the_cookie_is_secure(database):
    settings = Settings(
        database_url=SecretStr(database.backend),
        jwt_key=SecretStr(JWT_KEY),
        mcp_token_key=KEY,
        public_url="https://Money.example.org:443/",
    )
    app, _ = build_app(settings)
    account = {"email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://backend/api/v1") as client:
        problem(await client.post("/auth/sign-up", json=account, headers={"Origin": ORIGIN}), 403, "wrong_origin")
        origin = {"Origin": "https://money.example.org"}
        answer = await client.post("/auth/sign-up", json=account, headers=origin)
        assert answer.status_code == 201
        assert all("secure" in cookie.lower() for cookie in answer.headers.get_list("set-cookie"))


def test_a_taken_address_is_a_conflict(ada, visitor):
    answer = visitor.post("/auth/sign-up", json={"email": ada.email.upper(), "password": PASSWORD})
    assert "sign in instead" in problem(answer, 409, "email_taken")["detail"]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"password": "too short"}, "password", "needs at least 12 characters"),
        ({"password": "x" * 300}, "password", "may have at most 256 characters"),
        ({"password": "half a pair \ud800 of it"}, "password", "can't be stored"),
        ({"password": None}, "password", "has to be a text"),
        ({"email": "nobody"}, "email", "not an email address"),
        ({"email": "a@b@c"}, "email", "not an email address"),
        ({"email": "nül@example.org"}, "email", "not an email address"),
        ({"currency": "XXQ"}, "currency", "not a currency"),
        ({"name": "two\nlines"}, "name", "control characters"),
        ({"name": "x\u0000"}, "name", "control characters"),
        ({"role": "admin"}, "role", "is not known here"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_and_no_password_is_repeated(visitor, change, field, message):
    wanted = {"email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD} | change
    answer = visitor.post("/auth/sign-up", content=jsonish(wanted), headers={"Content-Type": "application/json"})
    body = problem(answer, 422, "invalid")
    assert [(one["field"], message in one["message"]) for one in body["errors"]] == [(field, True)]
    assert message in body["detail"] or field in body["detail"].lower()
    assert str(change.get("password") or PASSWORD) not in answer.text


def jsonish(value) -> bytes:
    """With half surrogate pairs, which a browser can send and Python's client can't."""
    return json.dumps(value).encode()


def test_a_wrong_password_and_an_unknown_address_look_the_same_and_take_the_same_time(served, ada):
    def attempt(email: str) -> tuple[float, str]:
        with browser(served) as visitor:
            started = time.perf_counter()
            answer = visitor.post("/auth/sign-in", json={"email": email, "password": "not the password of anyone"})
            took = time.perf_counter() - started
        body = problem(answer, 401, "wrong_credentials")
        return took, body["detail"]

    attempts = [(attempt(ada.email), attempt(f"{secrets.token_hex(6)}@example.org")) for _ in range(6)]
    assert {detail for pair in attempts for _, detail in pair} == {attempts[0][0][1]}
    known, unknown = (min(pair[side][0] for pair in attempts) for side in (0, 1))
    assert unknown > known / 2, f"known {known:.3f} s, unknown {unknown:.3f} s"


def test_the_same_characters_typed_in_another_way_are_the_same_password(visitor):
    email = f"{secrets.token_hex(6)}@example.org"
    assert visitor.post("/auth/sign-up", json={"email": email, "password": "Zu\u0308rich is nice"}).status_code == 201
    assert visitor.post("/auth/sign-in", json={"email": email, "password": "Z\u00fcrich is nice"}).status_code == 200


def forged(key: str = JWT_KEY, algorithm: str = "HS256", headers: dict | None = None, **changes) -> str:
    now = datetime.now(UTC)
    tokens = SessionTokens(Keyring(SecretStr(JWT_KEY)))
    real = tokens.issue(SignInSession(id=uuid.uuid4(), user_id=uuid.uuid4(), expires_at=now + timedelta(hours=1)))
    claims = jwt.decode(real, options={"verify_signature": False}) | changes
    header = {"kid": jwt.get_unverified_header(real)["kid"], "typ": "session+jwt"} | (headers or {})
    given, names = ({name: value for name, value in part.items() if value is not None} for part in (claims, header))
    return jwt.encode(given, key, algorithm, names)


PAST = datetime.now(UTC) - timedelta(hours=1)
FORGERIES = {
    "empty": lambda: "",
    "noise": lambda: "not.a.token",
    "too long": lambda: "a" * 5000,
    "no algorithm": lambda: forged("", "none"),
    "other key": lambda: forged("another-key-of-sufficient-length!!"),
    "other algorithm": lambda: forged(2 * JWT_KEY, "HS512"),
    "other key id": lambda: forged(headers={"kid": "0" * 16}),
    "no key id": lambda: forged(headers={"kid": None}),
    "key id of another type": lambda: forged(headers={"kid": "../../dev/null"}),
    "other kind of token": lambda: forged(headers={"typ": "JWT"}),
    "unknown critical header": lambda: forged(headers={"crit": ["x"], "x": 1}),
    "other issuer": lambda: forged(iss="mallory"),
    "no issuer": lambda: forged(iss=None),
    "other audience": lambda: forged(aud="mcp"),
    "no audience": lambda: forged(aud=None),
    "expired": lambda: forged(exp=PAST),
    "no expiry": lambda: forged(exp=None),
    "not yet valid": lambda: forged(nbf=datetime.now(UTC) + timedelta(hours=1)),
    "no subject": lambda: forged(sub=None),
    "subject is no id": lambda: forged(sub="admin"),
    "no session": lambda: forged(jti=None),
    "a session that never began": forged,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_session_is_nobodys(served, visitor, name):
    token = FORGERIES[name]()
    problem(visitor.get("/auth/me", headers={"Cookie": f"{COOKIE}={token}"}), 401, "signed_out")
    if name != "a session that never began":
        with pytest.raises(SessionError):
            SessionTokens(Keyring(SecretStr(JWT_KEY))).read(token)
    assert not token or token == "not.a.token" or token not in served.log.read_text()


def test_a_session_token_that_was_taken_is_refused_when_it_has_run_out(monkeypatch):
    tokens, token = SessionTokens(Keyring(SecretStr(JWT_KEY))), forged()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert str(tokens.read(token).session_id) == claims["jti"]
    monkeypatch.setattr("time.time", lambda: float(claims["exp"]))
    with pytest.raises(SessionError):
        tokens.read(token)


def test_a_real_session_under_another_users_name_is_refused(ada, eve, visitor):
    mine = jwt.decode(ada.http.cookies[COOKIE], options={"verify_signature": False})
    token = forged(sub=eve.id, jti=mine["jti"])
    problem(visitor.get("/auth/me", headers={"Cookie": f"{COOKIE}={token}"}), 401, "signed_out")


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", f"{ORIGIN}.evil.example", "http://localhost", "https://localhost:8080"],
)
def test_a_write_from_another_site_is_refused(ada, origin):
    headers = [("Cookie", f"{COOKIE}={ada.http.cookies[COOKIE]}")] + ([("Origin", origin)] if origin else [])
    with httpx.Client(base_url=ada.http.base_url, verify=TLS) as other:
        body = problem(other.post("/accounts", headers=headers, json={"name": "Stolen"}), 403, "wrong_origin")
        assert ORIGIN in body["detail"]
        problem(other.delete("/auth/me", headers=headers), 403, "wrong_origin")
        assert other.get("/accounts", headers=headers).json() == []


def test_two_origins_are_no_origin(ada):
    headers = [
        ("Origin", ORIGIN),
        ("Origin", "http://evil.example"),
        ("Cookie", f"{COOKIE}={ada.http.cookies[COOKIE]}"),
    ]
    with httpx.Client(base_url=ada.http.base_url, verify=TLS) as other:
        problem(other.post("/accounts", headers=headers, json={"name": "Stolen"}), 403, "wrong_origin")


def test_guessing_one_password_is_slowed_down_for_the_guesser_only(served, ada):
    guesser = browser(served)
    wrong = {"email": ada.email, "password": "one of many guesses"}
    for _ in range(10):
        problem(guesser.post("/auth/sign-in", json=wrong), 401, "wrong_credentials")
    answer = guesser.post("/auth/sign-in", json=wrong)
    problem(answer, 429, "too_many_attempts")
    assert 1 <= int(answer.headers["retry-after"]) <= 300
    # What a client says about its address stands before what the proxy adds.
    spoofed = {"X-Forwarded-For": f"203.0.113.9, {guesser.headers['x-forwarded-for'].rsplit(', ', 1)[1]}"}
    problem(guesser.post("/auth/sign-in", json=wrong, headers=spoofed), 429, "too_many_attempts")
    assert browser(served).post("/auth/sign-in", json={"email": ada.email, "password": PASSWORD}).status_code == 200


def test_signing_in_wipes_the_slate(served, ada):
    visitor = browser(served)
    for _ in range(2):
        for _ in range(9):
            answer = visitor.post("/auth/sign-in", json={"email": ada.email, "password": "one of many guesses"})
            assert answer.status_code == 401
        assert visitor.post("/auth/sign-in", json={"email": ada.email, "password": PASSWORD}).status_code == 200


def test_deleting_the_account_leaves_nothing(ada, database):
    account = ada.account(opening_balance="100.00")
    ada.spend(account, "-5.00", category_id=ada.category("Groceries"))
    assert ada.imported(account, b"Date,Description,Amount\n2026-11-01,Foo,-1\n").status_code == 201
    assert ada.http.delete("/auth/me").status_code == 204
    problem(ada.http.get("/auth/me"), 401, "signed_out")
    with psycopg.connect(database.superuser) as connection:
        for table in ("accounts", "categories", "imports", "transactions", "postings", "sessions"):
            rows = connection.execute(f"SELECT count(*) FROM {table} WHERE user_id = %s", [ada.id]).fetchone()  # noqa: S608
            assert rows == (0,), table
        assert connection.execute("SELECT count(*) FROM users WHERE id = %s", [ada.id]).fetchone() == (0,)
    again = {"email": ada.email, "password": PASSWORD}
    problem(ada.http.post("/auth/sign-in", json=again), 401, "wrong_credentials")
    assert ada.http.post("/auth/sign-up", json=again).status_code == 201


def test_everyone_starts_with_categories_of_their_own(ada, eve):
    mine, hers = ada.http.get("/categories").json(), eve.http.get("/categories").json()
    assert {"Groceries", "Salary"} <= {one["name"] for one in mine}
    assert not {one["id"] for one in mine} & {one["id"] for one in hers}


def test_passwords_are_stored_as_argon2id_at_the_recommended_floor(ada, database):
    with psycopg.connect(database.superuser) as connection:
        (stored,) = connection.execute("SELECT password_hash FROM users WHERE id = %s", [ada.id]).fetchone()
    memory, passes, lanes = map(int, re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", stored).groups())
    assert (memory >= 19456, passes >= 2, lanes) == (True, True, 1)


def test_many_sign_ups_at_once_take_bounded_memory_and_block_nobody(served):
    def resident() -> int:
        status = Path(f"/proc/{served.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024

    before, peak, waits = resident(), 0, []
    with ThreadPoolExecutor(24) as crowd:
        people = [crowd.submit(sign_up, served) for _ in range(24)]
        while not all(one.done() for one in people):
            started = time.perf_counter()
            assert httpx.get(f"{served.address}/healthz", verify=TLS).status_code == 200
            waits.append(time.perf_counter() - started)
            peak = max(peak, resident())
    assert sum(one.exception() is None for one in people) > len(people) / 2  # the others were told to come back
    assert all("503" in str(one.exception()) for one in people if one.exception())
    # Two hashes at a time take 38 MiB; two dozen would take 450.
    assert peak - before < 100
    assert sorted(waits)[len(waits) // 2] < 1  # more than 50 ms only where other programs want the cores too
