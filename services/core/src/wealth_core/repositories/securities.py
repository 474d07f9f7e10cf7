"""Securities, their prices, and exchange rates."""

import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal

from sqlalchemy import exists, func, select, text, tuple_

from wealth_core.ids import new_id
from wealth_core.investments.rates import Observation, Rates
from wealth_core.investments.valuation import Quote, Quotes, SecurityInfo
from wealth_core.models import ExchangeRate, Price, Security, TradeRow
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import decode_dated, encode_dated

MAX_PAGE = 500

# Sorted, so that two imports at a time lock rows in one order.
_PUT_PRICES = text(
    """
    INSERT INTO prices (id, user_id, security_id, date, price)
    SELECT id, CAST(:user_id AS uuid), security_id, date, price
    FROM json_to_recordset(CAST(:rows AS json)) AS row (id uuid, security_id uuid, date date, price numeric)
    ORDER BY security_id, date
    ON CONFLICT (user_id, security_id, date) DO UPDATE SET price = excluded.price
    WHERE prices.price <> excluded.price
    RETURNING xmax = 0
    """
)
_PUT_RATES = text(
    """
    INSERT INTO exchange_rates (id, user_id, base, quote, date, rate)
    SELECT id, CAST(:user_id AS uuid), base, quote, date, rate
    FROM json_to_recordset(CAST(:rows AS json)) AS row (id uuid, base text, quote text, date date, rate numeric)
    ORDER BY base, quote, date
    ON CONFLICT (user_id, base, quote, date) DO UPDATE SET rate = excluded.rate
    WHERE exchange_rates.rate <> excluded.rate
    RETURNING xmax = 0
    """
)
# One look into the index for each day, however many prices or rates there are.
_NEWEST_PRICES = text(
    """
    SELECT DISTINCT wanted.security_id, newest.date, newest.price
    FROM unnest(CAST(:security_ids AS uuid[]), CAST(:days AS date[])) AS wanted (security_id, day)
    CROSS JOIN LATERAL (
        SELECT date, price FROM prices WHERE security_id = wanted.security_id AND date <= wanted.day
        ORDER BY date DESC LIMIT 1
    ) AS newest
    """
)
_NEWEST_RATES = text(
    """
    SELECT DISTINCT pair.base, pair.quote, newest.date, newest.rate
    FROM (
        SELECT DISTINCT base, quote FROM exchange_rates
        WHERE base = ANY (CAST(:currencies AS text[])) OR quote = ANY (CAST(:currencies AS text[]))
    ) AS pair
    CROSS JOIN unnest(CAST(:days AS date[])) AS wanted (day)
    CROSS JOIN LATERAL (
        SELECT date, rate FROM exchange_rates
        WHERE base = pair.base AND quote = pair.quote AND date <= wanted.day
        ORDER BY date DESC LIMIT 1
    ) AS newest
    """
)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of rows that were put: those that were there already, and alike, are `unchanged`."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class NewPrice:
    security_id: uuid.UUID
    date: Date
    price: Decimal


class SecurityRepository(Repository[Security]):
    model = Security

    async def list(self) -> Sequence[Security]:
        return (await self._session.scalars(select(Security).order_by(func.lower(Security.symbol)))).all()

    async def lock(self, row_id: uuid.UUID) -> Security | None:
        """Keeps others from trading the security until the transaction ends; prices can be added meanwhile."""
        return await self._session.scalar(
            select(Security)
            .where(Security.id == row_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )

    async def by_symbol(self, symbols: Collection[str]) -> dict[str, Security]:
        """The securities with these symbols, whatever their case, by the symbol in lower case."""
        symbol = func.lower(Security.symbol)
        found = await self._session.scalars(select(Security).where(symbol.in_({one.lower() for one in symbols})))
        return {one.symbol.lower(): one for one in found}

    async def traded(self, security_id: uuid.UUID) -> bool:
        return bool(await self._session.scalar(select(exists().where(TradeRow.security_id == security_id))))

    async def priced(self, security_id: uuid.UUID) -> bool:
        return bool(await self._session.scalar(select(exists().where(Price.security_id == security_id))))


class PriceRepository(Repository[Price]):
    model = Price

    async def put(self, user_id: uuid.UUID, prices: Iterable[NewPrice]) -> Written:
        """Adds prices, or replaces those of the same security and day; no two of them may be of one."""
        rows = [
            {
                "id": str(new_id()),
                "security_id": str(one.security_id),
                "date": one.date.isoformat(),
                "price": str(one.price),
            }
            for one in prices
        ]
        added = (await self._session.scalars(_PUT_PRICES, {"rows": json.dumps(rows), "user_id": user_id})).all()
        return _written(added, len(rows))

    async def of_day(self, security_id: uuid.UUID, date: Date) -> Price | None:
        return await self._session.scalar(select(Price).where(Price.security_id == security_id, Price.date == date))

    async def search(
        self,
        *,
        security_id: uuid.UUID | None = None,
        start: Date | None = None,
        end: Date | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Price]:
        """The newest first."""
        limit = min(limit, MAX_PAGE)
        statement = select(Price).order_by(Price.date.desc(), Price.id.desc()).limit(limit + 1)
        if security_id is not None:
            statement = statement.where(Price.security_id == security_id)
        if start is not None:
            statement = statement.where(Price.date >= start)
        if end is not None:
            statement = statement.where(Price.date <= end)
        if cursor is not None:
            statement = statement.where(tuple_(Price.date, Price.id) < decode_dated(cursor))
        found = (await self._session.scalars(statement)).all()
        return Page(found[:limit], _next(found, limit))

    async def add_newest(
        self, quotes: Quotes, wanted: Iterable[tuple[uuid.UUID, Date]], securities: dict[uuid.UUID, SecurityInfo]
    ) -> None:
        """Adds to `quotes` the newest price on or before each day for each security that is wanted then."""
        pairs = sorted(set(wanted))
        if not pairs:
            return
        parameters = {"security_ids": [one for one, _ in pairs], "days": [day for _, day in pairs]}
        for security_id, date, price in await self._session.execute(_NEWEST_PRICES, parameters):
            quotes.add(security_id, Quote(date, price, securities[security_id].currency))


class RateRepository(Repository[ExchangeRate]):
    model = ExchangeRate

    async def put(self, user_id: uuid.UUID, rates: Iterable[Observation]) -> Written:
        """Adds rates, or replaces those of the same pair and day; no two of them may be of one."""
        rows = [
            {
                "id": str(new_id()),
                "base": one.base,
                "quote": one.quote,
                "date": one.date.isoformat(),
                "rate": str(one.rate),
            }
            for one in rates
        ]
        added = (await self._session.scalars(_PUT_RATES, {"rows": json.dumps(rows), "user_id": user_id})).all()
        return _written(added, len(rows))

    async def of_day(self, base: str, quote: str, date: Date) -> ExchangeRate | None:
        return await self._session.scalar(
            select(ExchangeRate).where(
                ExchangeRate.base == base, ExchangeRate.quote == quote, ExchangeRate.date == date
            )
        )

    async def search(
        self,
        *,
        base: str | None = None,
        quote: str | None = None,
        start: Date | None = None,
        end: Date | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[ExchangeRate]:
        """The newest first."""
        limit = min(limit, MAX_PAGE)
        statement = select(ExchangeRate).order_by(ExchangeRate.date.desc(), ExchangeRate.id.desc()).limit(limit + 1)
        if base is not None:
            statement = statement.where(ExchangeRate.base == base)
        if quote is not None:
            statement = statement.where(ExchangeRate.quote == quote)
        if start is not None:
            statement = statement.where(ExchangeRate.date >= start)
        if end is not None:
            statement = statement.where(ExchangeRate.date <= end)
        if cursor is not None:
            statement = statement.where(tuple_(ExchangeRate.date, ExchangeRate.id) < decode_dated(cursor))
        found = (await self._session.scalars(statement)).all()
        return Page(found[:limit], _next(found, limit))

    async def newest(self, days: Iterable[Date], currencies: Iterable[str]) -> Rates:
        """What is needed to convert between these currencies on these days."""
        wanted = sorted(set(currencies))
        if len(wanted) <= 1:
            return Rates()
        found = await self._session.execute(_NEWEST_RATES, {"days": sorted(set(days)), "currencies": wanted})
        return Rates(Observation(*row) for row in found)


def _written(added: Sequence[bool], count: int) -> Written:
    new = sum(added)
    return Written(new, len(added) - new, count - len(added))


def _next(found: Sequence[Price] | Sequence[ExchangeRate], limit: int) -> str | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return encode_dated(last.date, last.id)
