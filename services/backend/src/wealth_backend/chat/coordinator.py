"""The coordinator agent, asked over A2A in the user's name with the user's short-lived token."""

import logging
import ssl
import uuid

import httpx
from a2a.client import A2AClientError, A2AClientTimeoutError, ClientCallContext
from a2a.client.transports.jsonrpc import JsonRpcTransport
from a2a.types import DataPart, Message, MessageSendParams, Part, Role, Task, TextPart
from a2a.utils.message import get_message_text
from pydantic import BaseModel, ValidationError

from wealth_backend.chat.schemas import ToolCall
from wealth_core.telemetry import outgoing_headers

_CONNECT_TIMEOUT_S = 3
_MAX_CONNECTIONS = 32

_log = logging.getLogger(__name__)


class CoordinatorError(Exception):
    """No usable answer came."""


class CoordinatorTimeoutError(CoordinatorError):
    """The answer took too long."""


class Evidence(BaseModel):
    """The data part of an agent's reply."""

    model: str
    tool_calls: list[ToolCall]


class Coordinator:
    def __init__(self, url: str, timeout_s: float) -> None:
        self._url = url
        # A coordinator that is being replaced refuses connections for a moment: connecting, only that, is tried twice.
        self._http = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(
                verify=ssl.create_default_context(), retries=1, limits=httpx.Limits(max_connections=_MAX_CONNECTIONS)
            ),
            timeout=httpx.Timeout(timeout_s, connect=_CONNECT_TIMEOUT_S, pool=_CONNECT_TIMEOUT_S),
        )

    async def ask(self, question: str, token: str) -> tuple[str, Evidence]:
        message = Message(role=Role.user, message_id=str(uuid.uuid4()), parts=[Part(root=TextPart(text=question))])
        headers = {"Authorization": f"Bearer {token}", **outgoing_headers()}
        try:
            answer = await JsonRpcTransport(self._http, url=self._url).send_message(
                MessageSendParams(message=message),
                context=ClientCallContext(state={"http_kwargs": {"headers": headers}}),
            )
            return _read(answer)
        except (A2AClientTimeoutError, httpx.TimeoutException) as error:
            raise CoordinatorTimeoutError(str(error) or "no answer in time") from error
        except (A2AClientError, httpx.HTTPError, ValidationError) as error:
            raise CoordinatorError(str(error)) from error

    async def close(self) -> None:
        await self._http.aclose()


def _read(answer: Message | Task) -> tuple[str, Evidence]:
    message = answer.status.message if isinstance(answer, Task) else answer
    if message is None:
        raise A2AClientError("a task without a message")
    data = next((part.root.data for part in message.parts if isinstance(part.root, DataPart)), {})
    return get_message_text(message), Evidence.model_validate(data)
