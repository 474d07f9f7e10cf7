"""What is held and what it cost: first in, first out, for one security in one account.

Costs are money from the start, so the lots' costs always add up to what was paid: a part of a lot takes its share of
the lot's cost, rounded to the currency's decimals, and the last part takes what is left. What a purchase cost in fees
is an expense of its day and no part of the lot's cost.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812 - a field is named `date`
from fractions import Fraction

from wealth_core.investments import exact
from wealth_core.investments.trades import Trade, TradeKind
from wealth_core.money import Money


class OversoldError(ValueError):
    """A sale of more than is held that day."""

    def __init__(self, sale: Trade, held: Fraction) -> None:
        super().__init__(f"{sale.quantity} are sold on {sale.date} while {exact.quantity(held).normalize():f} are held")
        self.sale = sale
        self.held = exact.quantity(held)


@dataclass(frozen=True, slots=True)
class Lot:
    date: Date
    quantity: Fraction
    cost: Money


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale and what the sold had cost."""

    trade: Trade
    cost: Money

    @property
    def gain(self) -> Money:
        return self.trade.amount - self.cost


class Position:
    """Takes the trades of one security in one account in their order."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.sales: list[Sale] = []
        self.dividends = Money.zero(currency)
        self.fees = Money.zero(currency)
        self.quantity = Fraction(0)
        self._lots: deque[Lot] = deque()

    @property
    def lots(self) -> tuple[Lot, ...]:
        return tuple(self._lots)

    @property
    def cost(self) -> Money:
        return Money.total((lot.cost for lot in self._lots), self.currency)

    @property
    def realised(self) -> Money:
        return Money.total((sale.gain for sale in self.sales), self.currency)

    def take(self, trade: Trade) -> None:
        """A sale of more than is held is an OversoldError and changes nothing."""
        match trade.kind:
            case TradeKind.BUY:
                self._buy(trade)
            case TradeKind.SELL:
                self._sell(trade)
            case TradeKind.SPLIT:
                self._split(trade)
            case TradeKind.DIVIDEND:
                self.dividends += trade.amount
        self.fees += trade.amount + trade.fee if trade.kind is TradeKind.FEE else trade.fee

    def _buy(self, trade: Trade) -> None:
        bought = Fraction(trade.quantity or 0)
        self._lots.append(Lot(trade.date, bought, trade.amount))
        self.quantity += bought

    def _sell(self, trade: Trade) -> None:
        wanted = Fraction(trade.quantity or 0)
        if wanted > self.quantity:
            raise OversoldError(trade, self.quantity)
        if self.quantity - wanted < exact.SMALLEST_QUANTITY:
            # A split may leave what no quantity can say (a third of a share): it goes with the last that can be said.
            wanted = self.quantity
        self.quantity -= wanted
        cost = Money.zero(self.currency)
        while wanted:
            lot = self._lots.popleft()
            part = min(lot.quantity, wanted)
            wanted -= part
            spent = exact.money(Fraction(lot.cost.amount) * part / lot.quantity, self.currency)
            cost += spent
            if part < lot.quantity:
                self._lots.appendleft(replace(lot, quantity=lot.quantity - part, cost=lot.cost - spent))
        self.sales.append(Sale(trade, cost))

    def _split(self, trade: Trade) -> None:
        ratio = trade.ratio or Fraction(1)
        self._lots = deque(replace(lot, quantity=lot.quantity * ratio) for lot in self._lots)
        self.quantity *= ratio


def position(trades: Iterable[Trade], currency: str) -> Position:
    """All trades of one security in one account, in any order."""
    result = Position(currency)
    for trade in sorted(trades, key=lambda one: one.order):
        result.take(trade)
    return result
