"""What is held, what it is worth and how it did: the trades, prices and rates for it, computed by `investments`."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.investments.performance import Performance, days_needed, held_on, performance
from wealth_core.investments.rates import Rates
from wealth_core.investments.trades import Trade
from wealth_core.investments.valuation import (
    AccountInfo,
    Holdings,
    Portfolio,
    Quotes,
    SecurityInfo,
    portfolio,
)
from wealth_core.models import Account, Security
from wealth_core.money import Money
from wealth_core.repositories.securities import PriceRepository, RateRepository
from wealth_core.repositories.trades import TradeFilter, TradeRepository


@dataclass(frozen=True, slots=True)
class Worth:
    """What all holdings were worth on a day, in the currencies of their prices; `unpriced` names the rest."""

    day: Date
    values: Sequence[Money]
    unpriced: Sequence[str]


class PortfolioQueries:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def portfolio(self, day: Date, currency: str, *, account_id: uuid.UUID | None = None) -> Portfolio:
        """At the end of `day`, with what is not the securities' (money in the accounts) left out."""
        trades = await TradeRepository(self._session).trades(TradeFilter(account_id=account_id, end=day))
        securities, accounts = await self._securities(), await self._accounts()
        quotes = await self._quotes(trades, held_on(trades, [day]), securities)
        rates = await self._rates([day], trades, securities, currency)
        return portfolio(trades, securities, accounts, quotes, rates, day=day, currency=currency)

    async def performance(
        self,
        start: Date | None,
        end: Date,
        currency: str,
        *,
        account_id: uuid.UUID | None = None,
        security_id: uuid.UUID | None = None,
    ) -> Performance:
        """Both days included; without a `start` from the first trade on."""
        wanted = TradeFilter(account_id=account_id, security_id=security_id, end=end)
        trades = await TradeRepository(self._session).trades(wanted)
        start = start or min((trade.date for trade in trades), default=end)
        securities = await self._securities()
        needed = days_needed(trades, start, end)
        quotes = await self._quotes(trades, needed, securities)
        rates = await self._rates([day for day, _ in needed], trades, securities, currency)
        symbols = {one.id: one.symbol for one in securities.values()}
        return performance(trades, quotes, rates, symbols, start=start, end=end, currency=currency)

    async def worth(self, days: Iterable[Date]) -> list[Worth]:
        """In the order of the days."""
        wanted = sorted(set(days))
        trades = await TradeRepository(self._session).trades(TradeFilter(end=wanted[-1])) if wanted else []
        if not trades:
            return [Worth(day, [], []) for day in wanted]
        securities = await self._securities()
        quotes = await self._quotes(trades, held_on(trades, wanted), securities)
        holdings, place, result = Holdings(), 0, []
        for day in wanted:
            while place < len(trades) and trades[place].date <= day:
                trade = trades[place]
                if trade.security_id is not None:
                    holdings.take(trade, key=(trade.account_id, trade.security_id))
                place += 1
            values, unpriced = holdings.worth_of_all(quotes, day)
            result.append(Worth(day, values, sorted(securities[one].symbol for one in unpriced)))
        return result

    async def _securities(self) -> dict[uuid.UUID, SecurityInfo]:
        columns = (Security.id, Security.symbol, Security.name, Security.kind, Security.currency)
        return {row[0]: SecurityInfo(*row) for row in await self._session.execute(select(*columns))}

    async def _accounts(self) -> dict[uuid.UUID, AccountInfo]:
        columns = (Account.id, Account.name, Account.currency)
        return {row[0]: AccountInfo(*row) for row in await self._session.execute(select(*columns))}

    async def _quotes(
        self,
        trades: Sequence[Trade],
        held: Iterable[tuple[Date, frozenset[uuid.UUID]]],
        securities: dict[uuid.UUID, SecurityInfo],
    ) -> Quotes:
        quotes = Quotes()
        quotes.add_trades(trades)
        wanted = ((security_id, day) for day, security_ids in held for security_id in security_ids)
        await PriceRepository(self._session).add_newest(quotes, wanted, securities)
        return quotes

    async def _rates(
        self,
        days: Sequence[Date],
        trades: Sequence[Trade],
        securities: dict[uuid.UUID, SecurityInfo],
        currency: str,
    ) -> Rates:
        currencies = {currency} | {trade.amount.currency for trade in trades}
        traded = {trade.security_id for trade in trades}
        currencies |= {one.currency for one in securities.values() if one.id in traded}
        return await RateRepository(self._session).newest(days, currencies)
