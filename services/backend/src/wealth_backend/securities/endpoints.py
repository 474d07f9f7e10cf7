import uuid

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.securities import service
from wealth_backend.securities.schemas import NewSecurity, Security, SecurityChange
from wealth_core.repositories import SecurityRepository

router = routing.router("securities")


@router.get("")
async def list_securities(work: UserWork) -> list[Security]:
    return [Security.model_validate(row) for row in await SecurityRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_security(wanted: NewSecurity, work: UserWork, match: Match) -> Security:
    return match.tag(Security.model_validate(await service.add(work, wanted)))


@router.get("/{security_id}", responses=responses(404))
async def get_security(security_id: uuid.UUID, work: UserWork, match: Match) -> Security:
    return match.tag(Security.model_validate(await service.get(work, security_id)))


@router.patch("/{security_id}", responses=responses(404, 409, 412))
async def change_security(security_id: uuid.UUID, wanted: SecurityChange, work: UserWork, match: Match) -> Security:
    match.check(Security.model_validate(await service.get(work, security_id, lock=True)))
    return match.tag(Security.model_validate(await service.change(work, security_id, wanted)))


@router.delete("/{security_id}", status_code=204, responses=responses(404, 409, 412))
async def delete_security(security_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """With its prices; one that has been traded stays."""
    match.check(Security.model_validate(await service.get(work, security_id, lock=True)))
    await service.remove(work, security_id)
