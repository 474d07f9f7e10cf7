"""Accounts, categories and tags as callers name them: by name, in whatever case, or by id."""

import uuid
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Protocol

from mcp.server.mcpserver.exceptions import ToolError

from wealth_core.models import Category
from wealth_core.repositories import AccountRepository, AccountView, CategoryRepository, TagRepository, TagView
from wealth_mcp.books import Books

_NEAREST = 5
_LISTED = 20
_LIKENESS = 0.5


class _Named(Protocol):
    @property
    def id(self) -> uuid.UUID: ...

    @property
    def name(self) -> str: ...


async def find_account(books: Books, wanted: str) -> AccountView:
    found = await AccountRepository(books.session).list()
    return found[_place(wanted, found, "account")]


async def find_category(books: Books, wanted: str) -> Category:
    found = await CategoryRepository(books.session).list()
    return found[_place(wanted, found, "category")]


async def find_tag(books: Books, wanted: str) -> TagView:
    found = await TagRepository(books.session).list()
    return found[_place(wanted, found, "tag")]


def _place(wanted: str, rows: Sequence[_Named], what: str) -> int:
    folded = wanted.casefold()
    for place, row in enumerate(rows):
        if str(row.id) == folded:
            return place
    matches = [place for place, row in enumerate(rows) if row.name.casefold() == folded]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(str(rows[place].id) for place in matches[:_LISTED])
        raise ToolError(f"{wanted!r} is the name of more than one {what}: give the id of one of them: {ids}")
    raise ToolError(f"there is no {what} {wanted!r}; {_candidates(folded, [row.name for row in rows])}")


def _candidates(folded: str, names: Sequence[str]) -> str:
    by_folded = {name.casefold(): name for name in names}
    near = [name for name in by_folded if folded in name or name in folded]
    near += [name for name in get_close_matches(folded, by_folded, _NEAREST, _LIKENESS) if name not in near]
    if near:
        return f"the nearest are: {', '.join(by_folded[name] for name in near[:_NEAREST])}"
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"there are: {', '.join(names[:_LISTED]) or 'none'}{more}"
