"""US4: a model's key gets another value: no turn is lost, and none carries the old key afterwards.

The model is a stub on this machine; the agents reach it as they reach any endpoint that speaks OpenAI's API.
"""

from __future__ import annotations

import json
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.support.load import meanwhile
from tests.support.model_stub import ANYBODY, serve, text

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from tests.support.model_stub import ModelStub
    from tests.support.stack import Stack

PLAYBOOK = "playbooks/rotate-secrets.yml"
KEY = "vault_openai_api_key"
MODEL = "a-stub"
WORDS = "Ask me what you spent, or tell me what you bought."
# of one user the backend takes 30 questions a minute
QUESTION_EVERY_S = 2.5


@pytest.fixture(scope="module")
def model(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelStub]:
    """The vault and the release are as they were afterwards."""
    vault = stack.inventory.vault.read_bytes()
    with serve(tmp_path_factory.mktemp("model") / "stub.log", stack.host_address) as stub:
        stub.plays(ANYBODY, text(WORDS))
        try:
            yield stub
        finally:
            stack.inventory.vault.write_bytes(vault)
            back = stack.inventory.play("site.yml", "--tags=secrets,release")
    assert back.code == 0, back.output[-4000:]


@pytest.fixture
def give(stack: Stack, model: ModelStub) -> Callable[[str], str]:
    """Gives the model's key a value, as talkative as can be; returns what was printed."""
    chosen = {"model": {"provider": "openai", "name": MODEL, "baseUrl": model.openai_url}}

    def rotate(value: str) -> str:
        words = ("-e", f"rotation_key={KEY}", "-e", json.dumps({"release_values": chosen}), "-vvvv", "--diff")
        run = stack.inventory.play(PLAYBOOK, *words, env={"ROTATION_VALUE": value})
        assert run.code == 0, run.output[-4000:]
        return run.output

    return rotate


@contextmanager
def asking(stack: Stack) -> Iterator[list[str]]:
    """Somebody asks until the block ends: who answered, or what went wrong."""
    answers: list[str] = []

    def ask(over: threading.Event) -> None:
        with stack.visitor() as visitor:
            visitor.sign_up()
            while not over.wait(QUESTION_EVERY_S):
                try:
                    answer = visitor.ask("Hello, what can you do for me?")
                except (AssertionError, httpx.HTTPError) as error:
                    answers.append(repr(error))
                else:
                    answers.append(answer["model"] if WORDS in answer["reply"] else answer["reply"])

    with meanwhile(ask):
        yield answers


def keys(model: ModelStub) -> list[str]:
    """Those that requests carried, one after the other."""
    return [httpx.Headers(headers)["Authorization"].removeprefix("Bearer ") for headers in model.headers]


@pytest.mark.spec("US4")
def test_a_models_key_is_rotated_and_no_turn_is_lost(
    stack: Stack, model: ModelStub, give: Callable[[str], str], seen: dict[str, set[str]]
) -> None:
    old, new = (f"sk-{secrets.token_urlsafe(24)}" for _ in range(2))
    seen.setdefault(KEY, set()).update({old, new})
    give(old)
    before = stack.pod_uids()

    with asking(stack) as answers:
        printed = give(new)
        during = keys(model)
        with stack.visitor() as visitor:
            visitor.sign_up()
            for _ in range(5):
                assert visitor.ask("Hello, who are you?")["model"] == MODEL

    assert set(answers) == {MODEL}
    assert old in during
    assert set(keys(model)[len(during) :]) == {new}
    assert old not in printed
    assert new not in printed
    after = stack.pod_uids()
    agents = {"coordinator", "spending", "budget", "investment"}
    assert {name for name in after if not after[name] & before[name]} == agents
