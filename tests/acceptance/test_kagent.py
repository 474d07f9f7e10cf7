"""US3 with kagent: it runs the agents, heals and doesn't fight the autoscaler, and taking over loses no request.

kagent comes from a bundle (roles/kagent/README.md), which KAGENT_BUNDLE names. The stack is handed back as it was.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from operations.cluster import Cluster
from operations.findings import examine
from operations.snapshot import take
from tests.support import ports
from tests.support.load import meanwhile
from tests.support.model_stub import ANYBODY, call, serve, text

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.ansible import Run
    from tests.support.model_stub import ModelStub
    from tests.support.stack import Stack

BUNDLE = os.environ.get("KAGENT_BUNDLE", "")
AGENTS = ["budget", "coordinator", "investment", "spending"]
ASKING, PAUSE_S = 5, 2.1  # a person may ask 30 times a minute
HEALED_S = 30
# kagent's probe looks 15 s after a start at the earliest, and then every 15 s
SEEN_S = 30

ANSWERS = """
from urllib.request import urlopen
print(urlopen("http://127.0.0.1:8080/health", timeout=2).read().decode())
"""

pytestmark = pytest.mark.skipif(
    not BUNDLE, reason="not run: KAGENT_BUNDLE names no folder with kagent's charts and images"
)


class Load:
    """Questions to the stack, two a second and more, each of which takes two agents and a tool."""

    def __init__(self) -> None:
        self.answered = 0
        self.failed: list[str] = []

    def ask(self, stack: Stack, stop: threading.Event) -> None:
        with stack.visitor() as visitor:
            visitor.sign_up()
            while not stop.wait(PAUSE_S):
                try:
                    reply = visitor.ask("How much did I spend this month?")
                except (AssertionError, httpx.HTTPError) as error:
                    self.failed.append(f"{time.strftime('%X')} {error!r}"[:300])
                else:
                    if reply["tool_calls"]:
                        self.answered += 1
                    else:
                        self.failed.append(f"{time.strftime('%X')} {reply}"[:300])


@contextmanager
def load(stack: Stack) -> Iterator[Load]:
    measured = Load()
    with meanwhile(*[partial(measured.ask, stack)] * ASKING):
        yield measured


def deployments(stack: Stack) -> set[str]:
    names = {item["metadata"]["name"] for item in stack.items("deployments")}
    return {name for name in names if name.removesuffix("-agent") in AGENTS}


def pod_of(stack: Stack, agent: str) -> str:
    (name,) = [
        name
        for name, pod in stack.pods().items()
        if pod["metadata"]["labels"].get("kagent") == f"{agent}-agent" and ready(pod)
    ][:1]
    return name


def ready(pod: dict[str, Any]) -> bool:
    return any(item["type"] == "Ready" and item["status"] == "True" for item in pod["status"].get("conditions", []))


@pytest.fixture(scope="module")
def managed(stack: Stack) -> Iterator[tuple[Run, Load]]:
    """The stack with kagent; before it went to it, and while, people asked."""
    with load(stack) as asked:
        run = stack.inventory.play("site.yml", "-e", f"kagent_bundle={BUNDLE}")
    yield run, asked
    with load(stack) as asked:
        back = stack.inventory.play("site.yml")
    assert back.code == 0, back.output[-4000:]
    assert deployments(stack) == set(AGENTS)
    assert not [release for release in stack.releases() if "kagent" in release]
    assert asked.failed == []
    assert asked.answered > 0


def test_kagent_takes_over_and_no_question_is_lost(stack: Stack, managed: tuple[Run, Load]) -> None:
    run, asked = managed
    assert run.code == 0, run.output[-4000:]
    assert deployments(stack) == {f"{agent}-agent" for agent in AGENTS}
    assert asked.failed == []
    assert asked.answered > 0


def test_a_second_run_changes_nothing(managed: tuple[Run, Load], play: Callable[..., Run]) -> None:
    assert managed[0].code == 0
    run = play("site.yml", "-e", f"kagent_bundle={BUNDLE}")
    assert run.code == 0, run.output[-4000:]
    assert run.changed == 0, run.changed_tasks


@pytest.mark.spec("US3", "FR-021")
def test_what_describes_the_agents_is_accepted_and_the_tools_are_listed(
    stack: Stack, managed: tuple[Run, Load]
) -> None:
    assert managed[0].code == 0
    for item in stack.items("agents.kagent.dev,remotemcpservers.kagent.dev"):
        told = {condition["type"]: condition["status"] for condition in item["status"]["conditions"]}
        assert told["Accepted"] == "True", item["metadata"]["name"]
    server = json.loads(stack.kubectl("get", "remotemcpserver", "mcp-server", "--output=json"))
    assert "list_accounts" in {tool["name"] for tool in server["status"]["discoveredTools"]}


@pytest.mark.spec("US2")
def test_operations_find_nothing_wrong(stack: Stack, managed: tuple[Run, Load]) -> None:
    assert managed[0].code == 0
    snapshot = take(
        Cluster(stack.state / "bin" / "kubectl", stack.state / "operations" / "kubeconfig", stack.namespace)
    )
    assert examine(snapshot) == []


@pytest.mark.spec("FR-023")
def test_the_autoscaler_is_not_fought(stack: Stack, managed: tuple[Run, Load]) -> None:
    assert managed[0].code == 0
    stack.kubectl("patch", "hpa", "budget", "--type=merge", "--patch", '{"spec": {"minReplicas": 2}}')
    try:
        stack.kubectl("wait", "deployment/budget-agent", "--for=jsonpath={.status.readyReplicas}=2", "--timeout=120s")
        # kagent looks at it again
        stack.kubectl("annotate", "agent", "budget-agent", f"test/again={time.time()}", "--overwrite")
        time.sleep(10)
        assert stack.kubectl("get", "deployment/budget-agent", "--output=jsonpath={.spec.replicas}") == "2"
    finally:
        stack.kubectl("patch", "hpa", "budget", "--type=merge", "--patch", '{"spec": {"minReplicas": 1}}')


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSTOP"])
@pytest.mark.spec("US3", "FR-022", "SC-005")
def test_an_agent_that_ends_or_hangs_serves_again_within_30_seconds(
    signal: str, stack: Stack, managed: tuple[Run, Load]
) -> None:
    assert managed[0].code == 0
    pod = pod_of(stack, "investment")
    hurt = f"""
import os, signal
child = open("/proc/1/task/1/children").read().split()[0]
os.kill(int(child), signal.{signal})
"""
    began = time.monotonic()
    stack.kubectl("exec", pod, "--", "/opt/venv/bin/python", "-c", hurt, check=False)
    healed = False
    while True:
        time.sleep(0.5)
        taken = time.monotonic() - began
        container = stack.pods()[pod]["status"]["containerStatuses"][0]
        if container["restartCount"] and not healed:
            answers = stack.kubectl("exec", pod, "--", "/opt/venv/bin/python", "-c", ANSWERS, check=False)
            healed = "ok" in answers
            assert healed or taken < HEALED_S, container
        if healed and container["ready"]:
            break
        assert taken < HEALED_S + SEEN_S, container
    stack.kubectl("delete", "pod", pod)
    stack.kubectl("rollout", "status", "deployment/investment-agent", "--timeout=120s")


@pytest.mark.spec("FR-022")
def test_a_deployment_that_somebody_deletes_comes_back(stack: Stack, managed: tuple[Run, Load]) -> None:
    assert managed[0].code == 0
    stack.kubectl("delete", "deployment", "investment-agent")
    stack.kubectl("wait", "deployment/investment-agent", "--for=create", "--timeout=30s")
    stack.kubectl("rollout", "status", "deployment/investment-agent", "--timeout=120s")


# ---- the assistant for operations ----


@pytest.fixture
def assistant(
    stack: Stack, managed: tuple[Run, Load], tmp_path: Path
) -> Iterator[tuple[ModelStub, Callable[..., dict[str, Any]]]]:
    """A model that wants no key, and a way to send the assistant a message."""
    assert managed[0].code == 0
    stages = ("--tags=secrets,kagent,release", "-e", f"kagent_bundle={BUNDLE}")
    with serve(tmp_path / "stub.log", stack.host_address) as stub:
        model = {"model": {"provider": "openai", "name": "a-stub", "baseUrl": stub.openai_url}}
        run = stack.inventory.play("site.yml", *stages, "-e", json.dumps({"release_values": model}))
        try:
            assert run.code == 0, run.output[-4000:]
            with forwarded(stack) as url:
                yield stub, partial(send, f"{url}/api/a2a/{stack.namespace}/operations-agent/")
        finally:
            back = stack.inventory.play("site.yml", *stages)
    assert back.code == 0, back.output[-4000:]


@contextmanager
def forwarded(stack: Stack) -> Iterator[str]:
    """kagent's API, which nothing outside of the cluster reaches otherwise."""
    port = ports.free()
    words = [*stack.kubectl_line.split(), "port-forward", "service/kagent-controller", f"{port}:8083"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as forward:
        try:
            assert forward.stdout
            assert "Forwarding" in forward.stdout.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            forward.terminate()


def send(url: str, part: dict[str, Any], **to: str) -> dict[str, Any]:
    """One message of a person; returns the task."""
    message = {"kind": "message", "role": "user", "messageId": str(time.time()), "parts": [part], **to}
    request = {"jsonrpc": "2.0", "id": 1, "method": "message/send", "params": {"message": message}}
    answer = httpx.post(url, json=request, timeout=60).json()
    task: dict[str, Any] = answer["result"]
    return task


def restarted_at(stack: Stack, deployment: str) -> str:
    path = r"jsonpath={.spec.template.metadata.annotations.kubectl\.kubernetes\.io/restartedAt}"
    return stack.kubectl("get", "deployment", deployment, f"--output={path}")


def test_the_assistant_restarts_when_a_person_approves(
    stack: Stack, assistant: tuple[ModelStub, Callable[..., dict[str, Any]]]
) -> None:
    stub, ask = assistant
    wanted = {"action": "restart", "resource_type": "deployment", "resource_name": "frontend"}
    stub.plays(ANYBODY, call("k8s_rollout", **wanted, namespace=stack.namespace), text("It was asked for."))
    before = restarted_at(stack, "frontend")

    asked = ask({"kind": "text", "text": "Restart the frontend."})
    assert asked["status"]["state"] == "input-required"
    assert restarted_at(stack, "frontend") == before

    answer = {"kind": "data", "data": {"decision_type": "approve"}}
    done = ask(answer, taskId=asked["id"], contextId=asked["contextId"])
    assert done["status"]["state"] == "completed"
    assert restarted_at(stack, "frontend") > before
    stack.kubectl("rollout", "status", "deployment/frontend", "--timeout=120s")
