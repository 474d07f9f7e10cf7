"""How many requests are taken: exactly so many, however many replicas there are, and never by what a client says."""

from __future__ import annotations

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest

from .conftest import ORIGIN, TLS, problem, serve_backend, sign_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.services import Served

    from .conftest import Person

USER, WRITES, ADDRESS = 240, 60, 300


@pytest.fixture(scope="module")
def replicas(database, tmp_path_factory) -> Iterator[list[Served]]:
    limits = {
        "RATE_LIMIT_ADDRESS_PER_MINUTE": ADDRESS,
        "RATE_LIMIT_USER_PER_MINUTE": USER,
        "RATE_LIMIT_WRITES_PER_MINUTE": WRITES,
        "RATE_LIMIT_CHATS_PER_MINUTE": 2,
        "RATE_LIMIT_IMPORTS_PER_MINUTE": 2,
        "RATE_LIMIT_EXPORTS_PER_MINUTE": 2,
    }
    folder = tmp_path_factory.mktemp("replicas")
    with ExitStack() as stack:
        yield [stack.enter_context(serve_backend(database.backend, folder / str(n), **limits)) for n in range(3)]


def at(served: Served, address: str | None = None, person: Person | None = None) -> httpx.Client:
    headers = {"Origin": ORIGIN, "X-Forwarded-For": address or secrets.token_hex(8)}
    cookies = person.http.cookies if person else None
    return httpx.Client(base_url=f"{served.address}/api/v1", headers=headers, cookies=cookies, verify=TLS, timeout=60)


def flood(clients: list[httpx.Client], path: str, count: int) -> list[httpx.Response]:
    with ThreadPoolExecutor(8) as crowd:
        return list(crowd.map(lambda n: clients[n % len(clients)].get(path), range(count)))


def taken(answers: list[httpx.Response]) -> int:
    """And every other answer says how long to wait."""
    for answer in answers:
        if answer.status_code == 429:
            body = problem(answer, 429, "too_many_requests")
            assert answer.headers["retry-after"] in body["detail"]
            assert 1 <= int(answer.headers["retry-after"]) <= 60
    return sum(answer.status_code != 429 for answer in answers)


def test_a_user_is_taken_at_most_so_often_over_all_replicas(replicas):
    ada = sign_up(replicas[0])
    answers = flood([at(served, person=ada) for served in replicas], "/auth/me", USER + 60)
    assert 0.95 * USER <= taken(answers) <= USER


def test_one_replica_hands_out_the_whole_limit(replicas):
    ada = sign_up(replicas[0])
    assert taken(flood([at(replicas[1], person=ada)], "/auth/me", USER + 20)) == USER


def test_one_user_takes_nothing_from_another(replicas):
    ada, eve = sign_up(replicas[0]), sign_up(replicas[0])
    flood([at(replicas[0], person=ada)], "/auth/me", USER + 5)
    assert at(replicas[0], person=eve).get("/auth/me").status_code == 200


def test_an_address_is_taken_at_most_so_often_whoever_uses_it(replicas):
    address = secrets.token_hex(8)
    answers = flood([at(served, address) for served in replicas], "/openapi.json", ADDRESS + 60)
    assert 0.95 * ADDRESS <= taken(answers) <= ADDRESS
    # Those before the last are the client's own words, and one more header is too.
    for spoofed in (f"203.0.113.9, {address}", f"{address}"):
        problem(at(replicas[0], spoofed).get("/openapi.json"), 429, "too_many_requests")
    assert at(replicas[0]).get("/openapi.json").status_code == 200


def test_a_households_ipv6_addresses_count_as_one(replicas):
    prefix = ":".join(secrets.token_hex(2) for _ in range(4))
    clients = [at(replicas[0], f"{prefix}::{n:x}") for n in range(20)]
    assert taken(flood(clients, "/openapi.json", ADDRESS + 20)) == ADDRESS


def test_writes_are_taken_less_often(replicas):
    ada = sign_up(replicas[0])
    client = at(replicas[0], person=ada)
    answers = [client.post("/categories", json={"name": secrets.token_hex(8)}) for _ in range(WRITES + 3)]
    assert taken(answers) == WRITES
    assert client.get("/auth/me").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/chat"), ("POST", "/imports"), ("POST", "/imports/preview"), ("GET", "/export")]
)
def test_what_costs_most_is_taken_least(replicas, method, path):
    ada = sign_up(replicas[0])
    client = at(replicas[0], person=ada)
    answers = [client.request(method, path) for _ in range(4)]
    assert taken(answers) == 2


def test_what_is_left_is_said(replicas):
    ada = sign_up(replicas[0])
    client = at(replicas[0], person=ada)
    left = []
    for _ in range(8):
        headers = client.get("/auth/me").headers
        assert headers["ratelimit-policy"] == f'"user";q={USER};w=60'
        name, remaining, seconds = re.fullmatch(r'"(\w+)";r=(\d+);t=(\d+)', headers["ratelimit"]).groups()
        assert name == "user"
        assert int(seconds) <= 60
        left.append(int(remaining))
    assert left == list(range(left[0], left[0] - 8, -1))
    assert left[0] < USER


def test_a_window_ends(replicas, database):
    ada = sign_up(replicas[0])
    client = at(replicas[0], person=ada)
    flood([client], "/auth/me", USER + 1)
    problem(client.get("/auth/me"), 429, "too_many_requests")
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute("UPDATE attempts SET resets_at = now()")
    # This replica has been told when the window ends, and asks again then; another asks now.
    assert at(replicas[1], person=ada).get("/auth/me").status_code == 200


def test_health_is_asked_without_limits(replicas):
    with httpx.Client(verify=TLS) as probe:
        answers = [probe.get(f"{replicas[0].address}/healthz") for _ in range(ADDRESS + 10)]
    assert {answer.status_code for answer in answers} == {200}


def test_a_request_costs_no_statement_of_its_own(replicas, database):
    """Permits come in blocks: of many requests only every so many counts in the database."""
    ada = sign_up(replicas[0])
    client = at(replicas[0], person=ada)
    client.get("/auth/me")

    def taken_from_database() -> int:
        with psycopg.connect(database.superuser) as connection:
            return int(connection.execute("SELECT coalesce(sum(count), 0) FROM attempts").fetchone()[0])

    before = taken_from_database()
    for _ in range(USER // 60 - 1):
        assert client.get("/auth/me").status_code == 200
    assert taken_from_database() == before
