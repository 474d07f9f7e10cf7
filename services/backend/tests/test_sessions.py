"""Sessions: their tokens change hands safely, and people see and end them."""

from __future__ import annotations

import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import jwt
import psycopg
import pytest
from pydantic import SecretStr

from wealth_backend.auth.keys import Keyring
from wealth_backend.auth.sessions import COOKIE, REFRESH_COOKIE, SessionError, SessionTokens
from wealth_core.models import SignInSession

from .conftest import JWT_KEY, PASSWORD, browser, problem, serve_backend, sign_up

if TYPE_CHECKING:
    import httpx

NEW_KEY = "rL8vC3nX5zQ1wE7tY2uI9oP4aS6dF0gH"
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
SIGN_INS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0": "Firefox on Linux",
    f"Mozilla/5.0 (Windows NT 10.0; Win64) {_WEBKIT} Chrome/141.0 Safari/537.36 Edg/141.0": "Edge on Windows",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6) {_WEBKIT} Version/18.6 Mobile Safari/604.1": "Safari on iOS",
    f"Mozilla/5.0 (Linux; Android 16) {_WEBKIT} Chrome/141.0 Mobile Safari/537.36": "Chrome on Android",
    "curl/8.5.0": "curl",
    "(((": None,
}


def refresh_token(http: httpx.Client) -> str:
    return http.cookies.get(REFRESH_COOKIE)


def refresh(http: httpx.Client, token: str | None = None) -> httpx.Response:
    """With this token instead of the browser's own."""
    headers = {"Cookie": f"{REFRESH_COOKIE}={token}"} if token is not None else {}
    return http.post("/auth/refresh", headers=headers)


def signed_in(served, person, user_agent: str = "") -> httpx.Client:
    http = browser(served)
    answer = http.post(
        "/auth/sign-in", json={"email": person.email, "password": PASSWORD}, headers={"User-Agent": user_agent}
    )
    assert answer.status_code == 200, answer.text
    return http


def changed(database, person, setting: str) -> None:
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute(f"UPDATE sessions SET {setting} WHERE user_id = %s", [person.id])  # noqa: S608


def test_an_access_token_lasts_for_minutes(ada):
    claims = jwt.decode(ada.http.cookies[COOKIE], options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] <= 15 * 60


def test_a_refresh_gives_new_tokens_and_goes_on(ada):
    before = refresh_token(ada.http)
    answer = refresh(ada.http)
    assert answer.status_code == 200
    assert answer.json() == ada.http.get("/auth/me").json()
    assert refresh_token(ada.http) != before
    for _ in range(3):
        assert refresh(ada.http).status_code == 200


def test_an_ended_access_token_is_renewed_by_a_refresh(ada):
    ada.http.cookies.delete(COOKIE)
    problem(ada.http.get("/auth/me"), 401, "signed_out")
    assert refresh(ada.http).status_code == 200
    assert ada.http.get("/auth/me").status_code == 200


def test_a_lost_answer_is_given_once_more(ada):
    old = refresh_token(ada.http)
    first, again = refresh(ada.http, old), refresh(ada.http, old)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.cookies[REFRESH_COOKIE] == again.cookies[REFRESH_COOKIE]
    assert refresh(ada.http, again.cookies[REFRESH_COOKIE]).status_code == 200


def test_tabs_that_refresh_at_once_stay_signed_in_together(ada):
    old = refresh_token(ada.http)
    with ThreadPoolExecutor(8) as tabs:
        answers = list(tabs.map(lambda _: refresh(ada.http, old), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.cookies[REFRESH_COOKIE] for answer in answers}) == 1


def test_a_token_that_was_used_before_ends_the_session(ada, database, served):
    other = signed_in(served, ada)
    stolen = refresh_token(ada.http)
    assert refresh(ada.http).status_code == 200
    changed(database, ada, "replaced_at = replaced_at - interval '11 seconds'")
    problem(refresh(browser(served), stolen), 401, "signed_out")
    problem(ada.http.get("/auth/me"), 401, "signed_out")
    problem(refresh(ada.http), 401, "signed_out")
    assert other.get("/auth/me").status_code == 200
    assert "session.revoked" in {one["event"] for one in other.get("/audit").json()["items"]}


def test_an_older_token_ends_the_session_even_at_once(ada, served):
    oldest = refresh_token(ada.http)
    assert refresh(ada.http).status_code == 200
    assert refresh(ada.http).status_code == 200
    problem(refresh(browser(served), oldest), 401, "signed_out")
    problem(ada.http.get("/auth/me"), 401, "signed_out")


def test_an_invented_token_ends_nobodys_session(ada, served):
    real = base64.urlsafe_b64decode(refresh_token(ada.http) + "==")
    forged = real[:32] + secrets.token_bytes(48)
    for raw in (forged, real[:-1] + bytes([real[-1] ^ 1]), real[:40], b""):
        token = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        problem(refresh(browser(served), token), 401, "signed_out")
    problem(refresh(browser(served), "x" * 4000), 401, "signed_out")
    problem(refresh(browser(served), "not*a*token"), 401, "signed_out")
    assert ada.http.get("/auth/me").status_code == 200


def test_of_a_refresh_token_only_its_digest_is_kept(ada, database):
    secret = base64.urlsafe_b64decode(refresh_token(ada.http) + "==")[32:64]
    with psycopg.connect(database.superuser) as connection:
        row = connection.execute("SELECT * FROM sessions WHERE user_id = %s", [ada.id]).fetchone()
    assert secret not in [value for value in row if isinstance(value, bytes)]


def test_a_session_slides_to_a_limit(ada, database):
    def left() -> timedelta:
        (session,) = ada.http.get("/auth/sessions").json()
        return datetime.fromisoformat(session["expires_at"]) - datetime.now(UTC)

    changed(database, ada, "expires_at = now() + interval '1 hour', created_at = now() - interval '6 days'")
    assert refresh(ada.http).status_code == 200
    assert timedelta(days=6, hours=23) < left() <= timedelta(days=7)
    changed(database, ada, "created_at = now() - interval '29 days'")
    assert refresh(ada.http).status_code == 200
    assert left() <= timedelta(days=1)
    changed(database, ada, "expires_at = now()")
    problem(refresh(ada.http), 401, "signed_out")
    problem(ada.http.get("/auth/me"), 401, "signed_out")


def test_a_refresh_from_another_site_is_refused(ada):
    problem(ada.http.post("/auth/refresh", headers={"Origin": "http://evil.example"}), 403, "wrong_origin")


def test_people_see_where_they_are_signed_in_and_end_it(ada, eve, served):
    for user_agent, name in SIGN_INS.items():
        http = signed_in(served, ada, user_agent)
        listed = http.get("/auth/sessions").json()
        assert [one["device"] for one in listed if one["current"]] == [name]
    listed = ada.http.get("/auth/sessions").json()
    assert len(listed) == 1 + len(SIGN_INS)
    (mine,) = [one["id"] for one in listed if one["current"]]
    other = next(one["id"] for one in listed if one["device"] == "Safari on iOS")
    problem(eve.http.delete(f"/auth/sessions/{other}"), 404, "not_found")
    assert ada.http.delete(f"/auth/sessions/{other}").status_code == 204
    problem(ada.http.delete(f"/auth/sessions/{other}"), 404, "not_found")
    assert other not in {one["id"] for one in ada.http.get("/auth/sessions").json()}
    assert ada.http.delete(f"/auth/sessions/{mine}").status_code == 204
    assert COOKIE not in ada.http.cookies
    problem(ada.http.get("/auth/me"), 401, "signed_out")


def test_signing_out_everywhere_ends_all_sessions(ada, served):
    others = [signed_in(served, ada) for _ in range(2)]
    assert ada.http.post("/auth/sign-out-everywhere").status_code == 204
    for http in (*others, ada.http):
        problem(http.get("/auth/me"), 401, "signed_out")
        problem(refresh(http), 401, "signed_out")


def test_signing_out_needs_no_access_token(ada):
    ada.http.cookies.delete(COOKIE)
    token = refresh_token(ada.http)
    assert ada.http.post("/auth/sign-out").status_code == 204
    problem(refresh(ada.http, token), 401, "signed_out")


def test_a_user_has_a_bounded_number_of_sessions(ada, database, served):
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO sessions (id, user_id, expires_at, last_seen_at) SELECT gen_random_uuid(), %s,"
            " now() + interval '1 day', now() - n * interval '1 minute' FROM generate_series(1, 60) n",
            [ada.id],
        )
    signed_in(served, ada)
    assert len(ada.http.get("/auth/sessions").json()) == 50


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(ada, served):
    other = signed_in(served, ada)
    wanted = {"current_password": "not the password of anyone", "new_password": "another short sentence"}
    problem(ada.http.post("/auth/password", json=wanted), 403, "wrong_password")
    assert ada.http.post("/auth/password", json=wanted | {"current_password": PASSWORD}).status_code == 204
    assert ada.http.get("/auth/me").status_code == 200
    problem(other.get("/auth/me"), 401, "signed_out")
    visitor = browser(served)
    old, new = ({"email": ada.email, "password": password} for password in (PASSWORD, "another short sentence"))
    problem(visitor.post("/auth/sign-in", json=old), 401, "wrong_credentials")
    assert visitor.post("/auth/sign-in", json=new).status_code == 200


def test_guessing_the_password_of_an_open_screen_is_slowed_down(ada):
    wanted = {"current_password": "one of many guesses", "new_password": "another short sentence"}
    for _ in range(10):
        problem(ada.http.post("/auth/password", json=wanted), 403, "wrong_password")
    problem(ada.http.post("/auth/password", json=wanted | {"current_password": PASSWORD}), 429, "too_many_attempts")


def test_of_two_password_changes_at_once_one_counts(ada):
    def change(new: str) -> int:
        wanted = {"current_password": PASSWORD, "new_password": new}
        return ada.http.post("/auth/password", json=wanted).status_code

    with ThreadPoolExecutor(2) as hands:
        statuses = list(hands.map(change, ["another short sentence", "a different sentence"]))
    assert 204 in statuses
    assert set(statuses) <= {204, 403, 409}
    assert statuses.count(204) == 1


def test_a_profile_is_changed_in_what_is_given(ada):
    answer = ada.http.get("/auth/me")
    before = answer.json()
    assert (before["language"], before["theme"], before["name"]) == ("en", "system", "Ada")
    changed_profile = ada.http.patch("/auth/me", json={"language": "ur", "theme": "dark", "currency": "pkr"})
    assert changed_profile.json() == before | {"language": "ur", "theme": "dark", "currency": "PKR"}
    assert ada.http.patch("/auth/me", json={"name": None}).json()["name"] is None
    assert ada.account(currency="PKR")
    stale = ada.http.patch("/auth/me", json={"name": "Ada"}, headers={"If-Match": answer.headers["etag"]})
    problem(stale, 412, "changed_meanwhile")
    for wrong in ({"language": "xx"}, {"theme": "pink"}, {"currency": "ZZZ"}, {"email": "a@b.org"}):
        problem(ada.http.patch("/auth/me", json=wrong), 422, "invalid")


def test_deleting_everything_needs_a_fresh_sign_in_or_the_password(ada, database):
    changed(database, ada, "created_at = now() - interval '16 minutes'")
    problem(ada.http.delete("/auth/me"), 403, "password_needed")
    wrong = {"password": "not the password of anyone"}
    problem(ada.http.request("DELETE", "/auth/me", json=wrong), 403, "wrong_password")
    assert ada.http.get("/auth/me").status_code == 200
    assert ada.http.request("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
    with psycopg.connect(database.superuser) as connection:
        owned = connection.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'user_id' AND table_schema = 'public'"
        ).fetchall()
        assert len(owned) >= 9
        for (table,) in owned:
            count = connection.execute(f"SELECT count(*) FROM {table} WHERE user_id = %s", [ada.id]).fetchone()  # noqa: S608
            assert count == (0,), table


def test_a_rotated_key_signs_nobody_out_while_the_old_one_is_known(database, tmp_path):
    with serve_backend(database.backend, tmp_path / "old") as old:
        ada, port = sign_up(old), int(old.address.rsplit(":", 1)[1])
    with serve_backend(database.backend, tmp_path / "both", port=port, JWT_KEY=NEW_KEY, JWT_KEY_PREVIOUS=JWT_KEY):
        assert ada.http.get("/auth/me").status_code == 200
        lost = refresh_token(ada.http)
        assert refresh(ada.http, lost).status_code == 200
        assert refresh(ada.http).status_code == 200
    with serve_backend(database.backend, tmp_path / "new", port=port, JWT_KEY=NEW_KEY):
        assert ada.http.get("/auth/me").status_code == 200
        assert refresh(ada.http).status_code == 200
    with serve_backend(database.backend, tmp_path / "back", port=port):
        problem(ada.http.get("/auth/me"), 401, "signed_out")
        problem(refresh(ada.http), 401, "signed_out")


def test_each_key_has_a_name_of_its_own():
    session = SignInSession(
        id=secrets.token_hex(16), user_id=secrets.token_hex(16), expires_at=datetime.now(UTC) + timedelta(days=1)
    )
    old = SessionTokens(Keyring(SecretStr(JWT_KEY)))
    both = SessionTokens(Keyring(SecretStr(NEW_KEY), SecretStr(JWT_KEY)))
    names = {jwt.get_unverified_header(tokens.issue(session))["kid"] for tokens in (old, both)}
    assert len(names) == 2
    both.read(old.issue(session))
    with pytest.raises(SessionError):
        old.read(both.issue(session))


def test_what_happens_to_an_account_is_on_record(ada, served):
    email = {"email": ada.email, "password": "not the password of anyone"}
    browser(served).post("/auth/sign-in", json=email)
    assert signed_in(served, ada).post("/auth/sign-out").status_code == 204
    account = ada.account()
    assert ada.imported(account, b"Date,Description,Amount\n2026-11-01,Foo,-1\n").status_code == 201
    page = ada.http.get("/audit", params={"limit": 2}).json()
    events = page["items"]
    while page["next_cursor"]:
        page = ada.http.get("/audit", params={"limit": 2, "cursor": page["next_cursor"]}).json()
        events += page["items"]
    assert [one["event"] for one in events] == [
        "import.done",
        "session.ended",
        "session.started",
        "session.refused",
        "session.started",
        "user.made",
    ]
    assert set(events[0]["ids"]) == {"import_id", "account_id"}
    assert all(len(one["trace_id"]) == 32 for one in events)
    for cursor in ("x", "!" * 22, "A" * 90):
        problem(ada.http.get("/audit", params={"cursor": cursor}), 422, "invalid")


def test_an_address_is_kept_cut_short(ada, database, served):
    signed = browser(served)
    signed.headers["X-Forwarded-For"] = "203.0.113.77"
    assert signed.post("/auth/sign-in", json={"email": ada.email, "password": PASSWORD}).status_code == 200
    signed.headers["X-Forwarded-For"] = "2001:db8:1:2:3:4:5:6"
    assert signed.post("/auth/sign-in", json={"email": ada.email, "password": PASSWORD}).status_code == 200
    addresses = [one["address"] for one in signed.get("/audit").json()["items"]]
    assert addresses[:2] == ["2001:db8:1::/48", "203.0.113.0/24"]
