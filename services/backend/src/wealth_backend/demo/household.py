"""What the demo household does with its money. The same last day gives the same household, to the rupee.

Everything is said by name here; `books` turns names into rows.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from wealth_core.models import AccountKind

MONTHS = 36
HOME_CURRENCY = "PKR"
_SEED = 1947

BANK, CASH, SAVINGS, CARD = "Current account", "Wallet", "Savings", "Credit card"
DOLLARS, LOAN, BROKER = "Dollar account", "Car loan", "Brokerage"
FUND, BONDS = "WLD", "AGG"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    kind: AccountKind
    currency: str
    opening: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """Money that comes in (positive) or goes out. `parts` split it over categories and add up to `amount`."""

    date: date
    account: str
    payee: str
    amount: Decimal
    category: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    parts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """Between two accounts; `received` is what arrives where that has another currency."""

    date: date
    account: str
    to_account: str
    amount: Decimal
    received: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    date: date
    symbol: str
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Dividend:
    date: date
    symbol: str
    amount: Decimal


@dataclass(slots=True)
class Household:
    accounts: tuple[DemoAccount, ...]
    entries: list[Entry] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    dividends: list[Dividend] = field(default_factory=list)
    prices: list[tuple[str, date, Decimal]] = field(default_factory=list)
    rates: list[tuple[date, Decimal]] = field(default_factory=list)
    """Rupees for a dollar."""


ACCOUNTS = (
    DemoAccount(BANK, AccountKind.BANK, "PKR", Decimal(240_000)),
    DemoAccount(CASH, AccountKind.CASH, "PKR", Decimal(60_000)),
    DemoAccount(SAVINGS, AccountKind.SAVINGS, "PKR", Decimal(600_000)),
    DemoAccount(CARD, AccountKind.CARD, "PKR", Decimal(-18_500)),
    DemoAccount(DOLLARS, AccountKind.BANK, "USD", Decimal("1450.00")),
    DemoAccount(LOAN, AccountKind.LOAN, "PKR", Decimal(-1_800_000)),
    DemoAccount(BROKER, AccountKind.INVESTMENT, "USD", Decimal("900.00")),
)
SECURITIES = {FUND: ("World equity fund", "etf"), BONDS: ("Global bond fund", "etf")}
# Beside those that everybody starts with.
CATEGORIES = {"Household": "expense", "Charity": "expense", "Loan interest": "expense", "Freelance": "income"}
BUDGETS = {"Groceries": Decimal(65_000), "Eating out": Decimal(22_000), "Transport": Decimal(30_000)}
GOALS = (("Emergency fund", Decimal(1_500_000), SAVINGS), ("Umrah", Decimal(900_000), None))
# name, rule, amount, category: what is told of some days ahead
BILLS = (
    ("House rent", "FREQ=MONTHLY;BYMONTHDAY=3", -97_500, "Housing"),
    ("Internet", "FREQ=MONTHLY;BYMONTHDAY=12", -3_850, "Utilities"),
    ("School fee", "FREQ=MONTHLY;BYMONTHDAY=6", -46_000, "Education"),
)

# month (1 is January) → how much cooling and heating it takes
_ELECTRICITY = (8, 8, 10, 15, 24, 31, 33, 32, 27, 18, 10, 8)
_GROCERS = ("Imtiaz Super Market", "Carrefour", "Al-Fatah", "Naheed")
_EATERIES = ("Kababjees", "Cafe Flo", "Student Biryani", "Burger Lab", "Chai Wala")
_SHOPS = ("Daraz", "Khaadi", "Bata", "Liberty Books", "Outfitters")


def household(last_day: date) -> Household:
    """All that happened in the months up to and with `last_day`."""
    made = Household(ACCOUNTS)
    chance = random.Random(_SEED)  # noqa: S311 - the same household every time
    dollar, prices = Decimal(278), {FUND: Decimal("92.40"), BONDS: Decimal("48.10")}
    for number, first in enumerate(_months(last_day)):
        dollar = _cents(dollar * _drift(chance, "0.003", "0.012"))
        made.rates.append((first, dollar))
        for symbol, growth in ((FUND, "0.007"), (BONDS, "0.002")):
            prices[symbol] = _cents(prices[symbol] * _drift(chance, growth, "0.03"))
            made.prices.append((symbol, first, prices[symbol]))
        _fixed(made, first, number, chance)
        if number == MONTHS - 2:  # the last month that is complete
            _unusual(made, first)
        _daily(made, first, number, chance)
        _abroad(made, first, number, dollar, chance)
        _invested(made, first, number, prices)
    made.entries = sorted((one for one in made.entries if one.date <= last_day), key=lambda one: one.date)
    made.transfers = sorted((one for one in made.transfers if one.date <= last_day), key=lambda one: one.date)
    made.purchases = [one for one in made.purchases if one.date <= last_day]
    made.dividends = [one for one in made.dividends if one.date <= last_day]
    return made


def _months(last_day: date) -> Iterator[date]:
    for back in range(MONTHS - 1, -1, -1):
        year, month = divmod(last_day.year * 12 + last_day.month - 1 - back, 12)
        yield date(year, month + 1, 1)


def _drift(chance: random.Random, mean: str, spread: str) -> Decimal:
    return 1 + Decimal(mean) + Decimal(spread) * Decimal(chance.randint(-100, 100)) / 100


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rupees(chance: random.Random, least: int, most: int, number: int) -> Decimal:
    """A sum in tens of rupees, in prices of month `number`: they rise by some 0.7 % a month."""
    return (Decimal(chance.randint(least, most)) * (1000 + 7 * number) / 1000).quantize(Decimal(1)) * 10


def _fixed(made: Household, first: date, number: int, chance: random.Random) -> None:
    """Salary, rent, bills, fees and what is put aside."""
    year = number // 12

    def on(day: int, account: str, payee: str, amount: int | Decimal, *, category: str, note: str = "") -> None:
        made.entries.append(Entry(first.replace(day=day), account, payee, Decimal(amount), category, note))

    on(1, BANK, "Systems Ltd", 345_000 + 38_000 * year, category="Salary", note="Salary")
    on(3, BANK, "Haji Yousuf", -(75_000 + 7_500 * year), category="Housing", note="House rent")
    on(
        9,
        BANK,
        "K-Electric",
        -_rupees(chance, 95, 105, number) * _ELECTRICITY[first.month - 1] // 1,
        category="Utilities",
    )
    on(11, BANK, "SSGC", -_rupees(chance, 180, 420, number), category="Utilities")
    on(12, BANK, "StormFiber", -3_850, category="Utilities")
    on(14, CARD, "Netflix", -1_100, category="Subscriptions")
    on(6, BANK, "Beaconhouse School", -(38_000 + 4_000 * year), category="Education", note="School fee")
    for week in range(2):
        on(5 + 14 * week, CASH, "Jazz", -_rupees(chance, 50, 120, number), category="Utilities", note="Mobile load")
    owed = 1_800_000 - 42_000 * number
    interest = Decimal(owed) * 15 // 1200
    on(7, BANK, "Meezan Car Ijarah", -interest, category="Loan interest")
    made.transfers.append(Transfer(first.replace(day=7), BANK, LOAN, Decimal(42_000), note="Car loan"))
    made.transfers.append(Transfer(first.replace(day=2), BANK, SAVINGS, Decimal(25_000 + 3_000 * year)))
    made.transfers.append(Transfer(first.replace(day=4), BANK, CASH, _rupees(chance, 3_000, 3_700, number)))
    if first.month in {3, 4}:
        on(20, BANK, "Edhi Foundation", -_rupees(chance, 1_200, 2_600, number), category="Charity", note="Zakat")
    if first.month == 1:
        on(
            16,
            CARD,
            "Adamjee Insurance",
            -_rupees(chance, 4_200, 4_600, number),
            category="Insurance",
            note="Car insurance",
        )


def _unusual(made: Household, first: date) -> None:
    """What is worth a second look: a payment that was taken twice, and a large one to somebody new."""
    made.entries += [
        Entry(first.replace(day=14), CARD, "Netflix", Decimal(-1_100), "Subscriptions"),
        Entry(first.replace(day=23), BANK, "Al-Ghani Electronics", Decimal(-186_500), "Household", "Refrigerator"),
    ]


def _daily(made: Household, first: date, number: int, chance: random.Random) -> None:
    """Groceries, fuel, eating out and shopping, paid in cash or by card; the card is paid off at the month's end."""
    days = (_next_month(first) - first).days
    for offset in range(days):
        day = first + timedelta(days=offset)
        account = CARD if chance.random() < 0.6 else CASH  # noqa: PLR2004 - more often by card
        bought: list[Entry] = []
        if chance.random() < 0.34:  # noqa: PLR2004 - ten times a month
            total = _rupees(chance, 180, 720, number)
            payee = chance.choice(_GROCERS)
            if chance.random() < 0.2:  # noqa: PLR2004 - now and then something for the house with it
                house = (total / 40).quantize(Decimal(1)) * 10
                parts = (("Groceries", house - total), ("Household", -house))
                bought.append(Entry(day, account, payee, -total, None, parts=parts))
            else:
                bought.append(Entry(day, account, payee, -total, "Groceries"))
        if day.weekday() == 5:  # noqa: PLR2004 - Saturday
            bought.append(Entry(day, CARD, "PSO", -_rupees(chance, 450, 620, number), "Transport", "Petrol"))
        if chance.random() < 0.17:  # noqa: PLR2004 - five times a month
            bought.append(
                Entry(day, account, chance.choice(_EATERIES), -_rupees(chance, 90, 480, number), "Eating out")
            )
        if chance.random() < 0.05:  # noqa: PLR2004 - once or twice a month
            bought.append(Entry(day, CARD, chance.choice(_SHOPS), -_rupees(chance, 250, 1_400, number), "Shopping"))
        if chance.random() < 0.03:  # noqa: PLR2004 - once a month
            bought.append(
                Entry(day, CASH, "Servaid Pharmacy", -_rupees(chance, 60, 520, number), "Health", tags=("medicine",))
            )
        made.entries += bought
    if first.month == 6:  # noqa: PLR2004 - once a year, in June
        made.entries.append(
            Entry(
                first.replace(day=18), CARD, "Serena Hotels", -_rupees(chance, 5_200, 7_800, number), "Travel", "Hunza"
            )
        )
    charged = sum((-one.amount for one in made.entries if one.account == CARD and one.date >= first), Decimal(0))
    made.transfers.append(Transfer(_next_month(first) - timedelta(days=2), BANK, CARD, charged, note="Card bill"))


def _abroad(made: Household, first: date, number: int, dollar: Decimal, chance: random.Random) -> None:
    """Freelance work paid in dollars: part of it is changed into rupees, part invested."""
    earned = Decimal(chance.randint(38, 92)) * 10
    made.entries.append(
        Entry(first.replace(day=21), DOLLARS, "Northwind LLC", earned, "Freelance", f"Invoice {1001 + number}")
    )
    made.entries.append(Entry(first.replace(day=22), DOLLARS, "Hetzner", Decimal("-11.90"), "Subscriptions"))
    if number % 3 == 1:
        sold = Decimal(600)
        made.transfers.append(Transfer(first.replace(day=24), DOLLARS, BANK, sold, _cents(sold * dollar), "Exchange"))
    if number % 2 == 0:
        made.transfers.append(Transfer(first.replace(day=25), DOLLARS, BROKER, Decimal(300)))


def _invested(made: Household, first: date, number: int, prices: dict[str, Decimal]) -> None:
    if number % 2 == 0:
        made.purchases.append(Purchase(first.replace(day=27), FUND, Decimal(2), prices[FUND]))
        made.purchases.append(Purchase(first.replace(day=27), BONDS, Decimal(1), prices[BONDS]))
    if number and number % 3 == 0:
        held = sum((one.quantity for one in made.purchases if one.symbol == FUND), Decimal(0))
        made.dividends.append(Dividend(first.replace(day=15), FUND, _cents(held * prices[FUND] * Decimal("0.004"))))


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
