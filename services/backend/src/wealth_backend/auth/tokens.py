"""Personal access tokens: what programs carry instead of a session.

`wc_pat_`, 64 characters, and six more that check them: scanners find it where it was left by mistake, without asking.
"""

import base64
import re
import secrets
import uuid
import zlib
from dataclasses import dataclass

from wealth_backend.auth.keys import digest

PREFIX = "wc_pat_"
PATTERN = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{64}})([0-9a-zA-Z]{{6}})")

_ID, _SECRET = 16, 32
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class TokenFormatError(ValueError):
    """Something that is no token of ours, whatever the database says."""


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """Whose rows to look in, and for what."""

    user_id: uuid.UUID
    digest: bytes


def new_token(user_id: uuid.UUID) -> str:
    content = base64.urlsafe_b64encode(user_id.bytes + secrets.token_bytes(_SECRET)).decode()
    return PREFIX + content + _checksum(content)


def read_token(token: str) -> TokenClaims:
    parts = PATTERN.fullmatch(token)
    if parts is None or _checksum(parts[1]) != parts[2]:
        raise TokenFormatError("not a personal access token")
    content = base64.urlsafe_b64decode(parts[1])
    return TokenClaims(uuid.UUID(bytes=content[:_ID]), digest(token.encode()))


def _checksum(content: str) -> str:
    number, digits = zlib.crc32((PREFIX + content).encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
