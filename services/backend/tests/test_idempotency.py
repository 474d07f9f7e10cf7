"""A write under an Idempotency-Key happens once, whatever gets lost on the way."""

from __future__ import annotations

import re
import secrets
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import PASSWORD, problem, serve_backend, sign_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .conftest import Person

BOUNDED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = st.text(st.characters(whitelist_categories=["L", "N"]), min_size=1, max_size=20)
AMOUNTS = st.integers(min_value=-99_999, max_value=99_999).filter(bool).map(lambda cents: f"{cents / 100:.2f}")
KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=230)
STATEMENT = b"Date,Description,Amount\n2026-11-01,Corner Shop,-6.66\n2026-11-02,Corner Shop,-1.00\n"


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def same_answer(first: httpx.Response, again: httpx.Response) -> None:
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("content-type", "content-length", "etag", "location"):
        assert again.headers.get(name) == first.headers.get(name)


@BOUNDED
@given(key=KEYS, payee=NAMES, amount=AMOUNTS, other=NAMES)
def test_a_repeated_write_is_answered_alike_and_a_changed_one_refused(ada, key, payee, amount, other):
    key += secrets.token_hex(8)  # examples that are tried again are new writes
    account = ada.account(secrets.token_hex(8))
    wanted = {"account_id": account, "date": "2026-10-01", "payee": payee, "amount": amount}
    first = ada.http.post("/transactions", json=wanted, headers=keyed(key))
    assert first.status_code == 201, first.text
    for _ in range(2):
        same_answer(first, ada.http.post("/transactions", json=wanted, headers=keyed(key)))
    changed = wanted | {"payee": f"{payee} {other}"}
    problem(ada.http.post("/transactions", json=changed, headers=keyed(key)), 422, "idempotency_key_reused")
    assert len(ada.http.get("/transactions", params={"account_id": account}).json()["items"]) == 1


def writes(ada: Person) -> dict[str, Callable[[str], httpx.Response]]:
    account, category = ada.account(), ada.category("Groceries")
    one, two = ada.spend(account, "-1"), ada.spend(account, "-2")

    def sent(method: str, path: str, **options: Any) -> Callable[[str], httpx.Response]:
        return lambda key: ada.http.request(method, path, headers=keyed(key), **options)

    return {
        "a change": sent("PATCH", f"/transactions/{one}", json={"payee": "Another"}),
        "a deletion": sent("DELETE", f"/transactions/{two}"),
        "a name": sent("PATCH", f"/categories/{category}", json={"name": "Food"}),
        "a query": sent("DELETE", f"/accounts/{account}", params={"with_transactions": True}),
        "a profile": sent("PATCH", "/auth/me", json={"name": "Countess"}),
    }


def test_all_kinds_of_writes_take_keys(ada):
    for name, write in writes(ada).items():
        first = write(name)
        assert first.is_success, (name, first.text)
        same_answer(first, write(name))


def test_the_password_is_changed_once_and_nothing_of_it_is_kept(ada, database):
    body = {"current_password": PASSWORD, "new_password": "another short sentence"}
    first = ada.http.post("/auth/password", json=body, headers=keyed("p"))
    assert first.status_code == 204, first.text
    same_answer(first, ada.http.post("/auth/password", json=body, headers=keyed("p")))
    with psycopg.connect(database.superuser) as connection:
        kept = str(connection.execute("SELECT * FROM idempotency_keys WHERE user_id = %s", [ada.id]).fetchall())
    assert "sentence" not in kept


def test_an_upload_is_the_same_whatever_its_boundary(ada):
    account = ada.account()

    def send(content: bytes = STATEMENT, name: str = "s.csv", key: str = "upload") -> httpx.Response:
        files = {"file": (name, content, "text/csv")}
        return ada.http.post("/imports", data={"account_id": account}, files=files, headers=keyed(key))

    first = send()
    assert first.json()["imported"] == 2
    same_answer(first, send())
    problem(send(STATEMENT + b"2026-11-03,Corner Shop,-1\n"), 422, "idempotency_key_reused")
    problem(send(name="t.csv"), 422, "idempotency_key_reused")
    assert send(key="another").json()["duplicates"] == 2


def test_an_error_is_not_kept(ada):
    wanted = {"account_id": secrets.token_hex(16), "date": "2026-10-01", "payee": "Shop", "amount": "-1"}
    problem(ada.http.post("/transactions", json=wanted, headers=keyed("k")), 422, "invalid")
    wanted["account_id"] = ada.account()
    assert ada.http.post("/transactions", json=wanted, headers=keyed("k")).status_code == 201


def test_a_key_counts_for_one_address_and_method(ada):
    assert ada.http.post("/accounts", json={"name": "A"}, headers=keyed("k")).status_code == 201
    problem(ada.http.post("/categories", json={"name": "A"}, headers=keyed("k")), 422, "idempotency_key_reused")


def test_a_key_of_adas_means_nothing_to_eve(ada, eve):
    mine = ada.http.post("/accounts", json={"name": "A"}, headers=keyed("k"))
    hers = eve.http.post("/accounts", json={"name": "A"}, headers=keyed("k"))
    assert (mine.status_code, hers.status_code) == (201, 201)
    assert mine.json()["id"] != hers.json()["id"]


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "caf\u00e9"])
def test_a_key_that_is_none_is_refused(ada, key):
    answer = ada.http.post("/accounts", json={"name": "A"}, headers=[("Idempotency-Key", key.encode("latin-1"))])
    assert problem(answer, 422, "invalid")["errors"][0]["field"] == "header.idempotency-key"
    assert ada.http.get("/accounts").json() == []


def test_two_keys_are_none(ada):
    answer = ada.http.post(
        "/accounts", json={"name": "A"}, headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    )
    problem(answer, 422, "invalid")


def test_of_many_at_once_one_is_done(ada):
    account = ada.account()
    wanted = {"account_id": account, "date": "2026-10-01", "payee": "Shop", "amount": "-1"}

    def send(_: int) -> httpx.Response:
        return ada.http.post("/transactions", json=wanted, headers=keyed("crowd"))

    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(send, range(36)))
    done = {answer.content for answer in answers if answer.status_code == 201}
    assert len(done) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers if answer.status_code == 201) == 1
    for answer in answers:
        if answer.status_code != 201:
            problem(answer, 409, "idempotency_key_in_progress")
    assert len(ada.http.get("/transactions").json()["items"]) == 1


def test_while_the_first_is_worked_on_the_second_is_told_to_wait(ada, database):
    """The first waits for a row that somebody else holds, for as long as this test wants."""
    account = ada.account()
    answers = []
    with psycopg.connect(database.superuser) as holder:
        holder.execute("SELECT 1 FROM accounts WHERE id = %s FOR UPDATE", [account])

        def rename() -> httpx.Response:
            return ada.http.patch(f"/accounts/{account}", json={"name": "Renamed"}, headers=keyed("k"))

        first = threading.Thread(target=lambda: answers.append(rename()))
        first.start()
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        with psycopg.connect(database.superuser, autocommit=True) as other:
            while other.execute(waiting).fetchone() == (0,):
                time.sleep(0.02)
        answer = rename()
        problem(answer, 409, "idempotency_key_in_progress")
        assert int(answer.headers["retry-after"]) >= 1
        holder.rollback()
        first.join()
    same_answer(answers[0], rename())


def test_keys_are_forgotten_after_a_day_and_when_they_are_too_many(ada, database):
    assert ada.http.post("/accounts", json={"name": "A"}, headers=keyed("old")).status_code == 201
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        mine = "WHERE user_id = %s"
        connection.execute(f"UPDATE idempotency_keys SET created_at = now() - interval '25 hours' {mine}", [ada.id])  # noqa: S608
        problem(ada.http.post("/accounts", json={"name": "A"}, headers=keyed("old")), 409, "name_taken")
        first = ada.http.post("/accounts", json={"name": "C"}, headers=keyed("old"))
        same_answer(first, ada.http.post("/accounts", json={"name": "C"}, headers=keyed("old")))
        connection.execute(
            "INSERT INTO idempotency_keys (user_id, key, request, status, headers, body, created_at)"
            " SELECT %s, n::text, 'x', 201, '{}', 'x', now() - n * interval '1 second' FROM generate_series(1, 1500) n",
            [ada.id],
        )
        assert ada.http.post("/accounts", json={"name": "B"}, headers=keyed("new")).status_code == 201
        kept = connection.execute(f"SELECT key FROM idempotency_keys {mine}", [ada.id]).fetchall()  # noqa: S608
    assert {key for (key,) in kept} == {"new", "old", *map(str, range(1, 999))}


_COMMIT = re.compile(rb"COMMIT(?!TED)")  # every transaction begins READ COMMITTED


class Line:
    """Stands between the backend and its database, and can be cut at the very moment of a commit."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.at_commit: Callable[[socket.socket, socket.socket, bytes], None] | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._path)
            for source, sink, to_database in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass_on, args=(source, sink, to_database), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, to_database: bool) -> None:  # noqa: FBT001
        with suppress(OSError):
            while data := source.recv(65536):
                if to_database and self.at_commit and _COMMIT.search(data):
                    cut, self.at_commit = self.at_commit, None
                    cut(source, sink, data)
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()


@contextmanager
def line_to(database) -> Iterator[Line]:
    line = Line(f"{database.cluster.folder}/.s.PGSQL.5432")
    try:
        yield line
    finally:
        line.close()


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("killed", [False, True])
def test_what_is_cut_off_at_its_commit_is_neither_lost_nor_doubled(database, tmp_path, committed, killed):
    """The connection is cut, or the process killed, just before the commit arrives, or just after it was done."""
    with line_to(database) as line:
        url = database.backend.split("?")[0].replace("@/", f"@127.0.0.1:{line.port}/")
        port = None
        with serve_backend(url, tmp_path / "first") as served:
            port = int(served.address.rsplit(":", 1)[1])
            ada = sign_up(served)
            account = ada.account()
            wanted = {"account_id": account, "date": "2026-10-01", "payee": "Shop", "amount": "-1"}

            def send() -> httpx.Response:
                return ada.http.post("/transactions", json=wanted, headers=keyed("lost"))

            assert ada.http.get("/accounts").status_code == 200  # permits are at hand: the next commit is the write's
            reached = threading.Event()

            def cut(backends_end: socket.socket, database_end: socket.socket, data: bytes) -> None:
                if killed:
                    served.process.send_signal(signal.SIGSTOP)  # so that it hears nothing any more
                else:
                    backends_end.shutdown(socket.SHUT_RDWR)
                if committed:
                    database_end.sendall(data)
                    deadline = time.monotonic() + 10
                    while not rows(database, ada.id) and time.monotonic() < deadline:
                        time.sleep(0.01)
                if killed:
                    served.process.send_signal(signal.SIGKILL)
                    served.process.wait(10)
                reached.set()

            line.at_commit = cut
            if killed:
                with pytest.raises(httpx.TransportError):
                    send()
            else:
                problem(send(), 503, "database_unavailable")
            assert reached.wait(10)
            assert rows(database, ada.id) == int(committed)
            if not killed:
                answer = send()
        if killed:
            with serve_backend(url, tmp_path / "second", port=port):
                answer = send()
        assert answer.status_code == 201, answer.text
        assert ("idempotency-replayed" in answer.headers) is committed
        assert rows(database, ada.id) == 1


def rows(database, user_id: str) -> int:
    with psycopg.connect(database.superuser) as connection:
        counted = connection.execute("SELECT count(*) FROM transactions WHERE user_id = %s", [user_id]).fetchone()
    return int(counted[0])
