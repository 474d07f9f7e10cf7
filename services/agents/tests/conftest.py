"""The real MCP server on a real database, agents in front of it, and a stub of the model's API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import anyio
import httpx
import pytest
from pydantic import SecretStr

from tests.support import model_stub as stub
from tests.support.books import KEY, ROWS, Person, keep_books
from tests.support.services import Served, free_port, serve
from wealth_agents.agents import spending
from wealth_agents.answering import answer
from wealth_agents.events import Audience
from wealth_agents.models import make_model
from wealth_agents.settings import Settings
from wealth_agents.turn import Reply, ToolCall, Turn

TODAY = date(2026, 11, 24)
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture(scope="session")
def ada(database) -> Person:
    return anyio.run(keep_books, database.backend, ROWS)


@pytest.fixture(scope="session")
def newcomer(database) -> Person:
    return anyio.run(keep_books, database.backend, ())


@pytest.fixture(scope="session")
def mcp(database, tmp_path_factory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("mcp") / "log"
    with serve("wealth_mcp", log, DATABASE_URL=database.mcp, MCP_TOKEN_KEY=KEY.get_secret_value()) as served:
        served.wait_ready("/readyz")
        yield served


@pytest.fixture(scope="session")
def api(tmp_path_factory) -> Iterator[stub.ModelStub]:
    with stub.serve(tmp_path_factory.mktemp("model") / "log") as served:
        yield served


@pytest.fixture
def gemini(api) -> stub.ModelStub:
    api.reset()
    return api


@pytest.fixture
def settings(mcp) -> Settings:
    return Settings(agent_name="spending", mcp_url=f"{mcp.address}/mcp")


@pytest.fixture
def ask(settings, ada) -> Any:
    """Puts a question to the spending agent, within this process, on the day that the books are made for."""

    async def asked(
        question: str, person: Person = ada, *, streamed: bool = False, **changes: Any
    ) -> tuple[Reply, list[ToolCall]]:
        used = Settings(**(dict(settings) | changes))
        events = list[dict[str, Any]]()
        audience = Audience(hear(events)) if streamed else None
        turn = Turn(question, SecretStr(person.token), TODAY)
        answered = await answer(spending.AGENT, used, make_model(used), turn, audience)
        if streamed:
            assert told(events) == answered.reply.text
        return answered.reply, answered.calls

    return asked


@pytest.fixture
def ask_model(ask, gemini) -> Any:
    def asked(question: str, **changes: Any) -> Any:
        model = {"gemini_api_key": SecretStr(stub.KEY), "model_base_url": gemini.address} | changes
        return ask(question, model_provider="google-genai", **model)

    return asked


def hear(events: list[dict[str, Any]]) -> Any:
    async def heard(event: dict[str, Any]) -> None:
        events.append(event)

    return heard


def told(events: list[dict[str, Any]]) -> str:
    """The text that a follower has before them."""
    text = ""
    for event in events:
        text = "" if event["event"] == "text_reset" else text + event.get("delta", "")
    return text


@dataclass(frozen=True)
class Pair:
    """A coordinator and its specialist, each a process of its own."""

    coordinator: Served
    spending: Served

    def post(self, payload: Any, headers: dict[str, str], agent: str = "coordinator") -> httpx.Response:
        return httpx.post(f"{getattr(self, agent).address}/", json=payload, headers=headers, timeout=60)

    def ask(self, question: str, token: str, trace: str = TRACE) -> dict[str, Any]:
        """What the backend gets: reply, model, tool_calls."""
        headers = {"Authorization": f"Bearer {token}", "traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
        message = {
            "kind": "message",
            "role": "user",
            "messageId": "1f0c7a3e-5a52-4f0e-9b1c-000000000001",
            "parts": [{"kind": "text", "text": question}],
        }
        request = {"jsonrpc": "2.0", "id": "7", "method": "message/send", "params": {"message": message}}
        answered = self.post(request, headers).json()
        assert answered["id"] == "7"
        text, data = answered["result"]["parts"]
        return {"reply": text["text"], **data["data"]}


def _pair(folder, mcp: Served, **settings: object) -> Iterator[Pair]:
    port = free_port()
    with (
        serve(
            "wealth_agents",
            folder / "spending",
            port=port,
            AGENT_NAME="spending",
            MCP_URL=f"{mcp.address}/mcp",
            **settings,
        ) as spending_process,
        serve(
            "wealth_agents",
            folder / "coordinator",
            AGENT_NAME="coordinator",
            SPENDING_URL=f"http://127.0.0.1:{port}",
            **settings,
        ) as coordinator,
    ):
        pair = Pair(coordinator, spending_process)
        pair.coordinator.wait_ready("/health")
        pair.spending.wait_ready("/health")
        yield pair


@pytest.fixture(scope="session")
def offline(mcp, tmp_path_factory) -> Iterator[Pair]:
    yield from _pair(tmp_path_factory.mktemp("offline"), mcp)


@pytest.fixture(scope="session")
def thinking(mcp, api, tmp_path_factory) -> Iterator[Pair]:
    """The same two with a model."""
    yield from _pair(
        tmp_path_factory.mktemp("thinking"), mcp, GEMINI_API_KEY=stub.KEY, MODEL_BASE_URL=api.address, MODEL_TIMEOUT_S=5
    )
