import uuid

from wealth_backend import routing
from wealth_backend.categories import service
from wealth_backend.categories.schemas import Category, CategoryChange, NewCategory
from wealth_backend.dependencies import UserWork
from wealth_backend.problems import responses
from wealth_core.repositories import CategoryRepository

router = routing.router("categories")


@router.get("")
async def list_categories(work: UserWork) -> list[Category]:
    return [Category.model_validate(row) for row in await CategoryRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_category(wanted: NewCategory, work: UserWork) -> Category:
    return Category.model_validate(await service.add(work, wanted))


@router.patch("/{category_id}", responses=responses(404, 409))
async def rename_category(category_id: uuid.UUID, wanted: CategoryChange, work: UserWork) -> Category:
    return Category.model_validate(await service.rename(work, category_id, wanted))


@router.delete("/{category_id}", status_code=204, responses=responses(404))
async def delete_category(category_id: uuid.UUID, work: UserWork) -> None:
    """Its transactions stay, without a category."""
    await service.remove(work, category_id)
