"""Statements in every format that is read. Which one a file is in, its content says; names are not looked at."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from wealth_backend.imports.formats.camt import CamtStatement
from wealth_backend.imports.formats.common import BadRow, Statement, StatementRow
from wealth_backend.imports.formats.csv_table import CsvStatement
from wealth_backend.imports.formats.ofx import OfxStatement
from wealth_backend.imports.formats.qif import QifStatement
from wealth_backend.imports.mapping import Mapping, Profile
from wealth_backend.imports.refusal import StatementError
from wealth_core.models import StatementFormat

__all__ = ["BadRow", "CsvStatement", "Options", "Statement", "StatementRow", "open_statement", "recognise"]

_HEAD = 8192
_OFX = re.compile(r"OFXHEADER\s*[:=]|<\?OFX\b|<OFX[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:\?xml\b|!DOCTYPE\b|[A-Za-z][\w.-]*:?[\w.-]*[\s/>])", re.IGNORECASE)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who sends a statement says about it."""

    date_format: str | None = None
    mapping: Mapping | None = None
    account: str | None = None
    """Which one, where a file has several."""


def recognise(data: bytes) -> StatementFormat:
    codec = next((name for mark, name in _UTF16.items() if data.startswith(mark)), "utf-8-sig")
    head = data[:_HEAD].decode(codec, "replace").lstrip("\ufeff \t\r\n")
    if _OFX.match(head) or (_MARKUP.match(head) and _OFX.search(head)):
        return StatementFormat.OFX
    if _MARKUP.match(head):
        return StatementFormat.CAMT053
    if head.startswith("!"):
        return StatementFormat.QIF
    return StatementFormat.CSV


def open_statement(data: bytes, currency: str, options: Options, profiles: Sequence[Profile] = ()) -> Statement:
    """Raises a StatementError for what can't be read as a whole."""
    found = recognise(data)
    if found is not StatementFormat.CSV and options.mapping is not None:
        raise StatementError(
            "mapping_mismatch",
            f"A mapping is for CSV files, and this one is {found.upper()}: leave the mapping out.",
            field="mapping",
        )
    match found:
        case StatementFormat.OFX:
            return OfxStatement(data, currency, account=options.account)
        case StatementFormat.QIF:
            return QifStatement(data, currency, date_format=options.date_format, account=options.account)
        case StatementFormat.CAMT053:
            return CamtStatement(data, currency, account=options.account)
    return CsvStatement(
        data,
        currency,
        date_format=options.date_format,
        mapping=options.mapping,
        profiles=profiles,
        account=options.account,
    )
