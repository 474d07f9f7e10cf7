import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.import_profiles.schemas import ImportProfileChange, NewImportProfile, check_header
from wealth_backend.imports.mapping import Mapping
from wealth_backend.problems import Problem, invalid, not_found
from wealth_core.models import ImportProfile
from wealth_core.repositories import ImportProfileRepository

# Each upload looks through all of them.
_MOST = 100


async def all_of(work: Work) -> Sequence[ImportProfile]:
    return await ImportProfileRepository(work.session).list()


async def add(work: Work, wanted: NewImportProfile) -> ImportProfile:
    profiles = ImportProfileRepository(work.session)
    if await profiles.count() >= _MOST:
        raise Problem(409, "too_many_profiles", f"There are {_MOST} profiles already: delete one that isn't needed.")
    row = ImportProfile(
        user_id=work.user_id, name=wanted.name, header=wanted.header, mapping=wanted.mapping.model_dump(mode="json")
    )
    with _unique_name(wanted.name):
        return await profiles.add(row)


async def one(work: Work, profile_id: uuid.UUID, *, lock: bool = False) -> ImportProfile:
    profiles = ImportProfileRepository(work.session)
    found = await (profiles.lock if lock else profiles.get)(profile_id)
    if found is None:
        raise not_found("profile")
    return found


async def change(work: Work, row: ImportProfile, wanted: ImportProfileChange) -> ImportProfile:
    row.name = wanted.name or row.name
    row.header = row.header if wanted.header is None else wanted.header
    mapping = wanted.mapping or Mapping.model_validate(row.mapping)
    try:
        check_header(row.header, mapping)
    except ValueError as error:
        raise invalid("header", str(error)) from None
    row.mapping = mapping.model_dump(mode="json")
    with _unique_name(row.name):
        await work.session.flush()
    return row


async def remove(work: Work, profile_id: uuid.UUID) -> None:
    await ImportProfileRepository(work.session).delete(profile_id)


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "import_profiles_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is a profile “{name}” already: choose another name.") from None
