import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from wealth_backend.accounts.schemas import AccountChange, NewAccount
from wealth_backend.amounts import money_of
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, not_found
from wealth_core.models import Account
from wealth_core.repositories import AccountRepository, AccountView


async def add(work: Work, wanted: NewAccount) -> AccountView:
    accounts = AccountRepository(work.session)
    currency = wanted.currency or work.user.currency
    opening_balance = money_of(wanted.opening_balance, currency, "opening_balance")
    account = Account(
        user_id=work.user_id, name=wanted.name, kind=wanted.kind, currency=currency, note=wanted.note or ""
    )
    with _unique_name(wanted.name):
        await accounts.add(account)
    await work.session.refresh(account)
    await accounts.set_opening_balance(account, opening_balance, wanted.opening_date)
    return await view(work, account.id)


async def change(work: Work, account_id: uuid.UUID, wanted: AccountChange) -> AccountView:
    accounts = AccountRepository(work.session)
    account = await accounts.lock(account_id)
    if account is None:
        raise not_found("account")
    account.name = wanted.name or account.name
    account.kind = wanted.kind or account.kind
    if "note" in wanted.model_fields_set:
        account.note = wanted.note or ""
    if wanted.archived is not None:
        account.archived = wanted.archived
    with _unique_name(account.name):
        await work.session.flush()
    if wanted.opening_balance is not None or "opening_date" in wanted.model_fields_set:
        await _open(work, account, wanted)
    return await view(work, account_id)


async def _open(work: Work, account: Account, wanted: AccountChange) -> None:
    """The opening balance anew: its amount, its date, or both."""
    old = await view(work, account.id)
    money = old.opening_balance
    if wanted.opening_balance is not None:
        money = money_of(wanted.opening_balance, account.currency, "opening_balance")
    kept = old.opening_date if money.amount else None
    date = wanted.opening_date if "opening_date" in wanted.model_fields_set else kept
    await AccountRepository(work.session).set_opening_balance(account, money, date)


async def remove(work: Work, account_id: uuid.UUID, *, with_transactions: bool) -> None:
    accounts = AccountRepository(work.session)
    if await accounts.lock(account_id) is None:
        raise not_found("account")
    if not with_transactions and await accounts.in_use(account_id):
        raise Problem(
            409,
            "account_in_use",
            "This account has transactions: delete them first, or ask for both with with_transactions=true. Archive it"
            " to keep them.",
        )
    await accounts.delete(account_id)


async def view(work: Work, account_id: uuid.UUID, *, lock: bool = False) -> AccountView:
    if lock:
        await AccountRepository(work.session).lock(account_id)
    found = await AccountRepository(work.session).view(account_id)
    if found is None:
        raise not_found("account")
    return found


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if violated(error) != "accounts_user_id_name_idx":
            raise
        raise Problem(409, "name_taken", f"There is an account “{name}” already: choose another name.") from None
