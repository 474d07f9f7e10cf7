"""Who is asking: the user that the bearer token speaks for. No tool takes a user as an argument."""

import logging
import uuid

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken, TokenVerifier
from pydantic import SecretStr

from wealth_core.tokens import TokenError, read_tool_token

_log = logging.getLogger(__name__)


class UserTokenVerifier(TokenVerifier):
    def __init__(self, *keys: SecretStr) -> None:
        self._keys = keys

    async def verify_token(self, token: str) -> AccessToken | None:
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
