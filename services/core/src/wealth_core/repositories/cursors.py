"""Marks of where a page ended, for lists that are ordered by an id."""

import base64
import binascii
import uuid

from wealth_core.repositories.transactions import CursorError


def encode_id(row_id: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


def decode_id(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error
