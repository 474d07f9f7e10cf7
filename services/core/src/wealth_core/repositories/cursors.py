"""Marks of where a page ended: by an id where ids are the order, by a day and an id where days are."""

import base64
import binascii
import uuid
from datetime import date as Date  # noqa: N812 - a parameter is named `date`


class CursorError(ValueError):
    """A cursor that no page ended with."""


def encode_id(row_id: uuid.UUID) -> str:
    return _text(row_id.bytes)


def decode_id(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=_bytes(cursor))
    except (ValueError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error


def encode_dated(date: Date, row_id: uuid.UUID) -> str:
    return _text(date.toordinal().to_bytes(4) + row_id.bytes)


def decode_dated(cursor: str) -> tuple[Date, uuid.UUID]:
    try:
        raw = _bytes(cursor)
        return Date.fromordinal(int.from_bytes(raw[:4])), uuid.UUID(bytes=raw[4:])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(cursor: str) -> bytes:
    return base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
