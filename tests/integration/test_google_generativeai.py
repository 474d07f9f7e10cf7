"""The extra google-generativeai, which can't share an environment with the rest: an agent from its lock takes turns."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.support import model_stub as stub
from tests.support.ansible import ROOT
from tests.support.ports import free
from tests.support.services import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ROOT / "services" / "agents" / "requirements-google-generativeai.txt"
SOURCES = os.pathsep.join(str(ROOT / "services" / part / "src") for part in ("agents", "core"))
QUESTION = "How much did I spend last month?"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with exactly what the lock says, from the package index."""
    folder: Path = tmp_path_factory.mktemp("extra") / "venv"
    subprocess.run([sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, folder], check=True)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True)
    return python


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stub.ModelStub]:
    with stub.serve(tmp_path_factory.mktemp("model") / "log") as served:
        yield served


@contextmanager
def coordinator(python: Path, log: Path, address: str) -> Iterator[Served]:
    port = free()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": SOURCES,
        "PYTHONUNBUFFERED": "1",
        "PORT": str(port),
        "AGENT_NAME": "coordinator",
        "SPENDING_URL": "http://127.0.0.1:1",
        "MODEL_PROVIDER": "google-generativeai",
        "MODEL_BASE_URL": address,
        "MODEL_TIMEOUT_S": "1",
        "GEMINI_API_KEY": stub.KEY,
    }
    with log.open("wb") as out:
        process = subprocess.Popen([python, "-m", "wealth_agents"], env=environment, stdout=out, stderr=out)
    served = Served(f"http://127.0.0.1:{port}", log, process)
    try:
        served.wait_ready("/health")
        yield served
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def agent(python: Path, model: stub.ModelStub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with coordinator(python, tmp_path_factory.mktemp("agent") / "log", model.address) as served:
        yield served


def ask(agent: Served) -> tuple[str, dict[str, Any]]:
    message = {"kind": "message", "role": "user", "messageId": "m", "parts": [{"kind": "text", "text": QUESTION}]}
    request = {"jsonrpc": "2.0", "id": 1, "method": "message/send", "params": {"message": message}}
    answer = httpx.post(f"{agent.address}/", json=request, headers={"Authorization": "Bearer token"}, timeout=60).json()
    text, data = answer["result"]["parts"]
    return text["text"], data["data"]


def test_a_turn_with_a_tool_call(agent: Served, model: stub.ModelStub) -> None:
    model.reset()
    words = "I'm sorry, the spending specialist is not available."
    model.plays("coordinator", stub.call("ask_spending", question=QUESTION), stub.text(words))
    assert ask(agent) == (
        words,
        {
            "model": "gemini-3.8-flash",
            "tool_calls": [],
            "references": [],
            "proposals": [],
            "usage": {"prompt_tokens": 200, "completion_tokens": 20},
        },
    )
    asked, returned = model.requests
    declared = [one["name"] for tool in asked["tools"] for one in tool["functionDeclarations"]]
    assert sorted(declared) == ["ask_budget", "ask_investment", "ask_spending"]
    response = returned["contents"][-1]["parts"][0]["functionResponse"]["response"]
    assert response == {"error": "the spending specialist is not available at the moment"}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (stub.error(429, retry_after="60"), "is over its rate limit"),
        (stub.error(503), "is out of order"),
        (stub.error(400), "refused the request with code 400"),
        (stub.empty(), "gave an empty answer"),
        (stub.raw("<html>"), "gave a malformed answer"),
        (stub.text("You spent", finish="MAX_TOKENS"), "answer was cut off"),
        (stub.silence(5), "did not answer in time"),
    ],
)
def test_failures_are_told_and_answered_by_the_analyst(
    agent: Served, model: stub.ModelStub, reply: dict[str, Any], reason: str
) -> None:
    model.reset()
    model.plays("coordinator", reply)
    text, data = ask(agent)
    assert reason in text
    assert data["model"] == "offline-analyst"


def test_its_log_is_json_and_holds_no_key(agent: Served) -> None:
    with urllib.request.urlopen(f"{agent.address}/health", timeout=5):  # noqa: S310 - loopback
        assert agent.lines()
    assert stub.KEY not in agent.log.read_text()
