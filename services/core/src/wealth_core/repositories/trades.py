"""Trades, each with its ledger transaction of the same id."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import aggregate_order_by

from wealth_core.investments.trades import Trade, TradeKind
from wealth_core.ledger import RESULT_KINDS, Posting, PostingKind
from wealth_core.models import PostingRow, Security, TradeRow, Transaction, TransactionKind
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Page, Repository
from wealth_core.repositories.cursors import decode_dated, encode_dated
from wealth_core.repositories.transactions import NewTransaction, TransactionRepository

MAX_PAGE = 500

# In one statement, since postings have to balance after each.
_REPLACE_POSTINGS = text(
    """
    WITH new AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS row (
            transaction_id uuid, position smallint, user_id uuid, kind text, account_id uuid, category_id uuid,
            amount numeric, currency text
        )
    ), gone AS (
        DELETE FROM postings WHERE transaction_id IN (SELECT transaction_id FROM new)
            AND (transaction_id, position) NOT IN (SELECT transaction_id, position FROM new)
    )
    INSERT INTO postings (transaction_id, position, user_id, kind, account_id, category_id, amount, currency)
    SELECT transaction_id, position, user_id, kind, account_id, category_id, amount, currency FROM new
    ON CONFLICT (transaction_id, position) DO UPDATE
    SET kind = excluded.kind, account_id = excluded.account_id, category_id = excluded.category_id,
        amount = excluded.amount
    """
)


@dataclass(frozen=True, slots=True)
class TradeFilter:
    """`start` and `end` are both included."""

    account_id: uuid.UUID | None = None
    security_id: uuid.UUID | None = None
    kind: TradeKind | None = None
    start: Date | None = None
    end: Date | None = None


@dataclass(frozen=True, slots=True)
class TradeView:
    """`cost` is what the sold had cost; None where nothing was sold."""

    trade: Trade
    symbol: str | None
    new_shares: int | None
    old_shares: int | None
    note: str
    category_id: uuid.UUID | None
    fee_category_id: uuid.UUID | None
    cost: Money | None

    @property
    def gain(self) -> Money | None:
        return self.trade.amount - self.cost if self.cost else None


_TRADE = (
    TradeRow.id,
    TradeRow.account_id,
    TradeRow.security_id,
    TradeRow.kind,
    TradeRow.date,
    TradeRow.amount,
    TradeRow.fee,
    TradeRow.currency,
    TradeRow.quantity,
    TradeRow.new_shares,
    TradeRow.old_shares,
)


def _trade(row: Sequence[Any]) -> Trade:
    row_id, account_id, security_id, kind, date, amount, fee, currency, quantity, new_shares, old_shares = row
    return Trade(
        id=row_id,
        account_id=account_id,
        security_id=security_id,
        kind=kind,
        date=date,
        amount=Money(amount, currency),
        fee=Money(fee, currency),
        quantity=quantity,
        ratio=Fraction(new_shares, old_shares) if new_shares else None,
    )


def _views() -> AnySelect:
    own = PostingRow.transaction_id == TradeRow.id
    in_order = aggregate_order_by(PostingRow.category_id, PostingRow.position)
    categories = select(func.array_agg(in_order)).where(own, PostingRow.kind == PostingKind.CATEGORY).scalar_subquery()
    cost = select(func.sum(-PostingRow.amount)).where(own, PostingRow.kind == PostingKind.SECURITY).scalar_subquery()
    return (
        select(*_TRADE, Security.symbol, Transaction.note, categories, cost)
        .join(Transaction, Transaction.id == TradeRow.id)
        .outerjoin(Security, Security.id == TradeRow.security_id)
        .order_by(TradeRow.date.desc(), TradeRow.id.desc())
    )


def _view(row: Sequence[Any]) -> TradeView:
    *columns, symbol, note, categories, cost = row
    trade = _trade(columns)
    result, fee = _categories(trade.kind, categories or [])
    return TradeView(
        trade=trade,
        symbol=symbol,
        new_shares=columns[-2],
        old_shares=columns[-1],
        note=note,
        category_id=result,
        fee_category_id=fee,
        cost=Money(cost, trade.amount.currency) if trade.kind is TradeKind.SELL else None,
    )


def _categories(kind: TradeKind, found: Sequence[uuid.UUID | None]) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    first, second = (*found, None, None)[:2]
    return (first, second) if kind in RESULT_KINDS else (None, first)


class TradeRepository(Repository[TradeRow]):
    model = TradeRow

    async def view(self, trade_id: uuid.UUID) -> TradeView | None:
        row = (await self._session.execute(_views().where(TradeRow.id == trade_id))).one_or_none()
        return _view(row) if row else None

    async def search(self, wanted: TradeFilter, *, limit: int = 50, cursor: str | None = None) -> Page[TradeView]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        limit = min(limit, MAX_PAGE)
        statement = _narrow(_views(), wanted).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(tuple_(TradeRow.date, TradeRow.id) < decode_dated(cursor))
        found = [_view(row) for row in await self._session.execute(statement)]
        more = len(found) > limit
        last = found[limit - 1].trade if more else None
        return Page(found[:limit], encode_dated(last.date, last.id) if last else None)

    async def trades(self, wanted: TradeFilter) -> list[Trade]:
        """All of them, in the order in which they happened."""
        rows = await self._session.execute(_narrow(select(*_TRADE), wanted))
        return sorted((_trade(row) for row in rows), key=lambda one: one.order)

    async def views(self, trade_ids: Iterable[uuid.UUID]) -> list[TradeView]:
        rows = await self._session.execute(_views().where(TradeRow.id.in_(list(trade_ids))))
        return [_view(row) for row in rows]

    async def record(
        self,
        user_id: uuid.UUID,
        trade: Trade,
        postings: Sequence[Posting],
        *,
        payee: str,
        note: str,
        shares: tuple[int, int] | None = None,
    ) -> None:
        await TransactionRepository(self._session).record(
            NewTransaction(
                id=trade.id,
                user_id=user_id,
                kind=TransactionKind.TRADE,
                date=trade.date,
                payee=payee,
                note=note,
                postings=postings,
            )
        )
        new_shares, old_shares = shares or (None, None)
        await self.add(
            TradeRow(
                id=trade.id,
                user_id=user_id,
                account_id=trade.account_id,
                currency=trade.amount.currency,
                security_id=trade.security_id,
                kind=trade.kind,
                date=trade.date,
                quantity=trade.quantity,
                amount=trade.amount.amount,
                fee=trade.fee.amount,
                new_shares=new_shares,
                old_shares=old_shares,
            )
        )

    async def change(self, trade: Trade, *, note: str, shares: tuple[int, int] | None = None) -> None:
        """Gives a trade new content; its postings are for `replace_postings`."""
        await self._session.execute(
            update(Transaction).where(Transaction.id == trade.id).values(date=trade.date, note=note)
        )
        new_shares, old_shares = shares or (None, None)
        await self._session.execute(
            update(TradeRow)
            .where(TradeRow.id == trade.id)
            .values(
                date=trade.date,
                quantity=trade.quantity,
                amount=trade.amount.amount,
                fee=trade.fee.amount,
                new_shares=new_shares,
                old_shares=old_shares,
            )
        )

    async def replace_postings(self, user_id: uuid.UUID, entries: dict[uuid.UUID, Sequence[Posting]]) -> None:
        if not entries:
            return
        rows = [
            {
                "transaction_id": str(trade_id),
                "position": position,
                "user_id": str(user_id),
                "kind": posting.kind,
                "account_id": str(posting.account_id) if posting.account_id else None,
                "category_id": str(posting.category_id) if posting.category_id else None,
                "amount": str(posting.money.amount),
                "currency": posting.money.currency,
            }
            for trade_id, postings in entries.items()
            for position, posting in enumerate(postings)
        ]
        await self._session.execute(_REPLACE_POSTINGS, {"rows": json.dumps(rows)})

    async def delete(self, row_id: uuid.UUID) -> bool:
        """Deletes the ledger's transaction, and with it the trade."""
        return await TransactionRepository(self._session).delete(row_id)


def _narrow(statement: AnySelect, wanted: TradeFilter) -> AnySelect:
    if wanted.account_id is not None:
        statement = statement.where(TradeRow.account_id == wanted.account_id)
    if wanted.security_id is not None:
        statement = statement.where(TradeRow.security_id == wanted.security_id)
    if wanted.kind is not None:
        statement = statement.where(TradeRow.kind == wanted.kind)
    if wanted.start is not None:
        statement = statement.where(TradeRow.date >= wanted.start)
    if wanted.end is not None:
        statement = statement.where(TradeRow.date <= wanted.end)
    return statement
