"""Entity tags: nobody overwrites what somebody else has changed meanwhile (RFC 9110, section 13.1.1).

    async def change(row_id: uuid.UUID, wanted: Change, work: UserWork, match: Match) -> Row:
        match.check(Row.of(await service.view(work, row_id, lock=True)))
        return match.tag(Row.of(await service.change(work, row_id, wanted)))

The row is locked before it is compared: of two changes at a time the second sees what the first has made of it.
"""

import hashlib
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from wealth_backend.problems import Problem

Row = TypeVar("Row", bound=BaseModel)

_ANY = "*"


def etag_of(row: BaseModel) -> str:
    """Two rows that are shown alike have the same tag."""
    return f'"{hashlib.sha256(row.model_dump_json().encode()).hexdigest()[:32]}"'


class _Match:
    def __init__(self, response: Response, if_match: str | None) -> None:
        self._response = response
        self._wanted = None if if_match is None else [tag.strip() for tag in if_match.split(",")]

    def check(self, current: BaseModel) -> None:
        """Refuses a change of something that isn't any more what the caller has read."""
        if self._wanted is None or self._wanted == [_ANY] or etag_of(current) in self._wanted:
            return
        raise Problem(
            412,
            "changed_meanwhile",
            "This was changed somewhere else since you read it: read it again and repeat your change.",
        )

    def tag(self, row: Row) -> Row:
        """Puts the row's tag on the answer."""
        self._response.headers["ETag"] = etag_of(row)
        return row


async def _match(
    response: Response,
    if_match: Annotated[
        str | None, Header(max_length=500, description="The ETag of what was read: refused when it has changed")
    ] = None,
) -> _Match:
    return _Match(response, if_match)


Match = Annotated[_Match, Depends(_match)]
