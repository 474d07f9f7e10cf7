"""Imports that were made, and how one is undone as a whole."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.audit import audit
from wealth_backend.dependencies import Work
from wealth_backend.imports.schemas import ImportDetails
from wealth_backend.problems import Problem, not_found
from wealth_core.repositories import AccountRepository, ImportRepository, ImportView, Page


async def page(work: Work, *, limit: int, cursor: str | None) -> Page[ImportView]:
    return await ImportRepository(work.session).page(limit=limit, cursor=cursor)


async def details(session: AsyncSession, import_id: uuid.UUID, *, lock: bool = False) -> ImportDetails:
    imports = ImportRepository(session)
    view = await imports.view(import_id)
    if view is not None and lock:
        # As an import does, so that none into this account runs meanwhile and takes these rows for duplicates.
        await AccountRepository(session).lock(view.account_id)
        view = await imports.view(import_id)
    if view is None:
        raise not_found("import")
    return ImportDetails.with_state(view, await imports.state(import_id))


async def undo(work: Work, found: ImportDetails, *, with_changes: bool) -> None:
    if found.changed and not with_changes:
        raise Problem(
            409,
            "import_changed",
            f"{found.changed:,} of this import's transactions {'was' if found.changed == 1 else 'were'} changed since:"
            " keep the import, or ask for their deletion too with with_changes=true.",
        )
    await ImportRepository(work.session).undo(found.id)
    await audit(work, "import.undone", import_id=found.id)
