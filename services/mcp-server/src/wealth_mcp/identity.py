"""Who is asking: the user that the bearer token speaks for. No tool takes a user as an argument."""

import hmac
import logging
import uuid

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken, TokenVerifier
from pydantic import SecretStr

from wealth_core.tokens import TokenError, read_tool_token

_NONE = SecretStr("")

_log = logging.getLogger(__name__)


class UserTokenVerifier(TokenVerifier):
    """Users' tokens, and one that speaks for nobody: whoever catalogues servers may list the tools with it."""

    def __init__(self, *keys: SecretStr, listing_token: SecretStr = _NONE) -> None:
        self._keys = keys
        self._listing_token = listing_token.get_secret_value()

    async def verify_token(self, token: str) -> AccessToken | None:
        if self._listing_token and hmac.compare_digest(token.encode(), self._listing_token.encode()):
            return AccessToken(token=token, client_id="catalogue", scopes=[])
        try:
            user_id = read_tool_token(token, *self._keys)
        except TokenError as error:
            _log.warning("token refused", extra={"reason": str(error.__cause__ or error)})
            return None
        return AccessToken(token=token, client_id="wealth-backend", scopes=[], subject=str(user_id))


def current_user() -> uuid.UUID:
    token = get_access_token()
    if token is None or token.subject is None:
        raise PermissionError("a tool ran outside an authorised request")
    return uuid.UUID(token.subject)
