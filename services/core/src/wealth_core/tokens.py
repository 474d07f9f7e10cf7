"""Short-lived tokens by which the backend lets agents use the MCP server in a user's name."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt
from pydantic import SecretStr

_ALGORITHM = "HS256"
_ISSUER = "wealth-backend"
_AUDIENCE = "mcp"
_LIFETIME = timedelta(seconds=300)
_LEEWAY = timedelta(seconds=5)
_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti"]


class TokenError(Exception):
    """A token that proves nothing: expired, forged, or made for another purpose."""


def mint_tool_token(user_id: uuid.UUID, key: SecretStr) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "sub": str(user_id),
        "iat": now,
        "exp": now + _LIFETIME,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(claims, key.get_secret_value(), algorithm=_ALGORITHM)


def read_tool_token(token: str, key: SecretStr, *others: SecretStr) -> uuid.UUID:
    """The user a token speaks for, signed with one of the keys.

    Refuses tokens that claim to live longer than the backend ever grants.
    """
    for other in others:
        try:
            return read_tool_token(token, other)
        except TokenError:
            continue
    user_id, ends = _verified(token, key)
    if ends + _LEEWAY.total_seconds() <= time.time():
        raise TokenError("the token has run out")
    return user_id


@lru_cache(maxsize=1000)  # an agent sends the same token with each call of a turn
def _verified(token: str, key: SecretStr) -> tuple[uuid.UUID, int]:
    """Whom the token speaks for, and until when."""
    try:
        claims = jwt.decode(
            token,
            key.get_secret_value(),
            algorithms=[_ALGORITHM],
            issuer=_ISSUER,
            audience=_AUDIENCE,
            leeway=_LEEWAY,
            options={"require": _CLAIMS},
        )
        if claims["exp"] - claims["iat"] > _LIFETIME.total_seconds():
            raise TokenError("the token lives too long")
        return uuid.UUID(claims["sub"]), int(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise TokenError("the token is not valid") from error
