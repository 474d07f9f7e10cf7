import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from fractions import Fraction

from wealth_backend.amounts import money_of
from wealth_backend.dependencies import Work
from wealth_backend.figures import check_order, plain
from wealth_backend.problems import Problem, invalid, not_found
from wealth_backend.trades.schemas import NewTrade, TradeChange
from wealth_core import ledger
from wealth_core.ids import new_id
from wealth_core.investments import exact
from wealth_core.investments.lots import OversoldError, position
from wealth_core.investments.trades import Trade, TradeKind
from wealth_core.ledger import Posting
from wealth_core.models import Account, AccountKind, Security
from wealth_core.money import Money, MoneyError
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    Page,
    SecurityRepository,
    TradeFilter,
    TradeRepository,
    TradeView,
    TransactionRepository,
)

_QUANTIFIED = frozenset({TradeKind.BUY, TradeKind.SELL})


@dataclass(frozen=True, slots=True)
class _Content:
    """What a trade of a kind is made of, as it was sent or as it stands."""

    kind: TradeKind
    date: Date
    quantity: str | None
    amount: str | None
    price: str | None
    fee: str | None
    ratio: str | None
    category_id: uuid.UUID | None
    fee_category_id: uuid.UUID | None


async def search(work: Work, wanted: TradeFilter, *, limit: int, cursor: str | None) -> Page[TradeView]:
    check_order(wanted.start, wanted.end)
    return await TradeRepository(work.session).search(wanted, limit=limit, cursor=cursor)


async def add(work: Work, wanted: NewTrade) -> TradeView:
    account = await _account(work, wanted.account_id)
    security = await _security(work, wanted.security_id, wanted.kind)
    content = _Content(
        wanted.kind,
        wanted.date,
        wanted.quantity,
        wanted.amount,
        wanted.price,
        wanted.fee,
        wanted.ratio,
        wanted.category_id,
        wanted.fee_category_id,
    )
    await _check_categories(work, content)
    trade = _trade(new_id(), account, security, content)
    entries = await _entries(work, account.id, security, added=trade, content=content)
    await TradeRepository(work.session).record(
        work.user_id,
        trade,
        entries.pop(trade.id),
        payee=security.name if security else "Investment fee",
        note=wanted.note or "",
        shares=_shares(content),
    )
    await TradeRepository(work.session).replace_postings(work.user_id, entries)
    return await view(work, trade.id)


async def change(work: Work, trade_id: uuid.UUID, wanted: TradeChange) -> TradeView:
    """The trade has been locked by `view`."""
    old = await view(work, trade_id)
    account = await _account(work, old.trade.account_id, change=True)
    security = await _security(work, old.trade.security_id, old.trade.kind)
    given = wanted.model_fields_set
    keep_amount = wanted.amount is None and wanted.price is None
    content = _Content(
        old.trade.kind,
        wanted.date or old.trade.date,
        wanted.quantity or (plain(old.trade.quantity) if old.trade.quantity else None),
        plain(old.trade.amount.amount) if keep_amount and old.trade.kind is not TradeKind.SPLIT else wanted.amount,
        wanted.price,
        wanted.fee or (plain(old.trade.fee.amount) if old.trade.fee.amount else None),
        wanted.ratio or (f"{old.new_shares}:{old.old_shares}" if old.new_shares else None),
        wanted.category_id if "category_id" in given else old.category_id,
        wanted.fee_category_id if "fee_category_id" in given else old.fee_category_id,
    )
    await _check_categories(work, content)
    trade = _trade(trade_id, account, security, content)
    entries = await _entries(work, account.id, security, added=trade, content=content)
    note = (wanted.note or "") if "note" in given else old.note
    await TradeRepository(work.session).change(trade, note=note, shares=_shares(content))
    await TradeRepository(work.session).replace_postings(work.user_id, entries)
    return await view(work, trade_id)


async def remove(work: Work, trade_id: uuid.UUID) -> None:
    """The trade has been locked by `view`."""
    old = (await view(work, trade_id)).trade
    security = await _security(work, old.security_id, old.kind)
    entries = await _entries(work, old.account_id, security, removed=trade_id)
    await TradeRepository(work.session).delete(trade_id)
    await TradeRepository(work.session).replace_postings(work.user_id, entries)


async def view(work: Work, trade_id: uuid.UUID, *, lock: bool = False) -> TradeView:
    """Locked is the security, so that of its trades one at a time changes what the others cost."""
    trades = TradeRepository(work.session)
    found = await trades.view(trade_id)
    if lock and found is not None:
        if found.trade.security_id is not None:
            await SecurityRepository(work.session).lock(found.trade.security_id)
        await TransactionRepository(work.session).lock(trade_id)
        found = await trades.view(trade_id)
    if found is None:
        raise not_found("trade")
    return found


async def _account(work: Work, account_id: uuid.UUID, *, change: bool = False) -> Account:
    account = await AccountRepository(work.session).get(account_id)
    if account is None:
        raise invalid("account_id", "There is no such account: choose one of yours.")
    if account.kind is not AccountKind.INVESTMENT and not change:
        raise invalid("account_id", f"“{account.name}” is no investment account: choose one, or change its kind.")
    return account


async def _security(work: Work, security_id: uuid.UUID | None, kind: TradeKind) -> Security | None:
    if security_id is None:
        if kind is TradeKind.FEE:
            return None
        raise invalid("security_id", "The security is missing: choose one of yours.")
    security = await SecurityRepository(work.session).lock(security_id)
    if security is None:
        raise invalid("security_id", "There is no such security: choose one of yours.")
    return security


async def _check_categories(work: Work, content: _Content) -> None:
    takes_result = content.kind in ledger.RESULT_KINDS
    if content.category_id is not None and not takes_result:
        raise invalid("category_id", "Only a dividend or a sale has a category: give a fee's as fee_category_id.")
    if content.kind is TradeKind.SPLIT and content.fee_category_id is not None:
        raise invalid("fee_category_id", "A split moves no money: leave the category out.")
    for field in ("category_id", "fee_category_id"):
        category_id = getattr(content, field)
        if category_id is not None and await CategoryRepository(work.session).get(category_id) is None:
            raise invalid(field, "There is no such category: choose one of yours, or none.")


def _trade(trade_id: uuid.UUID, account: Account, security: Security | None, content: _Content) -> Trade:
    kind, currency = content.kind, account.currency
    quantity = _quantity(content)
    if (content.ratio is not None) != (kind is TradeKind.SPLIT):
        raise invalid(
            "ratio", "A split needs its ratio, like 4:1." if content.ratio is None else "Only a split has a ratio."
        )
    shares = _shares(content)
    return Trade(
        id=trade_id,
        account_id=account.id,
        security_id=security.id if security else None,
        kind=kind,
        date=content.date,
        amount=_amount(content, currency, security, quantity),
        fee=_fee(content, currency),
        quantity=quantity,
        ratio=Fraction(*shares) if shares else None,
    )


def _quantity(content: _Content) -> Decimal | None:
    if content.kind in _QUANTIFIED:
        if content.quantity is None:
            raise invalid("quantity", f"The quantity is missing: say how much you {content.kind}.")
        return Decimal(content.quantity)
    if content.quantity is not None:
        raise invalid("quantity", f"A {content.kind} has no quantity: leave it out.")
    return None


def _amount(content: _Content, currency: str, security: Security | None, quantity: Decimal | None) -> Money:
    if content.kind is TradeKind.SPLIT:
        if content.amount is not None or content.price is not None:
            raise invalid("amount", "A split moves no money: leave amount and price out.")
        return Money.zero(currency)
    if content.price is not None:
        return _priced(content, content.price, currency, security, quantity)
    if content.amount is None:
        raise invalid("amount", "The amount is missing: say what changed hands.")
    amount = money_of(content.amount, currency)
    if amount.amount < 0:
        raise invalid("amount", "An amount is never negative here: the kind of the trade says which way it went.")
    if not amount.amount and content.kind not in _QUANTIFIED:
        raise invalid("amount", f"A {content.kind} of nothing is none: give an amount above zero.")
    return amount


def _priced(content: _Content, price: str, currency: str, security: Security | None, quantity: Decimal | None) -> Money:
    if quantity is None or security is None:
        raise invalid("price", f"A {content.kind} has no price: give the amount.")
    if content.amount is not None:
        raise invalid("price", "Give either the amount or the price, not both.")
    if security.currency != currency:
        raise invalid(
            "price",
            f"The price is in {security.currency} and the account in {currency}: give the amount in {currency}.",
        )
    money = exact.money(Fraction(Decimal(price)) * Fraction(quantity), currency)
    return money_of(f"{money.amount:f}", currency, "price")


def _fee(content: _Content, currency: str) -> Money:
    if content.fee is None:
        return Money.zero(currency)
    fee = money_of(content.fee, currency, "fee")
    if fee.amount < 0:
        raise invalid("fee", "A fee is never negative.")
    if fee.amount and content.kind in {TradeKind.SPLIT, TradeKind.FEE}:
        raise invalid("fee", f"A {content.kind} has no fee besides: leave it out.")
    return fee


def _shares(content: _Content) -> tuple[int, int] | None:
    if content.ratio is None:
        return None
    new, old = content.ratio.split(":")
    return int(new), int(old)


async def _entries(
    work: Work,
    account_id: uuid.UUID,
    security: Security | None,
    *,
    added: Trade | None = None,
    removed: uuid.UUID | None = None,
    content: _Content | None = None,
) -> dict[uuid.UUID, Sequence[Posting]]:
    """The ledger's entries of `added` and of every sale that costs something else once it, or nothing, is there.

    `added` takes the place of the trade with its id.
    """
    repository, costs = TradeRepository(work.session), dict[uuid.UUID, Money]()
    if security is not None:
        trades = await repository.trades(TradeFilter(account_id=account_id, security_id=security.id))
        gone = {removed, added.id if added else None}
        trades = [*(one for one in trades if one.id not in gone), *([added] if added else [])]
        costs = _costs(trades, security, added)
    entries: dict[uuid.UUID, Sequence[Posting]] = {}
    for view in await repository.views(trade_id for trade_id in costs if added is None or trade_id != added.id):
        if view.cost != costs[view.trade.id]:
            entries[view.trade.id] = _postings(view.trade, costs[view.trade.id], view.category_id, view.fee_category_id)
    if added is not None and content is not None:
        cost = costs.get(added.id, Money.zero(added.amount.currency))
        entries[added.id] = _postings(added, cost, content.category_id, content.fee_category_id)
    return entries


def _costs(trades: Sequence[Trade], security: Security, added: Trade | None) -> dict[uuid.UUID, Money]:
    """What each sale's sold had cost."""
    if not trades:
        return {}
    try:
        return {sale.trade.id: sale.cost for sale in position(trades, trades[0].amount.currency).sales}
    except OversoldError as error:
        held = plain(error.held)
        if added is not None and error.sale.id == added.id:
            detail = f"You hold {held} of {security.symbol} on {error.sale.date}: sell at most that much."
        else:
            detail = (
                f"The sale of {plain(error.sale.quantity or Decimal(0))} {security.symbol} on {error.sale.date} would"
                f" then be of more than the {held} held: change or delete it first."
            )
        raise Problem(409, "oversold", detail) from None


def _postings(
    trade: Trade, cost: Money, category_id: uuid.UUID | None, fee_category_id: uuid.UUID | None
) -> Sequence[Posting]:
    try:
        return ledger.trade(
            trade.kind,
            account_id=trade.account_id,
            amount=trade.amount,
            fee=trade.fee,
            cost=cost,
            category_id=category_id,
            fee_category_id=fee_category_id,
        )
    except MoneyError as error:
        raise invalid("amount", f"This amount can't be taken: {error}.") from None
