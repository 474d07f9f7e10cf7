"""The floor: an ASGI application that answers every request with the same bytes, and does nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

BODY = Path(os.environ["ECHO_BODY"]).read_bytes()
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
