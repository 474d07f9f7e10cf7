"""One change for many transactions: for all of them, or for none."""

from collections.abc import Sequence

from wealth_backend.dependencies import Work
from wealth_backend.problems import invalid
from wealth_backend.transactions import service
from wealth_backend.transactions.schemas import BulkChange
from wealth_core.models import TransactionKind
from wealth_core.repositories import CategoryRepository, TagRepository, TransactionRepository, TransactionView


async def change(work: Work, wanted: BulkChange) -> int:
    given = wanted.model_fields_set
    others = wanted.status or wanted.add_tags or wanted.remove_tags or "category_id" in given
    if wanted.delete and others:
        raise invalid("delete", "What is deleted can't be changed, too: ask for one of both.")
    if not wanted.delete and not others:
        raise invalid("ids", "Nothing is to be done: give a category, a status, tags, or ask to delete.")
    rows = await _locked(work, wanted)
    ids = [row.id for row in rows]
    transactions = TransactionRepository(work.session)
    if wanted.delete:
        await transactions.delete_all(ids)
        return len(ids)
    if "category_id" in given:
        await _check_category(work, wanted, rows)
        await transactions.categorise(ids, wanted.category_id)
    if wanted.status is not None:
        await transactions.set_status(ids, wanted.status)
    await _tag(work, wanted, rows)
    return len(ids)


async def _locked(work: Work, wanted: BulkChange) -> Sequence[TransactionView]:
    ids = set(wanted.ids)
    rows = await TransactionRepository(work.session).views(ids, lock=True)
    missing = ids - {row.id for row in rows}
    if missing:
        number = next(number for number, one in enumerate(wanted.ids) if one in missing)
        raise invalid(f"ids.{number}", f"{len(missing)} of these transactions don't exist (any more): read them again.")
    for row in rows:
        service.check_own(row)
    return rows


async def _check_category(work: Work, wanted: BulkChange, rows: Sequence[TransactionView]) -> None:
    if wanted.category_id and await CategoryRepository(work.session).missing({wanted.category_id}):
        raise invalid("category_id", "There is no such category: choose one of yours, or none.")
    several = next((row for row in rows if row.kind is not TransactionKind.STANDARD or row.splits), None)
    if several is not None:
        what = "has several categories" if several.splits else "is a transfer, which has no category"
        raise invalid("category_id", f"“{several.payee}” of {several.date} {what}: leave it out.")


async def _tag(work: Work, wanted: BulkChange, rows: Sequence[TransactionView]) -> None:
    transactions, tags = TransactionRepository(work.session), TagRepository(work.session)
    ids = [row.id for row in rows]
    if wanted.remove_tags:
        await transactions.untag(ids, await tags.known(wanted.remove_tags))
    if wanted.add_tags:
        added = await tags.named(work.user_id, wanted.add_tags)
        await transactions.tag(work.user_id, {(row_id, tag_id) for row_id in ids for tag_id in added.values()})
