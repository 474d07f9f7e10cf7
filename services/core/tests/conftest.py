"""Users in a real database, each test's own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.models import Account, AccountKind, Category, CategoryKind, User
from wealth_core.repositories import AccountRepository, CategoryRepository, UserRepository
from wealth_core.settings import DatabaseSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def books(database) -> AsyncIterator[Database]:
    """The database as the backend's role sees it."""
    # Patient: how long things take where many programs want the cores is not what these tests are about.
    opened = Database(
        DatabaseSettings(
            database_url=SecretStr(database.backend),
            database_connect_timeout_s=60,
            database_statement_timeout_ms=60_000,
        )
    )
    yield opened
    await opened.close()


async def new_user(books: Database) -> User:
    user = User(id=uuid.uuid4(), email=f"{uuid.uuid4().hex}@example.org", name="", currency="USD", password_hash="-")
    async with books.transaction() as session:
        await UserRepository(session).register(user)
        await AccountRepository(session).add(
            Account(user_id=user.id, name="Main", kind=AccountKind.BANK, currency="USD")
        )
        await CategoryRepository(session).add(Category(user_id=user.id, name="Food", kind=CategoryKind.EXPENSE))
    return user


@pytest.fixture
async def ada(books) -> User:
    return await new_user(books)


@pytest.fixture
async def eve(books) -> User:
    return await new_user(books)
