"""The rival: list and add transactions the way FastAPI's and SQLAlchemy's own guides write it.

It answers with the same bodies as the backend, from the same tables: the benchmark compares them. The signed-in user
is a dependency that verifies the cookie's JWT and looks its session up; a page's postings and tags are loaded by
`selectinload`; what is written is checked (the account, the category) and loaded again; the answer to a write carries
an entity tag; the driver prepares statements; the server logs each request.

It has none of these: row-level security (it says `WHERE user_id = …` itself, as a role that no policy slows down), rate
limits, deadlines, idempotency keys, guards of origin, body size and unknown parameters, traces, rules, and writes of
splits, transfers and tags.
"""

import base64
import hashlib
import os
import uuid
from collections.abc import AsyncIterator
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

import jwt
from fastapi import APIRouter, Cookie, Depends, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Column, DateTime, ForeignKey, Table, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

KEY = os.environ["JWT_KEY"]
KINDS = ("standard", "transfer", "trade")

Kind = Literal["standard", "opening", "transfer", "trade"]
Status = Literal["pending", "cleared", "reconciled"]

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=5, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str]


class SignInSession(Base):
    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Account(Base):
    __tablename__ = "accounts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    currency: Mapped[str]
    archived: Mapped[bool]


class Category(Base):
    __tablename__ = "categories"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class Posting(Base):
    __tablename__ = "postings"

    transaction_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("transactions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    account_id: Mapped[uuid.UUID | None]
    category_id: Mapped[uuid.UUID | None]
    amount: Mapped[Decimal]
    currency: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


transaction_tags = Table(
    "transaction_tags",
    Base.metadata,
    Column("transaction_id", ForeignKey("transactions.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Transaction(Base):
    __tablename__ = "transactions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    user_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(default="standard")
    date: Mapped[Date]
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="cleared")
    reference: Mapped[str] = mapped_column(default="")
    import_id: Mapped[uuid.UUID | None]
    postings: Mapped[list[Posting]] = relationship(order_by=Posting.position)
    tags: Mapped[list[Tag]] = relationship(secondary=transaction_tags, order_by=func.lower(Tag.name))


class Money(BaseModel):
    amount: str
    currency: str


class TransactionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    account_id: uuid.UUID
    date: Date
    payee: Annotated[str, Field(min_length=1, max_length=200)]
    note: Annotated[str | None, Field(max_length=500)] = None
    amount: Annotated[Decimal, Field(max_digits=19, decimal_places=2)]
    category_id: uuid.UUID | None = None
    status: Status = "cleared"
    reference: Annotated[str | None, Field(max_length=200)] = None


class SplitOut(BaseModel):
    amount: Money
    category_id: uuid.UUID | None
    note: str | None


class TransferOut(BaseModel):
    account_id: uuid.UUID
    amount: Money


class TransactionOut(BaseModel):
    id: uuid.UUID
    kind: Kind
    date: Date
    payee: str
    note: str | None
    amount: Money
    account_id: uuid.UUID
    category_id: uuid.UUID | None
    status: Status
    reference: str | None
    tags: list[str]
    splits: list[SplitOut]
    transfer: TransferOut | None
    import_id: uuid.UUID | None


class Page(BaseModel):
    items: list[TransactionOut]
    next_cursor: str | None


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def get_current_user(session: Session, wealth_session: Annotated[str | None, Cookie()] = None) -> User:
    try:
        claims = jwt.decode(wealth_session or "", KEY, algorithms=["HS256"], audience="wealth-session")
    except jwt.PyJWTError:
        raise HTTPException(401) from None
    statement = (
        select(User)
        .join(SignInSession, SignInSession.user_id == User.id)
        .where(SignInSession.id == uuid.UUID(claims["jti"]), SignInSession.expires_at > func.now())
    )
    user = await session.scalar(statement)
    if user is None:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]
router = APIRouter(prefix="/api/v1/transactions")
LOADED = (selectinload(Transaction.postings), selectinload(Transaction.tags))


def _money(amount: Decimal, currency: str) -> Money:
    return Money(amount=f"{amount:.2f}", currency=currency)


def _out(row: Transaction) -> TransactionOut:
    accounts = sorted((one for one in row.postings if one.kind == "account"), key=lambda one: one.amount)
    purposes = [one for one in row.postings if one.kind == "category"] if row.kind == "standard" else []
    seen, others = accounts[0], accounts[1:]
    assert seen.account_id is not None
    transfer = None
    if row.kind == "transfer":
        assert others[0].account_id is not None
        transfer = TransferOut(account_id=others[0].account_id, amount=_money(others[0].amount, others[0].currency))
    return TransactionOut(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # the model checks it
        date=row.date,
        payee=row.payee,
        note=row.note or None,
        amount=_money(seen.amount, seen.currency),
        account_id=seen.account_id,
        category_id=purposes[0].category_id if len(purposes) == 1 else None,
        status=row.status,  # type: ignore[arg-type]
        reference=row.reference or None,
        tags=[tag.name for tag in row.tags],
        splits=[
            SplitOut(amount=_money(-one.amount, one.currency), category_id=one.category_id, note=one.note or None)
            for one in (purposes if len(purposes) > 1 else ())
        ],
        transfer=transfer,
        import_id=row.import_id,
    )


def _mark(row: Transaction) -> str:
    return base64.urlsafe_b64encode(row.date.toordinal().to_bytes(4) + row.id.bytes).decode().rstrip("=")


def _place(cursor: str) -> tuple[Date, uuid.UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return Date.fromordinal(int.from_bytes(raw[:4])), uuid.UUID(bytes=raw[4:])
    except ValueError:
        raise HTTPException(422) from None


@router.get("", response_model=Page)
async def list_transactions(
    session: Session,
    user: CurrentUser,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Page:
    statement = (
        select(Transaction)
        .where(Transaction.user_id == user.id, Transaction.kind.in_(KINDS))
        .order_by(Transaction.date.desc(), Transaction.id.desc())
        .options(*LOADED)
        .limit(limit + 1)
    )
    if cursor is not None:
        statement = statement.where(tuple_(Transaction.date, Transaction.id) < _place(cursor))
    found = (await session.scalars(statement)).all()
    rows = found[:limit]
    return Page(items=[_out(row) for row in rows], next_cursor=_mark(rows[-1]) if len(found) > limit else None)


@router.post("", response_model=TransactionOut, status_code=201)
async def add_transaction(
    wanted: TransactionIn, session: Session, user: CurrentUser, response: Response
) -> TransactionOut:
    account = await session.get(Account, wanted.account_id)
    if account is None or account.user_id != user.id or account.archived:
        raise HTTPException(422)
    if wanted.category_id is not None:
        category = await session.get(Category, wanted.category_id)
        if category is None or category.user_id != user.id:
            raise HTTPException(422)
    row = Transaction(
        user_id=user.id,
        date=wanted.date,
        payee=wanted.payee,
        note=wanted.note or "",
        status=wanted.status,
        reference=wanted.reference or "",
    )
    session.add(row)
    await session.flush()
    legs = ((account.id, None, "account", wanted.amount), (None, wanted.category_id, "category", -wanted.amount))
    postings = [
        {
            "transaction_id": row.id,
            "position": position,
            "user_id": user.id,
            "kind": kind,
            "account_id": account_id,
            "category_id": category_id,
            "amount": amount,
            "currency": account.currency,
        }
        for position, (account_id, category_id, kind, amount) in enumerate(legs)
    ]
    # As one statement: the database refuses one posting without the other.
    await session.execute(insert(Posting).values(postings))
    await session.commit()
    await session.refresh(row, ["postings", "tags"])
    added = _out(row)
    response.headers["ETag"] = f'"{hashlib.sha256(added.model_dump_json().encode()).hexdigest()[:32]}"'
    return added


app = FastAPI()
app.include_router(router)
