import uuid

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.tags import service
from wealth_backend.tags.schemas import NewTag, Tag, TagChange
from wealth_core.repositories import TagRepository

router = routing.router("tags")


@router.get("")
async def list_tags(work: UserWork) -> list[Tag]:
    return [Tag.of(view) for view in await TagRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_tag(wanted: NewTag, work: UserWork, match: Match) -> Tag:
    return match.tag(Tag.of(await service.add(work, wanted.name)))


@router.get("/{tag_id}", responses=responses(404))
async def get_tag(tag_id: uuid.UUID, work: UserWork, match: Match) -> Tag:
    return match.tag(Tag.of(await service.view(work, tag_id)))


@router.patch("/{tag_id}", responses=responses(404, 409, 412))
async def rename_tag(tag_id: uuid.UUID, wanted: TagChange, work: UserWork, match: Match) -> Tag:
    match.check(Tag.of(await service.view(work, tag_id, lock=True)))
    return match.tag(Tag.of(await service.rename(work, tag_id, wanted.name)))


@router.delete("/{tag_id}", status_code=204, responses=responses(404, 412))
async def delete_tag(tag_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """Transactions and rules stay, without it."""
    match.check(Tag.of(await service.view(work, tag_id, lock=True)))
    await service.remove(work, tag_id)
