"""What the clients of both protocols share."""

import ssl
from functools import cache

from wealth_agents.turn import Turn
from wealth_core.telemetry import outgoing_headers


@cache
def tls_context() -> ssl.SSLContext:
    """Made once: loading the certificate authorities for every client takes longer than a tool call."""
    return ssl.create_default_context()


def headers_for(turn: Turn) -> dict[str, str]:
    """The user's token and the trace, for the next hop."""
    return {"Authorization": f"Bearer {turn.token.get_secret_value()}", **outgoing_headers()}
