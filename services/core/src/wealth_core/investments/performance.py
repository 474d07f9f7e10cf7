"""How a portfolio did between two days: from its trades, prices and exchange rates to flows and subperiods.

Within a day income and fees of what was held come first, then purchases, then sales. What a purchase cost in fees is
part of what was paid for it, so what it cost to trade lowers the return.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from wealth_core.investments.rates import MissingRateError, Rates
from wealth_core.investments.returns import Flow, Return, Subperiod, time_weighted, xirr, yearly
from wealth_core.investments.trades import Trade, TradeKind
from wealth_core.investments.valuation import Holdings, Quotes
from wealth_core.money import Money

_DAY = timedelta(days=1)


class MissingPriceError(ValueError):
    """Something is held that never had a price."""

    def __init__(self, security_id: uuid.UUID, day: Date) -> None:
        super().__init__(f"{security_id} has no price on or before {day}")
        self.security_id, self.day = security_id, day


@dataclass(frozen=True, slots=True)
class Performance:
    """`start_value` is of the evening before the first day, `gain` what was made besides what went in and out.

    Amounts are None, with the reason, where a price or an exchange rate is missing.
    """

    start: Date
    end: Date
    currency: str
    start_value: Money | None
    end_value: Money | None
    paid_in: Money | None
    paid_out: Money | None
    gain: Money | None
    money_weighted: Return
    time_weighted: Return
    time_weighted_yearly: Return
    reason: str | None = None


def days_needed(trades: Iterable[Trade], start: Date, end: Date) -> list[tuple[Date, frozenset[uuid.UUID]]]:
    """The days on which `performance` values the portfolio, each with the securities held then."""
    wanted = {start - _DAY, end} | {trade.date for trade in trades if start <= trade.date <= end}
    return held_on(trades, wanted)


def held_on(trades: Iterable[Trade], days: Iterable[Date]) -> list[tuple[Date, frozenset[uuid.UUID]]]:
    """What is held on each of the days, before or after that day's trades."""
    ordered = sorted((trade for trade in trades if trade.security_id), key=lambda one: one.order)
    holdings, place, result = Holdings(), 0, []
    for day in sorted(set(days)):
        before = {key[1] for key in holdings.quantities}
        while place < len(ordered) and ordered[place].date <= day:
            if ordered[place].date == day:
                before |= {key[1] for key in holdings.quantities}
            _take(holdings, ordered[place])
            place += 1
        result.append((day, frozenset(before | {key[1] for key in holdings.quantities})))
    return result


def performance(
    trades: Sequence[Trade],
    quotes: Quotes,
    rates: Rates,
    symbols: Mapping[uuid.UUID, str],
    *,
    start: Date,
    end: Date,
    currency: str,
) -> Performance:
    """`trades` are all up to `end`, those before `start` included."""
    try:
        return _performance(trades, _Valuer(quotes, rates, currency), start=start, end=end)
    except MissingRateError as error:
        reason = f"There is no exchange rate from {error.base} to {error.quote} on or before {error.day}: import one."
    except MissingPriceError as error:
        reason = f"{symbols.get(error.security_id, 'A security')} has no price on or before {error.day}: enter one."
    undefined = Return(None, reason)
    return Performance(
        start, end, currency, None, None, None, None, None, undefined, undefined, undefined, reason=reason
    )


@dataclass(frozen=True, slots=True)
class _Valuer:
    quotes: Quotes
    rates: Rates
    currency: str

    def worth(self, holdings: Holdings, day: Date) -> Decimal:
        values, unpriced = holdings.worth_of_all(self.quotes, day)
        if unpriced:
            raise MissingPriceError(min(unpriced), day)
        return sum((self.amount(money, day) for money in values), Decimal(0))

    def amount(self, money: Money, day: Date) -> Decimal:
        return self.rates.convert(money, self.currency, day).amount


@dataclass(slots=True)
class _Day:
    """What a day's trades moved, in the portfolio's currency; all of it positive but `income`, which fees lower."""

    income: Decimal = Decimal(0)
    bought: Decimal = Decimal(0)
    sold: Decimal = Decimal(0)

    def add(self, trade: Trade, valuer: _Valuer) -> None:
        paid_in = valuer.amount(trade.paid_in, trade.date)
        match trade.kind:
            case TradeKind.BUY:
                self.bought += paid_in
            case TradeKind.SELL:
                self.sold -= paid_in
            case _:
                self.income -= paid_in


def _performance(trades: Sequence[Trade], valuer: _Valuer, *, start: Date, end: Date) -> Performance:
    ordered = sorted(trades, key=lambda one: one.order)
    holdings = Holdings()
    for trade in ordered:
        if trade.date < start:
            _take(holdings, trade)
    worth = start_value = valuer.worth(holdings, start - _DAY)
    flows, subperiods = [Flow(start - _DAY, -start_value)], list[Subperiod]()
    paid_in = paid_out = Decimal(0)
    for day, of_day in groupby((one for one in ordered if start <= one.date <= end), key=lambda one: one.date):
        moved, before = _Day(), None
        for trade in of_day:
            if before is None and trade.kind is not TradeKind.SPLIT:
                before = valuer.worth(holdings, day)
            moved.add(trade, valuer)
            _take(holdings, trade)
        if before is None:
            continue
        after = valuer.worth(holdings, day)
        _chain(subperiods, worth, before, after, moved)
        worth = after
        flows.append(Flow(day, moved.sold + moved.income - moved.bought))
        paid_in += moved.bought
        paid_out += moved.sold + moved.income
    end_value = valuer.worth(holdings, end)
    subperiods.append(Subperiod(worth, end_value))
    flows.append(Flow(end, end_value))
    whole = time_weighted(subperiods)
    return Performance(
        start=start,
        end=end,
        currency=valuer.currency,
        start_value=Money(start_value, valuer.currency),
        end_value=Money(end_value, valuer.currency),
        paid_in=Money(paid_in, valuer.currency),
        paid_out=Money(paid_out, valuer.currency),
        gain=Money(end_value - start_value - paid_in + paid_out, valuer.currency),
        money_weighted=xirr(flows),
        time_weighted=whole,
        time_weighted_yearly=yearly(whole, (end - start).days + 1),
    )


def _chain(subperiods: list[Subperiod], worth: Decimal, before: Decimal, after: Decimal, moved: _Day) -> None:
    """Goes on from the last flow to this day, its income, and its trades."""
    if before:
        subperiods.append(Subperiod(worth, before))
        subperiods.append(Subperiod(before, before + moved.income))
    elif subperiods:
        # Paid after everything was sold: it belongs to what was held until then.
        last = subperiods.pop()
        subperiods.append(Subperiod(last.start, last.end + moved.income))
    if moved.bought or moved.sold:
        subperiods.append(Subperiod(before + moved.bought, after + moved.sold))


def _take(holdings: Holdings, trade: Trade) -> None:
    if trade.security_id is not None:
        holdings.take(trade, key=(trade.account_id, trade.security_id))
