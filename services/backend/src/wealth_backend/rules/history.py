"""Rules and the transactions that there are already: what they would change, and the change itself."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from wealth_backend.dependencies import Work
from wealth_backend.rules.schemas import Applied, Effect, Preview
from wealth_backend.transactions.schemas import Transaction
from wealth_backend.transactions.service import ruled
from wealth_core.models import TransactionKind
from wealth_core.repositories import (
    Page,
    RuleRepository,
    TagRepository,
    TransactionFilter,
    TransactionRepository,
    TransactionView,
)
from wealth_core.repositories.cursors import encode_dated
from wealth_core.repositories.transactions import MAX_PAGE
from wealth_core.repositories.transactions import NewTransaction as Entry
from wealth_core.rules import Outcome, Rule, RuleRow, apply_rules

# A preview looks at so many transactions at most before it answers with what it has found.
_LOOKED_AT = 10 * MAX_PAGE
_WANTED = TransactionFilter(kinds=(TransactionKind.STANDARD,))


async def preview(
    work: Work, rules: Sequence[Rule], *, new_tags: Sequence[str] = (), limit: int, cursor: str | None
) -> Preview:
    """Nothing is written. `new_tags` are the names of those of an unsaved rule."""
    names = {one.id: one.name for one in await TagRepository(work.session).list()}
    names = {uuid.uuid5(uuid.NAMESPACE_OID, name): name for name in new_tags} | names
    found: list[Effect] = []
    looked_at, place = 0, cursor
    while looked_at < _LOOKED_AT:
        page = await _page(work, place)
        for view, outcome in await _met(rules, page.items):
            found.append(_effect(view, outcome, names))
            if len(found) == limit:
                return Preview(items=found, next_cursor=encode_dated(view.date, view.id))
        looked_at += len(page.items)
        place = page.next_cursor
        if place is None:
            break
    return Preview(items=found, next_cursor=place)


async def apply(work: Work, rules: Sequence[Rule], wanted: TransactionFilter = _WANTED) -> Applied:
    examined = changed = 0
    async for views in _pages(work, wanted):
        met = await _met(rules, views)
        if met:
            # Once more, now that nobody else changes them any more.
            locked = await TransactionRepository(work.session).views([view.id for view, _ in met], lock=True)
            met = await _met(rules, [view for view in locked if view.kind is TransactionKind.STANDARD])
            await _write(work, met)
        examined += len(views)
        changed += len(met)
    return Applied(examined=examined, changed=changed)


async def apply_to_import(work: Work, import_id: uuid.UUID) -> None:
    """What the user's rules make of the income and expenses that have just been imported."""
    rules = await RuleRepository(work.session).active()
    if rules:
        await apply(work, rules, replace(_WANTED, import_id=import_id))


async def _met(rules: Sequence[Rule], views: Sequence[TransactionView]) -> list[tuple[TransactionView, Outcome]]:
    """Those that the rules change. Found in a thread: many rules and rows take a while."""
    rows = [_row(view) for view in views]
    outcomes = await asyncio.to_thread(apply_rules, rules, rows)
    return [(view, outcome) for view, row, outcome in zip(views, rows, outcomes, strict=True) if outcome.changes(row)]


async def _pages(work: Work, wanted: TransactionFilter) -> AsyncIterator[Sequence[TransactionView]]:
    place = None
    while True:
        page = await _page(work, place, wanted)
        yield page.items
        place = page.next_cursor
        if place is None:
            return


async def _page(work: Work, place: str | None, wanted: TransactionFilter = _WANTED) -> Page[TransactionView]:
    return await TransactionRepository(work.session).search(wanted, limit=MAX_PAGE, cursor=place)


async def _write(work: Work, met: Sequence[tuple[TransactionView, Outcome]]) -> None:
    transactions = TransactionRepository(work.session)
    postings = await transactions.postings(*(view.id for view, _ in met))
    await transactions.rewrite(
        *(
            ruled(
                Entry(
                    id=view.id,
                    user_id=work.user_id,
                    date=view.date,
                    payee=view.payee,
                    note=view.note,
                    reference=view.reference,
                    postings=postings[view.id],
                ),
                outcome,
            )
            for view, outcome in met
        )
    )
    added = {(view.id, tag_id) for view, outcome in met for tag_id in outcome.tag_ids - set(view.tag_ids)}
    await transactions.tag(work.user_id, added)


def _row(view: TransactionView) -> RuleRow:
    return RuleRow(
        account_id=view.account_id,
        money=view.amount,
        payee=view.payee,
        note=view.note,
        category_id=view.category_id,
        tag_ids=frozenset(view.tag_ids),
        status=view.status,
        is_split=bool(view.splits),
    )


def _effect(view: TransactionView, outcome: Outcome, names: dict[uuid.UUID, str]) -> Effect:
    return Effect(
        transaction=Transaction.of(view),
        payee=outcome.payee,
        category_id=outcome.category_id,
        tags=sorted((names[tag_id] for tag_id in outcome.tag_ids), key=str.lower),
        status=outcome.status,
        transfer_account_id=outcome.transfer_account_id,
    )
