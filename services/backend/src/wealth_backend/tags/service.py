import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, not_found
from wealth_core import models
from wealth_core.repositories import TagRepository, TagView


async def add(work: Work, name: str) -> TagView:
    with _unique_name(name):
        row = await TagRepository(work.session).add(models.Tag(user_id=work.user_id, name=name))
    return TagView(row.id, row.name, 0)


async def rename(work: Work, tag_id: uuid.UUID, name: str) -> TagView:
    row = await TagRepository(work.session).get(tag_id)
    if row is None:
        raise not_found("tag")
    row.name = name
    with _unique_name(name):
        await work.session.flush()
    return await view(work, tag_id)


async def remove(work: Work, tag_id: uuid.UUID) -> None:
    if not await TagRepository(work.session).delete(tag_id):
        raise not_found("tag")


async def view(work: Work, tag_id: uuid.UUID, *, lock: bool = False) -> TagView:
    tags = TagRepository(work.session)
    if lock:
        await tags.lock(tag_id)
    found = await tags.view(tag_id)
    if found is None:
        raise not_found("tag")
    return found


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "tags_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is a tag “{name}” already: choose another name.") from None
