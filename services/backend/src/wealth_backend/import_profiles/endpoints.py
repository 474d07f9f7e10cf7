import uuid

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.import_profiles import service
from wealth_backend.import_profiles.schemas import ImportProfile, ImportProfileChange, NewImportProfile
from wealth_backend.problems import responses

router = routing.router("import-profiles")


@router.get("")
async def list_import_profiles(work: UserWork) -> list[ImportProfile]:
    return [ImportProfile.of(row) for row in await service.all_of(work)]


@router.post("", status_code=201, responses=responses(409))
async def add_import_profile(wanted: NewImportProfile, work: UserWork, match: Match) -> ImportProfile:
    """Files with this header are read by this mapping from now on."""
    return match.tag(ImportProfile.of(await service.add(work, wanted)))


@router.get("/{profile_id}", responses=responses(404))
async def get_import_profile(profile_id: uuid.UUID, work: UserWork, match: Match) -> ImportProfile:
    return match.tag(ImportProfile.of(await service.one(work, profile_id)))


@router.patch("/{profile_id}", responses=responses(404, 409, 412))
async def change_import_profile(
    profile_id: uuid.UUID, wanted: ImportProfileChange, work: UserWork, match: Match
) -> ImportProfile:
    row = await service.one(work, profile_id, lock=True)
    match.check(ImportProfile.of(row))
    return match.tag(ImportProfile.of(await service.change(work, row, wanted)))


@router.delete("/{profile_id}", status_code=204, responses=responses(404, 412))
async def delete_import_profile(profile_id: uuid.UUID, work: UserWork, match: Match) -> None:
    match.check(ImportProfile.of(await service.one(work, profile_id, lock=True)))
    await service.remove(work, profile_id)
