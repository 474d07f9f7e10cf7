"""A proposal is decided once: its row is locked first, and what it does commits together with its new status."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from wealth_backend.audit import audit
from wealth_backend.dependencies import Work
from wealth_backend.problems import FieldProblem, Problem, invalid, not_found, validation_problem
from wealth_backend.proposals.kinds import KINDS, Kind
from wealth_backend.schemas import Request
from wealth_core.models import Proposal, ProposalKind, ProposalStatus
from wealth_core.repositories import Page, ProposalRepository
from wealth_core.repositories.proposals import UnknownRowError

_NOT_FOUND = 404


class OutdatedError(Exception):
    """What a proposal is about is gone; the proposal is over."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


async def search(work: Work, *, status: ProposalStatus | None, limit: int, cursor: str | None) -> Page[Proposal]:
    return await ProposalRepository(work.session).list(status=status, limit=limit, cursor=cursor)


async def view(work: Work, proposal_id: uuid.UUID, *, lock: bool = False) -> Proposal:
    proposals = ProposalRepository(work.session)
    found = await (proposals.lock if lock else proposals.get)(proposal_id)
    if found is None:
        raise not_found("proposal")
    return found


async def waiting(work: Work, proposal_id: uuid.UUID) -> Proposal:
    """Locked; a problem unless it still waits for its decision."""
    proposal = await view(work, proposal_id, lock=True)
    status = proposal.status_at(datetime.now(UTC))
    if status is ProposalStatus.EXPIRED:
        raise Problem(
            410,
            "proposal_expired",
            f"This proposal was open until {proposal.expires_at:%Y-%m-%d %H:%M} UTC: ask for it again.",
        )
    if status is not ProposalStatus.PENDING:
        raise Problem(409, "proposal_decided", f"This proposal is {status.value} already: ask for a new one.")
    return proposal


async def change(work: Work, proposal_id: uuid.UUID, changes: Mapping[str, Any]) -> Proposal:
    proposal = await waiting(work, proposal_id)
    wanted = _checked(proposal.kind, {**proposal.payload, **changes})
    target = proposal.payload.get("transaction_id")
    if target is not None and str(getattr(wanted, "transaction_id", "")) != target:
        raise invalid("payload.transaction_id", "A proposal stays with its transaction: ask for another one instead.")
    try:
        await ProposalRepository(work.session).revise(proposal, wanted.model_dump(mode="json", exclude_unset=True))
    except UnknownRowError as error:
        raise invalid(f"payload.{error.key}", f"There is no such {error.what}: choose one of yours.") from None
    return proposal


async def confirm(work: Work, proposal_id: uuid.UUID) -> Proposal:
    """Does what is proposed. Confirmed before, it is not done again."""
    proposal = await view(work, proposal_id, lock=True)
    if proposal.status is ProposalStatus.CONFIRMED:
        return proposal
    proposal = await waiting(work, proposal_id)
    wanted = _checked(proposal.kind, proposal.payload)
    proposals = ProposalRepository(work.session)
    try:
        async with work.session.begin_nested():
            results = await _kind(proposal.kind).execute(work, wanted)
    except Problem as problem:
        if problem.status_code != _NOT_FOUND:
            raise _within_payload(problem) from None
        await proposals.decide(proposal, ProposalStatus.FAILED)
        raise OutdatedError(
            Problem(409, "proposal_outdated", f"This can't be done any more. {problem.detail}")
        ) from None
    await proposals.decide(proposal, ProposalStatus.CONFIRMED, results)
    await audit(work, "proposal.confirmed", proposal_id=proposal.id)
    return proposal


async def decline(work: Work, proposal_id: uuid.UUID) -> Proposal:
    proposal = await view(work, proposal_id, lock=True)
    if proposal.status is not ProposalStatus.DECLINED:
        proposal = await waiting(work, proposal_id)
        await ProposalRepository(work.session).decide(proposal, ProposalStatus.DECLINED)
        await audit(work, "proposal.declined", proposal_id=proposal.id)
    return proposal


def _kind(kind: ProposalKind) -> Kind:
    known = KINDS.get(kind)
    if known is None:  # filed by a newer version of the MCP server than this one of the backend
        raise Problem(409, "proposal_unsupported", "This can't be done yet: try again when the update is through.")
    return known


def _checked(kind: ProposalKind, payload: Mapping[str, Any]) -> Request:
    try:
        return _kind(kind).payload.model_validate(payload)
    except ValidationError as error:
        raise validation_problem(error.errors(include_url=False), within="payload") from None


def _within_payload(problem: Problem) -> Problem:
    """Fields of the request that the payload would have been."""
    errors = [FieldProblem(field=f"payload.{one.field}", message=one.message) for one in problem.errors]
    return Problem(problem.status_code, problem.code, str(problem.detail), headers=problem.headers, errors=errors)
