"""What the server reads from its environment."""

from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from wealth_core.settings import DatabaseSettings, Key, OptionalKey, TelemetrySettings


def _comma_list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Settings(DatabaseSettings, TelemetrySettings):
    mcp_token_key: Key
    # What another key signed is taken too, while the two are exchanged. May be empty.
    mcp_token_key_previous: OptionalKey = None
    # Who has this token may list what there is, and use nothing. Empty: nobody may.
    mcp_listing_token: SecretStr = SecretStr("")
    # The Host headers that are served; any other is answered with 421. A port may be "*".
    mcp_allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_comma_list), Field(min_length=1)] = (
        "localhost:*",
        "127.0.0.1:*",
    )
    port: Annotated[int, Field(ge=1, le=65535)] = 8001
