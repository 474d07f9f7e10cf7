"""The real MCP server on a real database, agents in front of it, and a stub of the model's API."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from pydantic import SecretStr

from tests.support import model_stub as stub
from tests.support.books import KEY, ROWS, Person, keep_books
from tests.support.services import Served, serve
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
class Team:
    """A coordinator and specialists, each a process of its own."""

    agents: Mapping[str, Served]

    @property
    def coordinator(self) -> Served:
        return self.agents["coordinator"]

    @property
    def spending(self) -> Served:
        return self.agents["spending"]

    def post(self, payload: Any, headers: dict[str, str], agent: str = "coordinator") -> httpx.Response:
        return httpx.post(f"{self.agents[agent].address}/", json=payload, headers=headers, timeout=60)

    def ask(self, question: str, token: str, trace: str = TRACE, **context: Any) -> dict[str, Any]:
        """What the backend gets: reply, model, tool_calls."""
        answered = self.post(rpc(question, **context), headers_of(token, trace)).json()
        assert answered["id"] == "7"
        return read(answered["result"])

    def follow(
        self,
        question: str,
        token: str,
        agent: str = "coordinator",
        *,
        at_first: Callable[[], None] = lambda: None,
        **context: Any,
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The events of a stream, each with the time when it came, and the answer at its end."""
        events, answers = [], []
        request = rpc(question, "message/stream", **context)
        with httpx.stream(
            "POST", f"{self.agents[agent].address}/", json=request, headers=headers_of(token), timeout=60
        ) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                update = json.loads(line.removeprefix("data:"))["result"]
                assert update["kind"] == "status-update"
                message = update["status"]["message"]
                if update["final"]:
                    assert update["status"]["state"] == "completed"
                    answers.append(read(message))
                else:
                    assert update["status"]["state"] == "working"
                    (part,) = message["parts"]
                    events.append({**part["data"], "at": time.monotonic()})
                    if len(events) == 1:
                        at_first()
        (answer,) = answers
        return events, answer


def headers_of(token: str, trace: str = TRACE) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "traceparent": f"00-{trace}-00f067aa0ba902b7-01"}


def rpc(text: str, method: str = "message/send", **context: Any) -> dict[str, Any]:
    parts: list[Any] = [{"kind": "text", "text": text}]
    if context:
        parts.append({"kind": "data", "data": context})
    message = {
        "kind": "message",
        "role": "user",
        "messageId": "1f0c7a3e-5a52-4f0e-9b1c-000000000001",
        "parts": parts,
    }
    return {"jsonrpc": "2.0", "id": "7", "method": method, "params": {"message": message}}


def read(message: dict[str, Any]) -> dict[str, Any]:
    text, data = message["parts"]
    return {"reply": text["text"], **data["data"]}


def _team(folder: Path, mcp: Served, *names: str, **settings: object) -> Iterator[Team]:
    with ExitStack() as running:
        agents: dict[str, Served] = {}
        for name in (*names, "coordinator"):
            urls = {f"{other.upper()}_URL": served.address for other, served in agents.items()}
            wiring = urls if name == "coordinator" else {"MCP_URL": f"{mcp.address}/mcp"}
            agents[name] = running.enter_context(
                serve("wealth_agents", folder / name, AGENT_NAME=name, **wiring, **settings)
            )
        for served in agents.values():
            served.wait_ready("/health")
        yield Team(agents)


@pytest.fixture(scope="session")
def offline(mcp, tmp_path_factory) -> Iterator[Team]:
    yield from _team(tmp_path_factory.mktemp("offline"), mcp, "spending")


@pytest.fixture(scope="session")
def thinking(mcp, api, tmp_path_factory) -> Iterator[Team]:
    """All of them, with a model."""
    model = {"GEMINI_API_KEY": stub.KEY, "MODEL_BASE_URL": api.address, "MODEL_TIMEOUT_S": 5}
    yield from _team(tmp_path_factory.mktemp("thinking"), mcp, "spending", "budget", "investment", **model)
