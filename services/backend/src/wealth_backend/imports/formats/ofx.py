"""OFX 1 (SGML), OFX 2 (XML) and QFX.

All are read by one reader of tags, for which a value ends where the next tag begins, whether or not it is closed. It
knows no entities but those of single characters, nothing outside the file, and holds one transaction at a time.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper

from wealth_backend.imports import numbers
from wealth_backend.imports.encoding import detect
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

_PIECE = 64 * 1024
_LONGEST = 64 * 1024
_DEEPEST = 100
_HEAD = 4096
_WESTERN = re.compile(rb"CHARSET:\s*(?:1252|ISO-8859-1)|encoding=[\"'](?:windows-1252|iso-8859-1)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_NAME = re.compile(r"/?[A-Z][A-Z0-9._-]{0,40}")
_DATE = re.compile(r"([0-9]{8})(?:[ T]?[0-9]{2}[0-9:.]{0,20})?(?: ?\[[^\]]{0,20}\])?")
_AMOUNT = re.compile(r"[+-]?(?:[0-9]{1,20}(?:[.,][0-9]{0,20})?|[.,][0-9]{1,20})")
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
_BOOKED, _PENDING = "STMTTRN", "STMTTRNP"
_ROWS = frozenset({_BOOKED, _PENDING})
_WITHIN = frozenset(
    {"PAYEE", "EXTDPAYEE", "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "IMAGEDATA", "IMAGEREF", "PAYEECON"}
)
# What moves money for securities has more to it than a date, a payee and an amount.
_TRADE = re.compile(
    r"(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|REINVEST|INCOME|TRANSFER|CLOSUREOPT|JRNLFUND|JRNLSEC|MARGININTEREST"
    r"|INVEXPENSE|RETOFCAP|SPLIT"
)
_AGAIN = "download the statement again"


@dataclass(slots=True)
class _Transaction:
    number: int
    account: str
    currency: str
    pending: bool
    fields: dict[str, str] = field(default_factory=dict)
    twice: str | None = None
    """A field that it has twice, as when the end of one transaction is missing."""


class OfxStatement:
    format = StatementFormat.OFX
    unit: Unit = "transaction"
    date_format: str | None = "YYYYMMDD"

    def __init__(self, data: bytes, currency: str, *, account: str | None = None) -> None:
        self._data = data
        self._currency = currency
        declared = "cp1252" if _WESTERN.search(data, 0, _HEAD) else None
        self._codec, self.encoding = detect(data, currency, declared=declared)
        self._account, self.unbooked = self._settle(account)

    def rows(self) -> Iterator[StatementRow | BadRow]:
        for one in self._transactions():
            if one.pending or one.account != self._account:
                continue
            try:
                yield self._read(one)
            except RowError as error:
                yield BadRow(one.number, str(error))

    def _settle(self, wanted: str | None) -> tuple[str, int]:
        """Reads the file to its end once, so that what is broken further down is known before anything is imported."""
        currencies = dict[str, str]()
        pending = dict[str, int]()
        for one in self._transactions():
            check_count(one.number)
            currencies.setdefault(one.account, one.currency)
            pending[one.account] = pending.get(one.account, 0) + one.pending
        account = choose_account(currencies, wanted)
        if account is None:
            raise empty_file()
        if currencies[account]:
            check_currency(currencies[account], self._currency)
        return account, pending[account]

    # --- the tags ---

    def _transactions(self) -> Iterator[_Transaction]:
        walk = _Walk()
        for tag, value in self._tags():
            if tag.startswith("/"):
                if (closed := walk.close(tag[1:])) is not None:
                    yield closed
            elif value:
                walk.take(tag, value)
            else:
                walk.open(tag)
        walk.end()

    def _tags(self) -> Iterator[tuple[str, str]]:
        """Tags in capitals, with the text behind each; closing ones begin with a slash."""
        tag, value = "", ""
        segments = self._segments()
        next(segments)  # the header of OFX 1
        for segment in segments:
            if segment.startswith("![CDATA["):
                value += _until("]]>", segment.removeprefix("![CDATA["), segments)
                continue
            if segment.startswith("!--"):
                value += _until("-->", segment, segments, keep=False)
                continue
            if segment.startswith("?"):
                continue
            if tag:
                yield tag, _text(tag, value)
            name, mark, value = segment.partition(">")
            tag = name.strip().upper()
            if not mark or len(name) > _LONGEST:
                raise _malformed(f"“<{segment[:40].strip()}” is no tag")
            if tag.endswith("/"):  # an empty value
                tag, value = "", _text("/", value)
                continue
            tag = tag.split(None, 1)[0] if tag else ""
            if not _NAME.fullmatch(tag):
                raise _malformed(f"“<{segment[:40].strip()}” is no tag")
        if tag:
            yield tag, _text(tag, value)

    def _segments(self) -> Iterator[str]:
        """The file cut at each "<", a piece of it at a time."""
        stream = TextIOWrapper(BytesIO(self._data), self._codec)
        rest = ""
        while piece := stream.read(_PIECE):
            parts = (rest + piece).split("<")
            rest = parts.pop()
            if len(rest) > _LONGEST:
                raise _malformed("there is a text of more than 64 KiB in it")
            yield from parts
        yield rest

    # --- one transaction ---

    def _read(self, one: _Transaction) -> StatementRow:
        if one.twice:
            raise RowError(f"it has {one.twice} twice; {_AGAIN}")
        fields = one.fields
        named = fields.get("CURRENCY.CURSYM", self._currency).upper()
        if named != self._currency:
            raise RowError(
                f"it is in {named[:10]}, the account in {self._currency}; import it into an account in that currency"
            )
        payee = fields.get("NAME") or fields.get("PAYEE.NAME") or ""
        note = fields.get("MEMO", "")
        if not (payee or note) and "CHECKNUM" in fields:
            payee = f"Check {fields['CHECKNUM']}"
        payee, note = texts_of(payee, note)
        return StatementRow(
            one.number,
            _day(fields.get("DTPOSTED", "")),
            payee,
            note,
            money_of(_amount(fields.get("TRNAMT", ""), self._currency), self._currency),
            external_id=id_of(fields.get("FITID", "")),
        )


class _Walk:
    """Where in the file one is, tag after tag."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._leaf = ""
        self._account = self._currency = ""
        self._current: _Transaction | None = None
        self._number = 0

    def open(self, tag: str) -> None:
        """What has others in it, or a value without text, which nothing has to close in SGML."""
        self._leaf = ""
        if tag in _ROWS:
            if self._current is not None:
                raise _malformed(f"transaction {self._number:,} isn't closed before the next one")
            self._number += 1
            self._current = _Transaction(self._number, self._account, self._currency, pending=tag == _PENDING)
        elif self._current is not None and tag not in _WITHIN:
            self._leaf = tag
            return
        elif tag in _STATEMENTS:
            self._account = self._currency = ""
        elif _TRADE.fullmatch(tag) and "INVTRANLIST" in self._stack:
            raise StatementError(
                "investments",
                "This file has trades of securities in it, which are no bank transactions: download the statement of"
                " the account's cash, or record the trades with the investments.",
            )
        self._stack.append(tag)
        if len(self._stack) > _DEEPEST or self._stack[0] != "OFX":
            raise _malformed(f"<{tag}> is not where it may be")

    def take(self, tag: str, value: str) -> None:
        """A value."""
        self._leaf = tag
        parent = self._stack[-1] if self._stack else ""
        if self._current is not None:
            name = tag if parent in _ROWS else f"{parent}.{tag}"
            if name in self._current.fields:
                self._current.twice = tag
            self._current.fields[name] = value
        elif tag == "ACCTID" and any(name.endswith("ACCTFROM") for name in self._stack):
            self._account = value
        elif tag == "CURDEF":
            self._currency = value.upper()

    def close(self, tag: str) -> _Transaction | None:
        """The transaction, where it is one that ends here."""
        leaf, self._leaf = self._leaf, ""
        if tag == leaf:
            return None
        if tag not in self._stack:
            raise _malformed(f"</{tag}> closes nothing (after transaction {self._number:,})")
        while (closed := self._stack.pop()) != tag:
            if closed in _ROWS:
                raise _malformed(f"transaction {self._number:,} isn't closed")
        if tag not in _ROWS:
            return None
        current, self._current = self._current, None
        return current

    def end(self) -> None:
        if self._stack:
            raise StatementError(
                "truncated",
                f"This file breaks off after {self._number:,} transactions: {_AGAIN} and choose the new file.",
            )


def _until(end: str, segment: str, segments: Iterator[str], *, keep: bool = True) -> str:
    """Text that may hold "<": up to `end`, with what follows it."""
    parts: list[str] = []
    length = 0
    while end not in segment:
        parts.append(segment)
        length += len(segment) + 1
        following = next(segments, None)
        if following is None or length > _LONGEST:
            raise _malformed(f"“{end}” is missing")
        segment = following
    text, _, rest = segment.partition(end)
    return (html.escape("<".join([*parts, text]), quote=False) if keep else "") + rest


def _text(tag: str, value: str) -> str:
    text = value.strip()
    if text and tag.startswith("/"):
        raise _malformed(f"“{text[:40]}” stands behind <{tag}>, where no text may be")
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _day(text: str) -> date:
    """As the bank's own clock has it: made UTC, an evening would become the next day."""
    if not text:
        raise RowError("its date (DTPOSTED) is missing; fill it in or take the transaction out")
    match = _DATE.fullmatch(text)
    return compact_day(match[1] if match else "", text)


def _amount(text: str, currency: str) -> Decimal:
    if not text:
        raise RowError("its amount (TRNAMT) is missing; fill it in or take the transaction out")
    if _AMOUNT.fullmatch(text):
        return Decimal(text.replace(",", "."))
    read = set(numbers.readings(text, currency).values())
    if len(read) > 1:
        raise RowError(f"{text[:40]!r} can be read in two ways; write it like -1234.56")
    return read.pop()


def _malformed(what: str) -> StatementError:
    return StatementError("malformed_ofx", f"This OFX file is damaged, {what}: {_AGAIN} and choose the new file.")
