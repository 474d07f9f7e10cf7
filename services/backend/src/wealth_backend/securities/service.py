import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, not_found
from wealth_backend.securities.schemas import NewSecurity, SecurityChange
from wealth_core.models import Security
from wealth_core.repositories import SecurityRepository


async def add(work: Work, wanted: NewSecurity) -> Security:
    with _unique_symbol(wanted.symbol):
        return await SecurityRepository(work.session).add(
            Security(
                user_id=work.user_id,
                symbol=wanted.symbol,
                name=wanted.name or wanted.symbol,
                kind=wanted.kind,
                currency=wanted.currency or work.user.currency,
            )
        )


async def change(work: Work, security_id: uuid.UUID, wanted: SecurityChange) -> Security:
    security = await get(work, security_id, lock=True)
    security.symbol = wanted.symbol or security.symbol
    security.name = wanted.name or security.name
    security.kind = wanted.kind or security.kind
    with _unique_symbol(security.symbol):
        await work.session.flush()
    return security


async def remove(work: Work, security_id: uuid.UUID) -> None:
    """Its prices go with it."""
    if await SecurityRepository(work.session).traded(security_id):
        raise Problem(409, "security_in_use", "This security has been traded: delete its trades first.")
    await SecurityRepository(work.session).delete(security_id)


async def get(work: Work, security_id: uuid.UUID, *, lock: bool = False) -> Security:
    securities = SecurityRepository(work.session)
    found = await (securities.lock(security_id) if lock else securities.get(security_id))
    if found is None:
        raise not_found("security")
    return found


@contextmanager
def _unique_symbol(symbol: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "securities_user_id_symbol_idx":
            raise
        raise Problem(
            409, "symbol_taken", f"There is a security “{symbol}” already: choose another symbol, or use that one."
        ) from None
