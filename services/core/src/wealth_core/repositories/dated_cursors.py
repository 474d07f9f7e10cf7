"""Marks of where a page of dated rows ended."""

import base64
import binascii
import uuid
from datetime import date as Date  # noqa: N812 - a field is named `date`

from wealth_core.repositories.transactions import CursorError


def encode(date: Date, row_id: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(date.toordinal().to_bytes(4) + row_id.bytes).decode().rstrip("=")


def decode(cursor: str) -> tuple[Date, uuid.UUID]:
    """A cursor that no page ended with is a CursorError."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return Date.fromordinal(int.from_bytes(raw[:4])), uuid.UUID(bytes=raw[4:])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error
