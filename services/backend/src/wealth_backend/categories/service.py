import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.categories.schemas import MAX_DEPTH, CategoryChange, NewCategory
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, invalid, not_found
from wealth_core.models import Category, CategoryKind
from wealth_core.repositories import CategoryRepository

Tree = Mapping[uuid.UUID, Category]

_TOO_DEEP = f"Categories have at most {MAX_DEPTH} levels: choose a parent further up."


async def add(work: Work, wanted: NewCategory) -> Category:
    categories = CategoryRepository(work.session)
    kind = wanted.kind
    if wanted.parent_id is not None:
        tree = await categories.lock_tree()
        parent = _parent(tree, wanted.parent_id, kind)
        kind = parent.kind
        if len(_path(tree, parent)) >= MAX_DEPTH:
            raise invalid("parent_id", _TOO_DEEP)
    row = Category(
        user_id=work.user_id,
        name=wanted.name,
        kind=kind or CategoryKind.EXPENSE,
        parent_id=wanted.parent_id,
        icon=wanted.icon or "",
        color=wanted.color or "",
        position=wanted.position,
    )
    with _unique_name(wanted.name):
        return await categories.add(row)


async def change(work: Work, category_id: uuid.UUID, wanted: CategoryChange) -> Category:
    given = wanted.model_fields_set
    category = await view(work, category_id)
    if "parent_id" in given:
        await _move(work, category, wanted.parent_id)
    category.name = wanted.name or category.name
    if "icon" in given:
        category.icon = wanted.icon or ""
    if "color" in given:
        category.color = wanted.color or ""
    if wanted.position is not None:
        category.position = wanted.position
    with _unique_name(category.name):
        await work.session.flush()
    return category


async def merge(work: Work, category_id: uuid.UUID, into_id: uuid.UUID) -> Category:
    categories = CategoryRepository(work.session)
    tree = await categories.lock_tree()
    if category_id not in tree:
        raise not_found("category")
    if into_id not in tree:
        raise invalid("into_id", "There is no such category: choose one of yours.")
    category, into = tree[category_id], tree[into_id]
    path = _path(tree, into)
    if category in path:
        raise invalid("into_id", "A category can't go into itself or into one below it: choose another one.")
    if into.kind is not category.kind:
        raise invalid("into_id", "Income and spending can't be merged: choose a category of the same kind.")
    if len(path) + _height(tree, category) - 1 > MAX_DEPTH:
        raise invalid("into_id", _TOO_DEEP)
    await categories.merge(category_id, into_id)
    work.session.expire_all()
    return await view(work, into_id)


async def remove(work: Work, category_id: uuid.UUID) -> None:
    categories = CategoryRepository(work.session)
    category = (await categories.lock_tree()).get(category_id)
    if category is None:
        raise not_found("category")
    await categories.lift_children(category)
    await categories.delete(category_id)


async def view(work: Work, category_id: uuid.UUID, *, lock: bool = False) -> Category:
    categories = CategoryRepository(work.session)
    category = await (categories.lock if lock else categories.get)(category_id)
    if category is None:
        raise not_found("category")
    return category


async def _move(work: Work, category: Category, parent_id: uuid.UUID | None) -> None:
    if parent_id is None:
        category.parent_id = None
        return
    tree = await CategoryRepository(work.session).lock_tree()
    path = _path(tree, _parent(tree, parent_id, category.kind))
    if tree[category.id] in path:
        raise invalid("parent_id", "A category can't be below itself: choose another parent.")
    if len(path) + _height(tree, category) > MAX_DEPTH:
        raise invalid("parent_id", _TOO_DEEP)
    category.parent_id = parent_id


def _parent(tree: Tree, parent_id: uuid.UUID, kind: CategoryKind | None) -> Category:
    parent = tree.get(parent_id)
    if parent is None:
        raise invalid("parent_id", "There is no such category: choose one of yours, or none.")
    if kind is not None and parent.kind is not kind:
        raise invalid("parent_id", "Income and spending don't mix: choose a parent of the same kind.")
    return parent


def _path(tree: Tree, category: Category) -> list[Category]:
    """The category and all above it."""
    path = [category]
    while path[-1].parent_id is not None:
        path.append(tree[path[-1].parent_id])
    return path


def _height(tree: Tree, category: Category) -> int:
    """Levels from the category to the lowest below it, itself included."""
    children = [one for one in tree.values() if one.parent_id == category.id]
    return 1 + max((_height(tree, child) for child in children), default=0)


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "categories_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is a category “{name}” already: choose another name.") from None
