"""Accounts with the balances their postings add up to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.sql.functions import coalesce

from wealth_core.ids import new_id
from wealth_core.ledger import opening
from wealth_core.models import Account, AccountKind, PostingRow, Transaction, TransactionKind
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Repository
from wealth_core.repositories.transactions import NewTransaction, TransactionRepository


@dataclass(frozen=True, slots=True)
class AccountView:
    id: uuid.UUID
    name: str
    kind: AccountKind
    currency: str
    balance: Money
    opening_balance: Money


def _views() -> AnySelect:
    is_opening = Transaction.kind == TransactionKind.OPENING
    sums = (
        select(
            PostingRow.account_id,
            func.sum(PostingRow.amount).label("balance"),
            func.sum(PostingRow.amount).filter(is_opening).label("opening"),
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
        )
        .outerjoin(sums, sums.c.account_id == Account.id)
        .order_by(func.lower(Account.name))
    )


def _view(row: Any) -> AccountView:
    account_id, name, kind, currency, balance, opened = row
    return AccountView(account_id, name, kind, currency, Money(balance, currency), Money(opened, currency))


class AccountRepository(Repository[Account]):
    model = Account

    async def list(self) -> Sequence[AccountView]:
        return [_view(row) for row in await self._session.execute(_views())]

    async def view(self, account_id: uuid.UUID) -> AccountView | None:
        row = (await self._session.execute(_views().where(Account.id == account_id))).one_or_none()
        return _view(row) if row else None

    async def lock(self, row_id: uuid.UUID) -> Account | None:
        """Keeps others from importing into the account until the transaction ends; new transactions stay possible."""
        return await self._session.scalar(select(Account).where(Account.id == row_id).with_for_update(key_share=True))

    async def set_opening_balance(self, account: Account, balance: Money) -> None:
        await self._session.execute(
            delete(Transaction).where(
                Transaction.kind == TransactionKind.OPENING,
                Transaction.id.in_(select(PostingRow.transaction_id).where(PostingRow.account_id == account.id)),
            )
        )
        if not balance.amount:
            return
        await TransactionRepository(self._session).record(
            NewTransaction(
                id=new_id(),
                user_id=account.user_id,
                kind=TransactionKind.OPENING,
                date=account.created_at.date(),
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
        """Deletes the account together with every transaction that touches it."""
        touching = select(PostingRow.transaction_id).where(PostingRow.account_id == row_id)
        await self._session.execute(delete(Transaction).where(Transaction.id.in_(touching)))
        return await super().delete(row_id)
