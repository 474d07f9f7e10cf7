"""Cells of the CSV export, as the export writes them and the import takes them back.

A spreadsheet computes a cell that begins like a formula, even one that came from a bank's file. So texts that do are
written with an apostrophe before them, and so are texts that begin with an apostrophe themselves: whatever begins with
one was given it, and taking exactly one away restores every text. Amounts, dates and ids are written as they are.
"""

HEADER = ("date", "account", "kind", "status", "payee", "note", "amount", "currency", "category", "tags", "id")
TEXTS = frozenset({"account", "payee", "note", "category", "tags"})

_MARK = "'"
_MARKED = ("=", "+", "-", "@", "\t", _MARK)


def escape(text: str) -> str:
    return _MARK + text if text.startswith(_MARKED) else text


def unescape(cell: str) -> str:
    return cell.removeprefix(_MARK)
