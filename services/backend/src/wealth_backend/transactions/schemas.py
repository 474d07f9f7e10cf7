import uuid
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Day, Money, PlainText, Request
from wealth_core.models import TransactionKind, TransactionStatus
from wealth_core.repositories import SplitView, TransactionView

MAX_SPLITS = 50
MAX_TAGS = 20
MAX_BULK = 500


def _one_blank(text: str) -> str:
    """As statements are read: an export that is imported again then gives the same texts."""
    return " ".join(text.split())


def _distinct(names: list[str]) -> list[str]:
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


Payee = Annotated[
    PlainText, AfterValidator(_one_blank), Field(min_length=1, max_length=200, examples=["Corner Grocery"])
]
Note = Annotated[PlainText, AfterValidator(_one_blank), Field(max_length=500)]
Reference = Annotated[PlainText, Field(max_length=200, description="What the bank or a cheque calls it")]
TagName = Annotated[PlainText, AfterValidator(_one_blank), Field(min_length=1, max_length=50, examples=["holiday"])]
Tags = Annotated[
    list[TagName],
    Field(max_length=MAX_TAGS, description="By name; those that don't exist yet are made"),
    AfterValidator(_distinct),
]


class NewSplit(Request):
    amount: Annotated[Amount, Field(description="In the account's currency; spending is negative")]
    category_id: uuid.UUID | None = None
    note: Note | None = None


Splits = Annotated[
    list[NewSplit], Field(min_length=2, max_length=MAX_SPLITS, description="Parts that add up to the amount")
]


class NewTransaction(Request):
    """Income or spending; with `splits` for several purposes; with `to_account_id` a transfer."""

    account_id: uuid.UUID
    date: Day
    payee: Payee
    note: Note | None = None
    amount: Annotated[
        Amount, Field(description="In the account's currency; spending is negative. A transfer's sign says nothing.")
    ]
    category_id: uuid.UUID | None = None
    splits: Splits | None = None
    to_account_id: Annotated[uuid.UUID | None, Field(description="Where a transfer goes")] = None
    received_amount: Annotated[
        Amount | None, Field(description="What arrives there; needed when its currency is another")
    ] = None
    status: TransactionStatus = TransactionStatus.CLEARED
    reference: Reference | None = None
    tags: Tags = Field(default_factory=list)


class TransactionChange(Request):
    """What is left out stays as it is; `null` takes away a category, splits, or what makes it a transfer."""

    account_id: uuid.UUID | None = None
    date: Day | None = None
    payee: Payee | None = None
    note: Note | None = None
    amount: Amount | None = None
    category_id: Annotated[uuid.UUID | None, Field(description="For the whole of it; takes the place of splits")] = None
    splits: Splits | None = None
    to_account_id: uuid.UUID | None = None
    received_amount: Amount | None = None
    status: TransactionStatus | None = None
    reference: Reference | None = None
    tags: Annotated[Tags | None, Field(description="All that it is to have")] = None


class Match(Request):
    other_id: uuid.UUID


class BulkChange(Request):
    """What is done with each of the transactions: with all of them, or with none."""

    ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=MAX_BULK)]
    category_id: Annotated[uuid.UUID | None, Field(description="null takes the category away")] = None
    status: TransactionStatus | None = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)
    delete: bool = False


class BulkResult(BaseModel):
    transactions: Annotated[int, Field(description="How many there were")]


class Split(BaseModel):
    amount: Money
    category_id: uuid.UUID | None
    note: str | None

    @classmethod
    def of(cls, view: SplitView) -> "Split":
        return cls(amount=Money.of(view.amount), category_id=view.category_id, note=view.note or None)


class Transfer(BaseModel):
    """The other side, as the other account sees it."""

    account_id: uuid.UUID
    amount: Money


class Transaction(BaseModel):
    """As `account_id` sees it. A transfer and a transaction with `splits` have no category of their own."""

    id: uuid.UUID
    kind: TransactionKind
    date: Day
    payee: str
    note: str | None
    amount: Money
    account_id: uuid.UUID
    category_id: uuid.UUID | None
    status: TransactionStatus
    reference: str | None
    tags: list[str]
    splits: Annotated[list[Split], Field(description="Empty unless there are several")]
    transfer: Transfer | None
    import_id: uuid.UUID | None

    @classmethod
    def of(cls, view: TransactionView) -> "Transaction":
        other = view.transfer
        return cls(
            id=view.id,
            kind=view.kind,
            date=view.date,
            payee=view.payee,
            note=view.note or None,
            amount=Money.of(view.amount),
            account_id=view.account_id,
            category_id=view.category_id,
            status=view.status,
            reference=view.reference or None,
            tags=list(view.tags),
            splits=[Split.of(split) for split in view.splits],
            transfer=Transfer(account_id=other.account_id, amount=Money.of(other.amount)) if other else None,
            import_id=view.import_id,
        )


class TransactionPage(BaseModel):
    items: list[Transaction]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]

    @classmethod
    def of(cls, items: Sequence[TransactionView], next_cursor: str | None) -> "TransactionPage":
        return cls(items=[Transaction.of(view) for view in items], next_cursor=next_cursor)
