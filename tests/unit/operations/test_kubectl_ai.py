"""The program that asks the model: what it is given, when it is ended, and what of it is believed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from operations.errors import ModelError
from operations.kubectl_ai import ask, believed
from operations.settings import Model, Settings

KEY = "a-key-that-nobody-may-see"


def settings(root: Path, script: str) -> Settings:
    """A stack whose kubectl-ai is a script."""
    program = root / "kubectl-ai"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    (root / "operations").mkdir()
    (root / "bin").mkdir()
    (root / "bin" / "kubectl").symlink_to("/bin/true")
    return Settings(
        inventory=root,
        name="wealth",
        namespace="wealth",
        url="http://localhost",
        state=root,
        vault=root / "vault.yml",
        vault_password=root / ".vault-password",
        admin_kubeconfig=root / "kubeconfig",
        program=str(program),
    )


def test_what_the_program_gets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-somebody-else")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-somebody-else")
    own = settings(tmp_path, '/bin/cat; echo "$*"; /usr/bin/env')
    model = Model("gemini", "m", "http://127.0.0.1:1")
    said = ask(own, model, KEY, "the prompt")
    environment = dict(line.split("=", 1) for line in said.splitlines() if "=" in line and not line.startswith("--"))
    assert said.startswith("the prompt")
    assert "--quiet" in said
    assert "--skip-permissions" not in said
    assert environment["GEMINI_API_KEY"] == KEY
    assert environment["GOOGLE_GEMINI_BASE_URL"] == "http://127.0.0.1:1"
    assert environment["KUBECONFIG"] == str(own.kubeconfig)
    assert "of-somebody-else" not in said
    # its programs, its home and its temporary folder are one private folder, which is gone
    place = Path(environment["HOME"])
    assert environment["PATH"] == f"{place}/bin"
    assert environment["TMPDIR"] == str(place)
    assert place.parent == own.folder
    assert not place.exists()


def test_a_restart_is_not_asked_back_for(tmp_path: Path) -> None:
    own = settings(tmp_path, '/bin/cat >/dev/null; echo "$*"; /bin/cat bin/bash')
    said = ask(own, Model("openai", "m"), KEY, "restart the backend", may_restart=True)
    assert "--skip-permissions" in said
    assert "may_restart=True" in said


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    own = settings(tmp_path, f"/bin/sleep 300 & echo $! >{tmp_path}/child; wait")
    began = time.monotonic()
    with pytest.raises(ModelError, match="no answer within 1 s"):
        ask(own, Model("gemini", "m", timeout_s=1), KEY, "the prompt")
    assert time.monotonic() - began < 30
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        try:
            state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            break
        if state == "Z":
            break
        time.sleep(0.1)
    else:
        os.kill(child, 9)
        pytest.fail("what it started goes on running")


def test_one_that_is_missing(tmp_path: Path) -> None:
    own = settings(tmp_path, "")
    Path(own.program).unlink()
    with pytest.raises(ModelError, match="can not be run"):
        ask(own, Model("gemini", "m"), KEY, "the prompt")


def test_colours_and_chatter_are_taken_out() -> None:
    output = "\x1b[32m  Running: kubectl get pods\n\x1b[0m\nThe \x1b[31mbackend\x1b[0m is down.\n"
    assert believed(output, "", 0) == "The backend is down."


@pytest.mark.parametrize(
    ("output", "errors", "code", "why"),
    [
        ("Maximum number of iterations reached.", "", 0, "came to no answer"),
        ("\x1b[31mError: Empty response from LLM\x1b[0m", "", 0, "empty answer"),
        ("", "RunOnce mode cannot handle permission requests", 1, "only a person may allow"),
        ("  Running: kubectl get pods\n", "", 0, "empty answer"),
        ("", "Error: Error 429, Status: RESOURCE_EXHAUSTED", 1, "quota is used up"),
        ("", "Error 400: API key not valid", 1, "refuses the key"),
        ("", "Error 503: UNAVAILABLE", 1, "failure of its own"),
        ("", "model not found", 1, "does not know the model"),
        ("", "dial tcp: lookup generativelanguage.googleapis.com: no such host", 1, "can not be reached"),
        ("", f"bad thing with {KEY}", 1, "bad thing with [hidden]"),
        ("", "", 1, "it said nothing"),
    ],
)
def test_what_is_no_answer(output: str, errors: str, code: int, why: str) -> None:
    with pytest.raises(ModelError) as raised:
        believed(output, errors, code, KEY)
    assert why in str(raised.value)
    assert KEY not in str(raised.value)
