"""Accounts with the balances their postings add up to."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - as in the other repositories
from decimal import Decimal
from typing import Any

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, exists, func, select, text
from sqlalchemy.sql.functions import coalesce

from wealth_core.ids import new_id
from wealth_core.ledger import opening
from wealth_core.models import Account, AccountKind, PostingRow, Transaction, TransactionKind, TransactionStatus
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Repository
from wealth_core.repositories.transactions import NewTransaction, TransactionRepository

# A transfer to or from an account that goes stays what it was for the other account: money that came or went. Between
# two currencies the exchange takes the place of the side that is gone. Each statement leaves every sum at zero.
_TRANSFERS = """
    SELECT p.transaction_id FROM postings AS p JOIN transactions AS t ON t.id = p.transaction_id
    WHERE p.account_id = :account_id AND t.kind = 'transfer'
"""
_KEEP_OTHER_SIDES = (
    text(
        f"""
        UPDATE postings AS p SET kind = 'category', account_id = NULL, fingerprint = NULL, external_id = NULL
        WHERE p.transaction_id IN ({_TRANSFERS}) AND CASE
            WHEN EXISTS (SELECT FROM postings AS e WHERE e.transaction_id = p.transaction_id AND e.kind = 'exchange')
            THEN p.kind = 'exchange' AND p.currency <> (SELECT currency FROM accounts WHERE id = :account_id)
            ELSE p.account_id = :account_id END
        """  # noqa: S608 - our own statement
    ),
    text(
        f"""
        WITH touched AS (SELECT transaction_id FROM ({_TRANSFERS}) AS t)
        DELETE FROM postings AS p USING touched AS t WHERE p.transaction_id = t.transaction_id
            AND (p.kind = 'exchange' OR p.account_id = :account_id)
        """  # noqa: S608 - our own statement
    ),
    text(
        """
        UPDATE transactions AS t SET kind = 'standard' WHERE t.kind = 'transfer'
            AND EXISTS (SELECT FROM postings AS p WHERE p.transaction_id = t.id AND p.kind = 'category')
        """
    ),
)


@dataclass(frozen=True, slots=True)
class AccountView:
    """`cleared_balance` is the balance without what is pending; `opening_date` is None without an opening balance."""

    id: uuid.UUID
    name: str
    kind: AccountKind
    currency: str
    balance: Money
    opening_balance: Money
    cleared_balance: Money
    opening_date: Date | None = None
    note: str = ""
    archived: bool = False


def _views() -> AnySelect:
    is_opening = Transaction.kind == TransactionKind.OPENING
    is_final = Transaction.status != TransactionStatus.PENDING
    sums = (
        select(
            PostingRow.account_id,
            func.sum(PostingRow.amount).label("balance"),
            func.sum(PostingRow.amount).filter(is_opening).label("opening"),
            func.sum(PostingRow.amount).filter(is_final).label("cleared"),
            func.min(Transaction.date).filter(is_opening).label("opened"),
        )
        .join(Transaction, Transaction.id == PostingRow.transaction_id)
        .where(PostingRow.account_id.is_not(None))
        .group_by(PostingRow.account_id)
        .subquery()
    )
    return (
        select(
            Account.id,
            Account.name,
            Account.kind,
            Account.currency,
            coalesce(sums.c.balance, Decimal(0)),
            coalesce(sums.c.opening, Decimal(0)),
            coalesce(sums.c.cleared, Decimal(0)),
            sums.c.opened,
            Account.note,
            Account.archived,
        )
        .outerjoin(sums, sums.c.account_id == Account.id)
        .order_by(func.lower(Account.name))
    )


_VIEWS = _views()
_FIND = select(Account).where(Account.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def _view(row: Any) -> AccountView:
    account_id, name, kind, currency, *sums, opened_on, note, archived = row
    balance, opened, cleared = (Money(amount, currency) for amount in sums)
    return AccountView(account_id, name, kind, currency, balance, opened, cleared, opened_on, note, archived)


class AccountRepository(Repository[Account]):
    model = Account

    async def list(self) -> Sequence[AccountView]:
        return [_view(row) for row in await self._session.execute(_VIEWS)]

    async def view(self, account_id: uuid.UUID) -> AccountView | None:
        row = (await self._session.execute(_VIEWS.where(Account.id == account_id))).one_or_none()
        return _view(row) if row else None

    async def lock(self, row_id: uuid.UUID) -> Account | None:
        """Keeps others from importing into the account until the transaction ends; new transactions stay possible."""
        return await self._session.scalar(select(Account).where(Account.id == row_id).with_for_update(key_share=True))

    async def find(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Account]:
        rows = await self._session.scalars(_FIND, {"ids": list(ids)})
        return {row.id: row for row in rows}

    async def set_opening_balance(self, account: Account, balance: Money, date: Date | None = None) -> None:
        """By default of the day on which the account was made; without a balance and a date there is none at all."""
        await self._session.execute(
            delete(Transaction).where(
                Transaction.kind == TransactionKind.OPENING,
                Transaction.id.in_(select(PostingRow.transaction_id).where(PostingRow.account_id == account.id)),
            )
        )
        if not balance.amount and date is None:
            return
        await TransactionRepository(self._session).record(
            NewTransaction(
                id=new_id(),
                user_id=account.user_id,
                kind=TransactionKind.OPENING,
                date=date or account.created_at.date(),
                payee="Opening balance",
                postings=opening(balance, account_id=account.id),
            )
        )

    async def in_use(self, account_id: uuid.UUID) -> bool:
        statement = select(
            exists().where(
                PostingRow.account_id == account_id,
                Transaction.id == PostingRow.transaction_id,
                Transaction.kind != TransactionKind.OPENING,
            )
        )
        return bool(await self._session.scalar(statement))

    async def delete(self, row_id: uuid.UUID) -> bool:
        """Deletes the account with its transactions. Of transfers the other account keeps its side, uncategorised."""
        for statement in _KEEP_OTHER_SIDES:
            await self._session.execute(statement, {"account_id": row_id})
        touching = select(PostingRow.transaction_id).where(PostingRow.account_id == row_id)
        await self._session.execute(delete(Transaction).where(Transaction.id.in_(touching)))
        return await super().delete(row_id)
