import uuid

from wealth_backend import routing
from wealth_backend.accounts import service
from wealth_backend.accounts.schemas import Account, AccountChange, NewAccount
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_core.repositories import AccountRepository

router = routing.router("accounts")


@router.get("")
async def list_accounts(work: UserWork) -> list[Account]:
    return [Account.of(view) for view in await AccountRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_account(wanted: NewAccount, work: UserWork, match: Match) -> Account:
    return match.tag(Account.of(await service.add(work, wanted)))


@router.get("/{account_id}", responses=responses(404))
async def get_account(account_id: uuid.UUID, work: UserWork, match: Match) -> Account:
    return match.tag(Account.of(await service.view(work, account_id)))


@router.patch("/{account_id}", responses=responses(404, 409, 412))
async def change_account(account_id: uuid.UUID, wanted: AccountChange, work: UserWork, match: Match) -> Account:
    match.check(Account.of(await service.view(work, account_id, lock=True)))
    return match.tag(Account.of(await service.change(work, account_id, wanted)))


@router.delete("/{account_id}", status_code=204, responses=responses(404, 409, 412))
async def delete_account(
    account_id: uuid.UUID, work: UserWork, match: Match, *, with_transactions: bool = False
) -> None:
    """Deletes an account without transactions; one that has some only when asked to.

    Transfers then stay in the other account: as money that came or went, without a category.
    """
    match.check(Account.of(await service.view(work, account_id, lock=True)))
    await service.remove(work, account_id, with_transactions=with_transactions)
