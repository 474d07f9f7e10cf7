"""Rules by themselves: what they match, in which order, and that a second time changes nothing."""

import time
import uuid
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.models import Direction, TransactionStatus
from wealth_core.money import Money
from wealth_core.rules import (
    MAX_ROUNDS,
    Outcome,
    Rule,
    RuleRow,
    TextCondition,
    TextField,
    TextOperator,
    apply_rules,
    fits_pattern,
)

ACCOUNT, OTHER, FOOD, FUN = (uuid.UUID(int=number) for number in range(1, 5))
TAG, SECOND_TAG = uuid.UUID(int=11), uuid.UUID(int=12)


def row(payee: str = "Corner Shop", amount: str = "-5", **more) -> RuleRow:
    return RuleRow(ACCOUNT, Money(Decimal(amount), "USD"), payee, **more)


def text(operator: str, value: str, field: str = "payee") -> TextCondition:
    return TextCondition(TextField(field), TextOperator(operator), value)


def rule(*texts: TextCondition, number: int = 1, **more) -> Rule:
    return Rule(id=uuid.UUID(int=100 + number), texts=texts, **({"category_id": FOOD} | more))


def outcome(rules: list[Rule], one: RuleRow) -> Outcome:
    (made,) = apply_rules(rules, [one])
    return made


@pytest.mark.parametrize(
    ("conditions", "met"),
    [
        ({}, True),
        ({"texts": [text("contains", "NER S")]}, True),
        ({"texts": [text("equals", "corner shop")]}, True),
        ({"texts": [text("equals", "corner")]}, False),
        ({"texts": [text("starts", "Corner")]}, True),
        ({"texts": [text("starts", "Shop")]}, False),
        ({"texts": [text("ends", "SHOP")]}, True),
        ({"texts": [text("pattern", "c*sh?p")]}, True),
        ({"texts": [text("pattern", "c*sh?")]}, False),
        ({"texts": [text("contains", "milk", "note")]}, True),
        ({"texts": [text("contains", "milk")]}, False),
        ({"texts": [text("contains", "milk", "any"), text("contains", "shop", "any")]}, True),
        ({"texts": [text("contains", "milk"), text("contains", "shop")]}, False),
        ({"texts": [text("contains", "milk"), text("contains", "shop")], "any_text": True}, True),
        ({"account_id": ACCOUNT}, True),
        ({"account_id": OTHER}, False),
        ({"currency": "USD"}, True),
        ({"currency": "EUR"}, False),
        ({"direction": Direction.OUT}, True),
        ({"direction": Direction.IN}, False),
        ({"min_amount": Decimal(5), "max_amount": Decimal(5)}, True),
        ({"min_amount": Decimal("5.01")}, False),
        ({"max_amount": Decimal("4.99")}, False),
    ],
)
def test_a_rule_is_met_when_all_its_conditions_are(conditions, met):
    texts = conditions.pop("texts", ())
    made = outcome([rule(*texts, **conditions)], row(note="Milk and bread"))
    assert made.category_id == (FOOD if met else None)
    assert made.changes(row(note="Milk and bread")) is met


def test_later_rules_see_what_earlier_ones_made_and_win():
    rules = [
        rule(text("contains", "shop"), number=1, payee="Grocer", tag_ids=frozenset({TAG})),
        rule(text("equals", "grocer"), number=2, category_id=FUN, status=TransactionStatus.PENDING),
        rule(text("equals", "corner shop"), number=3, tag_ids=frozenset({SECOND_TAG})),
    ]
    made = outcome(rules, row())
    assert (made.payee, made.category_id, made.tag_ids) == ("Grocer", FUN, {TAG})
    assert made.status is TransactionStatus.PENDING
    assert made.rule_ids == (rules[0].id, rules[1].id)


def test_after_a_rule_that_stops_none_is_looked_at_as_long_as_it_is_met():
    rules = [rule(text("contains", "shop"), number=1, stop=True), rule(number=2, category_id=FUN)]
    assert outcome(rules, row()).category_id == FOOD
    assert outcome(rules, row("Kiosk")).category_id == FUN
    # Its own new payee no longer meets the first one, neither now nor when the rules are applied again.
    assert outcome([replace(rules[0], payee="Grocer"), rules[1]], row()).category_id == FUN


def test_an_earlier_rule_is_tried_again_on_a_new_payee():
    rules = [rule(text("equals", "grocer"), number=1), rule(text("ends", "shop"), number=2, payee="Grocer")]
    made = outcome([rules[0], replace(rules[1], category_id=None)], row())
    assert (made.payee, made.category_id) == ("Grocer", FOOD)


def test_rules_that_go_in_a_circle_or_on_and_on_leave_the_row():
    circle = [rule(text("equals", f"{n}"), number=n, payee=f"{(n - 1) % 3}") for n in range(3)]
    one = row("0")
    assert not outcome(circle, one).changes(one)
    steps = [rule(text("equals", f"{n}"), number=n, payee=f"{n - 1}") for n in range(1, MAX_ROUNDS + 5)]
    assert outcome(steps, row(f"{MAX_ROUNDS - 1}")).payee == "0"
    far = row(f"{MAX_ROUNDS + 4}")
    assert not outcome(steps, far).changes(far)


def test_splits_keep_their_categories():
    made = outcome([rule(tag_ids=frozenset({TAG}), payee="New")], row(is_split=True))
    assert (made.category_id, made.payee, made.tag_ids) == (None, "New", {TAG})


def test_a_transfer_needs_another_account_in_the_same_currency():
    moves = rule(category_id=None, transfer_account_id=OTHER, transfer_currency="USD")
    one = row(category_id=FOOD)
    made = outcome([moves], one)
    assert (made.transfer_account_id, made.category_id) == (OTHER, None)
    for unfit in (
        replace(one, account_id=OTHER),
        replace(one, is_split=True),
        replace(one, money=Money.zero("USD")),
        replace(one, money=Money(Decimal(-5), "EUR")),
    ):
        assert not outcome([moves], unfit).changes(unfit)


SHORT = st.text("aAb*?.", max_size=6)


@given(SHORT, SHORT)
def test_patterns_mean_what_file_patterns_mean(words, pattern):
    assert fits_pattern(words, pattern) == fnmatchcase(words, pattern)


def test_no_pattern_takes_long():
    started = time.perf_counter()
    assert not fits_pattern("a" * 1000, "*a" * 99 + "*b")
    assert time.perf_counter() - started < 1


NAMES = st.sampled_from(["a", "b", "c", "ab", "ba"])
RULES = st.lists(
    st.builds(
        Rule,
        id=st.uuids(),
        texts=st.lists(
            st.builds(TextCondition, st.just(TextField.PAYEE), st.sampled_from(TextOperator), NAMES), max_size=2
        ),
        any_text=st.booleans(),
        category_id=st.none() | st.sampled_from([FOOD, FUN]),
        payee=st.none() | NAMES,
        tag_ids=st.frozensets(st.sampled_from([TAG, SECOND_TAG])),
        status=st.none() | st.sampled_from(TransactionStatus),
        stop=st.booleans(),
    ),
    max_size=6,
)


@given(RULES, NAMES, st.booleans())
def test_a_second_time_changes_nothing(rules, payee, is_split):
    one = row(payee, is_split=is_split)
    made = outcome(rules, one)
    again = replace(one, payee=made.payee, category_id=made.category_id, tag_ids=made.tag_ids, status=made.status)
    assert not outcome(rules, again).changes(again)
