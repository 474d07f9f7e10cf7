"""Rules: what is done with a transaction that meets all conditions of a rule. No SQL here, and nothing is written.

    outcomes = apply_rules(rules, rows)

Rules are tried in their order; each sees the payee that those before it have given, and what a later one gives wins.
As a new payee may meet the conditions of an earlier rule, they are gone through again until the payee stays. So
applying rules to what they have made changes nothing any more. Rules that keep giving a row new payees, in a circle or
in more than `MAX_ROUNDS` steps, leave that row as it is. A rule that stops does so in each round that it is met in.

Texts are compared without regard to case. Patterns know `*` (any text) and `?` (any one character) and are matched in
time proportional to the product of their lengths: there are no regular expressions, whose worst cases never end.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from wealth_core.models import Direction, TransactionStatus
from wealth_core.money import Money

MAX_ROUNDS = 8


class TextField(StrEnum):
    PAYEE = "payee"
    NOTE = "note"
    ANY = "any"  # the payee or the note


class TextOperator(StrEnum):
    CONTAINS = "contains"
    EQUALS = "equals"
    STARTS = "starts"
    ENDS = "ends"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class TextCondition:
    field: TextField
    operator: TextOperator
    value: str

    def meets(self, payee: str, note: str) -> bool:
        """`payee` and `note` come folded, so that a row is folded once and not once a condition."""
        texts = {TextField.PAYEE: (payee,), TextField.NOTE: (note,), TextField.ANY: (payee, note)}[self.field]
        wanted = self.value.casefold()
        return any(_compare(self.operator, text, wanted) for text in texts)


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that are left out (None) hold for every row, actions that are left out do nothing.

    Amounts are compared without their sign. `transfer_currency` is that of the account `transfer_account_id`: rows in
    another currency don't meet the rule, since nobody knows what would arrive.
    """

    id: uuid.UUID | None
    name: str = ""
    texts: Sequence[TextCondition] = ()
    any_text: bool = False  # one of the texts is enough
    account_id: uuid.UUID | None = None
    currency: str | None = None
    direction: Direction | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    category_id: uuid.UUID | None = None
    payee: str | None = None
    tag_ids: frozenset[uuid.UUID] = frozenset()
    status: TransactionStatus | None = None
    transfer_account_id: uuid.UUID | None = None
    transfer_currency: str | None = None
    stop: bool = False  # no rule after this one is looked at


@dataclass(frozen=True, slots=True)
class RuleRow:
    """An income or expense as rules see it; transfers and trades are none of theirs.

    `is_split`: it has several categories, which no rule replaces.
    """

    account_id: uuid.UUID
    money: Money
    payee: str
    note: str = ""
    category_id: uuid.UUID | None = None
    tag_ids: frozenset[uuid.UUID] = frozenset()
    status: TransactionStatus = TransactionStatus.CLEARED
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row is to be; `rule_ids` are the rules that it met, in their order, each once.

    With a `transfer_account_id` it becomes a transfer between its own account and that one, of the same amount.
    """

    payee: str
    category_id: uuid.UUID | None
    tag_ids: frozenset[uuid.UUID]
    status: TransactionStatus
    transfer_account_id: uuid.UUID | None = None
    rule_ids: Sequence[uuid.UUID | None] = field(default=(), compare=False)

    def changes(self, row: RuleRow) -> bool:
        return self != _unchanged(row)


def apply_rules(rules: Sequence[Rule], rows: Iterable[RuleRow]) -> list[Outcome]:
    """One outcome for each row, in their order; without a rule that fits the row as it is."""
    return [_outcome(rules, row) for row in rows]


def _unchanged(row: RuleRow) -> Outcome:
    return Outcome(row.payee, row.category_id, row.tag_ids, row.status)


def _outcome(rules: Sequence[Rule], row: RuleRow) -> Outcome:
    current = _unchanged(row)
    for _ in range(MAX_ROUNDS):
        after = _round(rules, row, current)
        if after.payee == current.payee:
            return after
        current = after
    return _unchanged(row)


def _round(rules: Sequence[Rule], row: RuleRow, current: Outcome) -> Outcome:
    note, payee = row.note.casefold(), current.payee.casefold()
    for rule in rules:
        if not _fits(rule, row) or not _meets(rule, payee, note):
            continue
        current = replace(
            current,
            payee=rule.payee or current.payee,
            category_id=current.category_id if rule.category_id is None or row.is_split else rule.category_id,
            tag_ids=current.tag_ids | rule.tag_ids,
            status=rule.status or current.status,
            transfer_account_id=rule.transfer_account_id or current.transfer_account_id,
            rule_ids=current.rule_ids if rule.id in current.rule_ids else (*current.rule_ids, rule.id),
        )
        payee = current.payee.casefold()
        if rule.stop:
            break
    if current.transfer_account_id is not None:
        return replace(current, category_id=None)  # a transfer has none
    return current


def _fits(rule: Rule, row: RuleRow) -> bool:
    """All but the texts."""
    size = abs(row.money.amount)
    if rule.transfer_account_id is not None and (
        row.is_split
        or not size
        or row.account_id == rule.transfer_account_id
        or row.money.currency != rule.transfer_currency
    ):
        return False
    return (
        rule.account_id in (None, row.account_id)
        and rule.currency in (None, row.money.currency)
        and (rule.direction is None or (row.money.amount < 0) == (rule.direction is Direction.OUT))
        and (rule.min_amount is None or size >= rule.min_amount)
        and (rule.max_amount is None or size <= rule.max_amount)
    )


def _meets(rule: Rule, payee: str, note: str) -> bool:
    if not rule.texts:
        return True
    return (any if rule.any_text else all)(condition.meets(payee, note) for condition in rule.texts)


def _compare(operator: TextOperator, text: str, wanted: str) -> bool:
    match operator:
        case TextOperator.CONTAINS:
            return wanted in text
        case TextOperator.EQUALS:
            return text == wanted
        case TextOperator.STARTS:
            return text.startswith(wanted)
        case TextOperator.ENDS:
            return text.endswith(wanted)
        case TextOperator.PATTERN:
            return fits_pattern(text, wanted)


def fits_pattern(text: str, pattern: str) -> bool:
    """Whether the whole text fits; only the last `*` is ever gone back to, so there is nothing to explode."""
    at = in_pattern = 0
    star, resume = -1, 0
    while at < len(text):
        if in_pattern < len(pattern) and pattern[in_pattern] == "*":
            star, resume = in_pattern, at
            in_pattern += 1
        elif in_pattern < len(pattern) and pattern[in_pattern] in ("?", text[at]):
            at += 1
            in_pattern += 1
        elif star >= 0:
            resume += 1
            at, in_pattern = resume, star + 1
        else:
            return False
    return not pattern[in_pattern:].strip("*")
