"""Transactions, each with its balanced postings."""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    any_,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from wealth_core.ledger import Posting, PostingKind, StatementLine
from wealth_core.models import (
    Account,
    Category,
    Direction,
    PostingRow,
    Tag,
    Transaction,
    TransactionKind,
    TransactionStatus,
    TransactionTag,
)
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Page, Repository
from wealth_core.repositories.categories import tree_below
from wealth_core.repositories.cursors import decode_dated, encode_dated

MAX_PAGE = 500
# What people see as their transactions: an opening balance belongs to its account.
LISTED = (TransactionKind.STANDARD, TransactionKind.TRANSFER, TransactionKind.TRADE)

# All rows come as JSON documents: many cost little more than one, and the statement is always the same. It is one
# statement, so that the postings of all of them are checked once, when they are complete.
_POSTING = (
    "(transaction_id uuid, position smallint, user_id uuid, kind text, account_id uuid, category_id uuid,"
    " amount numeric, currency text, fingerprint bytea, external_id bytea,"
    " note text)"
)
_POSTING_COLUMNS = (
    "transaction_id, position, user_id, kind, account_id, category_id, amount, currency, fingerprint, external_id, note"
)
_RECORD = text(
    f"""
    WITH written AS (
        INSERT INTO transactions (id, user_id, kind, date, payee, note, status, reference, import_id)
        SELECT id, user_id, kind, date, payee, note, status, reference, import_id
        FROM json_to_recordset(CAST(:transactions AS json)) AS row (id uuid, user_id uuid, kind text, date date,
            payee text, note text, status text, reference text, import_id uuid)
    ), tagged AS (
        INSERT INTO transaction_tags (transaction_id, tag_id, user_id)
        SELECT transaction_id, tag_id, user_id FROM json_to_recordset(CAST(:tags AS json))
            AS row (transaction_id uuid, tag_id uuid, user_id uuid)
    )
    INSERT INTO postings ({_POSTING_COLUMNS})
    SELECT {_POSTING_COLUMNS} FROM json_to_recordset(CAST(:postings AS json)) AS row {_POSTING}
    """  # noqa: S608 - our own names
)
_TAG = text(
    """
    INSERT INTO transaction_tags (transaction_id, tag_id, user_id)
    SELECT transaction_id, tag_id, user_id FROM json_to_recordset(CAST(:tags AS json))
        AS row (transaction_id uuid, tag_id uuid, user_id uuid)
    ON CONFLICT DO NOTHING
    """
)
_REWRITE = text(
    f"""
    WITH written AS (
        UPDATE transactions AS t SET kind = row.kind, date = row.date, payee = row.payee, note = row.note,
            status = row.status, reference = row.reference
        FROM json_to_recordset(CAST(:transactions AS json)) AS row (id uuid, kind text, date date, payee text,
            note text, status text, reference text)
        WHERE t.id = row.id
    ), new AS (
        SELECT * FROM json_to_recordset(CAST(:postings AS json)) AS row {_POSTING}
    ), gone AS (
        DELETE FROM postings AS p USING (SELECT transaction_id, max(position) AS last FROM new GROUP BY 1) AS kept
        WHERE p.transaction_id = kept.transaction_id AND p.position > kept.last
    )
    INSERT INTO postings ({_POSTING_COLUMNS}) SELECT {_POSTING_COLUMNS} FROM new
    ON CONFLICT (transaction_id, position) DO UPDATE SET kind = excluded.kind, account_id = excluded.account_id,
        category_id = excluded.category_id, amount = excluded.amount, currency = excluded.currency,
        fingerprint = excluded.fingerprint, external_id = excluded.external_id, note = excluded.note
    """  # noqa: S608 - our own names
)


@dataclass(frozen=True, slots=True)
class NewTransaction:
    id: uuid.UUID
    user_id: uuid.UUID
    date: Date
    payee: str
    postings: Sequence[Posting]
    note: str = ""
    kind: TransactionKind = TransactionKind.STANDARD
    import_id: uuid.UUID | None = None
    status: TransactionStatus = TransactionStatus.CLEARED
    reference: str = ""
    tag_ids: Collection[uuid.UUID] = ()


@dataclass(frozen=True, slots=True)
class TransactionFilter:
    """What must hold for a transaction to be found; `start` and `end` are both included.

    Amounts are those that the account sees, compared without their sign; a category stands for those below it, too.
    """

    account_id: uuid.UUID | None = None
    category_id: uuid.UUID | None = None
    import_id: uuid.UUID | None = None
    start: Date | None = None
    end: Date | None = None
    text: str | None = None
    uncategorised: bool = False
    tag_id: uuid.UUID | None = None
    status: TransactionStatus | None = None
    kinds: Collection[TransactionKind] = LISTED
    currency: str | None = None
    direction: Direction | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SplitView:
    """One of the parts of a split transaction, as its account sees it."""

    category_id: uuid.UUID | None
    category_name: str | None
    amount: Money
    note: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """The other side of a transfer, as the other account sees it."""

    account_id: uuid.UUID
    account_name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction as its account sees it: spending is negative.

    A transfer is seen from the account that the money leaves, or from the one that was asked for. Its category is None,
    and so is that of a transaction with `splits`.
    """

    id: uuid.UUID
    date: Date
    payee: str
    note: str
    amount: Money
    account_id: uuid.UUID
    account_name: str
    category_id: uuid.UUID | None
    category_name: str | None
    import_id: uuid.UUID | None
    kind: TransactionKind = TransactionKind.STANDARD
    status: TransactionStatus = TransactionStatus.CLEARED
    reference: str = ""
    tags: Sequence[str] = ()
    tag_ids: Sequence[uuid.UUID] = ()
    splits: Sequence[SplitView] = ()
    transfer: TransferView | None = None


_other = aliased(PostingRow, name="other")
_other_account = aliased(Account, name="other_account")


def _seen(account_id: uuid.UUID | None) -> Any:
    """The posting by which a transaction is seen: of a transfer's two sides the one that the money leaves."""
    legs = select(PostingRow).where(PostingRow.transaction_id == Transaction.id, PostingRow.kind == PostingKind.ACCOUNT)
    if account_id is not None:
        # So that no index of accounts is used for it: an account has many postings, a transaction a few.
        legs = legs.where(PostingRow.account_id.is_not_distinct_from(account_id))
    return legs.order_by(PostingRow.amount, PostingRow.position).limit(1).lateral("seen")


def _views(account_id: uuid.UUID | None = None) -> AnySelect:
    source = _seen(account_id)
    seen = source.c
    others = (
        select(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_array(
                        _other.kind,
                        cast(_other.amount, Text),
                        _other.currency,
                        _other.category_id,
                        Category.name,
                        _other.account_id,
                        _other_account.name,
                        _other.note,
                    ),
                    _other.position,
                )
            )
        )
        .select_from(_other)
        .outerjoin(Category, Category.id == _other.category_id)
        .outerjoin(_other_account, _other_account.id == _other.account_id)
        .where(_other.transaction_id == Transaction.id, _other.position != seen.position)
        .scalar_subquery()
    )
    tags = (
        select(func.json_agg(aggregate_order_by(func.json_build_array(Tag.id, Tag.name), func.lower(Tag.name))))
        .join(TransactionTag, TransactionTag.tag_id == Tag.id)
        .where(TransactionTag.transaction_id == Transaction.id)
        .scalar_subquery()
    )
    # No join: the planner would expect it to drop most rows, and read them all to be sure of a page.
    account_name = select(Account.name).where(Account.id == seen.account_id).scalar_subquery()
    return (
        select(
            Transaction.id,
            Transaction.kind,
            Transaction.date,
            Transaction.payee,
            Transaction.note,
            Transaction.status,
            Transaction.reference,
            Transaction.import_id,
            seen.amount,
            seen.currency,
            seen.account_id,
            account_name,
            others,
            tags,
        )
        .select_from(Transaction)
        .join(source, true())
    )


def _view(row: Any) -> TransactionView:
    row_id, kind, date, payee, note, status, reference, import_id, amount, currency, account_id, account, legs, tags = (
        row
    )
    purposes, transfer = [], None
    for leg_kind, leg_amount, leg_currency, category_id, category, other_id, other, leg_note in legs or ():
        if leg_kind == PostingKind.CATEGORY and kind == TransactionKind.STANDARD:
            money = Money(-Decimal(leg_amount), leg_currency)
            purposes.append(SplitView(_id(category_id), category, money, leg_note))
        elif leg_kind == PostingKind.ACCOUNT and kind == TransactionKind.TRANSFER:
            transfer = TransferView(uuid.UUID(other_id), other, Money(Decimal(leg_amount), leg_currency))
    only = purposes[0] if len(purposes) == 1 else None
    return TransactionView(
        id=row_id,
        date=date,
        payee=payee,
        note=note,
        amount=Money(amount, currency),
        account_id=account_id,
        account_name=account,
        category_id=only.category_id if only else None,
        category_name=only.category_name if only else None,
        import_id=import_id,
        kind=kind,
        status=status,
        reference=reference,
        tags=tuple(name for _, name in tags or ()),
        tag_ids=tuple(uuid.UUID(tag_id) for tag_id, _ in tags or ()),
        splits=() if only else tuple(purposes),
        transfer=transfer,
    )


class TransactionRepository(Repository[Transaction]):
    model = Transaction

    async def record(self, *new: NewTransaction) -> None:
        """Writes transactions with their postings and tags in one statement, however many they are."""
        await self._session.execute(
            _RECORD,
            {
                "transactions": json.dumps([_transaction(one) for one in new]),
                "postings": json.dumps([posting for one in new for posting in _postings(one)]),
                "tags": json.dumps(
                    [
                        {"transaction_id": str(one.id), "tag_id": str(tag_id), "user_id": str(one.user_id)}
                        for one in new
                        for tag_id in one.tag_ids
                    ]
                ),
            },
        )

    async def rewrite(self, *changed: NewTransaction) -> None:
        """Gives transactions new content; their import and their tags stay. The postings are to be all they have."""
        if any(posting.line for one in changed for posting in one.postings):
            # Two sides that change places mustn't meet half-way with the same mark.
            await self._session.execute(
                update(PostingRow)
                .where(PostingRow.transaction_id == any_(_array([one.id for one in changed])))
                .values(fingerprint=None, external_id=None)
            )
        await self._session.execute(
            _REWRITE,
            {
                "transactions": json.dumps([_transaction(one) for one in changed]),
                "postings": json.dumps([posting for one in changed for posting in _postings(one)]),
            },
        )

    async def postings(self, *ids: uuid.UUID) -> dict[uuid.UUID, list[Posting]]:
        """Of each of these transactions all postings, those of accounts first."""
        statement = select(PostingRow).where(PostingRow.transaction_id == any_(_array(ids)))
        rows = await self._session.scalars(
            statement.order_by(PostingRow.transaction_id, PostingRow.account_id.is_(None), PostingRow.position),
            execution_options={"populate_existing": True},
        )
        found: dict[uuid.UUID, list[Posting]] = {row_id: [] for row_id in ids}
        for row in rows:
            money = Money(row.amount, row.currency)
            found[row.transaction_id].append(
                Posting(row.kind, money, row.account_id, row.category_id, _line(row), row.note)
            )
        return found

    async def view(self, transaction_id: uuid.UUID, *, account_id: uuid.UUID | None = None) -> TransactionView | None:
        """As the account `account_id` sees it, which is by default the one that it is from."""
        statement = _views(account_id)
        row = (
            await self._session.execute(statement.where(Transaction.id == transaction_id, Transaction.kind.in_(LISTED)))
        ).one_or_none()
        return _view(row) if row else None

    async def views(self, ids: Collection[uuid.UUID], *, lock: bool = False) -> list[TransactionView]:
        """Those that there are, in the order of their ids; locked until the transaction ends, if wanted."""
        wanted = Transaction.id == any_(_array(ids))
        if lock:
            await self._session.execute(select(Transaction.id).where(wanted).order_by(Transaction.id).with_for_update())
        statement = _views()
        rows = await self._session.execute(
            statement.where(wanted, Transaction.kind.in_(LISTED)).order_by(Transaction.id)
        )
        return [_view(row) for row in rows]

    async def search(
        self, wanted: TransactionFilter, *, limit: int = 50, cursor: str | None = None, oldest_first: bool = False
    ) -> Page[TransactionView]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        limit = min(limit, MAX_PAGE)
        order = [column if oldest_first else column.desc() for column in (Transaction.date, Transaction.id)]
        # The page comes first, then what is shown of it: whatever the planner expects, it looks at no more than that.
        chosen = _chosen(wanted).order_by(*order).limit(limit + 1)
        if cursor is not None:
            place, after = tuple_(Transaction.date, Transaction.id), decode_dated(cursor)
            chosen = chosen.where(place > after if oldest_first else place < after)
        page = chosen.subquery("page")
        statement = _views(wanted.account_id).join(page, page.c.id == Transaction.id).order_by(*order)
        found = [_view(row) for row in await self._session.execute(statement)]
        items = found[:limit]
        return Page(items, encode_dated(items[-1].date, items[-1].id) if len(found) > limit else None)

    async def categorise(self, ids: Collection[uuid.UUID], category_id: uuid.UUID | None) -> None:
        """Of transactions with one category posting each."""
        await self._session.execute(
            update(PostingRow)
            .where(
                PostingRow.transaction_id == any_(_array(ids)),
                PostingRow.kind == PostingKind.CATEGORY,
            )
            .values(category_id=category_id)
        )

    async def set_status(self, ids: Collection[uuid.UUID], status: TransactionStatus) -> None:
        await self._session.execute(
            update(Transaction).where(Transaction.id == any_(_array(ids))).values(status=status)
        )

    async def tag(self, user_id: uuid.UUID, pairs: Collection[tuple[uuid.UUID, uuid.UUID]]) -> None:
        """Gives each transaction its tag; those that have it already keep it."""
        if pairs:
            rows = [
                {"transaction_id": str(transaction_id), "tag_id": str(tag_id), "user_id": str(user_id)}
                for transaction_id, tag_id in sorted(pairs)
            ]
            await self._session.execute(_TAG, {"tags": json.dumps(rows)})

    async def untag(self, ids: Collection[uuid.UUID], tag_ids: Collection[uuid.UUID] | None = None) -> None:
        """Takes these tags, or all of them, from the transactions."""
        statement = delete(TransactionTag).where(TransactionTag.transaction_id.in_(list(ids)))
        if tag_ids is not None:
            statement = statement.where(TransactionTag.tag_id.in_(list(tag_ids)))
        await self._session.execute(statement)

    async def delete_all(self, ids: Collection[uuid.UUID]) -> None:
        await self._session.execute(delete(Transaction).where(Transaction.id == any_(_array(ids))))

    async def rename_payees(self, names: Collection[str], name: str) -> int:
        """Writes `name` where one of `names` stands exactly; how many transactions that changed."""
        result = await self._session.execute(
            update(Transaction)
            .where(Transaction.payee.in_(list(names)), Transaction.payee != name, Transaction.kind.in_(LISTED))
            .values(payee=name)
            .returning(Transaction.id)
        )
        return len(result.all())


def _array(ids: Collection[uuid.UUID]) -> ColumnElement[Any]:
    return literal(list(ids), ARRAY(Uuid))


def _transaction(one: NewTransaction) -> Mapping[str, object]:
    return {
        "id": str(one.id),
        "user_id": str(one.user_id),
        "kind": one.kind,
        "date": one.date.isoformat(),
        "payee": one.payee,
        "note": one.note,
        "status": one.status,
        "reference": one.reference,
        "import_id": _text(one.import_id),
    }


def _postings(one: NewTransaction) -> list[Mapping[str, object]]:
    return [
        {
            "transaction_id": str(one.id),
            "position": position,
            "user_id": str(one.user_id),
            "kind": posting.kind,
            "account_id": _text(posting.account_id),
            "category_id": _text(posting.category_id),
            "amount": str(posting.money.amount),
            "currency": posting.money.currency,
            "fingerprint": _hex(posting.line.fingerprint) if posting.line else None,
            "external_id": _hex(posting.line.external_id) if posting.line and posting.line.external_id else None,
            "note": posting.note,
        }
        for position, posting in enumerate(one.postings)
    ]


def _line(row: PostingRow) -> StatementLine | None:
    return StatementLine(row.fingerprint, row.external_id) if row.fingerprint else None


def _hex(mark: bytes) -> str:
    return f"\\x{mark.hex()}"


def _text(row_id: uuid.UUID | None) -> str | None:
    return str(row_id) if row_id else None


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _chosen(wanted: TransactionFilter) -> AnySelect:
    """The ids of the transactions that are wanted."""
    statement: AnySelect = select(Transaction.id).where(Transaction.kind.in_(list(wanted.kinds)))
    conditions: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "start": lambda day: Transaction.date >= day,
        "end": lambda day: Transaction.date <= day,
        "text": _says,
        "status": lambda status: Transaction.status == status,
        "import_id": lambda import_id: Transaction.import_id == import_id,
        "tag_id": _is_tagged,
        "category_id": lambda category_id: _has_posting(PostingRow.category_id.in_(tree_below(category_id))),
    }
    statement = _where(statement, conditions, wanted)
    if wanted.uncategorised:
        without = _has_posting(PostingRow.category_id.is_(None))
        statement = statement.where(without, Transaction.kind == TransactionKind.STANDARD)
    by_side = ("account_id", "currency", "direction", "min_amount", "max_amount")
    if all(getattr(wanted, name) is None for name in by_side):
        return statement
    seen = _seen(wanted.account_id)
    size = func.abs(seen.c.amount)
    return _where(
        statement.join(seen, true()),
        {
            "currency": lambda currency: seen.c.currency == currency,
            "direction": lambda way: seen.c.amount < 0 if way is Direction.OUT else seen.c.amount > 0,
            "min_amount": lambda least: size >= least,
            "max_amount": lambda most: size <= most,
        },
        wanted,
    )


def _where(
    statement: AnySelect, conditions: Mapping[str, Callable[[Any], ColumnElement[bool]]], wanted: TransactionFilter
) -> AnySelect:
    values = ((condition, getattr(wanted, name)) for name, condition in conditions.items())
    return statement.where(*(condition(value) for condition, value in values if value is not None))


def _has_posting(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        PostingRow.transaction_id == Transaction.id, PostingRow.kind == PostingKind.CATEGORY, condition
    )


def _is_tagged(tag_id: uuid.UUID) -> ColumnElement[bool]:
    return exists().where(TransactionTag.transaction_id == Transaction.id, TransactionTag.tag_id == tag_id)


def _says(part: str) -> ColumnElement[bool]:
    columns = (Transaction.payee, Transaction.note, Transaction.reference)
    return or_(*(column.icontains(part, autoescape=True) for column in columns))
