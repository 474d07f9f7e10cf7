# ruff: noqa: RUF001 - Urdu letters are meant
"""What holds for every text and every amount."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wealth_agents.models.offline.understanding import asks_for_advice, understand

TODAY = date(2026, 11, 24)
relaxed = settings(max_examples=60, deadline=None)  # the machine may be busy

SPOKEN_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPOKEN_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
WORDS = """500 1,234.56 15k 2 hazar lakh crore sarhay dhai kal parson aaj ka ko se mein bill dena hai diya
    petrol spent on in from to between and over last next month week 5th october 2026 2026-10-05
    5/10 99/99/9999 do not no nahi budget goal save کا پیٹرول ۵۰۰ ہزار کل دینا ہے بجٹ transfer bank
    cash change that , ? . ! $ € % rs half a an the end of ~ak ~kal may first year every remind"""
FRAGMENTS = st.sampled_from(WORDS.split())


def amount_of(text):
    found = understand(text, TODAY)
    assert len(found) == 1, (text, found)
    assert len(found[0].amounts) == 1, (text, found)
    return found[0].amounts[0]


@relaxed
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    understand(text, TODAY)
    asks_for_advice(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(FRAGMENTS, max_size=25).map(" ".join), st.lists(st.lists(FRAGMENTS, max_size=8).map(" ".join), max_size=2)
)
def test_no_mixture_of_known_words_is_too_strange(text, previous):
    understand(text, TODAY, previous)


@relaxed
@given(FRAGMENTS, st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_no_day_is_too_far(word, today):
    for text in (
        f"spent 5 {word}",
        "last year next year",
        "in 3 months",
        "2 years ago",
        "parson",
        "kal dena hai 5",
        "last 3660 days",
    ):
        understand(text, today)


@relaxed
@given(st.integers(1, 99_999_999_999), st.sampled_from(["", ".05", ".50", ".99"]))
def test_grouped_digits_are_read_back(whole, cents):
    assert amount_of(f"spent {whole:,}{cents} on petrol").value == Decimal(f"{whole}{cents}")


@relaxed
@given(st.integers(1, 9_999_999))
def test_south_asian_groups_are_read_back(whole):
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(at - 2, 0) : at] for at in range(len(head), 0, -2)][::-1]
    assert amount_of(f"paid {','.join([*pairs, tail])} for petrol").value == whole


@relaxed
@given(st.integers(1, 9_999_999))
@pytest.mark.parametrize("digits", ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])
def test_urdu_and_arabic_digits_are_read_back(digits, whole):
    written = str(whole).translate({ord(str(value)): digit for value, digit in enumerate(digits)})
    assert amount_of(f"{written} کا پیٹرول ڈلوایا").value == whole


@relaxed
@given(
    st.decimals(Decimal("0.1"), Decimal("999.9"), places=1, allow_nan=False),
    st.sampled_from(
        [
            ("k", 1000),
            (" thousand", 1000),
            (" hazar", 1000),
            (" lakh", 100_000),
            (" million", 10**6),
            ("m", 10**6),
            (" crore", 10**7),
        ]
    ),
)
def test_scales_are_read_back(number, scale):
    written, factor = scale
    assert amount_of(f"spent {number}{written} on petrol").value == number * factor


@relaxed
@given(st.integers(1, 99), st.integers(1, 9))
def test_hazar_and_sau_add_up(thousands, hundreds):
    wanted = thousands * 1000 + hundreds * 100
    assert amount_of(f"{thousands} hazar {hundreds} sau ka petrol").value == wanted
    assert amount_of(f"{thousands} hazar {hundreds}00 ka petrol dalwaya").value == wanted
    assert amount_of(f"{thousands} ہزار {hundreds} سو کا پیٹرول").value == wanted


@relaxed
@given(st.sampled_from(sorted(SPOKEN_TENS)), st.sampled_from(SPOKEN_UNITS), st.sampled_from(SPOKEN_UNITS))
def test_spoken_english_is_read_back(tens, unit, hundreds):
    said = f"{tens}-{unit} thousand {hundreds} hundred"
    wanted = (SPOKEN_TENS[tens] + SPOKEN_UNITS.index(unit) + 1) * 1000 + (SPOKEN_UNITS.index(hundreds) + 1) * 100
    assert amount_of(f"spent {said} on petrol").value == wanted


@relaxed
@given(
    st.integers(1, 10**6),
    st.sampled_from(
        [
            ("${}", "USD"),
            ("{} USD", "USD"),
            ("Rs {}", "PKR"),
            ("Rs. {}", "PKR"),
            ("{} rupees", "PKR"),
            ("{}/- PKR", "PKR"),
            ("€{}", "EUR"),
            ("£{}", "GBP"),
            ("{} روپے", "PKR"),
        ]
    ),
)
def test_currencies_are_read_back(whole, notation):
    written, currency = notation
    amount = amount_of(f"petrol {written.format(whole)}")
    assert (amount.value, amount.currency) == (whole, currency)


@relaxed
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_dates_are_read_back(day):
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d.%m.%Y}",
    ):
        (query,) = understand(f"spent 500 on petrol on {written}", TODAY)
        assert [(period.start, period.end) for period in query.periods] == [(day, day)], written
        assert [amount.value for amount in query.amounts] == [500], written


@pytest.mark.parametrize(
    "text",
    [
        "and " * 2500,
        "in " * 3300,
        "500 and " * 1250,
        "last month and " * 660,
        "a" * 10_000,
        "5" * 10_000,
        "? " * 5000,
        "kal bijli ka bill 4000 dena hai aur " * 280,
        "کل بجلی کا بل ۴۰۰۰ دینا ہے " * 380,
        "from 1 to 15 october " * 470,
        "one hundred thousand " * 470,
        "1,2.3/4-5:" * 1000,
    ],
    ids=lambda text: text[:16],
)
def test_long_texts_take_no_longer_than_they_are_long(text):
    def seconds(part):
        started = time.perf_counter()
        understand(part, TODAY)
        return time.perf_counter() - started

    short = min(seconds(text[:1000]) for _ in range(3))
    # Ten times the text: ten times the time, with room for what a busy machine adds.
    assert seconds(text[:10_000]) < max(40 * short, 0.5)
