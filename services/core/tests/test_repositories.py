import asyncio
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from wealth_core.ids import new_id
from wealth_core.models import Account, AccountKind, IdempotencyKey, Import, SignInSession
from wealth_core.money import Money
from wealth_core.repositories import (
    AccountRepository,
    AttemptRepository,
    CategoryRepository,
    IdempotencyRepository,
    ImportRepository,
    ImportRow,
    SessionRepository,
    TransactionFilter,
    TransactionRepository,
)
from wealth_core.repositories.attempts import Wish
from wealth_core.repositories.cursors import CursorError
from wealth_core.repositories.imports import fingerprint

pytestmark = pytest.mark.anyio

WINDOW = timedelta(minutes=5)


def row(day: int, amount: str, payee: str = "Shop", category_id: uuid.UUID | None = None) -> ImportRow:
    money = Money(Decimal(amount), "USD")
    return ImportRow(
        date(2026, 10, day), payee, "", money, category_id, fingerprint(date(2026, 10, day), money, payee, "", 0)
    )


async def imported(books, user, *rows: ImportRow) -> Import:
    async with books.transaction(user.id) as session:
        account = (await AccountRepository(session).list())[0]
        imports = ImportRepository(session)
        started = await imports.add(
            Import(user_id=user.id, account_id=account.id, currency="USD", filename="f", imported=0, duplicates=0)
        )
        await imports.write(started, rows)
        await imports.finish(started, imported=len(rows), duplicates=0)
    return started


async def test_ids_sort_by_the_time_they_were_made():
    made = [new_id() for _ in range(1000)]
    assert sorted(made) == sorted(made, key=lambda one: (one.int >> 64, one.int))
    assert len(set(made)) == 1000
    assert {one.version for one in made} == {7}


async def test_attempts_are_counted_over_all_connections_until_the_window_ends(books):
    key = uuid.uuid4().bytes

    async def attempt() -> int:
        async with books.transaction() as session:
            count, left = await AttemptRepository(session).count(key, WINDOW)
        assert timedelta(0) < left <= WINDOW
        return count

    assert sorted(await asyncio.gather(*(attempt() for _ in range(5)))) == [1, 2, 3, 4, 5]
    async with books.transaction() as session:
        await AttemptRepository(session).count(key, timedelta(0))
        await AttemptRepository(session).forget(key)
    assert await attempt() == 1


async def test_nobody_is_told_to_wait_longer_than_the_window(books):
    key = uuid.uuid4().bytes
    async with books.transaction() as earlier:
        await earlier.execute(select(func.now()))
        async with books.transaction() as later:
            await AttemptRepository(later).count(key, WINDOW)
        assert await AttemptRepository(earlier).count(key, WINDOW) == (2, WINDOW)


async def test_a_window_that_is_over_begins_anew_and_old_counters_go(books):
    key, other = uuid.uuid4().bytes, uuid.uuid4().bytes
    async with books.transaction() as session:
        attempts = AttemptRepository(session)
        for one in (key, other):
            await attempts.count(one, timedelta(seconds=-1))
            assert (await attempts.count(one, timedelta(seconds=-1)))[0] == 1
        assert (await attempts.count(key, WINDOW))[0] == 1
        await attempts.sweep()
        assert (await attempts.count(key, WINDOW))[0] == 2


async def test_permits_are_granted_until_there_are_none_left(books):
    wishes = [Wish(uuid.uuid4().bytes, 4, 10), Wish(uuid.uuid4().bytes, 4, 3)]

    async def take() -> list[tuple[int, int]]:
        async with books.transaction() as session:
            grants = await AttemptRepository(session).take(wishes, WINDOW)
        assert all(timedelta(0) < grant.lasts <= WINDOW for grant in grants.values())
        return [(grants[wish.key].permits, grants[wish.key].left) for wish in wishes]

    assert [await take() for _ in range(4)] == [
        [(4, 6), (3, 0)],
        [(4, 2), (0, 0)],
        [(2, 0), (0, 0)],
        [(0, 0), (0, 0)],
    ]


async def test_permits_taken_at_once_are_never_too_many(books):
    keys = [uuid.uuid4().bytes for _ in range(3)]

    async def take(order: int) -> int:
        wishes = [Wish(key, 3, 50) for key in (keys if order % 2 else reversed(keys))]
        async with books.transaction() as session:
            grants = await AttemptRepository(session).take(wishes, WINDOW)
        return sum(grant.permits for grant in grants.values())

    assert sum(await asyncio.gather(*(take(n) for n in range(30)))) == 3 * 50


async def test_a_key_is_held_by_one_transaction_and_its_answer_found_by_the_next(books, ada, eve):
    def answer(key: str) -> IdempotencyKey:
        return IdempotencyKey(key=key, request=b"r", status=201, headers={"etag": "x"}, body=b"{}")

    async with (
        books.transaction(ada.id) as first,
        books.transaction(ada.id) as second,
        books.transaction(eve.id) as hers,
    ):
        keys = IdempotencyRepository(first, ada.id)
        assert await keys.lock("k")
        assert not await IdempotencyRepository(second, ada.id).lock("k")
        assert await IdempotencyRepository(second, ada.id).lock("another")
        assert await IdempotencyRepository(hers, eve.id).lock("k")
        assert await keys.find("k") is None
        await keys.keep(answer("k"))
    async with books.transaction(ada.id) as again:
        found = await IdempotencyRepository(again, ada.id).find("k")
        assert found is not None
        assert (found.request, found.status, found.headers, found.body) == (b"r", 201, {"etag": "x"}, b"{}")
    async with books.transaction(eve.id) as hers:
        assert await IdempotencyRepository(hers, ada.id).find("k") is None
    with pytest.raises(NoResultFound):
        async with books.transaction(ada.id) as careless:
            await IdempotencyRepository(careless, ada.id).keep(answer("k"))


async def test_a_session_is_its_users_until_it_ends(books, ada, eve):
    async with books.transaction(ada.id) as session:
        started = await SessionRepository(session).start(SignInSession(user_id=ada.id), timedelta(hours=1))
    async with books.transaction(ada.id) as session:
        found = await SessionRepository(session).user(started.id)
        assert found is not None
        assert found.email == ada.email
        assert await SessionRepository(session).user(uuid.uuid4()) is None
    async with books.transaction(eve.id) as session:
        assert await SessionRepository(session).user(started.id) is None
        assert not await SessionRepository(session).delete(started.id)
    async with books.transaction(ada.id) as session:
        await session.execute(update(SignInSession).values(expires_at=SignInSession.created_at))
        assert await SessionRepository(session).user(started.id) is None
        await SessionRepository(session).start(SignInSession(user_id=ada.id), timedelta(hours=1))
        assert started.id not in (await session.scalars(select(SignInSession.id))).all()


async def test_an_import_writes_its_rows_and_knows_them_again(books, ada, eve):
    rows = [row(1, "-5"), row(2, "7.25")]
    started = await imported(books, ada, *rows)
    marks = [one.fingerprint for one in rows]
    async with books.transaction(ada.id) as session:
        account = (await AccountRepository(session).list())[0]
        assert str(account.balance) == "2.25 USD"
        assert await ImportRepository(session).known(account.id, [*marks, b"other"]) == dict.fromkeys(marks)
        kept = await ImportRepository(session).get(started.id)
        assert kept is not None
        assert kept.imported == 2
    async with books.transaction(eve.id) as session:
        assert await ImportRepository(session).known(account.id, marks) == {}
    with pytest.raises(IntegrityError, match="fingerprint"):
        await imported(books, ada, rows[0])


def test_a_fingerprint_tells_rows_apart_and_knows_equals():
    day, money = date(2026, 10, 1), Money(Decimal("-5.0"), "USD")
    same = fingerprint(day, money, "Shop", "", 0)
    assert fingerprint(day, Money(Decimal("-5.00"), "USD"), "Shop", "", 0) == same
    others = [
        fingerprint(date(2026, 10, 2), money, "Shop", "", 0),
        fingerprint(day, -money, "Shop", "", 0),
        fingerprint(day, money, "Sho", "p", 0),
        fingerprint(day, money, "Shop", "", 1),
    ]
    assert len({same, *others}) == 5


async def test_a_payee_keeps_the_category_it_was_given_last(books, ada):
    async with books.transaction(ada.id) as session:
        (food,) = await CategoryRepository(session).list()
    await imported(books, ada, row(1, "-5", "SHOP", food.id), row(2, "-6", "Shop"), row(3, "-7", "Kiosk"))
    async with books.transaction(ada.id) as session:
        assert await CategoryRepository(session).by_payee() == {"shop": food.id}


async def test_an_opening_balance_is_replaced_and_is_no_transaction_of_the_users(books, ada):
    async with books.transaction(ada.id) as session:
        accounts = AccountRepository(session)
        account = await accounts.get((await accounts.list())[0].id)
        assert account is not None
        for amount in ("100", "-3.5", "0", "7"):
            await accounts.set_opening_balance(account, Money(Decimal(amount), "USD"))
        found = await accounts.view(account.id)
        assert found is not None
        assert (str(found.balance), str(found.opening_balance)) == ("7.00 USD", "7.00 USD")
        assert not await accounts.in_use(account.id)
        assert (await TransactionRepository(session).search(TransactionFilter())).items == []


async def test_an_account_goes_with_its_transactions_and_leaves_the_others(books, ada):
    await imported(books, ada, row(1, "-5"))
    async with books.transaction(ada.id) as session:
        accounts = AccountRepository(session)
        first = (await accounts.list())[0].id
        await accounts.add(Account(user_id=ada.id, name="Other", kind=AccountKind.CASH, currency="EUR"))
        assert await accounts.in_use(first)
        assert await accounts.delete(first)
    async with books.transaction(ada.id) as session:
        assert [account.name for account in await AccountRepository(session).list()] == ["Other"]
        assert (await TransactionRepository(session).search(TransactionFilter())).items == []


async def test_pages_meet_without_gap_or_overlap(books, ada):
    await imported(books, ada, *(row(1 + n % 3, f"-{n + 1}") for n in range(10)))
    seen, cursor = [], None
    async with books.transaction(ada.id) as session:
        transactions = TransactionRepository(session)
        while True:
            page = await transactions.search(TransactionFilter(), limit=3, cursor=cursor)
            seen += page.items
            cursor = page.next_cursor
            if cursor is None:
                break
        assert len({one.id for one in seen}) == len(seen) == 10
        assert [(one.date, one.id) for one in seen] == sorted(((one.date, one.id) for one in seen), reverse=True)
        for nonsense in ("", "x", "AAAA", "\u00e4", "A" * 200):
            with pytest.raises(CursorError):
                await transactions.search(TransactionFilter(), cursor=nonsense)
