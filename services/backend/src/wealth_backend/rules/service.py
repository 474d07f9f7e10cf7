import uuid
from collections.abc import Mapping
from decimal import Decimal

from wealth_backend.dependencies import Work
from wealth_backend.problems import Problem, invalid, not_found
from wealth_backend.rules.schemas import MAX_RULES, Actions, Conditions, NewRule, RuleChange
from wealth_core import rules
from wealth_core.models import Account, Rule
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    RuleRepository,
    RuleView,
    TagRepository,
)

_LIMIT = Decimal(10) ** 13


async def add(work: Work, wanted: NewRule) -> RuleView:
    repository = RuleRepository(work.session)
    if await repository.count() >= MAX_RULES:
        raise Problem(409, "too_many_rules", f"There are {MAX_RULES} rules already: delete one first.")
    await _check(work, wanted.conditions, wanted.actions)
    row = Rule(
        user_id=work.user_id,
        name=wanted.name,
        position=await repository.last_position() + 1,
        enabled=wanted.enabled,
        stop=wanted.stop,
        **_columns(wanted.conditions, wanted.actions),
    )
    await repository.add(row)
    await _set_tags(work, row.id, wanted.actions)
    return await view(work, row.id)


async def change(work: Work, rule_id: uuid.UUID, wanted: RuleChange) -> RuleView:
    row = await RuleRepository(work.session).lock(rule_id)
    if row is None:
        raise not_found("rule")
    row.name = wanted.name or row.name
    row.enabled = row.enabled if wanted.enabled is None else wanted.enabled
    row.stop = row.stop if wanted.stop is None else wanted.stop
    await _check(work, wanted.conditions, wanted.actions)
    for column, value in _columns(wanted.conditions, wanted.actions).items():
        setattr(row, column, value)
    await work.session.flush()
    if wanted.actions is not None:
        await _set_tags(work, rule_id, wanted.actions)
    return await view(work, rule_id)


async def arrange(work: Work, ids: list[uuid.UUID]) -> list[RuleView]:
    repository = RuleRepository(work.session)
    if {one.id for one in await repository.list()} != set(ids):
        raise invalid("ids", "These are not all of your rules: read them again, and name each once.")
    await repository.arrange(ids)
    return list(await repository.list())


async def remove(work: Work, rule_id: uuid.UUID) -> None:
    if not await RuleRepository(work.session).delete(rule_id):
        raise not_found("rule")


async def view(work: Work, rule_id: uuid.UUID, *, lock: bool = False) -> RuleView:
    repository = RuleRepository(work.session)
    if lock:
        await repository.lock(rule_id)
    found = await repository.view(rule_id)
    if found is None:
        raise not_found("rule")
    return found


async def unsaved(work: Work, wanted: NewRule) -> rules.Rule:
    """A rule to try before it is kept. Tags that don't exist yet have an id for this once."""
    accounts = await _check(work, wanted.conditions, wanted.actions)
    tags = TagRepository(work.session)
    known = {one.name.casefold(): one.id for one in await tags.list()}
    conditions, actions = wanted.conditions, wanted.actions
    target = accounts.get(actions.transfer_account_id) if actions.transfer_account_id else None
    return rules.Rule(
        id=None,
        name=wanted.name,
        texts=tuple(rules.TextCondition(one.field, one.operator, one.value) for one in conditions.texts),
        any_text=conditions.any_text,
        account_id=conditions.account_id,
        currency=conditions.currency,
        direction=conditions.direction,
        min_amount=_decimal(conditions.min_amount),
        max_amount=_decimal(conditions.max_amount),
        category_id=actions.category_id,
        payee=actions.payee,
        tag_ids=frozenset(known.get(name.casefold(), uuid.uuid5(uuid.NAMESPACE_OID, name)) for name in actions.tags),
        status=actions.status,
        transfer_account_id=actions.transfer_account_id,
        transfer_currency=target.currency if target else None,
        stop=wanted.stop,
    )


async def _check(work: Work, conditions: Conditions | None, actions: Actions | None) -> Mapping[uuid.UUID, Account]:
    """The accounts that are named, after all that is named was found."""
    if conditions is not None:
        _check_conditions(conditions)
    if actions is not None and not any(actions.model_dump().values()):
        raise invalid("actions", "This rule does nothing: give a category, a payee, tags, a status or a transfer.")
    named = {
        "conditions.account_id": conditions.account_id if conditions else None,
        "actions.transfer_account_id": actions.transfer_account_id if actions else None,
    }
    accounts = await AccountRepository(work.session).find({one for one in named.values() if one is not None})
    for field, account_id in named.items():
        if account_id is not None and account_id not in accounts:
            raise invalid(field, "There is no such account: choose one of yours.")
    category_id = actions.category_id if actions else None
    if category_id is not None and await CategoryRepository(work.session).missing({category_id}):
        raise invalid("actions.category_id", "There is no such category: choose one of yours, or none.")
    if actions is not None and category_id is not None and actions.transfer_account_id is not None:
        raise invalid("actions.category_id", "A transfer has no category: leave one of both out.")
    return accounts


def _check_conditions(conditions: Conditions) -> None:
    if not any(conditions.model_dump(exclude={"any_text"}).values()):
        raise invalid("conditions", "This rule would meet everything: give at least one condition.")
    least, most = _decimal(conditions.min_amount), _decimal(conditions.max_amount)
    for field, amount in (("min_amount", least), ("max_amount", most)):
        if amount is not None and (amount >= _LIMIT or amount != round(amount, 4)):
            raise invalid(f"conditions.{field}", "This amount is out of range, or has more than four decimals.")
    if least is not None and most is not None and least > most:
        raise invalid("conditions.min_amount", "The least amount is more than the most: swap them.")


def _columns(conditions: Conditions | None, actions: Actions | None) -> dict[str, object]:
    columns: dict[str, object] = {}
    if conditions is not None:
        columns |= {
            "texts": [one.model_dump(mode="json") for one in conditions.texts],
            "any_text": conditions.any_text,
            "account_id": conditions.account_id,
            "currency": conditions.currency,
            "direction": conditions.direction,
            "min_amount": _decimal(conditions.min_amount),
            "max_amount": _decimal(conditions.max_amount),
        }
    if actions is not None:
        columns |= {
            "category_id": actions.category_id,
            "payee": actions.payee,
            "status": actions.status,
            "transfer_account_id": actions.transfer_account_id,
        }
    return columns


def _decimal(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


async def _set_tags(work: Work, rule_id: uuid.UUID, actions: Actions) -> None:
    tags = await TagRepository(work.session).named(work.user_id, actions.tags)
    await RuleRepository(work.session).set_tags(work.user_id, rule_id, tags.values())
