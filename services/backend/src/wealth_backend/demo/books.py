"""Writes the demo household into empty books: by the API's services where there are some rows, in bulk where many."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wealth_backend.accounts import service as accounts
from wealth_backend.accounts.schemas import NewAccount
from wealth_backend.budgets import service as budgets
from wealth_backend.budgets.schemas import NewBudget
from wealth_backend.categories import service as categories
from wealth_backend.categories.schemas import NewCategory
from wealth_backend.demo import household as home
from wealth_backend.demo.household import Entry, Household, Transfer
from wealth_backend.dependencies import Work
from wealth_backend.goals import service as goals
from wealth_backend.goals.schemas import NewGoal
from wealth_backend.recurring import service as recurring
from wealth_backend.recurring.schemas import NewRecurring
from wealth_backend.securities import service as securities
from wealth_backend.securities.schemas import NewSecurity
from wealth_backend.trades import service as trades
from wealth_backend.trades.schemas import NewTrade
from wealth_core import ledger
from wealth_core.budgets import Rollover
from wealth_core.ids import new_id
from wealth_core.investments.rates import Observation
from wealth_core.investments.trades import SecurityKind, TradeKind
from wealth_core.ledger import Part
from wealth_core.models import CategoryKind, ScheduleKind, TransactionKind
from wealth_core.money import Money
from wealth_core.repositories import (
    CategoryRepository,
    NewPrice,
    PriceRepository,
    RateRepository,
    TagRepository,
    TransactionRepository,
)
from wealth_core.repositories.transactions import NewTransaction

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Names:
    """The rows that the household calls by their names."""

    accounts: Mapping[str, tuple[uuid.UUID, str]]
    categories: Mapping[str, uuid.UUID]
    tags: Mapping[str, uuid.UUID]


async def write(work: Work, made: Household, last_day: date) -> None:
    """All of it in the transaction of `work`; the user has the default categories and nothing else."""
    names = await _named(work, made)
    rows = [_entry(work, one, names) for one in made.entries] + [_transfer(work, one, names) for one in made.transfers]
    for start in range(0, len(rows), _CHUNK):
        await TransactionRepository(work.session).record(*rows[start : start + _CHUNK])
    await _invest(work, made, names)
    await _plan(work, names, last_day)


async def _named(work: Work, made: Household) -> _Names:
    # The day before anything else happens.
    opened = min(one.date for one in made.entries) - timedelta(days=1)
    kept = {}
    for one in made.accounts:
        wanted = NewAccount(
            name=one.name,
            kind=one.kind,
            currency=one.currency,
            opening_balance=str(one.opening),
            opening_date=opened,
        )
        kept[one.name] = ((await accounts.add(work, wanted)).id, one.currency)
    for name, kind in home.CATEGORIES.items():
        await categories.add(work, NewCategory(name=name, kind=CategoryKind(kind)))
    known = {one.name: one.id for one in await CategoryRepository(work.session).list()}
    wanted_tags = sorted({tag for one in made.entries for tag in one.tags})
    tags = await TagRepository(work.session).named(work.user_id, wanted_tags)
    return _Names(kept, known, tags)


def _entry(work: Work, one: Entry, names: _Names) -> NewTransaction:
    account_id, currency = names.accounts[one.account]
    money = Money(one.amount, currency)
    if one.parts:
        parts = [Part(Money(amount, currency), names.categories[category]) for category, amount in one.parts]
        postings = ledger.split(money, parts, account_id=account_id)
    else:
        category_id = names.categories[one.category] if one.category else None
        postings = ledger.entry(money, account_id=account_id, category_id=category_id)
    return NewTransaction(
        id=new_id(),
        user_id=work.user_id,
        date=one.date,
        payee=one.payee,
        note=one.note,
        postings=postings,
        tag_ids=[names.tags[tag] for tag in one.tags],
    )


def _transfer(work: Work, one: Transfer, names: _Names) -> NewTransaction:
    from_id, currency = names.accounts[one.account]
    to_id, to_currency = names.accounts[one.to_account]
    return NewTransaction(
        id=new_id(),
        user_id=work.user_id,
        kind=TransactionKind.TRANSFER,
        date=one.date,
        payee=one.to_account,
        note=one.note,
        postings=ledger.transfer(
            Money(one.amount, currency),
            from_account_id=from_id,
            to_account_id=to_id,
            received=None if one.received is None else Money(one.received, to_currency),
        ),
    )


async def _invest(work: Work, made: Household, names: _Names) -> None:
    broker, currency = names.accounts[home.BROKER]
    held = {}
    for symbol, (name, kind) in home.SECURITIES.items():
        wanted = NewSecurity(symbol=symbol, name=name, kind=SecurityKind(kind), currency=currency)
        held[symbol] = (await securities.add(work, wanted)).id
    prices = [NewPrice(held[symbol], day, price) for symbol, day, price in made.prices]
    await PriceRepository(work.session).put(work.user_id, prices)
    rates = [Observation(currency, home.HOME_CURRENCY, day, rate) for day, rate in made.rates]
    await RateRepository(work.session).put(work.user_id, rates)
    bought = [
        NewTrade(
            kind=TradeKind.BUY,
            account_id=broker,
            security_id=held[one.symbol],
            date=one.date,
            quantity=str(one.quantity),
            price=str(one.price),
        )
        for one in made.purchases
    ]
    paid = [
        NewTrade(
            kind=TradeKind.DIVIDEND,
            account_id=broker,
            security_id=held[one.symbol],
            date=one.date,
            amount=str(one.amount),
        )
        for one in made.dividends
    ]
    for trade in sorted(bought + paid, key=lambda one: one.date):
        await trades.add(work, trade)


async def _plan(work: Work, names: _Names, last_day: date) -> None:
    for category, amount in home.BUDGETS.items():
        wanted = NewBudget(
            category_id=names.categories[category],
            amount=str(amount),
            currency=home.HOME_CURRENCY,
            month=f"{last_day.year - 1}-{last_day.month:02}",
            rollover=Rollover.NONE,
        )
        await budgets.add(work, wanted)
    for goal, target, account in home.GOALS:
        saved = [names.accounts[account][0]] if account else []
        await goals.add(
            work, NewGoal(name=goal, target_amount=str(target), currency=home.HOME_CURRENCY, account_ids=saved)
        )
    bank = names.accounts[home.BANK][0]
    first = last_day + timedelta(days=1)
    for name, rule, each, category in home.BILLS:
        await recurring.add(
            work,
            NewRecurring(
                name=name,
                kind=ScheduleKind.REMIND,
                rule=rule,
                start_date=first,
                amount=str(each),
                account_id=bank,
                category_id=names.categories[category],
                notice_days=2,
            ),
        )
