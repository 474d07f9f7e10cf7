"""Which column of a statement holds what, by the words that banks head them with."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wealth_core.money import EXPONENTS

# For each meaning the best name first.
_DATE = (
    "transaction date,booking date,posting date,posted date,date posted,date,completed date,started date,"
    "trans date,entry date,buchungstag,buchungsdatum,datum,fecha,fecha operacion,fecha de operacion,"
    "date operation,date de l operation,data,data operazione,data contabile,boekdatum,dato,bokforingsdag,"
    "value date,valuta,wertstellung,tarikh"
)
_AMOUNT = (
    "amount,transaction amount,net amount,value,betrag,umsatz,montant,importe,importo,bedrag,belop,valor,monto,raqam,"
    "net,gross"
)
_DEBIT = (
    "debit,debit amount,debits,withdrawal,withdrawals,withdrawal amount,withdrawal amt,paid out,money out,"
    "amount out,out,soll,ausgabe,ausgaben,lastschrift,debito,cargo,uscite,af"
)
_CREDIT = (
    "credit,credit amount,credits,deposit,deposits,deposit amount,deposit amt,paid in,money in,amount in,in,"
    "haben,einnahme,einnahmen,gutschrift,credito,abono,entrate,bij"
)
_DIRECTION = (
    "dr cr,cr dr,debit credit,credit debit,debit or credit,credit debit indicator,type,transaction type,"
    "soll haben,s h,af bij,direction"
)
_PAYEE = (
    "payee,payee name,merchant,merchant name,counterparty,counterparty name,counter party,name,payer payee,"
    "recipient,beneficiary,beneficiary name,partner name,payer name,begunstigter zahlungspflichtiger,"
    "begunstigter auftraggeber,auftraggeber empfanger,empfanger,zahlungsbeteiligter,naam omschrijving,tegenpartij"
)
_TEXT = (
    "description,transaction description,details,transaction details,narrative,narration,particulars,remarks,"
    "memo,note,notes,comment,reference,payment reference,purpose,verwendungszweck,buchungstext,beschreibung,text,"
    "libelle,concepto,descripcion,descrizione,causale,omschrijving,mededelingen,extended details"
)
_CURRENCY = "currency,currency code,ccy,wahrung,devise,divisa,moneda,valuta code"
_STATUS = "state,status"
_ID = "transaction id,transferwise id,fitid"
_NAMES = {
    "date": _DATE,
    "amount": _AMOUNT,
    "debit": _DEBIT,
    "credit": _CREDIT,
    "direction": _DIRECTION,
    "payee": _PAYEE,
    "text": _TEXT,
    "currency": _CURRENCY,
    "status": _STATUS,
    "id": _ID,
}
_RANKS = {meaning: {name: rank for rank, name in enumerate(names.split(","))} for meaning, names in _NAMES.items()}
# Revolut's. Others name a fee that the amount contains already.
_FEES_ON_TOP = {"started date", "completed date", "amount", "fee", "balance"}
_NO_WORD = re.compile(r"[\W_]+")
_UNITS = {code.casefold() for code in EXPONENTS} | {"utc", "gmt"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions in a row. There is `amount`, or at least one of `debit` and `credit`; where there are both, rows that
    leave the one empty have the other."""

    width: int
    date: int
    payees: tuple[int, ...]
    notes: tuple[int, ...]
    """The first that a row fills in counts. A row without a payee has its first note in its place."""
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    direction: int | None = None
    currency: int | None = None
    fee: int | None = None
    """What goes off on top of the amount."""
    status: int | None = None
    id: int | None = None
    category: int | None = None


def find_columns(header: Sequence[str]) -> Columns | None:
    """None when these cells head no statement: a date and an amount are needed."""
    names = [simplified(cell) for cell in header]
    found = {meaning: _best(names, ranks) for meaning, ranks in _RANKS.items()}
    date = _first(found["date"])
    amount, debit, credit = (_first(found[meaning]) for meaning in ("amount", "debit", "credit"))
    if date is None or amount is debit is credit is None:
        return None
    return Columns(
        width=len(header),
        date=date,
        payees=tuple(found["payee"]),
        notes=tuple(found["text"]),
        amount=amount,
        debit=debit,
        credit=credit,
        direction=_first(found["direction"]) if amount is not None else None,
        currency=_first(found["currency"]),
        fee=names.index("fee") if set(names) >= _FEES_ON_TOP else None,
        status=_first(found["status"]),
        id=_first(found["id"]),
    )


def _first(positions: Sequence[int]) -> int | None:
    return positions[0] if positions else None


def _best(names: Sequence[str], ranks: dict[str, int]) -> list[int]:
    """Positions of the columns with one of these names, the best name first."""
    known = [position for position, name in enumerate(names) if name in ranks]
    return sorted(known, key=lambda position: ranks[names[position]])


def simplified(cell: str) -> str:
    """Small letters without accents and signs; "Amount (EUR)" is an amount too."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", cell.casefold())
        if not unicodedata.combining(character)
    )
    words = _NO_WORD.sub(" ", plain).split()
    return " ".join(word for word in words if word not in _UNITS) or " ".join(words)
