import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.schemas import Day
from wealth_backend.trades import service
from wealth_backend.trades.schemas import NewTrade, Trade, TradeChange, TradePage
from wealth_core.investments.trades import TradeKind
from wealth_core.repositories import TradeFilter

router = routing.router("trades")


@router.get("")
async def list_trades(
    work: UserWork,
    *,
    account_id: uuid.UUID | None = None,
    security_id: uuid.UUID | None = None,
    kind: TradeKind | None = None,
    start: Annotated[Day | None, Query(alias="from", description="The first day")] = None,
    end: Annotated[Day | None, Query(alias="to", description="The last day")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> TradePage:
    """The newest first."""
    wanted = TradeFilter(account_id=account_id, security_id=security_id, kind=kind, start=start, end=end)
    page = await service.search(work, wanted, limit=limit, cursor=cursor)
    return TradePage(items=[Trade.of(view) for view in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=201, responses=responses(409))
async def add_trade(wanted: NewTrade, work: UserWork, match: Match) -> Trade:
    """Refused when more would be sold than is held, then or later."""
    return match.tag(Trade.of(await service.add(work, wanted)))


@router.get("/{trade_id}", responses=responses(404))
async def get_trade(trade_id: uuid.UUID, work: UserWork, match: Match) -> Trade:
    return match.tag(Trade.of(await service.view(work, trade_id)))


@router.patch("/{trade_id}", responses=responses(404, 409, 412))
async def change_trade(trade_id: uuid.UUID, wanted: TradeChange, work: UserWork, match: Match) -> Trade:
    """What later sales cost is worked out anew; refused when one of them would sell more than is held."""
    match.check(Trade.of(await service.view(work, trade_id, lock=True)))
    return match.tag(Trade.of(await service.change(work, trade_id, wanted)))


@router.delete("/{trade_id}", status_code=204, responses=responses(404, 409, 412))
async def delete_trade(trade_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """With its transaction; refused when a later sale would then sell more than is held."""
    match.check(Trade.of(await service.view(work, trade_id, lock=True)))
    await service.remove(work, trade_id)
