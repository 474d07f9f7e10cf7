"""The session cookie: a JWT by the advice of RFC 8725, worth as much as the session's row in the database."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from pydantic import SecretStr
from starlette.responses import Response

from wealth_core.models import SignInSession

COOKIE = "wealth_session"
LIFETIME = timedelta(days=7)

_ALGORITHM = "HS256"
_TYPE = "session+jwt"
_ISSUER = "wealth-backend"
_AUDIENCE = "wealth-session"
_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti"]
_MAX_LENGTH = 2048


class SessionError(Exception):
    """A token that is no session of ours, or one that has run out."""


@dataclass(frozen=True, slots=True)
class SessionClaims:
    user_id: uuid.UUID
    session_id: uuid.UUID


class SessionTokens:
    def __init__(self, key: SecretStr) -> None:
        self._key = key.get_secret_value()
        # Names the key without telling anything of it.
        self._kid = hashlib.sha256(b"kid:" + self._key.encode()).hexdigest()[:16]

    def issue(self, session: SignInSession) -> str:
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(session.user_id),
            "jti": str(session.id),
            "iat": datetime.now(UTC),
            "exp": session.expires_at,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM, headers={"kid": self._kid, "typ": _TYPE})

    def read(self, token: str) -> SessionClaims:
        if len(token) > _MAX_LENGTH:
            raise SessionError("the token is too long")
        try:
            header = jwt.get_unverified_header(token)
            if (header.get("kid"), header.get("typ")) != (self._kid, _TYPE):
                raise SessionError("another key or another kind of token")
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_AUDIENCE,
                options={"require": _CLAIMS},
            )
            return SessionClaims(uuid.UUID(claims["sub"]), uuid.UUID(claims["jti"]))
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
            raise SessionError("not a session of ours") from error


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, token, max_age=int(LIFETIME.total_seconds()), path="/", secure=secure, httponly=True, samesite="lax"
    )


def clear_cookie(response: Response, *, secure: bool) -> None:
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="lax")
