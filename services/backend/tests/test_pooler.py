"""Behind a pooler that gives each transaction whatever connection is free: nothing may depend on the last one's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.pooler import pooled

from .conftest import Person, serve_backend, sign_up


@pytest.fixture(scope="module")
def people(database, tmp_path_factory) -> Iterator[list[Person]]:
    with (
        pooled(database) as url,
        serve_backend(url, tmp_path_factory.mktemp("pooled") / "log", DATABASE_POOL_SIZE=10) as served,
    ):
        yield [sign_up(served) for _ in range(4)]


@pytest.mark.spec("FR-010")
def test_people_who_share_two_connections_see_their_own_money_only(people):
    accounts = [person.account(f"Account {number}") for number, person in enumerate(people)]

    def live(number: int) -> set[str]:
        person, seen = people[number], set[str]()
        for turn in range(10):
            person.spend(accounts[number], f"-{number + 1}", f"Payee {number}, {turn}")
            seen |= {row["payee"].split(",")[0] for row in person.http.get("/transactions").json()["items"]}
        return seen

    with ThreadPoolExecutor(len(people)) as together:
        assert list(together.map(live, range(len(people)))) == [{f"Payee {number}"} for number in range(len(people))]
    for number, person in enumerate(people):
        (account,) = person.http.get("/accounts").json()
        assert account["balance"]["amount"] == f"-{10 * (number + 1)}.00"


@pytest.mark.spec("FR-010")
def test_an_import_goes_through_the_pooler(people):
    account = people[0].account("Imported")
    rows = "".join(f"2026-10-{day:02},Shop {day},-{day}.00\n" for day in range(1, 29))
    answer = people[0].imported(account, f"Date,Payee,Amount\n{rows}".encode())
    assert (answer.status_code, answer.json()["imported"]) == (201, 28), answer.text
