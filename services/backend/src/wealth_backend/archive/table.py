"""Transactions as a table for spreadsheets, which the import takes back: see `wealth_core.export_cells`."""

import csv
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import StringIO

from wealth_backend.archive.service import DEADLINE_S
from wealth_backend.archive.spool import Write
from wealth_backend.dependencies import Parts
from wealth_backend.problems import invalid
from wealth_core.export_cells import HEADER, TEXTS, escape
from wealth_core.money import Money, exponent
from wealth_core.repositories import AccountRepository, TransactionFilter, TransactionRepository, TransactionView
from wealth_core.repositories.transactions import MAX_PAGE

_AMBIGUOUS = 3


async def export(parts: Parts, user_id: uuid.UUID, wanted: TransactionFilter, write: Write) -> None:
    """Account by account, the oldest first; a transfer has a row in each of its two."""
    async with parts.database.transaction(user_id, deadline_s=DEADLINE_S, snapshot=True) as session:
        accounts = [one for one in await AccountRepository(session).list() if wanted.account_id in (None, one.id)]
        if wanted.account_id is not None and not accounts:
            raise invalid("query.account_id", "There is no such account: choose one of yours.")
        transactions = TransactionRepository(session)
        names = await transactions.names()
        await write(_lines([HEADER]))
        for account in accounts:
            own = replace(wanted, account_id=account.id)
            cursor = None
            while True:
                page = await transactions.search(own, limit=MAX_PAGE, cursor=cursor, oldest_first=True)
                await write(_lines([_cells(view, names) for view in page.items]))
                cursor = page.next_cursor
                if cursor is None:
                    break


def _cells(view: TransactionView, names: Mapping[uuid.UUID, str]) -> list[str]:
    cells = {
        "date": view.date.isoformat(),
        "account": names[view.account_id],
        "kind": view.kind,
        "status": view.status,
        "payee": view.payee,
        "note": view.note,
        "amount": _amount(view.amount),
        "currency": view.amount.currency,
        "category": names[view.category_id] if view.category_id else "",
        "tags": "; ".join(view.tags),
        "id": str(view.id),
    }
    return [escape(cells[name]) if name in TEXTS else cells[name] for name in HEADER]


def _amount(money: Money) -> str:
    """With three decimals the point might be taken for one between thousands: a fourth says that it is none."""
    digits = exponent(money.currency)
    return f"{money.amount:.{digits + 1 if digits == _AMBIGUOUS else digits}f}"


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
