import uuid
from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import TypeAdapter

from wealth_backend.dependencies import Work
from wealth_backend.figures import ExchangeRate as RateText
from wealth_backend.figures import UnitPrice, check_order
from wealth_backend.market import tables
from wealth_backend.market.schemas import NewPrice as WantedPrice
from wealth_backend.market.schemas import NewRate
from wealth_backend.problems import invalid, not_found
from wealth_core.investments.rates import Observation
from wealth_core.models import ExchangeRate, Price
from wealth_core.money import EXPONENTS
from wealth_core.repositories import NewPrice, Page, PriceRepository, RateRepository, SecurityRepository, Written

PRICE_COLUMNS = ("symbol", "date", "price")
RATE_COLUMNS = ("date", "from", "to", "rate")
_PRICE: TypeAdapter[str] = TypeAdapter(UnitPrice)
_RATE: TypeAdapter[str] = TypeAdapter(RateText)

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


async def prices(work: Work, *, limit: int, cursor: str | None, **narrowed: Any) -> Page[Price]:
    check_order(narrowed["start"], narrowed["end"])
    return await PriceRepository(work.session).search(limit=limit, cursor=cursor, **narrowed)


async def rates(work: Work, *, limit: int, cursor: str | None, **narrowed: Any) -> Page[ExchangeRate]:
    check_order(narrowed["start"], narrowed["end"])
    return await RateRepository(work.session).search(limit=limit, cursor=cursor, **narrowed)


async def put_price(work: Work, wanted: WantedPrice) -> Price:
    if await SecurityRepository(work.session).get(wanted.security_id) is None:
        raise invalid("security_id", "There is no such security: choose one of yours.")
    repository = PriceRepository(work.session)
    await repository.put(work.user_id, [NewPrice(wanted.security_id, wanted.date, Decimal(wanted.price))])
    return _there(await repository.of_day(wanted.security_id, wanted.date), "price")


async def put_rate(work: Work, wanted: NewRate) -> ExchangeRate:
    if wanted.base == wanted.quote:
        raise invalid("quote", "A currency needs no rate to itself: choose another one.")
    repository = RateRepository(work.session)
    await repository.put(work.user_id, [Observation(wanted.base, wanted.quote, wanted.date, Decimal(wanted.rate))])
    return _there(await repository.of_day(wanted.base, wanted.quote, wanted.date), "rate")


async def import_prices(work: Work, text: str) -> Written:
    rows = tables.read(
        text,
        PRICE_COLUMNS,
        lambda row: (row["symbol"], tables.day(row["date"]), tables.number(row["price"], _PRICE)),
    )
    found = await SecurityRepository(work.session).by_symbol({symbol for _, (symbol, _, _) in rows})
    unknown = [(number, symbol) for number, (symbol, _, _) in rows if symbol.lower() not in found]
    if unknown:
        raise tables.refusal(
            [(number, f"There is no security {symbol[:40]!r}: add it first.") for number, symbol in unknown]
        )
    once = _once((number, (found[symbol.lower()].id, day), price) for number, (symbol, day, price) in rows)
    return await PriceRepository(work.session).put(work.user_id, [NewPrice(*key, price) for key, price in once])


async def import_rates(work: Work, text: str) -> Written:
    rows = tables.read(text, RATE_COLUMNS, _observation)
    once = _once((number, (one.base, one.quote, one.date), one.rate) for number, one in rows)
    return await RateRepository(work.session).put(work.user_id, [Observation(*key, rate) for key, rate in once])


async def remove_price(work: Work, price_id: uuid.UUID) -> None:
    if not await PriceRepository(work.session).delete(price_id):
        raise not_found("price")


async def remove_rate(work: Work, rate_id: uuid.UUID) -> None:
    if not await RateRepository(work.session).delete(rate_id):
        raise not_found("rate")


def _observation(row: dict[str, str]) -> Observation:
    base, quote = row["from"].upper(), row["to"].upper()
    for code in (base, quote):
        if code not in EXPONENTS:
            raise tables.RowError(f"{code[:20]!r} is not a currency: give its three-letter code, like USD or EUR.")
    if base == quote:
        raise tables.RowError(f"{base} needs no rate to itself.")
    return Observation(base, quote, tables.day(row["date"]), tables.number(row["rate"], _RATE))


def _once(rows: Iterable[tuple[int, K, Decimal]]) -> list[tuple[K, Decimal]]:
    """One value for each key; two that contradict each other are refused."""
    kept: dict[K, Decimal] = {}
    for number, key, value in rows:
        if kept.setdefault(key, value) != value:
            raise tables.refusal(
                [(number, f"It says {value:f} where a row before says {kept[key]:f}: keep the right one.")]
            )
    return list(kept.items())


def _there(row: T | None, what: str) -> T:
    if row is None:
        raise not_found(what)
    return row
