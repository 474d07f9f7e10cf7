import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.amounts import money_of
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.goals.schemas import GoalChange, NewContribution, NewGoal
from wealth_backend.problems import Problem, invalid, not_found
from wealth_core.models import Account, Goal, GoalContribution
from wealth_core.money import Money
from wealth_core.periods import utc_today
from wealth_core.repositories import (
    AccountRepository,
    ContributionRepository,
    GoalRepository,
    GoalView,
    Page,
    PlanReviewRepository,
)


async def add(work: Work, wanted: NewGoal) -> GoalView:
    accounts = await _accounts(work, wanted.account_ids)
    currency = wanted.currency or (accounts[0].currency if accounts else work.user.currency)
    goal = Goal(
        user_id=work.user_id,
        name=wanted.name,
        target=_target(wanted.target_amount, currency).amount,
        currency=currency,
        target_date=wanted.target_date,
    )
    with _unique_name(wanted.name):
        await GoalRepository(work.session).add(goal)
    await _link(work, goal, accounts)
    return await _reviewed(work, goal.id)


async def change(work: Work, goal_id: uuid.UUID, wanted: GoalChange) -> GoalView:
    goals = GoalRepository(work.session)
    goal = await goals.lock(goal_id)
    if goal is None:
        raise not_found("goal")
    goal.name = wanted.name or goal.name
    if wanted.target_amount is not None:
        goal.target = _target(wanted.target_amount, goal.currency).amount
    if "target_date" in wanted.model_fields_set:
        goal.target_date = wanted.target_date
    with _unique_name(goal.name):
        await work.session.flush()
    if wanted.account_ids is not None:
        if wanted.account_ids and await goals.has_contributions(goal_id):
            raise Problem(
                409,
                "goal_has_contributions",
                "What is saved for this goal are its contributions: delete them before it follows accounts.",
            )
        await _link(work, goal, await _accounts(work, wanted.account_ids))
    return await _reviewed(work, goal_id)


async def remove(work: Work, goal_id: uuid.UUID) -> None:
    if not await GoalRepository(work.session).delete(goal_id):
        raise not_found("goal")


async def view(work: Work, goal_id: uuid.UUID, *, lock: bool = False) -> GoalView:
    goals = GoalRepository(work.session)
    if lock:
        await goals.lock(goal_id)
    found = await goals.view(goal_id, utc_today())
    if found is None:
        raise not_found("goal")
    return found


async def contribute(work: Work, goal_id: uuid.UUID, wanted: NewContribution) -> GoalContribution:
    goals = GoalRepository(work.session)
    goal = await goals.lock(goal_id)
    if goal is None:
        raise not_found("goal")
    if await goals.accounts(goal_id):
        raise Problem(
            409,
            "goal_follows_accounts",
            "What is saved for this goal is the balance of its accounts: move money there instead.",
        )
    money = money_of(wanted.amount, goal.currency)
    if not money.amount:
        raise invalid("amount", "A contribution of 0 changes nothing: give an amount.")
    contribution = await ContributionRepository(work.session).add(
        GoalContribution(
            user_id=work.user_id,
            goal_id=goal_id,
            currency=goal.currency,
            date=wanted.date or utc_today(),
            amount=money.amount,
            note=wanted.note or "",
        )
    )
    await PlanReviewRepository(work.session).ask(work.user_id)
    return contribution


async def contributions(work: Work, goal_id: uuid.UUID, *, limit: int, cursor: str | None) -> Page[GoalContribution]:
    if await GoalRepository(work.session).get(goal_id) is None:
        raise not_found("goal")
    return await ContributionRepository(work.session).page(goal_id, limit=limit, cursor=cursor)


async def remove_contribution(work: Work, goal_id: uuid.UUID, contribution_id: uuid.UUID) -> None:
    repository = ContributionRepository(work.session)
    if await repository.find(goal_id, contribution_id) is None:
        raise not_found("contribution")
    await repository.delete(contribution_id)


async def _accounts(work: Work, account_ids: Sequence[uuid.UUID]) -> list[Account]:
    found = [await AccountRepository(work.session).get(one) for one in dict.fromkeys(account_ids)]
    accounts = [account for account in found if account is not None]
    if len(accounts) < len(found):
        raise invalid("account_ids", "There is no such account: choose from yours.")
    return accounts


async def _link(work: Work, goal: Goal, accounts: Sequence[Account]) -> None:
    for account in accounts:
        if account.currency != goal.currency:
            raise invalid(
                "account_ids",
                f"“{account.name}” is in {account.currency} and the goal in {goal.currency}: choose accounts in the"
                " goal's currency, for without a rate the two don't add up.",
            )
    goals, ids = GoalRepository(work.session), [account.id for account in accounts]
    if await goals.taken(ids, goal.id):
        raise Problem(
            409, "account_in_goal", "One of these accounts counts for another goal already: no money counts twice."
        )
    await goals.set_accounts(goal, ids)


def _target(amount: str, currency: str) -> Money:
    money = money_of(amount, currency, "target_amount")
    if money.amount <= 0:
        raise invalid("target_amount", "A goal needs an amount above 0.")
    return money


async def _reviewed(work: Work, goal_id: uuid.UUID) -> GoalView:
    await PlanReviewRepository(work.session).ask(work.user_id)
    return await view(work, goal_id)


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "goals_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is a goal “{name}” already: choose another name.") from None
