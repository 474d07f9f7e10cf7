"""Double entry: what moves money says where it comes from and where it goes.

So each entry's postings sum to zero in each currency. The database checks the same rule again, by triggers.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wealth_core.money import Money, MoneyError

# One posting stays below this: a numeric(19, 4) column holds it. Sums may be larger.
LIMIT = Decimal(10) ** 13


class PostingKind(StrEnum):
    ACCOUNT = "account"  # one of the user's accounts
    CATEGORY = "category"  # income or spending, with or without a category
    EQUITY = "equity"  # the other side of an opening balance
    EXCHANGE = "exchange"  # where a transfer between two currencies leaves the one and enters the other
    SECURITY = "security"  # money that is in a security, at what was paid for it


class UnbalancedError(ValueError):
    """Postings that don't sum to zero in some currency."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What marks a posting as a line of its account's statement: our own digest of it, and the bank's id of it."""

    fingerprint: bytes
    external_id: bytes | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    kind: PostingKind
    money: Money
    account_id: uuid.UUID | None = None
    category_id: uuid.UUID | None = None
    line: StatementLine | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if (self.kind is PostingKind.ACCOUNT) != (self.account_id is not None):
            raise ValueError("exactly the account postings name an account")
        if self.category_id is not None and self.kind is not PostingKind.CATEGORY:
            raise ValueError("only a category posting names a category")
        if abs(self.money.amount) >= LIMIT:
            raise MoneyError(f"{self.money} is out of range")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the purposes that a split entry is made of, as seen from the account: spending is negative."""

    money: Money
    category_id: uuid.UUID | None = None
    note: str = ""


def check_balanced(postings: Sequence[Posting]) -> Sequence[Posting]:
    if len(postings) < 2:  # noqa: PLR2004 - money has a source and a destination
        raise UnbalancedError("an entry needs at least two postings")
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for posting in postings:
        sums[posting.money.currency] += posting.money.amount
    off = {currency: amount for currency, amount in sums.items() if amount}
    if off:
        raise UnbalancedError(f"the postings don't sum to zero: {off}")
    return postings


def entry(
    money: Money, *, account_id: uuid.UUID, category_id: uuid.UUID | None = None, line: StatementLine | None = None
) -> Sequence[Posting]:
    """Income (positive) or spending (negative) as seen from the account."""
    return check_balanced(
        (
            Posting(PostingKind.ACCOUNT, money, account_id=account_id, line=line),
            Posting(PostingKind.CATEGORY, -money, category_id=category_id),
        )
    )


def split(
    money: Money, parts: Sequence[Part], *, account_id: uuid.UUID, line: StatementLine | None = None
) -> Sequence[Posting]:
    """Income or spending with several purposes, which add up to the whole."""
    return check_balanced(
        (
            Posting(PostingKind.ACCOUNT, money, account_id=account_id, line=line),
            *(
                Posting(PostingKind.CATEGORY, -part.money, category_id=part.category_id, note=part.note)
                for part in parts
            ),
        )
    )


def transfer(
    sent: Money,
    *,
    from_account_id: uuid.UUID,
    to_account_id: uuid.UUID,
    received: Money | None = None,
    line: StatementLine | None = None,
    received_line: StatementLine | None = None,
) -> Sequence[Posting]:
    """Money that leaves one account (`sent`, positive) and arrives in another (`received`, by default the same).

    Between two currencies what was sent is exchanged for what was received, so that each currency sums to zero.
    """
    arrived = sent if received is None else received
    if from_account_id == to_account_id:
        raise ValueError("a transfer is between two accounts")
    if sent.amount <= 0 or arrived.amount <= 0:
        raise ValueError("what is sent and what is received are both more than nothing")
    legs = (
        Posting(PostingKind.ACCOUNT, -sent, account_id=from_account_id, line=line),
        Posting(PostingKind.ACCOUNT, arrived, account_id=to_account_id, line=received_line),
    )
    if sent.currency == arrived.currency:
        return check_balanced(legs)
    exchanged = (Posting(PostingKind.EXCHANGE, sent), Posting(PostingKind.EXCHANGE, -arrived))
    return check_balanced((*legs, *exchanged))


def opening(balance: Money, *, account_id: uuid.UUID) -> Sequence[Posting]:
    return check_balanced(
        (
            Posting(PostingKind.ACCOUNT, balance, account_id=account_id),
            Posting(PostingKind.EQUITY, -balance),
        )
    )
