"""Rules, in the order in which they are tried."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert

from wealth_core import rules
from wealth_core.models import Account, Category, Rule, RuleTag, Tag
from wealth_core.repositories.base import AnySelect, Repository
from wealth_core.rules import TextCondition, TextField, TextOperator


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with the names of what it names; `rule` is what `wealth_core.rules` applies."""

    rule: rules.Rule
    id: uuid.UUID
    position: int
    enabled: bool
    tags: Sequence[str]
    account_name: str | None
    category_name: str | None
    transfer_account_name: str | None


_account, _target = Account.__table__.alias("account"), Account.__table__.alias("target")
_ACTIVE = (
    select(
        Rule,
        select(func.array_agg(RuleTag.tag_id)).where(RuleTag.rule_id == Rule.id).scalar_subquery(),
        _target.c.currency,
    )
    .outerjoin(_target, _target.c.id == Rule.transfer_account_id)
    .where(Rule.enabled)
    .order_by(Rule.position, Rule.id)
    .execution_options(populate_existing=True)
)
_VIEWS: AnySelect = (
    select(
        Rule,
        select(func.json_agg(aggregate_order_by(func.json_build_array(Tag.id, Tag.name), func.lower(Tag.name))))
        .join(RuleTag, RuleTag.tag_id == Tag.id)
        .where(RuleTag.rule_id == Rule.id)
        .scalar_subquery(),
        _account.c.name,
        Category.name,
        _target.c.name,
        _target.c.currency,
    )
    .outerjoin(_account, _account.c.id == Rule.account_id)
    .outerjoin(Category, Category.id == Rule.category_id)
    .outerjoin(_target, _target.c.id == Rule.transfer_account_id)
    .order_by(Rule.position, Rule.id)
    .execution_options(populate_existing=True)
)


def _rule(row: Rule, tag_ids: Iterable[uuid.UUID], transfer_currency: str | None) -> rules.Rule:
    return rules.Rule(
        id=row.id,
        name=row.name,
        texts=tuple(
            TextCondition(TextField(one["field"]), TextOperator(one["operator"]), one["value"]) for one in row.texts
        ),
        any_text=row.any_text,
        account_id=row.account_id,
        currency=row.currency,
        direction=row.direction,
        min_amount=row.min_amount,
        max_amount=row.max_amount,
        category_id=row.category_id,
        payee=row.payee,
        tag_ids=frozenset(tag_ids),
        status=row.status,
        transfer_account_id=row.transfer_account_id,
        transfer_currency=transfer_currency,
        stop=row.stop,
    )


def _view(found: Any) -> RuleView:
    row, tags, account, category, target, target_currency = found
    return RuleView(
        rule=_rule(row, (uuid.UUID(tag_id) for tag_id, _ in tags or ()), target_currency),
        id=row.id,
        position=row.position,
        enabled=row.enabled,
        tags=tuple(name for _, name in tags or ()),
        account_name=account,
        category_name=category,
        transfer_account_name=target,
    )


class RuleRepository(Repository[Rule]):
    model = Rule

    async def list(self) -> Sequence[RuleView]:
        return [_view(row) for row in await self._session.execute(_VIEWS)]

    async def active(self) -> Sequence[rules.Rule]:
        """What `wealth_core.rules.apply_rules` takes."""
        return [_rule(row, tag_ids or (), currency) for row, tag_ids, currency in await self._session.execute(_ACTIVE)]

    async def view(self, rule_id: uuid.UUID) -> RuleView | None:
        row = (await self._session.execute(_VIEWS.where(Rule.id == rule_id))).one_or_none()
        return _view(row) if row else None

    async def count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(Rule)) or 0

    async def last_position(self) -> int:
        return await self._session.scalar(select(func.max(Rule.position))) or 0

    async def set_tags(self, user_id: uuid.UUID, rule_id: uuid.UUID, tag_ids: Collection[uuid.UUID]) -> None:
        await self._session.execute(delete(RuleTag).where(RuleTag.rule_id == rule_id))
        if tag_ids:
            rows = [{"user_id": user_id, "rule_id": rule_id, "tag_id": tag_id} for tag_id in set(tag_ids)]
            await self._session.execute(upsert(RuleTag), rows)

    async def arrange(self, ids: Sequence[uuid.UUID]) -> None:
        for position, rule_id in enumerate(ids, start=1):
            await self._session.execute(update(Rule).where(Rule.id == rule_id).values(position=position))
