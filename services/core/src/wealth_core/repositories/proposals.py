"""Proposals: filed by agents, decided by their user."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select

from wealth_core import proposals
from wealth_core.ids import new_id
from wealth_core.models import Account, Category, Proposal, ProposalKind, ProposalStatus
from wealth_core.proposals import Label, Payload
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import decode_id, encode_id
from wealth_core.repositories.transactions import TransactionRepository

MAX_PENDING = 50

_alive: ColumnElement[bool] = Proposal.expires_at > func.now()
_pending = and_(Proposal.status == ProposalStatus.PENDING, _alive)


class TooManyProposalsError(Exception):
    """The user has as many proposals waiting as anybody would look through."""


class UnknownRowError(ValueError):
    """A payload names a row that isn't the user's."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(f"there is no such {what}")
        self.key = key
        self.what = what


class ProposalRepository(Repository[Proposal]):
    model = Proposal

    async def file(self, user_id: uuid.UUID, kind: ProposalKind, payload: Payload) -> Proposal:
        """The proposal that waits for the user now: one that is the same and still waits, else a new one."""
        # One at a time for each user: two at once would both find nothing that is the same, or the last free place.
        key = func.hashtextextended(f"proposals {user_id}", 0)
        await self._session.execute(select(func.pg_advisory_xact_lock(key)))
        waiting = select(Proposal).where(_pending)
        same = await self._session.scalar(
            waiting.where(Proposal.kind == kind, Proposal.payload == payload).order_by(Proposal.id).limit(1)
        )
        if same is not None:
            return same
        if (await self._session.scalar(select(func.count()).select_from(waiting.subquery())) or 0) >= MAX_PENDING:
            raise TooManyProposalsError
        values = {"id": new_id(), "user_id": user_id, "kind": kind, "payload": dict(payload)}
        # Not by the unit of work, which writes every column: the MCP server's role may write these only.
        statement = insert(Proposal).values(**values, summary=await self.summary(kind, payload)).returning(Proposal)
        return (await self._session.scalars(statement)).one()

    async def summary(self, kind: ProposalKind, payload: Payload) -> str:
        """The sentence for the user; a row that isn't theirs is an UnknownRowError."""
        labels: dict[uuid.UUID, Label] = {}
        for key, what, row_id in proposals.references(payload):
            label = await self._label(what, row_id)
            if label is None:
                raise UnknownRowError(key, what)
            labels[row_id] = label
        return proposals.summary(kind, payload, labels)

    async def _label(self, what: str, row_id: uuid.UUID) -> Label | None:
        if what == "account":
            account = await self._session.scalar(select(Account).where(Account.id == row_id))
            return Label(account.name, account.currency) if account else None
        if what == "category":
            category = await self._session.scalar(select(Category).where(Category.id == row_id))
            return Label(category.name) if category else None
        transactions = TransactionRepository(self._session)
        view = await transactions.view(row_id)
        if view is None:
            return None
        name = (await transactions.names())[view.account_id]
        return Label(f"{view.payee}, {view.amount}, of {view.date} in {name}", view.amount.currency)

    async def list(
        self, *, status: ProposalStatus | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[Proposal]:
        """The newest first. A cursor that isn't one of ours is a CursorError."""
        statement = select(Proposal).order_by(Proposal.id.desc()).limit(limit + 1)
        if status is ProposalStatus.PENDING:
            statement = statement.where(_pending)
        elif status is ProposalStatus.EXPIRED:
            statement = statement.where(Proposal.status == ProposalStatus.PENDING, ~_alive)
        elif status is not None:
            statement = statement.where(Proposal.status == status)
        if cursor is not None:
            statement = statement.where(Proposal.id < decode_id(cursor))
        found = (await self._session.scalars(statement)).all()
        items = found[:limit]
        return Page(items, encode_id(items[-1].id) if len(found) > limit else None)

    async def known(self, ids: Iterable[uuid.UUID]) -> Sequence[Proposal]:
        """Those of the ids that are the user's own proposals, in the order they were filed."""
        statement = select(Proposal).where(Proposal.id.in_(list(ids))).order_by(Proposal.id)
        return (await self._session.scalars(statement)).all()

    async def revise(self, proposal: Proposal, payload: Mapping[str, Any]) -> None:
        proposal.summary = await self.summary(proposal.kind, payload)
        proposal.payload = dict(payload)
        await self._session.flush()
        await self._session.refresh(proposal)  # the database puts the keys into an order of its own

    async def decide(
        self, proposal: Proposal, status: ProposalStatus, results: Sequence[tuple[str, uuid.UUID]] = ()
    ) -> None:
        decided_at = await self._session.scalar(select(func.now()))
        proposal.status, proposal.decided_at = status, decided_at
        proposal.results = [{"kind": kind, "id": str(row_id)} for kind, row_id in results]
        await self._session.flush()
