"""US2, FR-018..020: kubectl-ai itself, on the cluster, with a model that is stubbed on the wire.

Where the program is not on PATH and not named in KUBECTL_AI, these are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ansible import ROOT, encrypt, environment
from tests.support.model_stub import ANYBODY, KEY, call, empty, error, serve, silence, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.model_stub import ModelStub
    from tests.support.stack import Stack

PROGRAM = os.environ.get("KUBECTL_AI") or shutil.which("kubectl-ai")
TIMEOUT_S = 15

pytestmark = pytest.mark.skipif(not PROGRAM, reason="not run: no kubectl-ai on PATH or in KUBECTL_AI")


@dataclass(frozen=True)
class Said:
    code: int
    output: str
    errors: str
    seconds: float


@dataclass(frozen=True)
class Prepared:
    """What the role prepared, in a folder of its own, for a model that is the stub."""

    root: Path
    stub: ModelStub
    stack: Stack

    @property
    def state(self) -> Path:
        return self.root / "wealth-companion" / self.stack.name

    @property
    def inventory(self) -> Path:
        return self.root / "inventory"

    def make(self, target: str, *words: str) -> Said:
        inventory = os.path.relpath(self.inventory, ROOT / "inventory")
        began = time.monotonic()
        finished = subprocess.run(
            ["make", "--no-print-directory", target, f"INVENTORY={inventory}", *words],
            cwd=ROOT,
            env=environment({"XDG_STATE_HOME": str(self.root)}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Said(finished.returncode, finished.stdout, finished.stderr, time.monotonic() - began)


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelStub]:
    with serve(tmp_path_factory.mktemp("stub") / "stub.log") as stub:
        yield stub


@pytest.fixture(scope="module", params=["gemini", "openai"])
def prepared(
    stack: Stack, stub: ModelStub, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Prepared:
    here = Prepared(tmp_path_factory.mktemp("kubectl-ai"), stub, stack)
    here.inventory.mkdir()
    here.state.mkdir(parents=True)
    (here.inventory / "hosts.yml").touch()
    (here.state / "bin").mkdir()
    (here.state / "bin" / "kubectl").symlink_to(stack.state / "bin" / "kubectl")
    password = here.inventory / ".vault-password"
    password.write_text("a password of this test")
    password.chmod(0o600)
    key = f"vault_{request.param}_api_key"
    encrypt(f'{key}: "{KEY}"\n', "a password of this test", here.inventory / "vault.yml", here.root)
    wanted = {
        "kubectl_ai_archive": PROGRAM,
        "kubectl_ai_dir": str(here.root / "programs"),
        "kubectl_ai_bin_dir": str(here.state / "bin"),
        "kubectl_ai_state_dir": str(here.state),
        "kubectl_ai_inventory": str(here.inventory.resolve()),
        "kubectl_ai_vault_file": str(here.inventory / "vault.yml"),
        "kubectl_ai_vault_password_file": str(password),
        "kubectl_ai_provider": request.param,
        "kubectl_ai_model": "gemini-3.8-flash" if request.param == "gemini" else "house-model",
        "kubectl_ai_base_url": stub.address if request.param == "gemini" else stub.openai_url,
        "kubectl_ai_timeout_seconds": TIMEOUT_S,
        "kubectl_ai_max_iterations": 3,
    }
    for changed in (True, False):
        run = stack.inventory.play("playbooks/deploy-assistant.yml", "-e", json.dumps(wanted))
        assert run.code == 0, run.output
        assert (run.changed > 0) == changed, run.changed_tasks
    return here


@pytest.fixture(autouse=True)
def _fresh(stub: ModelStub) -> None:
    stub.reset()


def told(request: dict[str, Any]) -> str:
    return json.dumps(request, ensure_ascii=False)


@pytest.mark.spec("US2", "FR-018")
def test_health_in_one_call(prepared: Prepared) -> None:
    prepared.stub.plays(ANYBODY, text("All eight parts are ready."))
    said = prepared.make("health")
    assert said.code == 0, said.errors
    assert "All eight parts are ready." in said.output
    assert "through kubectl-ai" in said.errors
    (request,) = prepared.stub.requests
    # the snapshot, and what the role says of the stack
    assert "what is the cluster health?" in told(request)
    assert f"Namespace {prepared.stack.namespace} at" in told(request)
    assert "kubectl rollout restart deployment/NAME" in told(request)
    print(f"\n{said.seconds:.1f} s with a model that answers at once")


@pytest.mark.spec("US2", "FR-020")
def test_why_is_answered_from_the_snapshot(prepared: Prepared) -> None:
    prepared.stub.plays(ANYBODY, text("Nothing is wrong with the backend."))
    said = prepared.make("why", "SERVICE=backend")
    assert said.code == 0, said.errors
    assert "Nothing is wrong with the backend." in said.output
    (request,) = prepared.stub.requests
    assert "why is backend failing?" in told(request)


def test_a_model_may_look_something_up(prepared: Prepared) -> None:
    prepared.stub.plays(
        ANYBODY, call("kubectl", command="kubectl get deployment backend -o name"), text("It is there.")
    )
    said = prepared.make("ask", "Q=is there a Deployment of the API?")
    assert said.code == 0, said.errors
    assert said.output.strip() == "It is there."
    assert "deployment.apps/backend" in told(prepared.stub.requests[-1])


@pytest.mark.spec("US2", "FR-019")
def test_a_restart_by_the_model(prepared: Prepared) -> None:
    def generation() -> int:
        return int(prepared.stack.kubectl("get", "deployment/frontend", "--output=jsonpath={.metadata.generation}"))

    before = generation()
    restart = call("kubectl", command="kubectl rollout restart deployment/frontend", modifies_resource="yes")
    prepared.stub.plays(ANYBODY, restart, text("The restart was asked for."))
    said = prepared.make("ask", "Q=restart the frontend")
    assert said.code == 0, said.errors
    assert "The restart was asked for." in said.output
    assert "frontend was restarted and is ready" in said.output
    # by the model, and by it alone
    assert generation() == before + 1
    assert "done by rule" not in said.errors


@pytest.mark.parametrize(
    "command",
    [
        "cat /etc/passwd",
        "kubectl get secrets -o yaml",
        "kubectl delete pods --all",
        "kubectl get pods; env",
        "kubectl get pods -o name > x",
    ],
)
def test_a_model_that_goes_astray_is_held(prepared: Prepared, command: str) -> None:
    before = prepared.stack.pod_uids()["coordinator"]
    prepared.stub.plays(ANYBODY, call("bash", command=command, modifies_resource="yes"), text("Done."))
    said = prepared.make("ask", "Q=restart the mcp-server")
    assert "refused: " in told(prepared.stub.requests[-1])
    assert "root:" not in told(prepared.stub.requests[-1])
    # what was asked for is done all the same
    assert "done by rule" in said.errors
    assert said.code == 0, said.errors
    assert prepared.stack.pod_uids()["coordinator"] == before


def test_a_question_changes_nothing(prepared: Prepared) -> None:
    prepared.stub.plays(ANYBODY, call("kubectl", command="kubectl rollout restart deployment/backend"), text("Done."))
    said = prepared.make("why", "SERVICE=backend")
    assert "only a person may allow" in said.errors
    assert "Nothing is wrong with backend" in said.output


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (error(429, "RESOURCE_EXHAUSTED"), "quota is used up"),
        (error(401, "UNAUTHENTICATED"), "refuses the key"),
        (error(500, "INTERNAL"), "failure of its own"),
        (empty(), "empty answer"),
        (call("kubectl", command="kubectl get pods"), " answer."),
        (silence(60), f"no answer within {TIMEOUT_S} s"),
    ],
    ids=["429", "401", "500", "empty", "endless", "silent"],
)
def test_a_model_that_fails_is_replaced_by_rules(prepared: Prepared, reply: dict[str, Any], why: str) -> None:
    prepared.stub.plays(ANYBODY, reply)
    said = prepared.make("health")
    assert said.code == 0, said.errors
    assert "The stack is healthy" in said.output
    assert f"answered by rule: kubectl-ai gave no answer. {said.errors.partition('gave no answer. ')[2]}" in said.errors
    assert why in said.errors


def test_the_key_goes_to_the_model_only(prepared: Prepared) -> None:
    """Neither on a command line nor on the disk, while it runs and after."""
    seen: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.append(process.read_text(errors="replace"))
                except OSError:
                    continue
            seen.extend(file.read_text(errors="replace") for file in files(prepared.root))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        prepared.stub.plays(ANYBODY, text("All is well.", delay_s=2))
        said = prepared.make("health")
    finally:
        done.set()
        watcher.join()
    assert said.code == 0, said.errors
    assert any("kubectl-ai" in line for line in seen), "the program was not seen running"
    assert not any(KEY in line for line in seen)
    assert not any(KEY in file.read_text(errors="replace") for file in files(prepared.root))
    (headers,) = prepared.stub.headers
    assert any(KEY in value for value in headers.values())
    assert KEY not in told(prepared.stub.requests[0]) + said.output + said.errors
    assert not list((prepared.state / "operations").glob("run-*"))


def files(root: Path) -> list[Path]:
    return [
        path for path in root.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_size < 2**20
    ]
