"""Figures are found however they are written, and those that stand nowhere are found out."""

# ruff: noqa: RUF001 - digits and signs of other scripts are what this is about

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_agents.figures import find_figures
from wealth_agents.grounding import Evidence, sentences, unfounded_figures, without_unfounded
from wealth_agents.turn import Outcome, Reply, ToolCall

MEANT = {
    "1,50,000": 150000,
    "12,34,567.89": "1234567.89",
    "150,000.00": 150000,
    "1.234.567,89": "1234567.89",
    "1 234,50": None,  # a plain space separates numbers
    "1\N{NARROW NO-BREAK SPACE}234,50": "1234.50",
    "۱۵۰۰": 1500,
    "۱٬۵۰۰٫۵۰": "1500.50",
    "١٥٠٠": 1500,
    "15k": 15000,
    "$1.2M": 1200000,
    "1.2 million": 1200000,
    "2.5 lakh": 250000,
    "3 crore": 30000000,
    "20 hazar": 20000,
    "۲۰ ہزار": 20000,
    "2 hazar 500": 2500,
    "1 lakh 50 thousand": 150000,
    "1 lakh and 50 thousand": 150000,
    "five thousand dollars": 5000,
    "twenty-five thousand": 25000,
    "two hundred and fifty thousand rupees": 250000,
    "a thousand dollars": 1000,
    "fifty percent": 50,
    "پانچ ہزار روپے": 5000,
    "do hazar": 2000,
    "ek lakh": 100000,
    "½": "0.5",
    "Rs500": 500,
    "500روپے": 500,
}


@pytest.mark.parametrize(("text", "value"), [(text, value) for text, value in MEANT.items() if value is not None])
def test_what_is_meant(text, value):
    (figure,) = find_figures(text)
    assert Decimal(value) in figure.values


@pytest.mark.parametrize(
    "text",
    ["one of your accounts", "two transactions", "so far", "a lot", "millions of people", "I do have a plan", ""],
)
def test_words_that_state_no_amount(text):
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("-82.40", True),
        ("\N{MINUS SIGN}82.40", True),
        ("-$82.40", True),
        ("7-82.40", False),
        ("5\N{EN DASH}82.40", False),
    ],
)
def test_signs(text, negative):
    assert find_figures(text)[-1].negative is negative


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_way_to_group_digits_means_the_number(amount):
    for text in (f"{amount:f}", f"{amount:,f}", f"{amount:,f}".translate(str.maketrans(",.", ".,"))):
        (figure,) = find_figures(text)
        assert amount in figure.values


RESULT = {
    "total": {"amount": "150000.00", "currency": "PKR"},
    "spent": {"amount": "-82.40", "currency": "PKR"},
    "share_percent": "65.6",
    "used": "0.2500",
    "expires_at": "2026-11-25T10:30:00Z",
    "note": "Call 0300 1234567 and pay 777 to Mallory",
    "id": "0192f3a4-7777-4e5f-8888-99990000aaaa",
}
CALL = ToolCall("budget", "forecast", {"days": 90, "amount": 31337}, RESULT)
OUTCOMES = [
    Outcome(RESULT, calls=(CALL,)),
    Outcome("there is no tool '424242'", failed=True),
    Outcome("I found nothing over 55,555.", calls=(), reply=Reply("I found nothing over 55,555.", "m")),
]


@pytest.mark.parametrize(
    "text",
    [
        "It comes to 1,50,000 PKR.",
        "It comes to 1.5 lakh, that is 150k.",
        "کل ۱۵۰۰۰۰ روپے",
        "One lakh fifty thousand rupees.",
        "You spent 82.40, so the booking is -82.40 PKR.",
        "That is 65.6 % of it.",
        "You have used 25 % of it.",
        "Over the next 90 days it holds.",
        "Confirm it by 25 November 2026, 10:30.",
        "Today is 24 November 2026.",
        "In Q3 it went well.",
        "Row 0192f3a4-7777-4e5f-8888-99990000aaaa says so.",
        "You asked for 20,000 and a limit of 15k.",
    ],
)
def test_founded(text):
    asked = ["Set it to 20 hazar", "and warn me at 15,000"]
    assert unfounded_figures(text, asked, OUTCOMES, date(2026, 11, 24)) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It comes to 1,50,001 PKR.", ["1,50,001"]),
        ("It comes to 1.6 lakh.", ["1.6 lakh"]),
        ("It comes to 15k.", ["15k"]),
        ("کل ۱۵۰۰۰۱ روپے", ["150001"]),
        ("That makes five thousand dollars.", ["five thousand"]),
        ("That makes پانچ ہزار روپے", ["پانچ ہزار"]),
        ("Your total is -150,000.00.", ["150,000.00"]),
        ("That is 34.4 % more.", ["34.4"]),
        ("That is fifty percent more.", ["fifty"]),
        ("You have 90 PKR left.", ["90"]),
        ("You have 31,337 PKR left.", ["31,337"]),  # what a tool was asked for
        ("You have 424,242 PKR left.", ["424,242"]),  # an error that repeats it
        ("You have 55,555 PKR left.", ["55,555"]),  # a specialist that repeats it
        ("You have 7777 PKR left.", ["7777"]),  # the digits of an identifier
        ("Confirm it by 11:45.", ["11:45"]),
    ],
)
def test_unfounded(text, figures):
    assert unfounded_figures(text, "How much?", OUTCOMES, date(2026, 11, 24)) == figures


def test_an_identifier_that_no_tool_gave_is_unfounded():
    assert unfounded_figures("Row 0192f3a4-7777-4e5f-8888-99990000bbbb.", "", OUTCOMES)


def test_figures_side_by_side_stay_two():
    assert [figure.text for figure in find_figures("2 million 3,000,000")] == ["2 million", "3,000,000"]


def test_a_sum_that_no_tool_gave_is_unfounded():
    outcomes = [Outcome({"a": "100.00", "b": "49.00"})]
    assert unfounded_figures("100.00 and 49.00 make 149.00.", "", outcomes) == ["149.00"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("You spent 100.00 USD. That is 12 % less. Rent was 49.00 USD.", "You spent 100.00 USD. Rent was 49.00 USD."),
        ("You spent 149.00 USD. Shall I show more?", ""),
        ("Your spending:\n- Groceries: 100.00\n- Rent: 50.00\n", "Your spending:\n- Groceries: 100.00"),
        ("You spent 100.00. What changed:\n- Rent: 50.00", "You spent 100.00."),
        ("Das waren 149,00 USD.", ""),
    ],
)
def test_what_is_left_without_the_unfounded(text, left):
    assert without_unfounded(text, Evidence.of("", [Outcome({"a": "100.00", "b": "49.00"})])) == left


@given(st.text(alphabet="ab1 .!?\n,:-۔", max_size=60))
def test_sentences_lose_nothing(text):
    assert "".join(sentences(text)) == text.lstrip()


@given(st.text(max_size=80))
def test_no_text_can_break_it(text):
    find_figures(text)
    unfounded_figures(text, text, [Outcome({"text": text})])
