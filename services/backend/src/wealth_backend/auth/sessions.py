"""The session's two cookies (RFC 9700).

The access token is a JWT by the advice of RFC 8725: it lasts minutes, and is worth as much as the session's row in the
database. The refresh token goes to `/auth` only and is good for one exchange against new ones.
"""

import base64
import binascii
import hashlib
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt
from starlette.responses import Response

from wealth_backend.auth.keys import Keyring, digest
from wealth_core.models import SignInSession

COOKIE = "wealth_session"
REFRESH_COOKIE = "wealth_refresh"
REFRESH_PATH = "/api/v1/auth"

# A session ends when it wasn't used for so long, and at the latest after so long.
IDLE_LIFETIME = timedelta(days=7)
LIFETIME = timedelta(days=30)
# The answer to a refresh may get lost, and two tabs may refresh at once: the token before is still taken for so long.
GRACE = timedelta(seconds=10)

_ACCESS_LIFETIME = timedelta(minutes=15)
_ALGORITHM = "HS256"
_TYPE = "session+jwt"
_ISSUER = "wealth-backend"
_AUDIENCE = "wealth-session"
_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti"]
_MAX_LENGTH = 2048
_REMEMBERED = 1000

_ID, _SECRET, _MAC = 16, 32, 16
_REFRESH_LENGTH = 2 * _ID + _SECRET + _MAC


class SessionError(Exception):
    """A token that is no session of ours, or one that has run out."""


@dataclass(frozen=True, slots=True)
class SessionClaims:
    user_id: uuid.UUID
    session_id: uuid.UUID


class SessionTokens:
    def __init__(self, keyring: Keyring) -> None:
        # A key's name tells nothing of it.
        self._keys = {hashlib.sha256(b"kid:" + key.encode()).hexdigest()[:16]: key for key in keyring.keys}
        self._kid = next(iter(self._keys))
        # A page sends the same token with each of its requests.
        self._verified = lru_cache(maxsize=_REMEMBERED)(self._verify)

    def issue(self, session: SignInSession) -> str:
        now = datetime.now(UTC)
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(session.user_id),
            "jti": str(session.id),
            "iat": now,
            "exp": min(now + _ACCESS_LIFETIME, session.expires_at),
        }
        headers = {"kid": self._kid, "typ": _TYPE}
        return jwt.encode(claims, self._keys[self._kid], algorithm=_ALGORITHM, headers=headers)

    def read(self, token: str) -> SessionClaims:
        if len(token) > _MAX_LENGTH:
            raise SessionError("the token is too long")
        claims, ends = self._verified(token)
        if ends <= time.time():
            raise SessionError("the token has run out")
        return claims

    def _verify(self, token: str) -> tuple[SessionClaims, int]:
        """What the token says, and until when."""
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys.get(header.get("kid", ""))
            if key is None or header.get("typ") != _TYPE or "crit" in header:
                raise SessionError("another key or another kind of token")
            claims = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_AUDIENCE,
                options={"require": _CLAIMS},
            )
            return SessionClaims(uuid.UUID(claims["sub"]), uuid.UUID(claims["jti"])), int(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
            raise SessionError("not a session of ours") from error


@dataclass(frozen=True, slots=True)
class RefreshClaims(SessionClaims):
    secret: bytes

    @property
    def digest(self) -> bytes:
        return digest(self.secret)


class RefreshTokens:
    """Opaque to whoever carries them: 256 random bits, the session they belong to, and a mark that we made them.

    The mark tells an old token, whose use ends the session, from an invented one, which is nobody's.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def write(self, claims: RefreshClaims) -> str:
        content = claims.user_id.bytes + claims.session_id.bytes + claims.secret
        mac = self._keyring.macs("refresh token", content)[0][:_MAC]
        return base64.urlsafe_b64encode(content + mac).decode().rstrip("=")

    def read(self, token: str) -> RefreshClaims:
        try:
            raw = base64.b64decode(token[:_MAX_LENGTH] + "=" * (-len(token) % 4), b"-_", validate=True)
        except (ValueError, binascii.Error) as error:
            raise SessionError("not a refresh token") from error
        content, mac = raw[:-_MAC], raw[-_MAC:]
        if len(raw) != _REFRESH_LENGTH or not self._keyring.vouches("refresh token", content, mac):
            raise SessionError("not a refresh token of ours")
        user_id, session_id = uuid.UUID(bytes=content[:_ID]), uuid.UUID(bytes=content[_ID : 2 * _ID])
        return RefreshClaims(user_id, session_id, content[2 * _ID :])

    def successors(self, claims: RefreshClaims) -> list[RefreshClaims]:
        """What follows a token, under the current key first: always the same, so that it can be answered twice."""
        return [
            RefreshClaims(claims.user_id, claims.session_id, secret)
            for secret in self._keyring.macs("next refresh token", claims.secret)
        ]


def set_cookies(response: Response, access: str, refresh: str, session: SignInSession, *, secure: bool) -> None:
    """Both cookies last as long as the session: an access token that has run out tells pages to refresh it."""
    lasts = max(0, round((session.expires_at - session.last_seen_at).total_seconds()))
    response.set_cookie(COOKIE, access, max_age=lasts, path="/", secure=secure, httponly=True, samesite="lax")
    response.set_cookie(
        REFRESH_COOKIE, refresh, max_age=lasts, path=REFRESH_PATH, secure=secure, httponly=True, samesite="strict"
    )


def clear_cookies(response: Response, *, secure: bool) -> None:
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="lax")
    response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, secure=secure, httponly=True, samesite="strict")
