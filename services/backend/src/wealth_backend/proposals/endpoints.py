import uuid
from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.links import links
from wealth_backend.problems import respond, responses
from wealth_backend.proposals import service
from wealth_backend.proposals.schemas import Proposal, ProposalChange, ProposalPage
from wealth_core.models import ProposalStatus

router = routing.router("proposals")

_FIRST = links("proposal_id", "/items/0/id", "get_proposal", "change_proposal", "confirm_proposal", "decline_proposal")


@router.get("", responses=_FIRST)
async def list_proposals(
    work: UserWork,
    *,
    status: Annotated[ProposalStatus | None, Query(description="Only those; by default all")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ProposalPage:
    """The newest first."""
    page = await service.search(work, status=status, limit=limit, cursor=cursor)
    return ProposalPage(items=[Proposal.of(row) for row in page.items], next_cursor=page.next_cursor)


@router.get("/{proposal_id}", responses=responses(404))
async def get_proposal(proposal_id: uuid.UUID, work: UserWork, match: Match) -> Proposal:
    return match.tag(Proposal.of(await service.view(work, proposal_id)))


@router.patch("/{proposal_id}", responses=responses(404, 409, 410, 412))
async def change_proposal(proposal_id: uuid.UUID, wanted: ProposalChange, work: UserWork, match: Match) -> Proposal:
    """Corrects what is proposed before it is confirmed."""
    match.check(Proposal.of(await service.waiting(work, proposal_id)))
    return match.tag(Proposal.of(await service.change(work, proposal_id, wanted.payload)))


@router.post("/{proposal_id}/confirm", response_model=Proposal, responses=responses(404, 409, 410, 412))
async def confirm_proposal(proposal_id: uuid.UUID, work: UserWork, match: Match) -> Proposal | JSONResponse:
    """Does what is proposed, once however often it is asked for. With `If-Match` only what the person has seen."""
    found = Proposal.of(await service.view(work, proposal_id, lock=True))
    if found.status is ProposalStatus.PENDING:
        match.check(found)
    try:
        return match.tag(Proposal.of(await service.confirm(work, proposal_id)))
    except service.OutdatedError as error:
        # Answered, not raised: that the proposal has failed is to be kept.
        return respond(error.problem)


@router.post("/{proposal_id}/decline", responses=responses(404, 409, 410))
async def decline_proposal(proposal_id: uuid.UUID, work: UserWork) -> Proposal:
    return Proposal.of(await service.decline(work, proposal_id))
