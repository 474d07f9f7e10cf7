import uuid

from wealth_backend import routing
from wealth_backend.categories import service
from wealth_backend.categories.schemas import Category, CategoryChange, CategoryMerge, NewCategory
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_core.repositories import CategoryRepository

router = routing.router("categories")


@router.get("")
async def list_categories(work: UserWork) -> list[Category]:
    return [Category.of(row) for row in await CategoryRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_category(wanted: NewCategory, work: UserWork, match: Match) -> Category:
    return match.tag(Category.of(await service.add(work, wanted)))


@router.get("/{category_id}", responses=responses(404))
async def get_category(category_id: uuid.UUID, work: UserWork, match: Match) -> Category:
    return match.tag(Category.of(await service.view(work, category_id)))


@router.patch("/{category_id}", responses=responses(404, 409, 412))
async def change_category(category_id: uuid.UUID, wanted: CategoryChange, work: UserWork, match: Match) -> Category:
    match.check(Category.of(await service.view(work, category_id, lock=True)))
    return match.tag(Category.of(await service.change(work, category_id, wanted)))


@router.post("/{category_id}/merge", responses=responses(404, 412))
async def merge_category(category_id: uuid.UUID, wanted: CategoryMerge, work: UserWork, match: Match) -> Category:
    """Moves all that names this category to the other one, and deletes it. The answer is the other one.

    Where the other one is named already and may be only once, as by the budget of a month, that stays alone.
    """
    match.check(Category.of(await service.view(work, category_id, lock=True)))
    return match.tag(Category.of(await service.merge(work, category_id, wanted.into_id)))


@router.delete("/{category_id}", status_code=204, responses=responses(404, 412))
async def delete_category(category_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """Its transactions stay, without a category; the categories below it move one level up."""
    match.check(Category.of(await service.view(work, category_id, lock=True)))
    await service.remove(work, category_id)
