"""How each kind of proposal is carried out: by the same services, on the same schemas, as the API itself.

A payload is the request body of the API for the same change, together with the id of what is to be changed.
"""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wealth_backend.budgets import service as budgets
from wealth_backend.budgets.schemas import NewBudget
from wealth_backend.categories import service as categories
from wealth_backend.categories.schemas import NewCategory
from wealth_backend.dependencies import Work
from wealth_backend.goals import service as goals
from wealth_backend.goals.schemas import NewGoal
from wealth_backend.recurring import service as recurring
from wealth_backend.recurring.schemas import NewRecurring
from wealth_backend.rules import service as rules
from wealth_backend.rules.schemas import NewRule
from wealth_backend.schemas import Request
from wealth_backend.transactions import service as transactions
from wealth_backend.transactions.schemas import NewTransaction, TransactionChange
from wealth_core.models import ProposalKind

# What was made or changed: ("transaction", its id).
Results = Sequence[tuple[str, uuid.UUID]]


class ProposedTransfer(NewTransaction):
    to_account_id: uuid.UUID


class ProposedChange(TransactionChange):
    transaction_id: uuid.UUID


class ProposedDeletion(Request):
    transaction_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Kind:
    payload: type[Request]
    execute: Callable[[Work, Any], Awaitable[Results]]


async def _add_transaction(work: Work, wanted: NewTransaction) -> Results:
    return [("transaction", (await transactions.add(work, wanted)).id)]


async def _change_transaction(work: Work, wanted: ProposedChange) -> Results:
    change = TransactionChange.model_validate(wanted.model_dump(exclude_unset=True, exclude={"transaction_id"}))
    await transactions.view(work, wanted.transaction_id, lock=True)
    return [("transaction", (await transactions.change(work, wanted.transaction_id, change)).id)]


async def _delete_transaction(work: Work, wanted: ProposedDeletion) -> Results:
    await transactions.remove(work, wanted.transaction_id)
    return [("transaction", wanted.transaction_id)]


async def _set_budget(work: Work, wanted: NewBudget) -> Results:
    return [("budget", (await budgets.set_budget(work, wanted)).id)]


async def _add_goal(work: Work, wanted: NewGoal) -> Results:
    return [("goal", (await goals.add(work, wanted)).id)]


async def _add_recurring(work: Work, wanted: NewRecurring) -> Results:
    return [("recurring", (await recurring.add(work, wanted)).id)]


async def _add_rule(work: Work, wanted: NewRule) -> Results:
    return [("rule", (await rules.add(work, wanted)).id)]


async def _add_category(work: Work, wanted: NewCategory) -> Results:
    return [("category", (await categories.add(work, wanted)).id)]


KINDS: Mapping[ProposalKind, Kind] = {
    ProposalKind.TRANSACTION: Kind(NewTransaction, _add_transaction),
    ProposalKind.TRANSFER: Kind(ProposedTransfer, _add_transaction),
    ProposalKind.TRANSACTION_CHANGE: Kind(ProposedChange, _change_transaction),
    ProposalKind.TRANSACTION_DELETION: Kind(ProposedDeletion, _delete_transaction),
    ProposalKind.BUDGET: Kind(NewBudget, _set_budget),
    ProposalKind.GOAL: Kind(NewGoal, _add_goal),
    ProposalKind.RECURRING: Kind(NewRecurring, _add_recurring),
    ProposalKind.RULE: Kind(NewRule, _add_rule),
    ProposalKind.CATEGORY: Kind(NewCategory, _add_category),
}
