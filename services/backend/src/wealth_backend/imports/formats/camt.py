"""CAMT.053, the bank statement of ISO 20022, in the versions 001.02 to 001.13.

An entry (Ntry) is what changes the balance. One that books a batch has a transaction (TxDtls) for each of its parts;
where these add up to the entry, each becomes a row of its own, and otherwise the entry is one row.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from wealth_backend.imports.encoding import check_text
from wealth_backend.imports.formats.common import (
    BadRow,
    StatementRow,
    Unit,
    check_count,
    check_currency,
    choose_account,
    compact_day,
    empty_file,
    id_of,
    money_of,
    texts_of,
)
from wealth_backend.imports.refusal import RowError, StatementError
from wealth_core.models import StatementFormat

_DEEPEST = 40
_LARGEST = 50_000
# How deep the elements are that tell the kind of file, and those whose children are let go one after the other.
_ROOTS = 2
_KEPT = 3
_HEAD = 1024
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T\S{1,40}|Z|[+-]\d{2}:\d{2})?")
_AMOUNT = re.compile(r"\+?[0-9]{1,20}(?:\.[0-9]{0,20})?")
_SIGNS = {"CRDT": 1, "DBIT": -1}
_BOOKED = "BOOK"
_UNBOOKED = frozenset({"PDNG", "FUTR", "INFO"})
_OTHER_REPORTS = {
    "BkToCstmrAcctRpt": "an interim account report (camt.052)",
    "BkToCstmrDbtCdtNtfctn": "a notification of single entries (camt.054)",
}
_AGAIN = "download the statement again"


class CamtStatement:
    format = StatementFormat.CAMT053
    unit: Unit = "entry"
    date_format: str | None = "YYYY-MM-DD"

    def __init__(self, data: bytes, currency: str, *, account: str | None = None) -> None:
        check_text(data)
        self._data = data
        self._currency = currency
        declared = _ENCODING.search(data, 0, _HEAD)
        self.encoding = declared[1].decode().upper() if declared else "UTF-8"
        self._currencies = dict[str, str]()
        self._account, self.unbooked = self._settle(account)

    def rows(self) -> Iterator[StatementRow | BadRow]:
        for number, account, entry in self._entries():
            if account != self._account or _status(entry) in _UNBOOKED:
                continue
            try:
                yield from self._read(number, entry)
            except RowError as error:
                yield BadRow(number, str(error))

    def _settle(self, wanted: str | None) -> tuple[str, int]:
        """Reads the file to its end once, so that what is broken further down is known before anything is imported."""
        unbooked = dict[str, int]()
        for number, account, entry in self._entries():
            check_count(number)
            unbooked[account] = unbooked.get(account, 0) + (_status(entry) in _UNBOOKED)
        chosen = choose_account(unbooked, wanted)
        if chosen is None:
            raise empty_file()
        if currency := self._currencies.get(chosen):
            check_currency(currency, self._currency)
        return chosen, unbooked[chosen]

    # --- the elements ---

    def _entries(self) -> Iterator[tuple[int, str, Element]]:
        """Each entry with its number in the file and its account; nothing of it is kept once the next is asked for."""
        path: list[Element] = []
        account = ""
        number = size = 0
        events = iterparse(BytesIO(self._data), ("start", "end"), forbid_dtd=True)
        try:
            for event, element in events:
                if event == "start":
                    path.append(element)
                    size += 1
                    if len(path) <= _ROOTS or len(path) > _DEEPEST or size > _LARGEST:
                        _check(path, size)
                    continue
                path.pop()
                name = _name(element)
                if name == "Acct" and path and _name(path[-1]) == "Stmt":
                    account = _text(element, "Id", "IBAN") or _text(element, "Id", "Othr", "Id")
                    self._currencies[account] = _text(element, "Ccy")
                elif name == "Ntry" and path and _name(path[-1]) == "Stmt":
                    number += 1
                    yield number, account, element
                if path and len(path) <= _KEPT:
                    path[-1].remove(element)
                    size = 0
        except DefusedXmlException:
            raise _malformed("it defines a document type or entities, which no bank statement does") from None
        except (ParseError, LookupError, ValueError) as error:
            where = getattr(error, "position", None)
            line = f" on line {where[0]:,}" if where else ""
            raise _malformed(f"its XML breaks off or is wrong{line} (after entry {number:,})") from None

    # --- one entry ---

    def _read(self, number: int, entry: Element) -> Iterator[StatementRow]:
        status = _status(entry)
        if status != _BOOKED:
            raise RowError(f"its status (Sts) is {status[:10] or 'missing'}, not BOOK; {_AGAIN}")
        total = self._amount(entry)
        day = _day(entry)
        details = [one for group in _all(entry, "NtryDtls") for one in _all(group, "TxDtls")]
        parts = self._parts(entry, details, total)
        reference = id_of(_text(entry, "AcctSvcrRef")) or (
            id_of(_text(details[0], "Refs", "AcctSvcrRef")) if len(details) == 1 else None
        )
        for amount, detail in parts:
            payee, note = _description(entry, detail, amount)
            own = id_of(_text(detail, "Refs", "AcctSvcrRef")) if detail is not None and len(parts) > 1 else None
            yield StatementRow(number, day, payee, note, money_of(amount, self._currency), external_id=own or reference)

    def _parts(
        self, entry: Element, details: Sequence[Element], total: Decimal
    ) -> list[tuple[Decimal, Element | None]]:
        if len(details) > 1:
            amounts = [self._part(entry, detail) for detail in details]
            if None not in amounts and sum(amount for amount in amounts if amount is not None) == total:
                return [(amount, detail) for amount, detail in zip(amounts, details, strict=True) if amount is not None]
            return [(total, None)]
        return [(total, details[0] if details else None)]

    def _part(self, entry: Element, detail: Element) -> Decimal | None:
        """What a part of a batch moves; None when that isn't said in the account's currency."""
        for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
            found = _find(detail, *path)
            if found is not None and found.get("Ccy") == self._currency and _AMOUNT.fullmatch(_stripped(found)):
                sign = _SIGNS.get(_text(detail, "CdtDbtInd") or _text(entry, "CdtDbtInd"), 0)
                return sign * Decimal(_stripped(found))
        return None

    def _amount(self, entry: Element) -> Decimal:
        amount = _find(entry, "Amt")
        text = "" if amount is None else _stripped(amount)
        if amount is None or not text:
            raise RowError("its amount (Amt) is missing; fill it in or take the entry out")
        if not _AMOUNT.fullmatch(text):
            raise RowError(f"{text[:40]!r} is not an amount; correct it")
        named = amount.get("Ccy", self._currency)
        if named != self._currency:
            raise RowError(
                f"it is in {named[:10]}, the account in {self._currency}; import it into an account in that currency"
            )
        indicator = _text(entry, "CdtDbtInd")
        if indicator not in _SIGNS:
            raise RowError(
                f"whether it is a credit or a debit (CdtDbtInd) is {indicator[:10] or 'missing'}; correct it"
            )
        return _SIGNS[indicator] * Decimal(text)


def _check(path: Sequence[Element], size: int) -> None:
    if len(path) > _DEEPEST:
        raise _malformed("its elements are nested too deeply")
    if size > _LARGEST:
        raise _malformed(f"one entry of it has more than {_LARGEST:,} elements")
    root, *below = (_name(element) for element in path[:_ROOTS])
    if root != "Document" or below not in ([], ["BkToCstmrStmt"]):
        other = _OTHER_REPORTS.get((below or [""])[0], "XML, but no statement")
        raise StatementError(
            "not_camt053", f"This file is {other}: download the bank statement as camt.053 and choose that."
        )


def _name(element: Element) -> str:
    """Without the namespace, which differs from version to version."""
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, name: str) -> list[Element]:
    return [child for child in element if _name(child) == name]


def _find(element: Element | None, *path: str) -> Element | None:
    found = element
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if _name(child) == name), None)
    return found


def _stripped(element: Element) -> str:
    return (element.text or "").strip()


def _text(element: Element | None, *path: str) -> str:
    found = _find(element, *path)
    return "" if found is None else _stripped(found)


def _status(entry: Element) -> str:
    """Up to version 7 the status itself, from version 8 on an element with its code."""
    return _text(entry, "Sts", "Cd") or _text(entry, "Sts")


def _day(entry: Element) -> date:
    for field in ("BookgDt", "ValDt"):
        text = _text(entry, field, "Dt") or _text(entry, field, "DtTm")
        if text:
            match = _DAY.fullmatch(text)
            return compact_day("".join(match.groups()) if match else "", text)
    raise RowError("its date (BookgDt) is missing; fill it in or take the entry out")


def _description(entry: Element, detail: Element | None, amount: Decimal) -> tuple[str, str]:
    """Who is on the other side, and what it is for."""
    reversal = _text(entry, "RvslInd").casefold() in {"true", "1"}
    # Who paid whom stays as it was when a payment is reversed; only the direction of the money turns.
    came_in = (amount > 0) != reversal
    side = "Dbtr" if came_in else "Cdtr"
    parties = _find(detail, "RltdPties")
    paths = [(f"{ultimate}{side}", *path) for ultimate in ("", "Ultmt") for path in (("Pty", "Nm"), ("Nm",))]
    payee = next(filter(None, (_text(parties, *path) for path in paths)), "")
    remittance = _remittance(detail)
    extra = _text(detail, "AddtlTxInf") or _text(entry, "AddtlNtryInf")
    note = remittance or ("" if not payee else extra)
    payee = payee or extra
    return texts_of(payee, " ".join(filter(None, ("Reversal:" if reversal else "", note))))


def _remittance(detail: Element | None) -> str:
    information = _find(detail, "RmtInf")
    if information is None:
        return ""
    texts = [_stripped(one) for one in _all(information, "Ustrd")]
    for structured in _all(information, "Strd"):
        texts.append(_text(structured, "CdtrRefInf", "Ref"))
        texts += [_stripped(one) for one in _all(structured, "AddtlRmtInf")]
    return " ".join(filter(None, texts))


def _malformed(what: str) -> StatementError:
    return StatementError("malformed_xml", f"This file is damaged, {what}: {_AGAIN} and choose the new file.")
