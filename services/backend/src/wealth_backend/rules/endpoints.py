import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import AppParts, LateWork, UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.rules import history, service
from wealth_backend.rules.schemas import Applied, NewRule, Preview, Rule, RuleChange, RuleOrder
from wealth_core.repositories import RuleRepository

router = routing.router("rules")

# A history may be long: what it takes goes beyond what one statement may.
_DEADLINE_S = 300

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=100)]


@router.get("")
async def list_rules(work: UserWork) -> list[Rule]:
    """In the order in which they are tried."""
    return [Rule.of(view) for view in await RuleRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_rule(wanted: NewRule, work: UserWork, match: Match) -> Rule:
    """The new rule is the last; it is applied to what comes from now on."""
    return match.tag(Rule.of(await service.add(work, wanted)))


@router.post("/order")
async def arrange_rules(wanted: RuleOrder, work: UserWork) -> list[Rule]:
    return [Rule.of(view) for view in await service.arrange(work, wanted.ids)]


@router.post("/preview")
async def preview_rule(wanted: NewRule, work: UserWork, *, limit: Limit = 50, cursor: Cursor = None) -> Preview:
    """Which transactions a rule would change, and how, before it is kept. The newest first; nothing is written."""
    rule = await service.unsaved(work, wanted)
    return await history.preview(work, [rule], new_tags=wanted.actions.tags, limit=limit, cursor=cursor)


@router.post("/apply", responses=responses(503))
async def apply_rules(begin: LateWork, parts: AppParts) -> Applied:
    """Applies all rules that are enabled, in their order, to all transactions. Doing so again changes nothing."""
    async with parts.imports.slot():
        work = await begin(deadline_s=_DEADLINE_S)
        return await history.apply(work, await RuleRepository(work.session).active())


@router.post("/apply/preview")
async def preview_rules(work: UserWork, *, limit: Limit = 50, cursor: Cursor = None) -> Preview:
    """Which transactions all rules that are enabled would change, and how; nothing is written."""
    return await history.preview(work, await RuleRepository(work.session).active(), limit=limit, cursor=cursor)


@router.get("/{rule_id:uuid}", responses=responses(404))
async def get_rule(rule_id: uuid.UUID, work: UserWork, match: Match) -> Rule:
    return match.tag(Rule.of(await service.view(work, rule_id)))


@router.patch("/{rule_id:uuid}", responses=responses(404, 412))
async def change_rule(rule_id: uuid.UUID, wanted: RuleChange, work: UserWork, match: Match) -> Rule:
    match.check(Rule.of(await service.view(work, rule_id, lock=True)))
    return match.tag(Rule.of(await service.change(work, rule_id, wanted)))


@router.delete("/{rule_id:uuid}", status_code=204, responses=responses(404, 412))
async def delete_rule(rule_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """What it has changed stays as it is."""
    match.check(Rule.of(await service.view(work, rule_id, lock=True)))
    await service.remove(work, rule_id)


@router.post("/{rule_id:uuid}/preview", responses=responses(404))
async def preview_saved_rule(
    rule_id: uuid.UUID, work: UserWork, *, limit: Limit = 50, cursor: Cursor = None
) -> Preview:
    """Which transactions this rule alone would change, and how; nothing is written."""
    rule = (await service.view(work, rule_id)).rule
    return await history.preview(work, [rule], limit=limit, cursor=cursor)


@router.post("/{rule_id:uuid}/apply", responses=responses(404, 503))
async def apply_rule(rule_id: uuid.UUID, begin: LateWork, parts: AppParts) -> Applied:
    """Applies this rule alone, enabled or not, to all transactions. Doing so again changes nothing."""
    async with parts.imports.slot():
        work = await begin(deadline_s=_DEADLINE_S)
        return await history.apply(work, [(await service.view(work, rule_id)).rule])
