"""Rules: what is done by itself with transactions that meet conditions."""

from pydantic import BaseModel, Field

from wealth_core.repositories import RuleRepository, RuleView
from wealth_mcp.books import Call, open_books


class Rule(BaseModel):
    id: str
    name: str
    enabled: bool
    conditions: list[str] = Field(description="In words; all of them have to be met")
    actions: list[str] = Field(description="In words")
    stop: bool = Field(description="No rule after this one is looked at")


class Rules(BaseModel):
    rules: list[Rule] = Field(description="In the order in which they are tried")


async def list_rules(call: Call) -> Rules:
    """The rules by which the user's transactions are categorised, tagged, renamed or made transfers."""
    async with open_books(call) as books:
        found = await RuleRepository(books.session).list()
    return Rules(
        rules=[
            Rule(
                id=str(one.id),
                name=one.rule.name,
                enabled=one.enabled,
                conditions=_conditions(one),
                actions=_actions(one),
                stop=one.rule.stop,
            )
            for one in found
        ]
    )


def _conditions(view: RuleView) -> list[str]:
    rule = view.rule
    texts = [f"{one.field} {one.operator} {one.value!r}" for one in rule.texts]
    said = [" or ".join(texts)] if rule.any_text and texts else texts
    bounds = (("at least", rule.min_amount), ("at most", rule.max_amount))
    said += [f"amount {word} {amount.normalize():f}" for word, amount in bounds if amount is not None]
    if rule.direction is not None:
        said.append(f"money {rule.direction}")
    if rule.currency is not None:
        said.append(f"currency {rule.currency}")
    if view.account_name is not None:
        said.append(f"account {view.account_name!r}")
    return said


def _actions(view: RuleView) -> list[str]:
    rule = view.rule
    named = (
        ("category", view.category_name),
        ("payee", rule.payee),
        ("transfer with account", view.transfer_account_name),
    )
    said = [f"{what} {name!r}" for what, name in named if name is not None]
    said += [f"tag {name!r}" for name in view.tags]
    return [*said, f"status {rule.status}"] if rule.status is not None else said
