"""What was restored is read once as every page of the product reads it: what can't be read is not kept.

The database checks references, balances and kinds. What else readers rely on they check themselves.
"""

from psycopg.errors import DataError, IntegrityError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.accounts.schemas import Account
from wealth_backend.categories.schemas import Category
from wealth_backend.rules.schemas import MAX_RULES, Rule
from wealth_backend.transactions.schemas import Transaction
from wealth_core.archive import ArchiveError
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    RuleRepository,
    TransactionFilter,
    TransactionRepository,
)
from wealth_core.repositories.transactions import MAX_PAGE


async def read_all(session: AsyncSession) -> None:
    """An ArchiveError where a row can't be shown."""
    try:
        for account in await AccountRepository(session).list():
            Account.of(account)
        for category in await CategoryRepository(session).list():
            Category.of(category)
        rules = await RuleRepository(session).list()
        for rule in rules:
            Rule.of(rule)
        await _read_transactions(session)
    except (ValueError, TypeError, LookupError) as error:
        raise ArchiveError(f"This file has something in it that can't be shown ({str(error)[:200]}).") from error
    if len(rules) > MAX_RULES:
        raise ArchiveError(f"This file has more than {MAX_RULES} rules in it.")


async def _read_transactions(session: AsyncSession) -> None:
    cursor = None
    while True:
        page = await TransactionRepository(session).search(TransactionFilter(), limit=MAX_PAGE, cursor=cursor)
        for view in page.items:
            Transaction.of(view)
        cursor = page.next_cursor
        if cursor is None:
            return


def is_about_content(error: DBAPIError) -> bool:
    """Whether the database refused what it was given, rather than being in trouble itself."""
    return isinstance(error.orig, DataError | IntegrityError)
