"""What a person owns and owes, at the end of each month."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`

from wealth_core.investments.rates import Rate, Rates, add_up, rates_used
from wealth_core.money import Money


@dataclass(frozen=True, slots=True)
class Standing:
    """What was there at the end of a day: account balances and what securities were worth."""

    day: Date
    balances: Sequence[Money]
    investments: Sequence[Money]
    unpriced: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NetWorth:
    """`liabilities` is positive: what accounts are below zero. What has no rate stands in `unconverted` alone.

    `unpriced` names securities that are held and never had a price.
    """

    day: Date
    assets: Money
    liabilities: Money
    investments: Money
    unconverted: Sequence[Money]
    unpriced: Sequence[str]
    rates: Sequence[Rate]

    @property
    def net(self) -> Money:
        return self.assets - self.liabilities

    @property
    def missing_rates(self) -> list[str]:
        return [f"{one.currency}/{self.assets.currency}" for one in self.unconverted]


def net_worth(standing: Standing, currency: str, rates: Rates) -> NetWorth:
    """Investments are part of the assets."""
    owned = [money for money in standing.balances if money.amount > 0]
    owed = [-money for money in standing.balances if money.amount < 0]
    held = add_up(standing.investments, currency, rates, standing.day)
    assets = add_up(owned, currency, rates, standing.day)
    debts = add_up(owed, currency, rates, standing.day)
    left = add_up([*standing.balances, *standing.investments], currency, rates, standing.day)
    everything = [*standing.balances, *standing.investments]
    return NetWorth(
        day=standing.day,
        assets=assets.total + held.total,
        liabilities=debts.total,
        investments=held.total,
        unconverted=[money for money in left.unconverted if money.amount],
        unpriced=standing.unpriced,
        rates=rates_used({money.currency for money in everything if money.amount}, currency, rates, standing.day),
    )


def running_balances(
    changes: Iterable[tuple[uuid.UUID, Date, Money]], days: Sequence[Date]
) -> Mapping[Date, Sequence[Money]]:
    """Each account's balance at the end of each of the days, from what changed it and when."""
    ordered, place = sorted(changes, key=lambda one: one[1]), 0
    balances: dict[uuid.UUID, Money] = {}
    result = {}
    for day in days:
        while place < len(ordered) and ordered[place][1] <= day:
            account_id, _, change = ordered[place]
            balances[account_id] = balances.get(account_id, Money.zero(change.currency)) + change
            place += 1
        result[day] = list(balances.values())
    return result
