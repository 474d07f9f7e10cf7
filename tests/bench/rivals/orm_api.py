"""The rival: list and add transactions the way FastAPI's and SQLAlchemy's own guides write it.

It answers with the same JSON from the same tables. It has no row-level security, no entity tags and no traces: it says
`WHERE user_id = …` itself.
"""

import os
import uuid
from collections.abc import AsyncIterator
from datetime import date as Date  # noqa: N812 - a column is named `date`
from decimal import Decimal
from typing import Annotated

import jwt
from fastapi import APIRouter, Cookie, Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import ForeignKey, insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

KEY = os.environ["JWT_KEY"]

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=5, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str]


class Account(Base):
    __tablename__ = "accounts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    currency: Mapped[str]


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


class Transaction(Base):
    __tablename__ = "transactions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    user_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(default="standard")
    date: Mapped[Date]
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    import_id: Mapped[uuid.UUID | None]
    postings: Mapped[list[Posting]] = relationship(order_by=Posting.position)


class Money(BaseModel):
    amount: str
    currency: str


class TransactionIn(BaseModel):
    account_id: uuid.UUID
    date: Date
    payee: str
    note: str | None = None
    amount: Decimal
    category_id: uuid.UUID | None = None


class TransactionOut(BaseModel):
    id: uuid.UUID
    date: Date
    payee: str
    note: str | None
    amount: Money
    account_id: uuid.UUID
    category_id: uuid.UUID | None
    import_id: uuid.UUID | None


class Page(BaseModel):
    items: list[TransactionOut]
    next_cursor: str | None = None


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def get_current_user(session: Session, wealth_session: Annotated[str | None, Cookie()] = None) -> User:
    try:
        claims = jwt.decode(
            wealth_session or "", os.environ["JWT_KEY"], algorithms=["HS256"], audience="wealth-session"
        )
    except jwt.PyJWTError:
        raise HTTPException(401) from None
    user = await session.get(User, uuid.UUID(claims["sub"]))
    if user is None:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]
router = APIRouter(prefix="/api/v1/transactions")


def _out(row: Transaction) -> TransactionOut:
    account, other = row.postings
    assert account.account_id is not None
    return TransactionOut(
        id=row.id,
        date=row.date,
        payee=row.payee,
        note=row.note or None,
        amount=Money(amount=f"{account.amount:.2f}", currency=account.currency),
        account_id=account.account_id,
        category_id=other.category_id,
        import_id=row.import_id,
    )


@router.get("", response_model=Page)
async def list_transactions(session: Session, user: CurrentUser, limit: int = 50) -> Page:
    statement = (
        select(Transaction)
        .where(Transaction.user_id == user.id, Transaction.kind == "standard")
        .order_by(Transaction.date.desc(), Transaction.id.desc())
        .options(selectinload(Transaction.postings))
        .limit(limit)
    )
    return Page(items=[_out(row) for row in await session.scalars(statement)])


@router.post("", response_model=TransactionOut, status_code=201)
async def add_transaction(wanted: TransactionIn, session: Session, user: CurrentUser) -> TransactionOut:
    account = await session.get(Account, wanted.account_id)
    if account is None or account.user_id != user.id:
        raise HTTPException(422)
    row = Transaction(user_id=user.id, date=wanted.date, payee=wanted.payee, note=wanted.note or "")
    row.id = uuid.uuid4()
    legs = ((account.id, None, "account", wanted.amount), (None, wanted.category_id, "category", -wanted.amount))
    # As one statement: the database refuses one posting without the other.
    session.add(row)
    await session.flush()
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
    await session.execute(insert(Posting).values(postings))
    await session.commit()
    await session.refresh(row, ["postings"])
    return _out(row)


app = FastAPI()
app.include_router(router)
