import uuid
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from wealth_backend.amounts import AmountLimit
from wealth_backend.schemas import Currency, PlainText, Request
from wealth_backend.transactions.schemas import Payee, Tags, Transaction
from wealth_core.models import Direction, TransactionStatus
from wealth_core.repositories import RuleView
from wealth_core.rules import TextField, TextOperator

MAX_RULES = 200
MAX_TEXTS = 10

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Coffee"])]


def _distinct(ids: list[uuid.UUID]) -> list[uuid.UUID]:
    if len(set(ids)) != len(ids):
        raise ValueError("One of the rules comes twice: name each once.")
    return ids


class Text(Request):
    """Texts are compared without regard to case; a pattern knows * (any text) and ? (any one character)."""

    field: TextField = TextField.PAYEE
    operator: TextOperator = TextOperator.CONTAINS
    value: Annotated[PlainText, Field(min_length=1, max_length=200)]


class Conditions(Request):
    """All of them have to be met; what is left out always is. Only income and spending is looked at."""

    texts: Annotated[list[Text], Field(default_factory=list, max_length=MAX_TEXTS)]
    any_text: Annotated[bool, Field(description="One of the texts is enough")] = False
    account_id: uuid.UUID | None = None
    currency: Currency | None = None
    direction: Direction | None = None
    min_amount: Annotated[AmountLimit | None, Field(description="Without regard to the sign")] = None
    max_amount: Annotated[AmountLimit | None, Field(description="Without regard to the sign")] = None


class Actions(Request):
    category_id: uuid.UUID | None = None
    payee: Payee | None = None
    tags: Annotated[Tags, Field(default_factory=list)]
    status: TransactionStatus | None = None
    transfer_account_id: Annotated[
        uuid.UUID | None,
        Field(description="Makes it a transfer to or from this account, if that is in the same currency"),
    ] = None


class NewRule(Request):
    name: Name
    enabled: bool = True
    stop: Annotated[bool, Field(description="No rule after this one is looked at")] = False
    conditions: Conditions
    actions: Actions


class RuleChange(Request):
    """What is left out stays as it is; conditions and actions are given as a whole."""

    name: Name | None = None
    enabled: bool | None = None
    stop: bool | None = None
    conditions: Conditions | None = None
    actions: Actions | None = None


class RuleOrder(Request):
    ids: Annotated[
        list[uuid.UUID],
        Field(max_length=MAX_RULES, description="All rules, in the order in which they are to be tried"),
        AfterValidator(_distinct),
    ]


class Rule(BaseModel):
    id: uuid.UUID
    name: str
    position: Annotated[int, Field(description="Rules are tried in this order")]
    enabled: bool
    stop: bool
    conditions: Conditions
    actions: Actions

    @classmethod
    def of(cls, view: RuleView) -> "Rule":
        rule = view.rule
        return cls(
            id=view.id,
            name=rule.name,
            position=view.position,
            enabled=view.enabled,
            stop=rule.stop,
            conditions=Conditions(
                texts=[Text(field=one.field, operator=one.operator, value=one.value) for one in rule.texts],
                any_text=rule.any_text,
                account_id=rule.account_id,
                currency=rule.currency,
                direction=rule.direction,
                min_amount=_plain(rule.min_amount),
                max_amount=_plain(rule.max_amount),
            ),
            actions=Actions(
                category_id=rule.category_id,
                payee=rule.payee,
                tags=list(view.tags),
                status=rule.status,
                transfer_account_id=rule.transfer_account_id,
            ),
        )


def _plain(amount: Decimal | None) -> str | None:
    """Without the zeros that the column adds."""
    return None if amount is None else f"{amount.normalize():f}"


class Effect(BaseModel):
    """A transaction as it is, and what the rule would make of it."""

    transaction: Transaction
    payee: str
    category_id: uuid.UUID | None
    tags: list[str]
    status: TransactionStatus
    transfer_account_id: uuid.UUID | None


class Preview(BaseModel):
    items: list[Effect]
    next_cursor: Annotated[
        str | None, Field(description="Looks further back, even where this page is empty; null when all was looked at")
    ]


class Applied(BaseModel):
    examined: int
    changed: int
