import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.categories.schemas import CategoryChange, NewCategory
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, not_found
from wealth_core.models import Category
from wealth_core.repositories import CategoryRepository


async def add(work: Work, wanted: NewCategory) -> Category:
    with _unique_name(wanted.name):
        return await CategoryRepository(work.session).add(
            Category(user_id=work.user_id, name=wanted.name, kind=wanted.kind)
        )


async def rename(work: Work, category_id: uuid.UUID, wanted: CategoryChange) -> Category:
    category = await CategoryRepository(work.session).get(category_id)
    if category is None:
        raise not_found("category")
    category.name = wanted.name
    with _unique_name(wanted.name):
        await work.session.flush()
    return category


async def remove(work: Work, category_id: uuid.UUID) -> None:
    if not await CategoryRepository(work.session).delete(category_id):
        raise not_found("category")


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "categories_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is a category “{name}” already: choose another name.") from None
