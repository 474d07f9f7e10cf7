import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.amounts import money_of
from wealth_backend.budgets.schemas import BudgetChange, NewBudget
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, invalid, not_found
from wealth_backend.schemas import first_day
from wealth_core.models import Budget, CategoryKind
from wealth_core.money import Money
from wealth_core.periods import utc_today
from wealth_core.repositories import BudgetRepository, BudgetView, CategoryRepository, PlanReviewRepository


async def add(work: Work, wanted: NewBudget) -> BudgetView:
    currency, money = await _checked(work, wanted)
    budget = Budget(user_id=work.user_id, category_id=wanted.category_id, currency=currency, rollover=wanted.rollover)
    with _one_envelope(currency):
        await BudgetRepository(work.session).add(budget)
    return await _set_amount(work, budget, money, wanted.month)


async def set_budget(work: Work, wanted: NewBudget) -> BudgetView:
    """Like `add`; an envelope that is there already gets the new amount instead."""
    currency, money = await _checked(work, wanted)
    budget = await BudgetRepository(work.session).find(wanted.category_id, currency)
    if budget is None:
        return await add(work, wanted)
    if "rollover" in wanted.model_fields_set:
        budget.rollover = wanted.rollover
    return await _set_amount(work, budget, money, wanted.month)


async def change(work: Work, budget_id: uuid.UUID, wanted: BudgetChange) -> BudgetView:
    budget = await BudgetRepository(work.session).lock(budget_id)
    if budget is None:
        raise not_found("budget")
    budget.rollover = wanted.rollover or budget.rollover
    if wanted.amount is not None:
        return await _set_amount(work, budget, _envelope_money(wanted.amount, budget.currency), wanted.month)
    if wanted.month is not None:
        raise invalid("month", "A month goes with the amount that holds from then on: give the amount, too.")
    await work.session.flush()
    await PlanReviewRepository(work.session).ask(work.user_id)
    return await view(work, budget_id)


async def remove(work: Work, budget_id: uuid.UUID) -> None:
    if not await BudgetRepository(work.session).delete(budget_id):
        raise not_found("budget")


async def view(work: Work, budget_id: uuid.UUID, *, lock: bool = False) -> BudgetView:
    budgets = BudgetRepository(work.session)
    if lock:
        await budgets.lock(budget_id)
    found = await budgets.view(budget_id)
    if found is None:
        raise not_found("budget")
    return found


async def _checked(work: Work, wanted: NewBudget) -> tuple[str, Money]:
    category = await CategoryRepository(work.session).get(wanted.category_id)
    if category is None:
        raise invalid("category_id", "There is no such category: choose one of yours.")
    if category.kind is not CategoryKind.EXPENSE:
        raise invalid("category_id", f"“{category.name}” is income: budgets are for categories of spending.")
    currency = wanted.currency or work.user.currency
    return currency, _envelope_money(wanted.amount, currency)


def _envelope_money(amount: str, currency: str) -> Money:
    money = money_of(amount, currency)
    if money.amount < 0:
        raise invalid("amount", "A budget can't be negative: give what may be spent in a month.")
    return money


async def _set_amount(work: Work, budget: Budget, money: Money, month: str | None) -> BudgetView:
    start = first_day(month) if month else utc_today().replace(day=1)
    await BudgetRepository(work.session).set_amount(budget, start, money.amount)
    await work.session.flush()
    await PlanReviewRepository(work.session).ask(work.user_id)
    return await view(work, budget.id)


@contextmanager
def _one_envelope(currency: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "budgets_user_id_category_id_currency_key":
            raise
        raise Problem(
            409, "budget_exists", f"This category has a budget in {currency} already: change that one."
        ) from None
