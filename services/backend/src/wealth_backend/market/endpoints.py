import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.market import service
from wealth_backend.market.schemas import (
    NewPrice,
    NewRate,
    Price,
    PricePage,
    PriceTable,
    Rate,
    RatePage,
    RateTable,
    TableResult,
)
from wealth_backend.problems import responses
from wealth_backend.schemas import Currency, Day

prices = routing.router("prices")
rates = routing.router("rates")

From = Annotated[Day | None, Query(alias="from", description="The first day")]
To = Annotated[Day | None, Query(alias="to", description="The last day")]
Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=100)]


@prices.get("")
async def list_prices(
    work: UserWork,
    *,
    security_id: uuid.UUID | None = None,
    start: From = None,
    end: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PricePage:
    """The newest first."""
    page = await service.prices(work, limit=limit, cursor=cursor, security_id=security_id, start=start, end=end)
    return PricePage(items=[Price.of(row) for row in page.items], next_cursor=page.next_cursor)


@prices.post("", status_code=201)
async def put_price(wanted: NewPrice, work: UserWork) -> Price:
    """Replaces the price that the security has on that day."""
    return Price.of(await service.put_price(work, wanted))


@prices.post("/import", status_code=201, responses=responses(413))
async def import_prices(table: PriceTable, work: UserWork) -> TableResult:
    """Takes every row or none; importing a table twice changes nothing."""
    return TableResult.of(await service.import_prices(work, table.csv))


@prices.delete("/{price_id:uuid}", status_code=204, responses=responses(404))
async def delete_price(price_id: uuid.UUID, work: UserWork) -> None:
    await service.remove_price(work, price_id)


@rates.get("")
async def list_rates(
    work: UserWork,
    *,
    base: Currency | None = None,
    quote: Currency | None = None,
    start: From = None,
    end: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RatePage:
    """The newest first."""
    page = await service.rates(work, limit=limit, cursor=cursor, base=base, quote=quote, start=start, end=end)
    return RatePage(items=[Rate.of(row) for row in page.items], next_cursor=page.next_cursor)


@rates.post("", status_code=201)
async def put_rate(wanted: NewRate, work: UserWork) -> Rate:
    """Replaces the rate that the pair has on that day."""
    return Rate.of(await service.put_rate(work, wanted))


@rates.post("/import", status_code=201, responses=responses(413))
async def import_rates(table: RateTable, work: UserWork) -> TableResult:
    """Takes every row or none; importing a table twice changes nothing."""
    return TableResult.of(await service.import_rates(work, table.csv))


@rates.delete("/{rate_id:uuid}", status_code=204, responses=responses(404))
async def delete_rate(rate_id: uuid.UUID, work: UserWork) -> None:
    await service.remove_rate(work, rate_id)
