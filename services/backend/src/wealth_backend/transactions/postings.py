"""From what somebody wants to postings that balance, or a problem that says what is wrong with it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wealth_backend.amounts import money_of
from wealth_backend.problems import invalid
from wealth_backend.transactions.schemas import NewSplit
from wealth_core import ledger
from wealth_core.ledger import Part, Posting, PostingKind
from wealth_core.models import Account, TransactionKind
from wealth_core.money import Money


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the money goes. Amounts are as people send them."""

    account_id: uuid.UUID
    amount: str
    category_id: uuid.UUID | None = None
    splits: Sequence[NewSplit] | None = None
    to_account_id: uuid.UUID | None = None
    received_amount: str | None = None

    @property
    def kind(self) -> TransactionKind:
        return TransactionKind.STANDARD if self.to_account_id is None else TransactionKind.TRANSFER

    @property
    def account_ids(self) -> set[uuid.UUID]:
        return {one for one in (self.account_id, self.to_account_id) if one is not None}

    @property
    def category_ids(self) -> set[uuid.UUID]:
        named = (self.category_id, *(split.category_id for split in self.splits or ()))
        return {one for one in named if one is not None}


def postings_of(wanted: Wanted, accounts: Mapping[uuid.UUID, Account]) -> Sequence[Posting]:
    """`accounts` holds those that are named."""
    account = accounts[wanted.account_id]
    money = money_of(wanted.amount, account.currency)
    if wanted.to_account_id is not None:
        return _transfer(wanted, money, accounts[wanted.to_account_id])
    if wanted.received_amount is not None:
        raise invalid("received_amount", "Only a transfer has something that is received: name the other account, too.")
    if not wanted.splits:
        return ledger.entry(money, account_id=account.id, category_id=wanted.category_id)
    if wanted.category_id is not None:
        raise invalid("category_id", "A transaction with splits has its categories there: leave this one out.")
    return _split(wanted.splits, money, account)


def with_lines(new: Sequence[Posting], old: Sequence[Posting]) -> Sequence[Posting]:
    """What marks a side as a line of a statement stays with the account, or with the side that takes its place."""
    marks = {one.account_id: one.line for one in old if one.kind is PostingKind.ACCOUNT}
    kept = {one.account_id for one in new if one.account_id in marks}
    free = [mark for account_id, mark in marks.items() if account_id not in kept]
    marked = []
    for posting in new:
        if posting.kind is PostingKind.ACCOUNT:
            mark = marks[posting.account_id] if posting.account_id in kept else free.pop(0) if free else None
            marked.append(replace(posting, line=mark))
        else:
            marked.append(posting)
    return marked


def _transfer(wanted: Wanted, money: Money, target: Account) -> Sequence[Posting]:
    if wanted.category_id is not None or wanted.splits:
        field = "splits" if wanted.splits else "category_id"
        raise invalid(field, "A transfer between your own accounts is no spending: it has no category.")
    if target.id == wanted.account_id:
        raise invalid("to_account_id", "A transfer goes to another account: choose one that isn't the first.")
    if not money.amount:
        raise invalid("amount", "A transfer needs an amount that isn't zero.")
    sent = abs(money)
    if wanted.received_amount is not None:
        received = abs(money_of(wanted.received_amount, target.currency, "received_amount"))
    elif target.currency == sent.currency:
        received = sent
    else:
        raise invalid(
            "received_amount",
            f"The other account is in {target.currency}: say how many {target.currency} arrived there.",
        )
    if not received.amount:
        raise invalid("received_amount", "What arrives can't be zero.")
    if received.currency == sent.currency and received != sent:
        raise invalid(
            "received_amount", f"Both accounts are in {sent.currency}: what arrives is what was sent. Leave it out."
        )
    return ledger.transfer(sent, from_account_id=wanted.account_id, to_account_id=target.id, received=received)


def _split(splits: Sequence[NewSplit], money: Money, account: Account) -> Sequence[Posting]:
    parts = [
        Part(money_of(split.amount, account.currency, f"splits.{number}.amount"), split.category_id, split.note or "")
        for number, split in enumerate(splits)
    ]
    total = Money.total((part.money for part in parts), account.currency)
    if total != money:
        raise invalid("splits", f"The splits add up to {total}, the amount is {money}: make them equal.")
    return ledger.split(money, parts, account_id=account.id)
