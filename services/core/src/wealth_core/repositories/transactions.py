"""Transactions, each with its balanced postings."""

import json
import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
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
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from wealth_core.ledger import Posting, PostingKind, StatementLine
from wealth_core.models import (
    Account,
    Category,
    Direction,
    PostingRow,
    Rule,
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

    def given(self) -> dict[str, Any]:
        """What narrows, by its name, as the statement takes it."""
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "kinds"}
        found = {name: value for name, value in found.items() if value not in (None, False)}
        if self.text is not None:
            found["text"] = re.sub("[/%_]", r"/\g<0>", self.text)
        if self.direction is not None:
            found["direction"] = -1 if self.direction is Direction.OUT else 1
        return found


@dataclass(frozen=True, slots=True)
class SplitView:
    """One of the parts of a split transaction, as its account sees it."""

    category_id: uuid.UUID | None
    amount: Money
    note: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """The other side of a transfer, as the other account sees it."""

    account_id: uuid.UUID
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
    category_id: uuid.UUID | None
    import_id: uuid.UUID | None
    kind: TransactionKind = TransactionKind.STANDARD
    status: TransactionStatus = TransactionStatus.CLEARED
    reference: str = ""
    tags: Sequence[str] = ()
    tag_ids: Sequence[uuid.UUID] = ()
    splits: Sequence[SplitView] = ()
    transfer: TransferView | None = None


def _seen(account_id: ColumnElement[Any] | None) -> Any:
    """The posting by which a transaction is seen: of a transfer's two sides the one that the money leaves."""
    legs = select(PostingRow.amount, PostingRow.currency).where(
        PostingRow.transaction_id == Transaction.id, PostingRow.kind == PostingKind.ACCOUNT
    )
    if account_id is not None:
        # So that no index of accounts is used for it: an account has many postings, a transaction a few.
        legs = legs.where(PostingRow.account_id.is_not_distinct_from(account_id))
    return legs.order_by(PostingRow.amount, PostingRow.position).limit(1).lateral("seen")


def _has_posting(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        PostingRow.transaction_id == Transaction.id, PostingRow.kind == PostingKind.CATEGORY, condition
    )


def _says(part: ColumnElement[str]) -> ColumnElement[bool]:
    columns = (Transaction.payee, Transaction.note, Transaction.reference)
    return or_(*(column.icontains(part, escape="/") for column in columns))


def _newest_first(of: Any) -> Sequence[Any]:
    return of.date.desc(), of.id.desc()


def _oldest_first(of: Any) -> Sequence[Any]:
    return of.date, of.id


def _chosen() -> AnySelect:
    return select(
        Transaction.id,
        Transaction.kind,
        Transaction.date,
        Transaction.payee,
        Transaction.note,
        Transaction.status,
        Transaction.reference,
        Transaction.import_id,
    ).where(Transaction.kind == any_(bindparam("kinds", type_=ARRAY(Text))))


def _shown(chosen: AnySelect, order: Callable[[Any], Sequence[Any]]) -> AnySelect:
    """What is shown of the transactions that are chosen: whatever the planner expects, it looks at no others."""
    page = chosen.cte("page")
    legs = (
        select(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_array(
                        PostingRow.kind,
                        cast(PostingRow.amount, Text),
                        PostingRow.currency,
                        PostingRow.account_id,
                        PostingRow.category_id,
                        PostingRow.note,
                    ),
                    PostingRow.position,
                )
            )
        )
        .where(PostingRow.transaction_id == page.c.id)
        .scalar_subquery()
    )
    tags = (
        select(func.json_agg(aggregate_order_by(func.json_build_array(Tag.id, Tag.name), func.lower(Tag.name))))
        .join(TransactionTag, TransactionTag.tag_id == Tag.id)
        .where(TransactionTag.transaction_id == page.c.id)
        .scalar_subquery()
    )
    return select(*page.c, legs, tags).order_by(*order(page.c))


@lru_cache(maxsize=256)
def _page(given: frozenset[str], *, after: bool, oldest_first: bool) -> AnySelect:
    """The statement for a filter with these fields; their values are its parameters.

    It is made once: to put it together takes longer than the database takes to answer it.
    """
    order = _oldest_first if oldest_first else _newest_first
    conditions = {
        "start": Transaction.date >= bindparam("start"),
        "end": Transaction.date <= bindparam("end"),
        "text": _says(bindparam("text", type_=Text)),
        "status": Transaction.status == bindparam("status"),
        "import_id": Transaction.import_id == bindparam("import_id"),
        "tag_id": exists().where(
            TransactionTag.transaction_id == Transaction.id, TransactionTag.tag_id == bindparam("tag_id")
        ),
        "category_id": _has_posting(PostingRow.category_id.in_(tree_below(bindparam("category_id", type_=Uuid)))),
        "uncategorised": and_(
            _has_posting(PostingRow.category_id.is_(None)), Transaction.kind == TransactionKind.STANDARD
        ),
    }
    seen = _seen(bindparam("account_id", type_=Uuid) if "account_id" in given else None)
    by_side = {
        "account_id": true(),
        "currency": seen.c.currency == bindparam("currency"),
        "direction": func.sign(seen.c.amount) == bindparam("direction"),
        "min_amount": func.abs(seen.c.amount) >= bindparam("min_amount"),
        "max_amount": func.abs(seen.c.amount) <= bindparam("max_amount"),
    }
    chosen = _chosen()
    if given & by_side.keys():
        chosen = chosen.join(seen, true())
    chosen = chosen.where(*(condition for name, condition in (conditions | by_side).items() if name in given))
    if after:
        place = tuple_(Transaction.date, Transaction.id)
        mark = tuple_(bindparam("after_date", type_=Transaction.date.type), bindparam("after_id", type_=Uuid))
        chosen = chosen.where(place > mark if oldest_first else place < mark)
    return _shown(chosen.order_by(*order(Transaction)).limit(bindparam("limit")), order)


_NAMED = _shown(_chosen().where(Transaction.id == any_(bindparam("ids", type_=ARRAY(Uuid)))), lambda page: [page.id])
_NAMES = union_all(select(Account.id, Account.name), select(Category.id, Category.name))


def _view(row: Any, account_id: uuid.UUID | None = None) -> TransactionView:
    row_id, kind, date, payee, note, status, reference, import_id, legs, tags = row
    sides, purposes = [], []
    for leg_kind, amount, currency, leg_account_id, category_id, leg_note in legs:
        if leg_kind == PostingKind.ACCOUNT:
            sides.append((Money(Decimal(amount), currency), uuid.UUID(leg_account_id)))
        elif leg_kind == PostingKind.CATEGORY and kind == TransactionKind.STANDARD:
            purposes.append(SplitView(_id(category_id), Money(-Decimal(amount), currency), leg_note))
    seen = min((side for side in sides if account_id in {None, side[1]}), key=lambda side: side[0].amount)
    only = purposes[0] if len(purposes) == 1 else None
    others = [side for side in sides if side is not seen] if kind == TransactionKind.TRANSFER else []
    return TransactionView(
        id=row_id,
        date=date,
        payee=payee,
        note=note,
        amount=seen[0],
        account_id=seen[1],
        category_id=only.category_id if only else None,
        import_id=import_id,
        kind=kind,
        status=status,
        reference=reference,
        tags=tuple(name for _, name in tags or ()),
        tag_ids=tuple(uuid.UUID(tag_id) for tag_id, _ in tags or ()),
        splits=() if only else tuple(purposes),
        transfer=TransferView(others[-1][1], others[-1][0]) if others else None,
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What has to be known before a transaction is written."""

    accounts: Mapping[uuid.UUID, Account]
    missing_categories: Collection[uuid.UUID]
    has_rules: bool


_SURROUNDINGS = select(
    Account,
    select(func.array_agg(Category.id))
    .where(Category.id == any_(bindparam("category_ids", type_=ARRAY(Uuid))))
    .scalar_subquery(),
    exists().where(Rule.enabled),
).where(Account.id == any_(bindparam("account_ids", type_=ARRAY(Uuid))))


def untagged_view(new: NewTransaction) -> TransactionView:
    """What is shown of a transaction without tags that was just recorded."""
    legs = [
        (one.kind, one.money.amount, one.money.currency, _text(one.account_id), _text(one.category_id), one.note)
        for one in new.postings
    ]
    head = (new.id, new.kind, new.date, new.payee, new.note, new.status, new.reference, new.import_id)
    return _view((*head, legs, None))


class TransactionRepository(Repository[Transaction]):
    model = Transaction

    async def surroundings(
        self, account_ids: Collection[uuid.UUID], category_ids: Collection[uuid.UUID]
    ) -> Surroundings:
        """The accounts that there are, the categories that there aren't; and whether rules are to be applied."""
        given = {"account_ids": list(account_ids), "category_ids": list(category_ids)}
        rows = (await self._session.execute(_SURROUNDINGS, given)).all()
        categories, has_rules = rows[0][1:] if rows else (None, False)
        return Surroundings({row[0].id: row[0] for row in rows}, set(category_ids) - set(categories or ()), has_rules)

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

    async def view(self, transaction_id: uuid.UUID) -> TransactionView | None:
        return next(iter(await self.views([transaction_id])), None)

    async def views(self, ids: Collection[uuid.UUID], *, lock: bool = False) -> list[TransactionView]:
        """Those that there are, in the order of their ids; locked until the transaction ends, if wanted."""
        if lock:
            wanted = Transaction.id == any_(_array(ids))
            await self._session.execute(select(Transaction.id).where(wanted).order_by(Transaction.id).with_for_update())
        given = {"ids": list(ids), "kinds": list(LISTED)}
        return [_view(row) for row in await self._session.execute(_NAMED, given)]

    async def search(
        self, wanted: TransactionFilter, *, limit: int = 50, cursor: str | None = None, oldest_first: bool = False
    ) -> Page[TransactionView]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        limit = min(limit, MAX_PAGE)
        given = wanted.given()
        statement = _page(frozenset(given), after=cursor is not None, oldest_first=oldest_first)
        given |= {"kinds": list(wanted.kinds), "limit": limit + 1}
        if cursor is not None:
            given["after_date"], given["after_id"] = decode_dated(cursor)
        found = [_view(row, wanted.account_id) for row in await self._session.execute(statement, given)]
        items = found[:limit]
        return Page(items, encode_dated(items[-1].date, items[-1].id) if len(found) > limit else None)

    async def names(self) -> dict[uuid.UUID, str]:
        """What all accounts and categories are called, which views tell the ids of."""
        return dict(iter(await self._session.execute(_NAMES)))

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
