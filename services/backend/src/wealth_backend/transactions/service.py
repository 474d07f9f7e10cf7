import uuid
from collections.abc import Collection
from dataclasses import replace

from wealth_backend.dependencies import Work
from wealth_backend.problems import Problem, invalid, not_found
from wealth_backend.transactions.postings import Wanted, postings_of, with_lines
from wealth_backend.transactions.schemas import NewSplit, NewTransaction, TransactionChange
from wealth_core import ledger
from wealth_core.ids import new_id
from wealth_core.ledger import Posting, PostingKind
from wealth_core.models import TransactionKind
from wealth_core.repositories import (
    Page,
    RuleRepository,
    TagRepository,
    TransactionFilter,
    TransactionRepository,
    TransactionView,
)
from wealth_core.repositories.transactions import NewTransaction as Entry
from wealth_core.repositories.transactions import Surroundings, untagged_view
from wealth_core.rules import Outcome, RuleRow, apply_rules


async def search(work: Work, wanted: TransactionFilter, *, limit: int, cursor: str | None) -> Page[TransactionView]:
    if wanted.start and wanted.end and wanted.start > wanted.end:
        raise invalid("query.from", f"The first day ({wanted.start}) is after the last ({wanted.end}): swap them.")
    if wanted.min_amount is not None and wanted.max_amount is not None and wanted.min_amount > wanted.max_amount:
        raise invalid("query.min_amount", "The least amount is more than the most: swap them.")
    return await TransactionRepository(work.session).search(wanted, limit=limit, cursor=cursor)


async def add(work: Work, wanted: NewTransaction) -> TransactionView:
    """Income, spending or a transfer. The user's rules are applied to it, but a category that was chosen stays."""
    money = Wanted(
        account_id=wanted.account_id,
        amount=wanted.amount,
        category_id=wanted.category_id,
        splits=wanted.splits,
        to_account_id=wanted.to_account_id,
        received_amount=wanted.received_amount,
    )
    found = await _surroundings(work, money)
    tags = await TagRepository(work.session).named(work.user_id, wanted.tags)
    new = Entry(
        id=new_id(),
        user_id=work.user_id,
        kind=money.kind,
        date=wanted.date,
        payee=wanted.payee,
        note=wanted.note or "",
        status=wanted.status,
        reference=wanted.reference or "",
        postings=postings_of(money, found.accounts),
        tag_ids=set(tags.values()),
    )
    if money.kind is TransactionKind.STANDARD and found.has_rules:
        new = await _ruled(work, new)
    await TransactionRepository(work.session).record(new)
    # How tags are spelt and sorted is for the database to say.
    return await view(work, new.id) if new.tag_ids else untagged_view(new)


async def change(work: Work, transaction_id: uuid.UUID, wanted: TransactionChange) -> TransactionView:
    old = await view(work, transaction_id)
    check_own(old)
    given = wanted.model_fields_set
    money = _changed(old, wanted)
    known = {old.account_id} | ({old.transfer.account_id} if old.transfer else set())
    accounts = (await _surroundings(work, money, known=known)).accounts
    transactions = TransactionRepository(work.session)
    before = await transactions.postings(transaction_id)
    postings = with_lines(postings_of(money, accounts), before[transaction_id])
    await transactions.rewrite(
        Entry(
            id=transaction_id,
            user_id=work.user_id,
            kind=money.kind,
            date=wanted.date or old.date,
            payee=wanted.payee or old.payee,
            note=(wanted.note or "") if "note" in given else old.note,
            status=wanted.status or old.status,
            reference=(wanted.reference or "") if "reference" in given else old.reference,
            postings=postings,
        )
    )
    if "tags" in given:
        tags = await TagRepository(work.session).named(work.user_id, wanted.tags or [])
        await transactions.untag([transaction_id])
        await transactions.tag(work.user_id, {(transaction_id, tag_id) for tag_id in tags.values()})
    return await view(work, transaction_id)


async def match(work: Work, transaction_id: uuid.UUID, other_id: uuid.UUID) -> TransactionView:
    """Makes one transfer of two rows that are its two sides; the first one's date and texts stay."""
    if transaction_id == other_id:
        raise invalid("other_id", "A transaction can't be matched with itself: choose the one of the other account.")
    transactions = TransactionRepository(work.session)
    found = {one.id: one for one in await transactions.views({transaction_id, other_id}, lock=True)}
    if transaction_id not in found:
        raise not_found("transaction")
    if other_id not in found:
        raise invalid("other_id", "There is no such transaction: choose one of yours.")
    one, other = found[transaction_id], found[other_id]
    postings = await transactions.postings(one.id, other.id)
    sides = _sides(one, other, postings[one.id], postings[other.id])
    await transactions.tag(work.user_id, {(one.id, tag_id) for tag_id in other.tag_ids})
    await transactions.delete_all([other.id])
    await transactions.rewrite(
        Entry(
            id=one.id,
            user_id=work.user_id,
            kind=TransactionKind.TRANSFER,
            date=one.date,
            payee=one.payee,
            note=one.note,
            status=one.status,
            reference=one.reference or other.reference,
            postings=sides,
        )
    )
    return await view(work, one.id)


async def remove(work: Work, transaction_id: uuid.UUID) -> None:
    check_own(await view(work, transaction_id))
    await TransactionRepository(work.session).delete(transaction_id)


async def view(work: Work, transaction_id: uuid.UUID, *, lock: bool = False) -> TransactionView:
    if lock:
        await TransactionRepository(work.session).lock(transaction_id)
    found = await TransactionRepository(work.session).view(transaction_id)
    if found is None:
        raise not_found("transaction")
    return found


def ruled(new: Entry, outcome: Outcome, *, keep_category: bool = False) -> Entry:
    """What a new income or expense becomes by rules."""
    account, *purposes = new.postings
    if outcome.transfer_account_id is not None and account.account_id is not None:
        postings = transfer_postings(account, outcome.transfer_account_id)
        kind = TransactionKind.TRANSFER
    else:
        kind, postings = new.kind, list(new.postings)
        if len(purposes) == 1 and not keep_category:
            postings = [account, replace(purposes[0], category_id=outcome.category_id)]
    return replace(
        new, kind=kind, payee=outcome.payee, status=outcome.status, tag_ids=outcome.tag_ids, postings=postings
    )


def transfer_postings(seen: Posting, other_id: uuid.UUID) -> list[Posting]:
    """A transfer of the same amount between the account of this posting and another one in its currency."""
    assert seen.account_id is not None  # noqa: S101 - tells the type checker
    if seen.money.amount < 0:
        return list(
            ledger.transfer(-seen.money, from_account_id=seen.account_id, to_account_id=other_id, line=seen.line)
        )
    return list(
        ledger.transfer(seen.money, from_account_id=other_id, to_account_id=seen.account_id, received_line=seen.line)
    )


async def _ruled(work: Work, new: Entry) -> Entry:
    rules = await RuleRepository(work.session).active()
    if not rules:
        return new
    account, *purposes = new.postings
    chosen = purposes[0].category_id
    if chosen is not None:
        # Who chooses a category says that this is no transfer, too.
        rules = [replace(rule, transfer_account_id=None) for rule in rules]
    assert account.account_id is not None  # noqa: S101 - tells the type checker
    row = RuleRow(
        account_id=account.account_id,
        money=account.money,
        payee=new.payee,
        note=new.note,
        category_id=chosen,
        tag_ids=frozenset(new.tag_ids),
        status=new.status,
        is_split=len(purposes) > 1,
    )
    (outcome,) = apply_rules(rules, [row])
    return ruled(new, outcome, keep_category=chosen is not None)


def _changed(old: TransactionView, wanted: TransactionChange) -> Wanted:
    """Where the money goes after a change. A change that names neither splits nor the other account keeps them."""
    given = wanted.model_fields_set
    amount = f"{old.amount.amount:f}" if wanted.amount is None else wanted.amount
    account_id = wanted.account_id or old.account_id
    if "to_account_id" in given:
        to_account_id = wanted.to_account_id
    else:
        to_account_id = old.transfer.account_id if old.transfer else None
    if to_account_id is not None:
        return _changed_transfer(old, wanted, account_id, to_account_id, amount)
    splits = wanted.splits
    if "splits" not in given and "category_id" not in given:
        splits = [
            NewSplit(amount=f"{one.amount.amount:f}", category_id=one.category_id, note=one.note) for one in old.splits
        ]
    keeps_category = "category_id" not in given and not splits
    return Wanted(
        account_id=account_id,
        amount=amount,
        category_id=old.category_id if keeps_category else wanted.category_id,
        splits=splits,
        received_amount=wanted.received_amount,
    )


def _changed_transfer(
    old: TransactionView, wanted: TransactionChange, account_id: uuid.UUID, to_account_id: uuid.UUID, amount: str
) -> Wanted:
    if old.transfer is None and old.amount.amount > 0 and wanted.account_id is None and wanted.amount is None:
        raise invalid(
            "to_account_id",
            "This money came in: give the account that it came from as account_id, and this one as to_account_id.",
        )
    received = wanted.received_amount
    if received is None and old.transfer and wanted.amount is None and "to_account_id" not in wanted.model_fields_set:
        received = f"{old.transfer.amount.amount:f}" if old.transfer.amount.currency != old.amount.currency else None
    return Wanted(
        account_id=account_id,
        amount=amount,
        category_id=wanted.category_id,
        splits=wanted.splits,
        to_account_id=to_account_id,
        received_amount=received,
    )


def _sides(
    one: TransactionView, other: TransactionView, postings: list[Posting], other_postings: list[Posting]
) -> list[Posting]:
    """The postings of the transfer that two rows are, each with what marks it as a line of its account's statement."""
    if other.kind is not TransactionKind.STANDARD or other.splits:
        raise _no_match("the other one is no plain income or expense")
    theirs = _account_posting(other_postings, other.account_id)
    if one.transfer is not None:
        return _completed(postings, theirs)
    if one.kind is not TransactionKind.STANDARD or one.splits:
        raise _no_match("the first one is no plain income or expense")
    ours = _account_posting(postings, one.account_id)
    if ours.account_id == theirs.account_id:
        raise _no_match("both are of the same account")
    out, into = sorted((ours, theirs), key=lambda side: side.money.amount)
    if not out.money.amount < 0 < into.money.amount:
        raise _no_match("one has to be money that left, the other money that came in")
    if out.money.currency == into.money.currency and out.money != -into.money:
        raise _no_match(f"the amounts differ ({out.money} and {into.money})")
    assert out.account_id is not None  # noqa: S101 - tells the type checker
    assert into.account_id is not None  # noqa: S101 - tells the type checker
    return list(
        ledger.transfer(
            -out.money,
            from_account_id=out.account_id,
            to_account_id=into.account_id,
            received=into.money,
            line=out.line,
            received_line=into.line,
        )
    )


def _completed(postings: list[Posting], line: Posting) -> list[Posting]:
    """A transfer that was entered on one side takes over the line of the other account's statement."""
    for number, side in enumerate(postings):
        if side.account_id == line.account_id and side.money == line.money and side.line is None:
            return [*postings[:number], replace(side, line=line.line), *postings[number + 1 :]]
    raise _no_match("the transfer has no open side in that account with that amount")


def _account_posting(postings: list[Posting], account_id: uuid.UUID) -> Posting:
    return next(one for one in postings if one.kind is PostingKind.ACCOUNT and one.account_id == account_id)


def _no_match(why: str) -> Problem:
    return Problem(
        409, "no_match", f"These two are not the sides of one transfer, as {why}: choose another transaction."
    )


def check_own(row: TransactionView) -> None:
    if row.kind is TransactionKind.TRADE:
        raise Problem(409, "part_of_trade", "This row belongs to a trade: change or delete the trade instead.")


async def _surroundings(work: Work, wanted: Wanted, *, known: Collection[uuid.UUID] = ()) -> Surroundings:
    """With the accounts and categories that are named; archived accounts only where they have been named before."""
    found = await TransactionRepository(work.session).surroundings(wanted.account_ids, wanted.category_ids)
    for field in ("account_id", "to_account_id"):
        account_id = getattr(wanted, field)
        if account_id is None:
            continue
        if account_id not in found.accounts:
            raise invalid(field, "There is no such account: choose one of yours.")
        if found.accounts[account_id].archived and account_id not in known:
            raise invalid(field, "This account is archived: choose another one, or bring it back first.")
    if found.missing_categories:
        message = "There is no such category: choose one of yours, or none."
        if wanted.category_id in found.missing_categories:
            raise invalid("category_id", message)
        splits = enumerate(wanted.splits or ())
        number = next(number for number, split in splits if split.category_id in found.missing_categories)
        raise invalid(f"splits.{number}.category_id", message)
    return found
